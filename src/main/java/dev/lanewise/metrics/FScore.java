package dev.lanewise.metrics;

import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;

/**
 * Precision, recall, and the F score that weighs them: {@code (1 + β²)·p·r / (β²·p + r)}.
 *
 * <p>Precision is the share of those predicted as a class that are of it, recall the share of those of a class that were
 * predicted; 0 where there are none. Predictions are INT64 classes {@code [N]}, or scores {@code [N, classes]}; targets are
 * classes {@code [N]}. Source: scikit-learn's {@code precision_recall_fscore_support}.
 */
public final class FScore implements Metric {
    private static final String NAME = "FScore";

    private final ConfusionMatrix matrix;
    private final Average average;
    private final double square;

    /** F1 of class 1 of two classes. */
    public FScore() {
        this(2, Average.BINARY);
    }

    /** F1 of some classes. */
    public FScore(int classes, Average average) {
        this(classes, average, 1);
    }

    /**
     * The F score of some classes.
     *
     * @param beta how much more recall weighs than precision, above 0
     */
    public FScore(int classes, Average average, double beta) {
        if (average == Average.BINARY && classes != 2) {
            throw Check.argument(NAME, "there must be two classes for the average BINARY")
                    .got(classes)
                    .error();
        }
        if (!(beta > 0)) {
            throw Check.argument(NAME, "beta must be above 0").got(beta).error();
        }
        matrix = new ConfusionMatrix(classes);
        this.average = average;
        square = beta * beta;
    }

    @Override
    public void update(Tensor predictions, Tensor targets) {
        matrix.update(predictions, targets);
    }

    /** The F score. */
    @Override
    public double compute() {
        return averaged((hits, predicted, actual) -> {
            double p = share(hits, predicted);
            double r = share(hits, actual);
            return p + r == 0 ? 0 : (1 + square) * p * r / (square * p + r);
        });
    }

    /** The precision. */
    public double precision() {
        return averaged((hits, predicted, actual) -> share(hits, predicted));
    }

    /** The recall. */
    public double recall() {
        return averaged((hits, predicted, actual) -> share(hits, actual));
    }

    @Override
    public void reset() {
        matrix.reset();
    }

    private interface Value {
        double of(long hits, long predicted, long actual);
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }

    private double averaged(Value value) {
        int classes = matrix.classes();
        long[] hits = new long[classes];
        long[] predicted = new long[classes];
        long[] actual = new long[classes];
        long samples = 0;
        long allHits = 0;
        for (int i = 0; i < classes; i++) {
            hits[i] = matrix.count(i, i);
            allHits += hits[i];
            for (int j = 0; j < classes; j++) {
                actual[i] += matrix.count(i, j);
                predicted[i] += matrix.count(j, i);
            }
            samples += actual[i];
        }
        Samples.require(NAME, samples > 0);
        if (average == Average.BINARY) {
            return value.of(hits[1], predicted[1], actual[1]);
        }
        if (average == Average.MICRO) {
            return value.of(allHits, samples, samples);
        }
        double sum = 0;
        double weights = 0;
        for (int i = 0; i < classes; i++) {
            // A class that neither was nor was predicted is no class to scikit-learn.
            boolean seen = actual[i] + predicted[i] > 0;
            double weight = average == Average.WEIGHTED ? actual[i] : seen ? 1 : 0;
            sum += weight * value.of(hits[i], predicted[i], actual[i]);
            weights += weight;
        }
        return sum / weights;
    }
}
