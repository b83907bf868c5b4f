package dev.lanewise.golden.tutorial;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.golden.Unsupported;
import dev.lanewise.nn.BatchNorm2d;
import dev.lanewise.nn.Conv2d;
import dev.lanewise.nn.ConvOptions;
import dev.lanewise.nn.Dropout;
import dev.lanewise.nn.Embedding;
import dev.lanewise.nn.Flatten;
import dev.lanewise.nn.Functional;
import dev.lanewise.nn.GELU;
import dev.lanewise.nn.LSTM;
import dev.lanewise.nn.LayerNorm;
import dev.lanewise.nn.LeakyReLU;
import dev.lanewise.nn.Linear;
import dev.lanewise.nn.MSELoss;
import dev.lanewise.nn.MaxPool2d;
import dev.lanewise.nn.ModuleList;
import dev.lanewise.nn.Parameter;
import dev.lanewise.nn.ReLU;
import dev.lanewise.nn.RecurrentOptions;
import dev.lanewise.nn.Sequential;
import dev.lanewise.nn.Softmax;
import dev.lanewise.nn.Tanh;
import dev.lanewise.nn.TransformerEncoderLayer;
import dev.lanewise.nn.TransformerOptions;
import dev.lanewise.optim.Adam;
import dev.lanewise.optim.SGD;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Expressions whose printed form was recorded. */
public final class Expressions {
    private static final Map<String, Supplier<Object>> TABLE = new HashMap<>();

    private Expressions() {}

    static {
        tensors();
        othersThanTensors();
        gradients();
        moreGradients();
        joinsAndReductions();
        modules();
    }

    /** The value of an expression in Python; {@link Unsupported} if it has no counterpart. */
    public static Object evaluate(String code) {
        Supplier<Object> counterpart = TABLE.get(code);
        return counterpart != null ? counterpart.get() : new Literal(code).tensor();
    }

    private static void add(String code, Supplier<Object> counterpart) {
        TABLE.put(code, counterpart);
    }

    private static Object none(String why) {
        throw new Unsupported(why);
    }

    private static Tensor floats(double end) {
        return Tensor.arange(0.0, end, 1.0);
    }

    private static Tensor ones(long... shape) {
        return Tensor.ones(shape).requiresGrad_();
    }

    private static Tensor[] twice() {
        Tensor one = ones(2);
        return new Tensor[] {one, one};
    }

    private static void tensors() {
        add("torch.zeros(0, 3)", () -> Tensor.zeros(0, 3));
        add("torch.zeros(2, 0, 3, dtype=torch.int32)", () -> Tensor.zeros(DType.INT32, 2, 0, 3));
        add("torch.arange(24).reshape(2, 3, 4)", () -> Tensor.arange(24).reshape(2, 3, 4));
        add(
                "torch.arange(24.).reshape(2, 3, 4) / 7",
                () -> floats(24).reshape(2, 3, 4).div(7));
        add("torch.arange(16).reshape(2, 2, 2, 2)", () -> Tensor.arange(16).reshape(2, 2, 2, 2));
        add("torch.arange(30)", () -> Tensor.arange(30));
        add("torch.arange(30.)", () -> floats(30));
        add("torch.arange(30.) / 3", () -> floats(30).div(3));
        add("torch.arange(1000)", () -> Tensor.arange(1000));
        add("torch.arange(1001)", () -> Tensor.arange(1001));
        add("torch.arange(1001.)", () -> floats(1001));
        add("torch.arange(1001.) / 10", () -> floats(1001).div(10));
        add("torch.arange(10000).reshape(100, 100)", () -> Tensor.arange(10000).reshape(100, 100));
        add(
                "torch.arange(10000.).reshape(100, 100) / 3",
                () -> floats(10000).reshape(100, 100).div(3));
        add("torch.arange(1002).reshape(2, 501)", () -> Tensor.arange(1002).reshape(2, 501));
        add("torch.arange(1002).reshape(501, 2)", () -> Tensor.arange(1002).reshape(501, 2));
        add("torch.arange(2000).reshape(2, 10, 100)", () -> Tensor.arange(2000).reshape(2, 10, 100));
        add("torch.arange(2000).reshape(100, 10, 2)", () -> Tensor.arange(2000).reshape(100, 10, 2));
        add("torch.zeros(1001)", () -> Tensor.zeros(1001));
        add("torch.zeros(1001, dtype=torch.bool)", () -> Tensor.zeros(DType.BOOL, 1001));
        add("torch.zeros(10, 10, 11)", () -> Tensor.zeros(10, 10, 11));
        add("torch.eye(3)", () -> Tensor.eye(3));
        add("torch.ones(2, 3) * 1e-6", () -> Tensor.ones(2, 3).mul(1e-6));
    }

    private static void othersThanTensors() {
        add("torch.randn(3, 4)", () -> Tensor.randn(3, 4));
        add("torch.randn(2, 3, dtype=torch.float64)", () -> Tensor.randn(DType.FLOAT64, 2, 3));
        add("torch.rand(3) * 1e-5", () -> Tensor.rand(3).mul(1e-5));
        add("torch.randn(3, 3) * 1e5", () -> Tensor.randn(3, 3).mul(1e5));
        add("torch.randn(12, 30)", () -> Tensor.randn(12, 30));
        add("torch.arange(30.) / 7", () -> floats(30).div(7));
        add("torch.arange(40).reshape(5, 8)", () -> Tensor.arange(40).reshape(5, 8));
        add("torch.Size([2, 3])", () -> Tensor.zeros(2, 3).shape());
        add("torch.Size([])", () -> Tensor.scalar(1).shape());
        add("torch.Size([5])", () -> Tensor.zeros(5).shape());
        add("torch.float32", () -> DType.FLOAT32);
        add("torch.int64", () -> DType.INT64);
        add("torch.bool", () -> DType.BOOL);
        add("torch.ones(2).dtype", () -> Tensor.ones(2).dtype());
        add("torch.tensor([1, 2, 3]).max(dim=0)", () -> Tensor.of(1, 2, 3).max(0));
        add("torch.tensor([3, 1, 2]).sort()", () -> Tensor.of(3, 1, 2).sort());
        add("torch.tensor([3, 1, 2]).topk(2)", () -> Tensor.of(3, 1, 2).topk(2));
        add("torch.ones(2).device", () -> none("devices: all memory is the machine's"));
        add("torch.iinfo(torch.int32)", () -> none("limits of dtypes: Java's Integer.MIN_VALUE and its like"));
        add("torch.finfo(torch.float32)", () -> none("limits of dtypes: Java's Float.MIN_NORMAL and its like"));
        add("torch.tensor([1+2j, 3.5-1j])", () -> none("complex dtypes"));
    }

    private static void gradients() {
        add("torch.ones(3, requires_grad=True)", () -> ones(3));
        add("torch.ones(3, requires_grad=True) * 2", () -> ones(3).mul(2));
        add(
                "(torch.ones(3, requires_grad=True) * 2).sum()",
                () -> ones(3).mul(2).sum());
        add("torch.ones(3, requires_grad=True).mean()", () -> ones(3).mean());
        add("torch.ones(3, requires_grad=True) ** 2", () -> ones(3).pow(2));
        add("torch.ones(3, requires_grad=True) + 1", () -> ones(3).add(1));
        add("torch.ones(3, requires_grad=True) - 1", () -> ones(3).sub(1));
        add("torch.ones(3, requires_grad=True) / 2", () -> ones(3).div(2));
        add("-torch.ones(3, requires_grad=True)", () -> ones(3).neg());
        add(
                "torch.ones(3, 3, requires_grad=True) @ torch.ones(3, 3)",
                () -> ones(3, 3).matmul(Tensor.ones(3, 3)));
        add(
                "torch.ones(3, 3, requires_grad=True) @ torch.ones(3)",
                () -> ones(3, 3).matmul(Tensor.ones(3)));
        add("torch.ones(3, requires_grad=True) @ torch.ones(3)", () -> ones(3).matmul(Tensor.ones(3)));
        add(
                "torch.ones(2, 3, 3, requires_grad=True) @ torch.ones(2, 3, 3)",
                () -> ones(2, 3, 3).matmul(Tensor.ones(2, 3, 3)));
        add("torch.ones(3, requires_grad=True).exp()", () -> ones(3).exp());
        add("torch.ones(3, requires_grad=True).log()", () -> ones(3).log());
        add("torch.ones(3, requires_grad=True).sqrt()", () -> ones(3).sqrt());
    }

    private static void moreGradients() {
        add("torch.ones(3, requires_grad=True).relu()", () -> ones(3).relu());
        add("torch.ones(3, requires_grad=True).sigmoid()", () -> ones(3).sigmoid());
        add("torch.ones(3, requires_grad=True).tanh()", () -> ones(3).tanh());
        add("torch.ones(3, requires_grad=True).softmax(0)", () -> ones(3).softmax(0));
        add("torch.ones(3, requires_grad=True).log_softmax(0)", () -> ones(3).logSoftmax(0));
        add("torch.ones(2, 3, requires_grad=True).t()", () -> ones(2, 3).t());
        add("torch.ones(2, 3, requires_grad=True).view(3, 2)", () -> ones(2, 3).view(3, 2));
        add(
                "torch.ones(2, 3, requires_grad=True).reshape(3, 2)",
                () -> ones(2, 3).reshape(3, 2));
        add(
                "torch.ones(2, 3, requires_grad=True).permute(1, 0)",
                () -> ones(2, 3).permute(1, 0));
        add(
                "torch.ones(2, 3, requires_grad=True).transpose(0, 1)",
                () -> ones(2, 3).transpose(0, 1));
        add("torch.ones(2, 3, requires_grad=True)[0]", () -> ones(2, 3).get(0));
        add("torch.ones(2, 3, requires_grad=True)[:, 1:]", () -> ones(2, 3).index(":, 1:"));
        add(
                "torch.ones(2, 3, requires_grad=True)[[0, 1], [1, 2]]",
                () -> ones(2, 3).index("[0, 1], [1, 2]"));
        add(
                "torch.ones(2, 3, requires_grad=True).unsqueeze(0)",
                () -> ones(2, 3).unsqueeze(0));
        add("torch.ones(1, 3, requires_grad=True).squeeze()", () -> ones(1, 3).squeeze());
        add("torch.ones(1, 3, requires_grad=True).squeeze(0)", () -> ones(1, 3).squeeze(0));
    }

    private static void joinsAndReductions() {
        add(
                "torch.ones(1, 3, requires_grad=True).expand(2, 3)",
                () -> ones(1, 3).expand(2, 3));
        add("torch.cat([torch.ones(2, requires_grad=True)] * 2)", () -> Tensor.cat(0, twice()));
        add("torch.stack([torch.ones(2, requires_grad=True)] * 2)", () -> Tensor.stack(0, twice()));
        add("torch.ones(3, requires_grad=True).clone()", () -> ones(3).clone());
        add("torch.ones(3, requires_grad=True).max()", () -> ones(3).max());
        add("torch.ones(3, requires_grad=True).max(0)", () -> ones(3).max(0));
        add("torch.ones(3, requires_grad=True).abs()", () -> ones(3).abs());
        add("torch.ones(3, requires_grad=True).clamp(0, 1)", () -> ones(3).clamp(0, 1));
        add("torch.ones(3, requires_grad=True).double()", () -> ones(3).to(DType.FLOAT64));
        add("torch.ones(3, requires_grad=True).norm()", () -> ones(3).norm());
        add("torch.ones(3, requires_grad=True).var()", () -> ones(3).var());
        add("torch.ones(3, requires_grad=True).std()", () -> ones(3).std());
        add("torch.ones(3, requires_grad=True).cumsum(0)", () -> ones(3).cumsum(0));
        add("torch.ones(3, requires_grad=True).prod()", () -> ones(3).prod());
        add("torch.ones(40, requires_grad=True) * 2", () -> ones(40).mul(2));
        add("torch.ones(3, 4, requires_grad=True) * 2", () -> ones(3, 4).mul(2));
        add(
                "torch.arange(20., requires_grad=True).reshape(4, 5)",
                () -> floats(20).requiresGrad_().reshape(4, 5));
        add(
                "torch.ones(17, dtype=torch.float64, requires_grad=True)",
                () -> Tensor.ones(DType.FLOAT64, 17).requiresGrad_());
        add(
                "torch.nn.functional.mse_loss(torch.ones(3, requires_grad=True), torch.zeros(3))",
                () -> Functional.mseLoss(ones(3), Tensor.zeros(3)));
        add(
                "torch.nn.functional.cross_entropy(torch.ones(2, 3, requires_grad=True), torch.tensor([0, 1]))",
                () -> Functional.crossEntropy(ones(2, 3), Tensor.of(0, 1)));
        add(
                "torch.nn.Linear(2, 1)(torch.ones(3, 2)).detach()",
                () -> new Linear(2, 1).forward(Tensor.ones(3, 2)).detach());
        add("torch.nn.Linear(2, 1)(torch.ones(3, 2))", () -> new Linear(2, 1).forward(Tensor.ones(3, 2)));
    }

    private static void modules() {
        add("torch.nn.Parameter(torch.ones(2))", () -> new Parameter(Tensor.ones(2)));
        add("list(torch.nn.Linear(1, 1).parameters())", () -> new Linear(1, 1).parameters());
        add("torch.nn.Linear(1, 1)", () -> new Linear(1, 1));
        add("torch.nn.Linear(4, 3, bias=False)", () -> new Linear(4, 3, false));
        add(
                "torch.nn.Sequential(torch.nn.Linear(4, 3), torch.nn.ReLU(), torch.nn.Linear(3, 1))",
                () -> new Sequential(new Linear(4, 3), new ReLU(), new Linear(3, 1)));
        add("torch.nn.Conv2d(3, 8, 3, padding=1)", () -> new Conv2d(3, 8, 3, ConvOptions.DEFAULT.padding(1)));
        add("torch.nn.BatchNorm2d(8)", () -> new BatchNorm2d(8));
        add(
                "torch.nn.LSTM(4, 5, num_layers=2, batch_first=True)",
                () -> new LSTM(4, 5, RecurrentOptions.DEFAULT.numLayers(2).batchFirst(true)));
        add("torch.nn.Dropout(0.5)", () -> new Dropout(0.5));
        add("torch.nn.MSELoss()", () -> new MSELoss());
        add("torch.nn.Embedding(10, 3)", () -> new Embedding(10, 3));
        add(
                "torch.nn.TransformerEncoderLayer(8, 2, 16)",
                () -> new TransformerEncoderLayer(8, 2, TransformerOptions.DEFAULT.dimFeedforward(16)));
        add("torch.nn.LayerNorm(8)", () -> new LayerNorm(8));
        add("torch.nn.MaxPool2d(2)", () -> new MaxPool2d(2));
        add("torch.nn.Flatten()", () -> new Flatten());
        add(
                "torch.nn.ModuleList([torch.nn.Linear(1, 1), torch.nn.Tanh()])",
                () -> new ModuleList(new Linear(1, 1), new Tanh()));
        add("torch.nn.GELU()", () -> new GELU());
        add("torch.nn.Softmax(dim=1)", () -> new Softmax(1));
        add("torch.nn.LeakyReLU(0.1)", () -> new LeakyReLU(0.1));
        add(
                "torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=0.01)",
                () -> new SGD(List.of(new Parameter(Tensor.zeros(1))), 0.01));
        add(
                "torch.optim.Adam([torch.nn.Parameter(torch.zeros(1))])",
                () -> new Adam(List.of(new Parameter(Tensor.zeros(1)))));
    }
}
