package dev.lanewise.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.GradMode;
import dev.lanewise.Lanewise;
import dev.lanewise.Scope;
import dev.lanewise.Tensor;
import dev.lanewise.data.DataLoader;
import dev.lanewise.data.TensorDataset;
import dev.lanewise.nn.CrossEntropyLoss;
import dev.lanewise.nn.Linear;
import dev.lanewise.nn.Sequential;
import dev.lanewise.nn.Tanh;
import dev.lanewise.optim.Adam;
import org.junit.jupiter.api.Test;

/** A network for the digits, trained from the seed alone, against the same program in PyTorch. */
class RecordedDigitsTest {
    private static final long TRAINING = 1500;
    private static final int EPOCHS = 10;
    private static final double[] FIRST_LOSSES = {
        2.2943406105041504,
        2.3000216484069824,
        2.27199649810791,
        2.178088903427124,
        2.1577818393707275,
        2.14780330657959,
        2.0334575176239014,
        2.0707619190216064,
        1.9743419885635376,
        1.8908390998840332
    };
    private static final double FIRST_EPOCH_LOSS = 1.2873142894278182;
    private static final double FINAL_ACCURACY = 0.9023569226264954;

    @Test
    void trainsAsRecorded() {
        Digits digits = Digits.read(null);
        Lanewise.manualSeed(0);
        var training = new TensorDataset(
                digits.images().narrow(0, 0, TRAINING), digits.labels().narrow(0, 0, TRAINING));
        var loader = new DataLoader(training, DataLoader.batchSize(32).shuffle(true));
        var model = new Sequential(new Linear(64, 64), new Tanh(), new Linear(64, Digits.CLASSES));
        var optimizer = new Adam(model.parameters(), 5e-3);
        int step = 0;
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            double total = 0;
            for (Tensor[] batch : loader) {
                try (Scope scope = Scope.open()) {
                    Tensor loss = new CrossEntropyLoss().forward(model.forward(batch[0]), batch[1]);
                    if (step < FIRST_LOSSES.length) {
                        assertEquals(FIRST_LOSSES[step], loss.item(), 1e-4, "loss of step " + step);
                    }
                    total += loss.item();
                    step++;
                    optimizer.zeroGrad();
                    loss.backward();
                    optimizer.step();
                }
            }
            if (epoch == 0) {
                assertEquals(FIRST_EPOCH_LOSS, total / loader.size(), 1e-3);
            }
        }
        assertEquals(47 * EPOCHS, step);
        assertEquals(FINAL_ACCURACY, accuracy(model, digits), 5e-3);
    }

    private static double accuracy(Sequential model, Digits digits) {
        long rest = digits.labels().numel() - TRAINING;
        try (var mode = GradMode.off()) {
            Tensor scores = model.forward(digits.images().narrow(0, TRAINING, rest));
            return (double) scores.argmax(1)
                            .eq(digits.labels().narrow(0, TRAINING, rest))
                            .sum()
                            .itemLong()
                    / rest;
        }
    }
}
