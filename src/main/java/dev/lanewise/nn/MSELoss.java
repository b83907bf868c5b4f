package dev.lanewise.nn;

import dev.lanewise.Tensor;

/**
 * Squared difference of prediction and target: {@code (x - y)²}.
 *
 * <p>See {@link Functional#mseLoss(Tensor, Tensor)}. Source: PyTorch's {@code torch.nn.MSELoss}.
 */
public final class MSELoss extends Loss {
    /** The mean over all elements. */
    public MSELoss() {
        this(Reduction.MEAN);
    }

    /** The loss with another reduction than the mean. */
    public MSELoss(Reduction reduction) {
        super(reduction);
    }

    @Override
    public Tensor forward(Tensor input, Tensor target) {
        return Functional.mseLoss(input, target, reduction());
    }
}
