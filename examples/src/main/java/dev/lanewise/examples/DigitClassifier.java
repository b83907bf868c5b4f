package dev.lanewise.examples;

import dev.lanewise.GradMode;
import dev.lanewise.Lanewise;
import dev.lanewise.Scope;
import dev.lanewise.Tensor;
import dev.lanewise.data.DataLoader;
import dev.lanewise.data.TensorDataset;
import dev.lanewise.data.TrainTestSplit;
import dev.lanewise.nn.CrossEntropyLoss;
import dev.lanewise.nn.Dropout;
import dev.lanewise.nn.Linear;
import dev.lanewise.nn.ReLU;
import dev.lanewise.nn.Sequential;
import dev.lanewise.optim.Adam;
import dev.lanewise.train.ProgressBar;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Learns to read handwritten digits, and shows which ones it misread. */
final class DigitClassifier {
    private static final int EPOCHS = 40;
    private static final int SLOW_EPOCHS = 10;
    private static final int BATCH = 32;
    private static final double TEST_SHARE = 0.2;

    /**
     * A test digit that was misread.
     *
     * @param pixels 64 values from 0 to 1, row by row
     * @param probability how sure the model was of what it read
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Misread(float[] pixels, int actual, int read, double probability) {}

    /**
     * What came out on the test digits.
     *
     * @param counts how often a digit (row) was read as a digit (column)
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Result(double accuracy, int[][] counts, List<Misread> misread) {}

    private DigitClassifier() {}

    static Result run(Digits digits, PrintStream out, Pictures pictures) {
        var split = TrainTestSplit.of((int) digits.images().size(0), TEST_SHARE, 0);
        var training = new TensorDataset(split.train(digits.images()), split.train(digits.labels()));
        var test = new Digits(split.test(digits.images()), split.test(digits.labels()));
        out.println(training.size() + " images to learn from, " + test.labels().numel() + " to test");

        Lanewise.manualSeed(0);
        var model = new Sequential(new Linear(64, 256), new ReLU(), new Dropout(0.5), new Linear(256, Digits.CLASSES));
        out.println(model);
        train(model, training, test, out);
        Result result = evaluate(model, test);
        out.printf(
                Locale.ROOT,
                "test accuracy %.2f %%: %d of %d misread%n",
                100 * result.accuracy(),
                result.misread().size(),
                test.labels().numel());
        pictures.draw(() -> {
            pictures.save("digits-confusion", ConfusionMatrix.draw(result.counts(), result.accuracy()));
            pictures.save(
                    "digits-misread",
                    DigitSheet.draw(result.misread(), test.labels().numel()));
        });
        return result;
    }

    private static void train(Sequential model, TensorDataset training, Digits test, PrintStream out) {
        var loader = new DataLoader(training, DataLoader.batchSize(BATCH).shuffle(true));
        var criterion = new CrossEntropyLoss();
        var optimizer = new Adam(model.parameters(), 3e-3);
        for (int epoch = 1; epoch <= EPOCHS; epoch++) {
            if (epoch > EPOCHS - SLOW_EPOCHS) {
                optimizer.groups().get(0).setLr(3e-4);
            }
            String title = String.format(Locale.ROOT, "epoch %2d/%d", epoch, EPOCHS);
            var bar = new ProgressBar(out, title, training.size(), "loss", "accuracy");
            model.train();
            for (Tensor[] batch : loader) {
                // Frees at its end what was made inside; parameters, gradients and the optimizer's state stay.
                try (Scope step = Scope.open("training step")) {
                    Tensor scores = model.forward(batch[0]);
                    Tensor loss = criterion.forward(scores, batch[1]);
                    optimizer.zeroGrad();
                    loss.backward();
                    optimizer.step();
                    long count = batch[1].numel();
                    bar.add(count, loss.item(), (double) correct(scores, batch[1]) / count);
                }
            }
            bar.finish(String.format(Locale.ROOT, "  test %.4f", accuracy(model, test)));
        }
    }

    private static long correct(Tensor scores, Tensor labels) {
        return scores.argmax(1).eq(labels).sum().itemLong();
    }

    private static double accuracy(Sequential model, Digits test) {
        model.eval();
        try (var mode = GradMode.off();
                Scope scope = Scope.open("test")) {
            return (double) correct(model.forward(test.images()), test.labels())
                    / test.labels().numel();
        }
    }

    private static Result evaluate(Sequential model, Digits test) {
        model.eval();
        try (var mode = GradMode.off();
                Scope scope = Scope.open("test")) {
            Tensor probabilities = model.forward(test.images()).softmax(1);
            long[] read = probabilities.argmax(1).toLongArray();
            float[] sure = probabilities.amax(1).toFloatArray();
            long[] actual = test.labels().toLongArray();
            int[][] counts = new int[Digits.CLASSES][Digits.CLASSES];
            List<Misread> misread = new ArrayList<>();
            for (int i = 0; i < actual.length; i++) {
                counts[(int) actual[i]][(int) read[i]]++;
                if (read[i] != actual[i]) {
                    float[] pixels = test.images().get(i).toFloatArray();
                    misread.add(new Misread(pixels, (int) actual[i], (int) read[i], sure[i]));
                }
            }
            return new Result(1 - (double) misread.size() / actual.length, counts, misread);
        }
    }
}
