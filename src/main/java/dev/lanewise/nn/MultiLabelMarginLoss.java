package dev.lanewise.nn;

import dev.lanewise.Tensor;

/**
 * How far the other classes come within 1 of each right class.
 *
 * <p>See {@link Functional#multilabelMarginLoss(Tensor, Tensor, Reduction)}.
 * Source: PyTorch's {@code torch.nn.MultiLabelMarginLoss}.
 */
public final class MultiLabelMarginLoss extends Loss {
    /** The mean. */
    public MultiLabelMarginLoss() {
        this(Reduction.MEAN);
    }

    /** The loss with another reduction than the mean. */
    public MultiLabelMarginLoss(Reduction reduction) {
        super(reduction);
    }

    @Override
    public Tensor forward(Tensor input, Tensor target) {
        return Functional.multilabelMarginLoss(input, target, reduction());
    }
}
