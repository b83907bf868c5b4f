package dev.lanewise.nn;

import dev.lanewise.Tensor;

/**
 * Distance of prediction and target, squared where it is below beta.
 *
 * <p>See {@link Functional#smoothL1Loss(Tensor, Tensor, Reduction, double)}.
 * Source: PyTorch's {@code torch.nn.SmoothL1Loss}.
 */
public final class SmoothL1Loss extends Loss {
    private final double beta;

    /** The mean with beta 1. */
    public SmoothL1Loss() {
        this(Reduction.MEAN);
    }

    /** The loss with another reduction than the mean. */
    public SmoothL1Loss(Reduction reduction) {
        this(reduction, 1);
    }

    /** The loss with all parameters. */
    public SmoothL1Loss(Reduction reduction, double beta) {
        super(reduction);
        this.beta = beta;
    }

    @Override
    public Tensor forward(Tensor input, Tensor target) {
        return Functional.smoothL1Loss(input, target, reduction(), beta);
    }
}
