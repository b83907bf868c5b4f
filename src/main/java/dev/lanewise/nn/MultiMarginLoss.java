package dev.lanewise.nn;

import dev.lanewise.Tensor;

/**
 * How far other classes come within a margin of the right one.
 *
 * <p>Weights are the buffer {@code weight}.
 * See {@link Functional#multiMarginLoss(Tensor, Tensor, int, double, Tensor, Reduction)}.
 * Source: PyTorch's {@code torch.nn.MultiMarginLoss}.
 */
public final class MultiMarginLoss extends WeightedLoss {
    private final int p;
    private final double margin;

    /** The mean, with all weights 1. */
    public MultiMarginLoss() {
        this(Reduction.MEAN);
    }

    /** The loss with another reduction than the mean. */
    public MultiMarginLoss(Reduction reduction) {
        this(1, 1, null, reduction);
    }

    /** The mean with a weight. */
    public MultiMarginLoss(Tensor weight) {
        this(1, 1, weight, Reduction.MEAN);
    }

    /** The loss with all parameters; weights may be null. */
    public MultiMarginLoss(int p, double margin, Tensor weight, Reduction reduction) {
        super(weight, reduction);
        this.p = p;
        this.margin = margin;
    }

    @Override
    public Tensor forward(Tensor input, Tensor target) {
        return Functional.multiMarginLoss(input, target, p, margin, weight(), reduction());
    }
}
