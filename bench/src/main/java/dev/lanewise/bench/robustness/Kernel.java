package dev.lanewise.bench.robustness;

import dev.lanewise.Lanewise;
import dev.lanewise.Scope;
import dev.lanewise.Tensor;
import dev.lanewise.nn.CrossEntropyLoss;
import dev.lanewise.nn.Functional;
import dev.lanewise.nn.Linear;
import dev.lanewise.nn.Module;
import dev.lanewise.nn.ReLU;
import dev.lanewise.nn.Sequential;
import dev.lanewise.optim.Adam;

/** What is run in fresh JVMs, with the heap bytes that one call may leave behind: its result objects and no vector. */
enum Kernel {
    SGEMM(1_000) {
        @Override
        Runnable call() {
            Tensor a = Tensor.randn(512, 512);
            Tensor b = Tensor.randn(512, 512);
            return () -> a.mm(b).close();
        }
    },
    ADD(300) {
        @Override
        Runnable call() {
            Tensor a = Tensor.randn(ELEMENTS);
            Tensor b = Tensor.randn(ELEMENTS);
            return () -> a.add(b).close();
        }
    },
    EXP(300) {
        @Override
        Runnable call() {
            Tensor x = Tensor.randn(ELEMENTS);
            return () -> x.exp().close();
        }
    },
    GELU(300) {
        @Override
        Runnable call() {
            Tensor x = Tensor.randn(ELEMENTS);
            return () -> Functional.gelu(x).close();
        }
    },
    SUM(1_500) {
        @Override
        Runnable call() {
            Tensor x = Tensor.randn(ELEMENTS);
            return () -> x.sum().close();
        }
    },
    SOFTMAX(1_500) {
        @Override
        Runnable call() {
            Tensor x = Tensor.randn(1_000, 1_000);
            return () -> x.softmax(1).close();
        }
    },
    TRAINING_STEP(50_000) {
        @Override
        Runnable call() {
            Lanewise.manualSeed(0);
            Tensor x = Tensor.rand(64, 784);
            Tensor labels = Tensor.randint(0, 10, 64);
            Module model = new Sequential(
                    new Linear(784, 256), new ReLU(), new Linear(256, 128), new ReLU(), new Linear(128, 10));
            CrossEntropyLoss criterion = new CrossEntropyLoss();
            Adam optimizer = new Adam(model.parameters());
            return () -> {
                try (Scope scope = Scope.open("step")) {
                    Tensor loss = criterion.forward(model.forward(x), labels);
                    optimizer.zeroGrad();
                    loss.backward();
                    optimizer.step();
                }
            };
        }
    };

    private static final long ELEMENTS = 100_000;

    private final long bytes;

    Kernel(long bytes) {
        this.bytes = bytes;
    }

    /** The heap bytes that one call may allocate, on all threads together. */
    final long bytes() {
        return bytes;
    }

    /** One call of the kernel, on operands made now. */
    abstract Runnable call();
}
