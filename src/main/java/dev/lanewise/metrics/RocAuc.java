package dev.lanewise.metrics;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import java.util.Arrays;

/**
 * Area under the ROC curve: how likely a sample of class 1 has a higher score than one of class 0, half of a tie counted.
 *
 * <p>Predictions are scores {@code [N]}, targets are 0 and 1 {@code [N]}. All scores are kept until {@link #reset}. Source:
 * scikit-learn's {@code roc_auc_score}.
 */
public final class RocAuc implements Metric {
    private static final String NAME = "RocAuc";

    private double[] scores = new double[0];
    private boolean[] positive = new boolean[0];
    private int samples;

    /** The area for two classes. */
    public RocAuc() {}

    @Override
    public void update(Tensor predictions, Tensor targets) {
        if (predictions.dim() != 1) {
            throw Check.shape(NAME, "there must be one score for each sample")
                    .operand("predictions", predictions.dtype(), predictions.sizes())
                    .error();
        }
        double[] batch = Samples.doubles(predictions);
        long[] classes = Samples.targets(NAME, targets, batch.length);
        for (int i = 0; i < batch.length; i++) {
            Samples.inside(NAME, classes[i], 2);
            if (Double.isNaN(batch[i])) {
                throw Check.argument(NAME, "a score must not be NaN").error();
            }
        }
        int room = samples + batch.length;
        if (room > scores.length) {
            scores = Arrays.copyOf(scores, Math.max(room, 2 * scores.length));
            positive = Arrays.copyOf(positive, scores.length);
        }
        for (int i = 0; i < batch.length; i++) {
            scores[samples + i] = batch[i];
            positive[samples + i] = classes[i] == 1;
        }
        samples = room;
    }

    /** The area. Throws IllegalStateException if one of the classes has no samples. */
    @Override
    public double compute() {
        Samples.require(NAME, samples > 0);
        Tensor order = Tensor.of(DType.FLOAT64, Arrays.copyOf(scores, samples)).argsort();
        long[] rising = order.toLongArray();
        double ranks = 0;
        long ones = 0;
        for (int from = 0; from < samples; ) {
            int to = from;
            long found = 0;
            double score = scores[(int) rising[from]];
            while (to < samples && scores[(int) rising[to]] == score) {
                found += positive[(int) rising[to++]] ? 1 : 0;
            }
            // Samples of one score have their mean rank, from 1.
            ranks += found * (from + 1.0 + to) / 2;
            ones += found;
            from = to;
        }
        long zeros = samples - ones;
        if (ones == 0 || zeros == 0) {
            throw new IllegalStateException(NAME + ": there must be samples of both classes.");
        }
        return (ranks - ones * (ones + 1.0) / 2) / ((double) ones * zeros);
    }

    @Override
    public void reset() {
        samples = 0;
    }
}
