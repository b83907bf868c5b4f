package dev.lanewise.bench;

import dev.lanewise.Lanewise;
import dev.lanewise.Scope;
import dev.lanewise.Tensor;
import dev.lanewise.nn.CrossEntropyLoss;
import dev.lanewise.nn.Linear;
import dev.lanewise.nn.MSELoss;
import dev.lanewise.nn.Module;
import dev.lanewise.nn.ReLU;
import dev.lanewise.nn.Sequential;
import dev.lanewise.optim.Adam;
import dev.lanewise.optim.SGD;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One training step, data loading apart: a linear regression on batches of 16, and an MLP 784-256-128-10 with Adam on
 * batches of 64; against the same steps as plain loops on one thread.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class StepBenchmark {
    private static final int[] LAYERS = {784, 256, 128, 10};
    private static final int BATCH = 64;

    /** A line fitted by gradient descent. */
    @State(org.openjdk.jmh.annotations.Scope.Thread)
    public static class Regression {
        private static final int BATCH = 16;

        private final Tensor x = Tensor.rand(BATCH, 1);
        private final Tensor y = Tensor.rand(BATCH, 1);
        private final Linear model = new Linear(1, 1);
        private final MSELoss criterion = new MSELoss();
        private final SGD optimizer = new SGD(model.parameters(), 1e-2);

        @Setup
        public void setUp() {
            Warm.up(this::step);
        }

        double step() {
            try (Scope scope = Scope.open("step")) {
                Tensor loss = criterion.forward(model.forward(x), y);
                optimizer.zeroGrad();
                loss.backward();
                optimizer.step();
                return loss.item();
            }
        }
    }

    /** A classifier of images. */
    @State(org.openjdk.jmh.annotations.Scope.Thread)
    public static class Classifier {
        private final Tensor x = Tensor.rand(BATCH, LAYERS[0]);
        private final Tensor labels = Tensor.randint(0, LAYERS[3], BATCH);
        private final Module model = new Sequential(
                new Linear(LAYERS[0], LAYERS[1]),
                new ReLU(),
                new Linear(LAYERS[1], LAYERS[2]),
                new ReLU(),
                new Linear(LAYERS[2], LAYERS[3]));
        private final CrossEntropyLoss criterion = new CrossEntropyLoss();
        private final Adam optimizer = new Adam(model.parameters());

        @Setup
        public void setUp() {
            Lanewise.manualSeed(0);
            Warm.up(this::step);
        }

        double step() {
            try (Scope scope = Scope.open("step")) {
                Tensor loss = criterion.forward(model.forward(x), labels);
                optimizer.zeroGrad();
                loss.backward();
                optimizer.step();
                return loss.item();
            }
        }
    }

    /** The same two models as plain loops. */
    @State(org.openjdk.jmh.annotations.Scope.Thread)
    public static class Plain {
        private final PlainRegression regression = new PlainRegression(Regression.BATCH);
        private final PlainMlp mlp = new PlainMlp(BATCH, LAYERS);
    }

    @Benchmark
    public double regression(Regression state) {
        return state.step();
    }

    @Benchmark
    public double classifier(Classifier state) {
        return state.step();
    }

    @Benchmark
    public double regressionPlainLoops(Plain state) {
        return state.regression.step();
    }

    @Benchmark
    public double classifierPlainLoops(Plain state) {
        return state.mlp.step();
    }
}
