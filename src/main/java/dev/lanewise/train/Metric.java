package dev.lanewise.train;

import dev.lanewise.DType;
import dev.lanewise.Tensor;

/** A number by which a batch is judged beside its loss; a {@link Trainer} takes its mean over the samples. */
@FunctionalInterface
public interface Metric {
    /** The value for one batch: what the model gave, and the batch's last tensor. */
    double of(Tensor output, Tensor target);

    /** The share of samples whose largest score, along dimension 1, is at the target class. */
    static Metric accuracy() {
        return (output, target) ->
                output.argmax(1).eq(target).to(DType.FLOAT64).mean().item();
    }
}
