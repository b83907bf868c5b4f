package dev.lanewise.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one epoch came to.
 *
 * @param epoch its number, from 1
 * @param values by name, in this order: {@code loss}, the metrics, and both again with {@code val_} in front if there is
 *     validation data, then {@code lr}, the first group's learning rate in that epoch
 * @param seconds how long it took
 */
public record EpochResult(int epoch, Map<String, Double> values, double seconds) {
    static final String LOSS = "loss";
    static final String VALIDATION = "val_";
    static final String RATE = "lr";

    /** Copies the values. */
    public EpochResult {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** The mean loss of the training data while it was learned. */
    public double loss() {
        return values.get(LOSS);
    }

    /** The mean loss of the validation data after the epoch; NaN if there is none. */
    public double validationLoss() {
        return values.getOrDefault(VALIDATION + LOSS, Double.NaN);
    }

    /** The loss that early stopping and the best checkpoint go by: of the validation data, or the training data if none. */
    double watched() {
        return values.getOrDefault(VALIDATION + LOSS, loss());
    }
}
