package dev.lanewise.metrics;

import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;

/**
 * The share of samples whose class was predicted, or is among those of the k highest scores.
 *
 * <p>Predictions are INT64 classes {@code [N]}, or scores {@code [N, classes]}; targets are classes {@code [N]}. Source:
 * scikit-learn's {@code accuracy_score} and {@code top_k_accuracy_score}.
 */
public final class Accuracy implements Metric {
    private static final String NAME = "Accuracy";

    private final int k;
    private long right;
    private long samples;

    /** The share of samples whose class was predicted. */
    public Accuracy() {
        this(1);
    }

    /** The share of samples whose class is among those of the {@code k} highest scores. */
    public Accuracy(int k) {
        if (k < 1) {
            throw Check.argument(NAME, "k must be at least 1").got(k).error();
        }
        this.k = k;
    }

    @Override
    public void update(Tensor predictions, Tensor targets) {
        if (k == 1) {
            long[] classes = Samples.classes(NAME, predictions);
            long[] expected = Samples.targets(NAME, targets, classes.length);
            for (int i = 0; i < classes.length; i++) {
                right += classes[i] == expected[i] ? 1 : 0;
            }
            samples += classes.length;
            return;
        }
        if (predictions.dim() != 2 || predictions.size(1) < k) {
            throw Check.shape(NAME, "there must be a row of at least k scores for each sample")
                    .expected("[N, " + k + " or more]")
                    .got(predictions.shape())
                    .error();
        }
        int n = Math.toIntExact(predictions.size(0));
        long[] expected = Samples.targets(NAME, targets, n);
        long[] best = predictions.detach().topk(k, 1).indices().toLongArray();
        for (int i = 0; i < n; i++) {
            for (int j = i * k; j < (i + 1) * k; j++) {
                right += best[j] == expected[i] ? 1 : 0;
            }
        }
        samples += n;
    }

    @Override
    public double compute() {
        Samples.require(NAME, samples > 0);
        return (double) right / samples;
    }

    @Override
    public void reset() {
        right = 0;
        samples = 0;
    }
}
