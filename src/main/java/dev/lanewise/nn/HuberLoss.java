package dev.lanewise.nn;

import dev.lanewise.Tensor;

/**
 * Half the squared distance of prediction and target, linear from delta on.
 *
 * <p>See {@link Functional#huberLoss(Tensor, Tensor, Reduction, double)}.
 * Source: PyTorch's {@code torch.nn.HuberLoss}.
 */
public final class HuberLoss extends Loss {
    private final double delta;

    /** The mean with delta 1. */
    public HuberLoss() {
        this(Reduction.MEAN);
    }

    /** The loss with another reduction than the mean. */
    public HuberLoss(Reduction reduction) {
        this(reduction, 1);
    }

    /** The loss with all parameters. */
    public HuberLoss(Reduction reduction, double delta) {
        super(reduction);
        this.delta = delta;
    }

    @Override
    public Tensor forward(Tensor input, Tensor target) {
        return Functional.huberLoss(input, target, reduction(), delta);
    }
}
