package dev.lanewise.golden.tutorial;

import dev.lanewise.DType;
import dev.lanewise.Index;
import dev.lanewise.Linalg;
import dev.lanewise.Tensor;
import dev.lanewise.autograd.Autograd;
import dev.lanewise.data.DataLoader;
import dev.lanewise.data.TensorDataset;
import dev.lanewise.golden.Unsupported;
import dev.lanewise.nn.Conv2d;
import dev.lanewise.nn.Dropout;
import dev.lanewise.nn.Embedding;
import dev.lanewise.nn.Functional;
import dev.lanewise.nn.Linear;
import dev.lanewise.nn.Parameter;
import dev.lanewise.optim.SGD;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Wrong calls, by the Python code whose refusal was recorded. */
public final class Refusals {
    private static final Map<String, Runnable> TABLE = new HashMap<>();

    private Refusals() {}

    static {
        viewsAndGradients();
        products();
        inPlaceAndJoins();
        dimensionsAndIndices();
        sizes();
        numbersAndLosses();
        modules();
        others();
    }

    /** The wrong call, or null if it has no counterpart. */
    public static Runnable of(String code) {
        return TABLE.get(code);
    }

    private static void add(String code, Runnable call) {
        TABLE.put(code, call);
    }

    private static void none(String why) {
        throw new Unsupported(why);
    }

    private static Tensor ones(long n) {
        return Tensor.ones(n).requiresGrad_();
    }

    private static Tensor matrix() {
        return Tensor.of(new long[][] {{10, 20, 30}, {40, 50, 60}});
    }

    private static Tensor square() {
        return Tensor.of(10.0, 20.0).requiresGrad_().pow(2).mul(2);
    }

    private static void viewsAndGradients() {
        add(
                "torch.tensor([[10, 20, 30],[40, 50, 60]]).transpose(0, 1).view(2, 3)",
                () -> matrix().transpose(0, 1).view(2, 3));
        add(
                "torch.zeros(3, 4, 5).permute(1, 2, 0).view(-1)",
                () -> Tensor.zeros(3, 4, 5).permute(1, 2, 0).view(-1));
        add("torch.arange(6).view(4, 2)", () -> Tensor.arange(6).view(4, 2));
        add("torch.arange(6).reshape(4, 2)", () -> Tensor.arange(6).reshape(4, 2));
        add("torch.arange(6).reshape(4, -1)", () -> Tensor.arange(6).reshape(4, -1));
        add("torch.arange(6).reshape(-1, -1)", () -> Tensor.arange(6).reshape(-1, -1));
        add(
                "torch.tensor([10, 20], requires_grad=True, dtype=torch.float64).numpy()",
                () -> Tensor.of(DType.FLOAT64, 10, 20).requiresGrad_().doubleBuffer());
        add(
                "x = torch.tensor([10, 20], requires_grad=True, dtype=torch.float32)\n(2 * x ** 2).backward()",
                () -> square().backward());
        add(
                "x = torch.tensor([10, 20], requires_grad=True, dtype=torch.float32)\ny = (2 * x ** 2).sum()\ny.backward()\ny.backward()",
                () -> {
                    Tensor y = square().sum();
                    y.backward();
                    y.backward();
                });
        add("torch.tensor(3.).backward()", () -> Tensor.scalar(3.0).backward());
        add(
                "x = torch.ones(3, requires_grad=True)\n(x * 2).backward(torch.ones(2))",
                () -> ones(3).mul(2).backward(Tensor.ones(2)));
        add(
                "torch.randint(0, 10, [2, 3]).mean()",
                () -> Tensor.randint(0, 10, 2, 3).mean());
        add(
                "torch.tensor([[1, 2], [3, 4]]).mean(dim=0)",
                () -> Tensor.of(new long[][] {{1, 2}, {3, 4}}).mean(0));
        add("torch.tensor([1, 2]).std()", () -> Tensor.of(1, 2).std());
        add("torch.tensor([1, 2], requires_grad=True)", () -> Tensor.of(1, 2).requiresGrad_());
        add("torch.tensor([1, 2]).requires_grad_()", () -> Tensor.of(1, 2).requiresGrad_());
        add("torch.tensor([1, 2]).item()", () -> Tensor.of(1, 2).item());
        add("torch.tensor([]).item()", () -> Tensor.of(new double[0]).item());
        add("bool(torch.tensor([1, 2]))", () -> Tensor.of(1, 2).itemBoolean());
        add("float(torch.tensor([1., 2.]))", () -> Tensor.of(1.0, 2.0).item());
    }

    private static void products() {
        add("torch.zeros(3, 2) @ torch.zeros(3, 2)", () -> Tensor.zeros(3, 2).matmul(Tensor.zeros(3, 2)));
        add("torch.zeros(3, 2) @ torch.zeros(3)", () -> Tensor.zeros(3, 2).matmul(Tensor.zeros(3)));
        add("torch.zeros(3) @ torch.zeros(2)", () -> Tensor.zeros(3).matmul(Tensor.zeros(2)));
        add(
                "torch.zeros(2, 3, 4) @ torch.zeros(2, 3, 4)",
                () -> Tensor.zeros(2, 3, 4).matmul(Tensor.zeros(2, 3, 4)));
        add(
                "torch.zeros(2, 3, 4) @ torch.zeros(3, 4, 5)",
                () -> Tensor.zeros(2, 3, 4).matmul(Tensor.zeros(3, 4, 5)));
        add("torch.tensor(1.) @ torch.zeros(3)", () -> Tensor.scalar(1.0).matmul(Tensor.zeros(3)));
        add(
                "torch.zeros(2, 2) @ torch.zeros(2, 2, dtype=torch.float64)",
                () -> Tensor.zeros(2, 2).matmul(Tensor.zeros(DType.FLOAT64, 2, 2)));
        add(
                "torch.zeros(2, 2) @ torch.zeros(2, 2, dtype=torch.int64)",
                () -> Tensor.zeros(2, 2).matmul(Tensor.zeros(DType.INT64, 2, 2)));
        add(
                "torch.mm(torch.zeros(2, 2, 2), torch.zeros(2, 2))",
                () -> Tensor.zeros(2, 2, 2).mm(Tensor.zeros(2, 2)));
        add("torch.zeros(2, 3) + torch.zeros(2, 4)", () -> Tensor.zeros(2, 3).add(Tensor.zeros(2, 4)));
        add("torch.zeros(3, 2) * torch.zeros(3)", () -> Tensor.zeros(3, 2).mul(Tensor.zeros(3)));
    }

    private static void inPlaceAndJoins() {
        add("torch.zeros(3).add_(torch.zeros(2, 3))", () -> Tensor.zeros(3).add_(Tensor.zeros(2, 3)));
        add("torch.tensor([1, 2]).div_(2)", () -> Tensor.of(1, 2).div_(2));
        add("torch.tensor([1, 2]).add_(1.5)", () -> Tensor.of(1, 2).add_(1.5));
        add("x = torch.ones(2, requires_grad=True)\nx.add_(1)", () -> ones(2).add_(1));
        add("x = torch.ones(2, requires_grad=True)\nx[0] = 1", () -> ones(2).indexPut_(1, Index.at(0)));
        add("x = torch.ones(2, requires_grad=True)\ny = x.exp()\ny.add_(1)\ny.sum().backward()", () -> {
            Tensor y = ones(2).exp();
            y.add_(1);
            y.sum().backward();
        });
        add(
                "torch.tensor([True]) - torch.tensor([False])",
                () -> Tensor.of(true).sub(Tensor.of(false)));
        add("-torch.tensor([True])", () -> Tensor.of(true).neg());
        add(
                "torch.cat([torch.zeros(1, 2, 3), torch.zeros(1, 2, 4)], dim=0)",
                () -> Tensor.cat(0, Tensor.zeros(1, 2, 3), Tensor.zeros(1, 2, 4)));
        add(
                "torch.cat([torch.zeros(2, 3), torch.zeros(2)], dim=0)",
                () -> Tensor.cat(0, Tensor.zeros(2, 3), Tensor.zeros(2)));
        add("torch.cat([])", () -> Tensor.cat(List.of(), 0));
        add(
                "torch.cat([torch.zeros(2, 3), torch.zeros(2, 3)], dim=2)",
                () -> Tensor.cat(2, Tensor.zeros(2, 3), Tensor.zeros(2, 3)));
        add("torch.cat([torch.tensor(1), torch.tensor(2)])", () -> Tensor.cat(0, Tensor.scalar(1), Tensor.scalar(2)));
        add(
                "torch.stack([torch.zeros(2, 3), torch.zeros(3, 2)])",
                () -> Tensor.stack(0, Tensor.zeros(2, 3), Tensor.zeros(3, 2)));
        add("torch.stack([])", () -> Tensor.stack(List.of(), 0));
    }

    private static void dimensionsAndIndices() {
        add("torch.zeros(2, 3).sum(dim=2)", () -> Tensor.zeros(2, 3).sum(2));
        add("torch.zeros(2, 3).transpose(0, -3)", () -> Tensor.zeros(2, 3).transpose(0, -3));
        add("torch.zeros(2, 3).size(2)", () -> Tensor.zeros(2, 3).size(2));
        add("torch.zeros(2).unsqueeze(3)", () -> Tensor.zeros(2).unsqueeze(3));
        add("torch.zeros(2, 3, 4).permute(1, 0)", () -> Tensor.zeros(2, 3, 4).permute(1, 0));
        add("torch.zeros(2, 3, 4).permute(1, 1, 0)", () -> Tensor.zeros(2, 3, 4).permute(1, 1, 0));
        add("torch.zeros(2, 3)[2]", () -> Tensor.zeros(2, 3).get(2));
        add("torch.zeros(2, 3)[0, 3]", () -> Tensor.zeros(2, 3).index("0, 3"));
        add("torch.zeros(2, 3)[0, 0, 0]", () -> Tensor.zeros(2, 3).index("0, 0, 0"));
        add("torch.tensor(1)[0]", () -> Tensor.scalar(1).get(0));
        add("torch.zeros(2, 3)[[0, 5]]", () -> Tensor.zeros(2, 3).index("[0, 5]"));
        add(
                "torch.zeros(2, 3)[torch.tensor([True, False, True])]",
                () -> Tensor.zeros(2, 3).index(Tensor.of(true, false, true)));
        add("torch.zeros(4, 5)[[0, 1], [1, 2, 3]]", () -> Tensor.zeros(4, 5).index("[0, 1], [1, 2, 3]"));
        add("torch.arange(5)[::-1]", () -> Tensor.arange(5).index("::-1"));
        add("torch.arange(5)[torch.tensor([1.0])]", () -> Tensor.arange(5).index(Index.of(Tensor.of(1.0))));
        add("torch.zeros(2, 3)[0] = torch.zeros(2)", () -> Tensor.zeros(2, 3).indexPut_(Tensor.zeros(2), Index.at(0)));
    }

    private static void sizes() {
        add("torch.zeros(2, 3).expand(4, 3)", () -> Tensor.zeros(2, 3).expand(4, 3));
        add("torch.zeros(2).squeeze(2)", () -> Tensor.zeros(2).squeeze(2));
        add("torch.arange(5).narrow(0, 3, 3)", () -> Tensor.arange(5).narrow(0, 3, 3));
        add("torch.arange(5).split([2, 2])", () -> Tensor.arange(5).split(new long[] {2, 2}, 0));
        add(
                "torch.zeros(2, 3).gather(1, torch.zeros(2, 1, dtype=torch.int32))",
                () -> Tensor.zeros(2, 3).gather(1, Tensor.zeros(DType.INT32, 2, 1)));
        add(
                "torch.zeros(2, 3).gather(1, torch.tensor([[3], [0]]))",
                () -> Tensor.zeros(2, 3).gather(1, Tensor.of(new long[][] {{3}, {0}})));
        add("torch.arange(0, 10, 0)", () -> Tensor.arange(0, 10, 0));
        add("torch.arange(0, 10, -1)", () -> Tensor.arange(0, 10, -1));
        add("torch.linspace(0, 1, -1)", () -> Tensor.linspace(0, 1, -1));
        add("torch.zeros(-1)", () -> Tensor.zeros(-1));
        add("torch.tensor([[1, 2], [3]])", () -> Tensor.of(new long[][] {{1, 2}, {3}}));
        add("torch.tensor(['a'])", () -> Tensor.of((Object) new String[] {"a"}));
    }

    private static void numbersAndLosses() {
        add("torch.randint(5, 5, [2])", () -> Tensor.randint(5, 5, 2));
        add(
                "torch.tensor(300, dtype=torch.uint8) + torch.full([2], 2**70)",
                () -> none("a Python number beyond 64 bits: the literal does not compile"));
        add("torch.from_numpy([1, 2])", () -> none("sharing a list: wrap of an array does not compile"));
        add(
                "torch.from_numpy(np.array([1], dtype=np.uint16))",
                () -> Tensor.wrap(ByteBuffer.allocateDirect(2).asCharBuffer()));
        add("torch.manual_seed(2**64)", () -> none("a seed beyond 64 bits: the literal does not compile"));
        add("torch.tensor([2, 3]) ** -1", () -> Tensor.of(2, 3).pow(-1));
        add("torch.tensor([1]) // torch.tensor([0])", () -> Tensor.of(1).floorDivide(Tensor.of(0)));
        add("torch.tensor([]).max()", () -> Tensor.of(new double[0]).max());
        add("torch.tensor([]).argmax()", () -> Tensor.of(new double[0]).argmax());
        add("torch.zeros(2, 0).max(dim=1)", () -> Tensor.zeros(2, 0).max(1));
        add(
                "torch.nn.functional.cross_entropy(torch.zeros(2, 3), torch.tensor([0, 3]))",
                () -> Functional.crossEntropy(Tensor.zeros(2, 3), Tensor.of(0, 3)));
        add(
                "torch.nn.functional.cross_entropy(torch.zeros(2, 3), torch.tensor([0, 1, 2]))",
                () -> Functional.crossEntropy(Tensor.zeros(2, 3), Tensor.of(0, 1, 2)));
        add(
                "torch.nn.functional.mse_loss(torch.zeros(2, 3), torch.zeros(2, 4))",
                () -> Functional.mseLoss(Tensor.zeros(2, 3), Tensor.zeros(2, 4)));
        add(
                "torch.nn.functional.binary_cross_entropy(torch.tensor([1.5]), torch.tensor([1.]))",
                () -> Functional.binaryCrossEntropy(Tensor.of(1.5), Tensor.of(1.0)));
    }

    private static void modules() {
        add("torch.nn.Linear(4, 3)(torch.zeros(2, 5))", () -> new Linear(4, 3).forward(Tensor.zeros(2, 5)));
        add(
                "torch.nn.Linear(4, 3)(torch.zeros(2, 4, dtype=torch.float64))",
                () -> new Linear(4, 3).forward(Tensor.zeros(DType.FLOAT64, 2, 4)));
        add(
                "torch.nn.Conv2d(3, 8, 3)(torch.zeros(1, 4, 8, 8))",
                () -> new Conv2d(3, 8, 3).forward(Tensor.zeros(1, 4, 8, 8)));
        add("torch.nn.Conv2d(3, 8, 3)(torch.zeros(8, 8))", () -> new Conv2d(3, 8, 3).forward(Tensor.zeros(8, 8)));
        add(
                "torch.nn.Conv2d(3, 8, 3)(torch.zeros(1, 3, 2, 2))",
                () -> new Conv2d(3, 8, 3).forward(Tensor.zeros(1, 3, 2, 2)));
        add("torch.nn.Embedding(4, 3)(torch.tensor([4]))", () -> new Embedding(4, 3).forward(Tensor.of(4L)));
        add("torch.nn.Dropout(1.5)", () -> new Dropout(1.5));
        add(
                "torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=-1.0)",
                () -> new SGD(List.of(new Parameter(Tensor.zeros(1))), -1.0));
        add("torch.optim.SGD([], lr=0.1)", () -> new SGD(List.of(), 0.1));
        add(
                "torch.optim.SGD([torch.zeros(2, requires_grad=True) * 2], lr=0.1)",
                () -> new SGD(List.of(Tensor.zeros(2).requiresGrad_().mul(2)), 0.1));
        add(
                "torch.nn.Linear(2, 1).load_state_dict({'weight': torch.zeros(1, 2), 'w': torch.zeros(1)})",
                () -> new Linear(2, 1).loadStateDict(Map.of("weight", Tensor.zeros(1, 2), "w", Tensor.zeros(1))));
        add(
                "torch.nn.Linear(2, 1).load_state_dict({'weight': torch.zeros(2, 2), 'bias': torch.zeros(1)})",
                () -> new Linear(2, 1).loadStateDict(Map.of("weight", Tensor.zeros(2, 2), "bias", Tensor.zeros(1))));
        add(
                "torch.utils.data.DataLoader([1, 2], batch_size=0)",
                () -> new DataLoader(new TensorDataset(Tensor.of(1, 2)), DataLoader.batchSize(0)));
        add(
                "torch.utils.data.TensorDataset(torch.zeros(3), torch.zeros(2))",
                () -> new TensorDataset(Tensor.zeros(3), Tensor.zeros(2)));
    }

    private static void others() {
        add("torch.inverse(torch.zeros(2, 2))", () -> Linalg.inv(Tensor.zeros(2, 2)));
        add(
                "torch.linalg.cholesky(-torch.eye(2))",
                () -> Linalg.cholesky(Tensor.eye(2).neg()));
        add("torch.linalg.solve(torch.eye(2), torch.zeros(3))", () -> Linalg.solve(Tensor.eye(2), Tensor.zeros(3)));
        add("torch.linalg.det(torch.zeros(2, 3))", () -> Linalg.det(Tensor.zeros(2, 3)));
        add("torch.zeros(2).clamp()", () -> Tensor.zeros(2).clamp((Number) null, null));
        add(
                "torch.where(torch.tensor([True, False]), torch.zeros(3), torch.zeros(3))",
                () -> Tensor.where(Tensor.of(true, false), Tensor.zeros(3), Tensor.zeros(3)));
        add(
                "torch.einsum('ij,jk->ik', torch.zeros(2, 3), torch.zeros(4, 5))",
                () -> Tensor.einsum("ij,jk->ik", Tensor.zeros(2, 3), Tensor.zeros(4, 5)));
        add(
                "x = torch.ones(2, requires_grad=True)\nz = torch.ones(2, requires_grad=True)\ntorch.autograd.grad(x.sum(), z)",
                () -> Autograd.grad(ones(2).sum(), ones(2)));
        add("len(torch.tensor(1))", () -> Tensor.scalar(1).size(0));
        add("iter(torch.tensor(1))", () -> Tensor.scalar(1).unbind(0));
    }
}
