package dev.lanewise.metrics;

import dev.lanewise.Tensor;

/**
 * How far numbers are from those that were expected.
 *
 * <p>Predictions and targets have one shape; every element is a sample. Sums are kept in double. Source: scikit-learn's
 * {@code mean_squared_error}, {@code mean_absolute_error} and {@code r2_score}.
 */
public final class RegressionError implements Metric {
    /** Which error. */
    public enum Kind {
        /** Mean of the squared differences. */
        MSE,
        /** Root of that mean. */
        RMSE,
        /** Mean of the absolute differences. */
        MAE,
        /** 1 less the squared differences over those from the targets' mean: 1 for perfect predictions. */
        R2
    }

    private static final String NAME = "RegressionError";

    private final Kind kind;
    private long samples;
    private double squares;
    private double distances;
    private double mean;
    private double spread;

    /** An error of a kind. */
    public RegressionError(Kind kind) {
        this.kind = kind;
    }

    @Override
    public void update(Tensor predictions, Tensor targets) {
        double[] found = Samples.numbers(NAME, predictions, targets);
        double[] expected = Samples.doubles(targets);
        for (int i = 0; i < found.length; i++) {
            double difference = found[i] - expected[i];
            squares += difference * difference;
            distances += Math.abs(difference);
            // Welford's running mean and sum of squares around it.
            samples++;
            double before = expected[i] - mean;
            mean += before / samples;
            spread += before * (expected[i] - mean);
        }
    }

    @Override
    public double compute() {
        Samples.require(NAME, samples > 0);
        return switch (kind) {
            case MSE -> squares / samples;
            case RMSE -> Math.sqrt(squares / samples);
            case MAE -> distances / samples;
            case R2 -> r2();
        };
    }

    private double r2() {
        if (samples < 2) {
            return Double.NaN;
        }
        if (spread == 0) {
            return squares == 0 ? 1 : 0;
        }
        return 1 - squares / spread;
    }

    @Override
    public void reset() {
        samples = 0;
        squares = 0;
        distances = 0;
        mean = 0;
        spread = 0;
    }
}
