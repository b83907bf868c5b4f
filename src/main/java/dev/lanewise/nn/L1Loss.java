package dev.lanewise.nn;

import dev.lanewise.Tensor;

/**
 * Absolute difference of prediction and target: {@code |x - y|}.
 *
 * <p>See {@link Functional#l1Loss(Tensor, Tensor)}. Source: PyTorch's {@code torch.nn.L1Loss}.
 */
public final class L1Loss extends Loss {
    /** The mean over all elements. */
    public L1Loss() {
        this(Reduction.MEAN);
    }

    /** The loss with another reduction than the mean. */
    public L1Loss(Reduction reduction) {
        super(reduction);
    }

    @Override
    public Tensor forward(Tensor input, Tensor target) {
        return Functional.l1Loss(input, target, reduction());
    }
}
