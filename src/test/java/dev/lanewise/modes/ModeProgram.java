package dev.lanewise.modes;

import dev.lanewise.DType;
import dev.lanewise.Lanewise;
import dev.lanewise.Scope;
import dev.lanewise.Tensor;
import dev.lanewise.internal.simd.Kernels;
import dev.lanewise.nn.CrossEntropyLoss;
import dev.lanewise.nn.Linear;
import dev.lanewise.nn.MSELoss;
import dev.lanewise.nn.Module;
import dev.lanewise.nn.ReLU;
import dev.lanewise.nn.Sequential;
import dev.lanewise.nn.Tanh;
import dev.lanewise.optim.Adam;
import dev.lanewise.optim.SGD;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Computes with ops of several dtypes, matrix products and two small models, and prints the results' bits.
 *
 * <p>Lines begin with {@code exact}, where all modes must agree bit for bit, {@code near}, where vector and scalar forms of
 * transcendental functions may differ a little, or {@code describe}. With the argument {@code warm} the first model
 * is trained before until its kernels have their vector form.
 */
final class ModeProgram {
    /** So many that every kernel of the model is used enough to be warmed. */
    private static final int ROUNDS = 110;

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final DType[] DTYPES = {
        DType.FLOAT32, DType.FLOAT64, DType.FLOAT16, DType.BFLOAT16, DType.INT64, DType.INT32, DType.UINT8
    };

    private final StringBuilder lines = new StringBuilder();

    private ModeProgram() {}

    public static void main(String[] args) {
        if (args.length > 0 && args[0].equals("warm")) {
            warmUp();
        }
        ModeProgram program = new ModeProgram();
        program.compute();
        System.out.print(program.lines);
        Lanewise.describe().lines().forEach(line -> System.out.println("describe " + line));
    }

    private static void warmUp() {
        for (int round = 0; round < ROUNDS; round++) {
            try (Scope scope = Scope.open()) {
                new ModeProgram().exactModel();
            }
        }
        if (!Kernels.awaitWarm(PATIENCE)) {
            throw new IllegalStateException("Kernels are not warm after " + PATIENCE);
        }
    }

    private void compute() {
        try (Scope scope = Scope.open()) {
            Lanewise.manualSeed(3);
            for (DType dtype : DTYPES) {
                elementwise(dtype);
                reductions(dtype);
            }
            products(DType.FLOAT32);
            products(DType.FLOAT64);
            transcendental();
            exactModel();
            nearModel();
        }
    }

    private void elementwise(DType dtype) {
        Tensor x = Tensor.rand(DType.FLOAT64, 3, 333).mul(8).to(dtype);
        Tensor y = Tensor.rand(DType.FLOAT64, 3, 333).mul(8).add(1).to(dtype);
        Tensor column = y.narrow(1, 0, 1);
        exact(dtype + " arithmetic", x.add(y).mul(x).sub(column).maximum(y).neg());
        exact(dtype + " stepped", x.slice(1, 1, 333, 3).mul(y.slice(1, 0, 331, 3)));
        exact(dtype + " compare", x.lt(y));
        exact(dtype + " where", Tensor.where(x.ge(column), x, y));
        exact(dtype + " cast", x.to(DType.FLOAT32).mul(0.7).to(dtype));
        if (dtype.isFloatingPoint()) {
            exact(dtype + " floating", x.div(y).sqrt().relu().add(y, 0.3));
        }
    }

    private void reductions(DType dtype) {
        Tensor x = Tensor.rand(DType.FLOAT64, 5, 1, 777).mul(9).sub(2).abs().to(dtype);
        exact(dtype + " sum", x.sum());
        exact(dtype + " sums", x.sum(0));
        exact(dtype + " row sums", x.sum(-1));
        exact(dtype + " max", x.amax(1, 2));
        exact(dtype + " argmax", x.argmax(0));
    }

    private void products(DType dtype) {
        exact(dtype + " mm", Tensor.randn(dtype, 37, 129).mm(Tensor.randn(dtype, 129, 61)));
        exact(
                dtype + " transposed mm",
                Tensor.randn(dtype, 129, 37).t().mm(Tensor.randn(dtype, 61, 129).t()));
        exact(dtype + " large mm", Tensor.randn(dtype, 150, 300).mm(Tensor.randn(dtype, 300, 170)));
        exact(dtype + " mv", Tensor.randn(dtype, 37, 129).matmul(Tensor.randn(dtype, 129)));
        exact(dtype + " bmm", Tensor.randn(dtype, 3, 5, 7).bmm(Tensor.randn(dtype, 3, 7, 9)));
        // more elements than one thread is given
        Tensor large = Tensor.rand(dtype, 700, 500);
        exact(dtype + " large", large.mul(large).add(1));
        exact(dtype + " large sum", large.sum());
        exact(dtype + " large sums", large.sum(0));
    }

    private void transcendental() {
        Tensor x = Tensor.randn(1001);
        near("exp", x.exp());
        near("log", x.abs().log());
        near("tanh", x.tanh());
        near("sigmoid", x.sigmoid());
        near("pow", x.abs().pow(1.7));
        near("softmax", x.softmax(0));
        near("double exp", x.to(DType.FLOAT64).exp());
    }

    /** Training with additions and products alone. */
    private void exactModel() {
        Module model = new Sequential(new Linear(13, 33), new ReLU(), new Linear(33, 2));
        SGD optimizer = new SGD(model.parameters(), SGD.lr(0.05).momentum(0.9));
        MSELoss criterion = new MSELoss();
        Tensor x = Tensor.rand(17, 13);
        Tensor y = Tensor.rand(17, 2);
        for (int step = 0; step < 4; step++) {
            Tensor loss = criterion.forward(model.forward(x), y);
            optimizer.zeroGrad();
            loss.backward();
            optimizer.step();
            exact("regression loss", loss);
        }
        model.parameters().forEach(p -> exact("regression parameter", p));
    }

    private void nearModel() {
        Module model = new Sequential(new Linear(13, 33), new Tanh(), new Linear(33, 5));
        Adam optimizer = new Adam(model.parameters(), 1e-2);
        CrossEntropyLoss criterion = new CrossEntropyLoss();
        Tensor x = Tensor.rand(17, 13);
        Tensor y = Tensor.randint(0, 5, 17);
        for (int step = 0; step < 4; step++) {
            Tensor loss = criterion.forward(model.forward(x), y);
            optimizer.zeroGrad();
            loss.backward();
            optimizer.step();
            near("classifier loss", loss);
        }
    }

    /** A checksum would do, but bits tell where the difference is. */
    private void exact(String name, Tensor result) {
        Tensor values = result.detach();
        String bits = values.isFloatingPoint()
                ? Arrays.stream(values.to(DType.FLOAT64).toDoubleArray())
                        .mapToObj(value -> Long.toHexString(Double.doubleToRawLongBits(value)))
                        .collect(Collectors.joining(" "))
                : Arrays.toString(values.to(DType.INT64).toLongArray());
        line("exact", name, bits);
    }

    private void near(String name, Tensor result) {
        String values = Arrays.stream(result.detach().to(DType.FLOAT64).toDoubleArray())
                .mapToObj(Double::toString)
                .collect(Collectors.joining(" "));
        line("near", name, values);
    }

    private void line(String kind, String name, String text) {
        lines.append(kind).append('\t').append(name).append('\t').append(text).append('\n');
    }
}
