package dev.lanewise.metrics;

import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import java.util.Arrays;

/**
 * How many samples of each class were predicted as which.
 *
 * <p>Predictions are INT64 classes {@code [N]}, or scores {@code [N, classes]}; targets are classes {@code [N]}. Source:
 * scikit-learn's {@code confusion_matrix}.
 */
public final class ConfusionMatrix {
    private static final String NAME = "ConfusionMatrix";

    private final int classes;
    private final long[] counts;

    /** A matrix for classes from 0 to {@code classes - 1}. */
    public ConfusionMatrix(int classes) {
        if (classes < 1) {
            throw Check.argument(NAME, "there must be at least one class")
                    .got(classes)
                    .error();
        }
        this.classes = classes;
        this.counts = new long[Math.multiplyExact(classes, classes)];
    }

    /** Takes a batch in. Throws IndexException for a class that is not one of them, with nothing counted. */
    public void update(Tensor predictions, Tensor targets) {
        long[] found = Samples.classes(NAME, predictions);
        long[] expected = Samples.targets(NAME, targets, found.length);
        for (int i = 0; i < found.length; i++) {
            Samples.inside(NAME, found[i], classes);
            Samples.inside(NAME, expected[i], classes);
        }
        for (int i = 0; i < found.length; i++) {
            counts[(int) expected[i] * classes + (int) found[i]]++;
        }
    }

    /** The counts, INT64 {@code [classes, classes]}: row the true class, column the predicted one. A copy. */
    public Tensor compute() {
        return Tensor.of(counts).reshape(classes, classes);
    }

    /** Forgets all batches. */
    public void reset() {
        Arrays.fill(counts, 0);
    }

    /** How many classes there are. */
    public int classes() {
        return classes;
    }

    /** Samples of a class that were predicted as another or the same. */
    long count(int actual, int predicted) {
        return counts[actual * classes + predicted];
    }
}
