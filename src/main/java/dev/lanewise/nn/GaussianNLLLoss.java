package dev.lanewise.nn;

import dev.lanewise.Tensor;

/**
 * Negative log-likelihood of targets under normal distributions.
 *
 * <p>See {@link Functional#gaussianNllLoss(Tensor, Tensor, Tensor, boolean, double, Reduction)}.
 * Source: PyTorch's {@code torch.nn.GaussianNLLLoss}.
 */
public final class GaussianNLLLoss extends Module {
    private final boolean full;
    private final double eps;
    private final Reduction reduction;

    /** The mean, with PyTorch's defaults. */
    public GaussianNLLLoss() {
        this(Reduction.MEAN);
    }

    /** The loss with another reduction than the mean. */
    public GaussianNLLLoss(Reduction reduction) {
        this(false, 1e-6, reduction);
    }

    /** The loss with all parameters. */
    public GaussianNLLLoss(boolean full, double eps, Reduction reduction) {
        this.full = full;
        this.eps = eps;
        this.reduction = reduction;
    }

    /** The loss: 0-d, or a value per sample with {@link Reduction#NONE}. */
    public Tensor forward(Tensor input, Tensor target, Tensor variance) {
        return Functional.gaussianNllLoss(input, target, variance, full, eps, reduction);
    }

    /** How the values are combined. */
    public Reduction reduction() {
        return reduction;
    }
}
