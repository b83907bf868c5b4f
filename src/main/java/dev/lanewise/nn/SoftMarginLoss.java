package dev.lanewise.nn;

import dev.lanewise.Tensor;

/**
 * Logistic loss of scores for targets 1 and -1.
 *
 * <p>See {@link Functional#softMarginLoss(Tensor, Tensor, Reduction)}.
 * Source: PyTorch's {@code torch.nn.SoftMarginLoss}.
 */
public final class SoftMarginLoss extends Loss {
    /** The mean. */
    public SoftMarginLoss() {
        this(Reduction.MEAN);
    }

    /** The loss with another reduction than the mean. */
    public SoftMarginLoss(Reduction reduction) {
        super(reduction);
    }

    @Override
    public Tensor forward(Tensor input, Tensor target) {
        return Functional.softMarginLoss(input, target, reduction());
    }
}
