package dev.lanewise.nn;

import dev.lanewise.Tensor;

/**
 * Negative log-likelihood of counts under Poisson distributions.
 *
 * <p>See {@link Functional#poissonNllLoss(Tensor, Tensor, boolean, boolean, double, Reduction)}.
 * Source: PyTorch's {@code torch.nn.PoissonNLLLoss}.
 */
public final class PoissonNLLLoss extends Loss {
    private final boolean logInput;
    private final boolean full;
    private final double eps;

    /** The mean with inputs that are logarithms of rates, no Stirling term, eps 1e-8. */
    public PoissonNLLLoss() {
        this(Reduction.MEAN);
    }

    /** The loss with another reduction than the mean. */
    public PoissonNLLLoss(Reduction reduction) {
        this(reduction, true, false, 1e-8);
    }

    /** The loss with all parameters. */
    public PoissonNLLLoss(Reduction reduction, boolean logInput, boolean full, double eps) {
        super(reduction);
        this.logInput = logInput;
        this.full = full;
        this.eps = eps;
    }

    @Override
    public Tensor forward(Tensor input, Tensor target) {
        return Functional.poissonNllLoss(input, target, logInput, full, eps, reduction());
    }
}
