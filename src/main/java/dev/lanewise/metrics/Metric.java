package dev.lanewise.metrics;

import dev.lanewise.Tensor;

/**
 * A measure of predictions, fed batch by batch.
 *
 * <p>The value is that of all batches since the beginning or the last {@link #reset}, as if they had been one. A metric takes
 * no part in gradients. Not safe to share between threads.
 */
public interface Metric {
    /** Takes a batch in: predictions and what was true, one for each sample. */
    void update(Tensor predictions, Tensor targets);

    /** The value of all batches so far. Throws IllegalStateException if there were no samples. */
    double compute();

    /** Forgets all batches. */
    void reset();
}
