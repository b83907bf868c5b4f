package dev.lanewise.examples;

import dev.lanewise.Lanewise;
import dev.lanewise.data.DataLoader;
import dev.lanewise.data.TensorDataset;
import dev.lanewise.data.TrainTestSplit;
import dev.lanewise.metrics.Accuracy;
import dev.lanewise.nn.BatchNorm2d;
import dev.lanewise.nn.Conv2d;
import dev.lanewise.nn.ConvOptions;
import dev.lanewise.nn.CrossEntropyLoss;
import dev.lanewise.nn.Dropout;
import dev.lanewise.nn.Flatten;
import dev.lanewise.nn.Linear;
import dev.lanewise.nn.MaxPool2d;
import dev.lanewise.nn.Module;
import dev.lanewise.nn.ReLU;
import dev.lanewise.nn.Sequential;
import dev.lanewise.optim.Adam;
import dev.lanewise.optim.CosineAnnealingLR;
import dev.lanewise.train.EpochResult;
import dev.lanewise.train.Trainer;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** A convolutional network that reads handwritten digits, trained by {@link Trainer}. */
public final class DigitCnn {
    private static final int EPOCHS = 12;
    private static final int BATCH = 32;
    private static final double TEST_SHARE = 0.2;

    private DigitCnn() {}

    /** The network, for images of shape {@code [n, 1, 8, 8]}. */
    static Module model() {
        return new Sequential(
                new Conv2d(1, 32, 3, ConvOptions.DEFAULT.padding(1)),
                new BatchNorm2d(32),
                new ReLU(),
                new Conv2d(32, 64, 3, ConvOptions.DEFAULT.padding(1)),
                new BatchNorm2d(64),
                new ReLU(),
                new MaxPool2d(2),
                new Flatten(),
                new Dropout(0.5),
                new Linear(64 * 4 * 4, Digits.CLASSES));
    }

    /** Trains the network and returns what each epoch came to. */
    static List<EpochResult> run(Digits digits, int epochs, PrintStream out) {
        var split = TrainTestSplit.of((int) digits.images().size(0), TEST_SHARE, 0);
        var training = new TensorDataset(split.train(digits.images()), split.train(digits.labels()));
        var test = new TensorDataset(split.test(digits.images()), split.test(digits.labels()));
        Lanewise.manualSeed(0);
        var model = model();
        out.println(model);
        var optimizer = new Adam(model.parameters(), 2e-3);
        var options = Trainer.epochs(epochs)
                .forward(batch -> model.forward(batch[0].view(-1, 1, Digits.SIDE, Digits.SIDE)))
                .validation(new DataLoader(test, DataLoader.batchSize(test.size())))
                .metric("accuracy", new Accuracy())
                .scheduler(new CosineAnnealingLR(optimizer, epochs))
                .progress(out);
        var history = new Trainer(model, new CrossEntropyLoss()::forward, optimizer, options)
                .fit(new DataLoader(training, DataLoader.batchSize(BATCH).shuffle(true)));
        double accuracy = history.get(epochs - 1).values().get("val_accuracy");
        out.printf(Locale.ROOT, "test accuracy %.2f %%%n", 100 * accuracy);
        return history;
    }

    /** Trains on the digits that come with this program, or those of the file that is named. */
    public static void main(String[] args) {
        run(Digits.read(args.length == 0 ? null : Path.of(args[0])), EPOCHS, System.out);
    }
}
