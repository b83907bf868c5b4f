package dev.lanewise.train;

import dev.lanewise.Lanewise;
import dev.lanewise.Tensor;
import dev.lanewise.nn.BatchNorm2d;
import dev.lanewise.nn.Conv2d;
import dev.lanewise.nn.CrossEntropyLoss;
import dev.lanewise.nn.Dropout;
import dev.lanewise.nn.Flatten;
import dev.lanewise.nn.GELU;
import dev.lanewise.nn.LSTM;
import dev.lanewise.nn.Linear;
import dev.lanewise.nn.MaxPool2d;
import dev.lanewise.nn.Module;
import dev.lanewise.nn.ReLU;
import dev.lanewise.nn.Sequential;
import dev.lanewise.nn.TransformerEncoderLayer;
import dev.lanewise.nn.TransformerOptions;
import dev.lanewise.optim.AdamW;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Trains small models and prints of each a number made of the bits of all its parameters. */
final class DeterminismProgram {
    private static final int STEPS = 2;
    static final Map<String, Supplier<Module>> MODELS = new LinkedHashMap<>();

    static {
        MODELS.put(
                "perceptron",
                () -> new Sequential(
                        new Flatten(), new Linear(1024, 512), new GELU(), new Dropout(0.3), new Linear(512, 10)));
        MODELS.put(
                "convolutions",
                () -> new Sequential(
                        new Conv2d(1, 8, 3),
                        new BatchNorm2d(8),
                        new ReLU(),
                        new MaxPool2d(2),
                        new Conv2d(8, 16, 3),
                        new ReLU(),
                        new Flatten(),
                        new Linear(16 * 13 * 13, 10)));
        MODELS.put("lstm", Last::new);
        MODELS.put(
                "transformer",
                () -> new Sequential(
                        new Flatten(0, 1),
                        new TransformerEncoderLayer(
                                32,
                                4,
                                TransformerOptions.DEFAULT.batchFirst(true).dimFeedforward(256)),
                        new Flatten(),
                        new Linear(1024, 10)));
    }

    /** An LSTM over the lines of an image, and a layer on its last output. */
    private static final class Last extends Module {
        private final LSTM lstm = register("lstm", new LSTM(32, 96));
        private final Linear out = register("out", new Linear(96, 10));

        @Override
        public Tensor forward(Tensor x) {
            Tensor states = lstm.forward(x.squeeze(1).transpose(0, 1).contiguous());
            return out.forward(states.select(0, -1));
        }
    }

    private DeterminismProgram() {}

    public static void main(String[] args) {
        for (String model : MODELS.keySet()) {
            System.out.println(model + " " + Arrays.hashCode(trained(model, Lanewise.numThreads(), 17)));
        }
    }

    /** All parameters after some steps on random images. */
    static double[] trained(String name, int threads, long seed) {
        Lanewise.setNumThreads(threads);
        Lanewise.manualSeed(seed);
        Module model = MODELS.get(name).get();
        AdamW optimizer = new AdamW(model.parameters(), 1e-3);
        for (int step = 0; step < STEPS; step++) {
            Tensor loss = new CrossEntropyLoss()
                    .forward(model.forward(Tensor.randn(96, 1, 32, 32)), Tensor.randint(0, 10, 96));
            optimizer.zeroGrad();
            loss.backward();
            optimizer.step();
        }
        return Tensor.cat(
                        0,
                        model.parameters().stream()
                                .map(p -> p.detach().flatten())
                                .toArray(Tensor[]::new))
                .toDoubleArray();
    }
}
