package dev.lanewise.nn;

import dev.lanewise.Tensor;

/**
 * Divergence of the target from a distribution given by its log-probabilities.
 *
 * <p>See {@link Functional#klDiv(Tensor, Tensor, Reduction, boolean)}. Source: PyTorch's {@code torch.nn.KLDivLoss}.
 */
public final class KLDivLoss extends Loss {
    private final boolean logTarget;

    /** The mean with targets that are no logarithms. */
    public KLDivLoss() {
        this(Reduction.MEAN);
    }

    /** The loss with another reduction than the mean. */
    public KLDivLoss(Reduction reduction) {
        this(reduction, false);
    }

    /** The loss with all parameters. */
    public KLDivLoss(Reduction reduction, boolean logTarget) {
        super(reduction);
        this.logTarget = logTarget;
    }

    @Override
    public Tensor forward(Tensor input, Tensor target) {
        return Functional.klDiv(input, target, reduction(), logTarget);
    }
}
