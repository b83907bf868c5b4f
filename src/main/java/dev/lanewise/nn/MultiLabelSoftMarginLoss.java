package dev.lanewise.nn;

import dev.lanewise.Tensor;

/**
 * Logistic loss of several labels for each sample.
 *
 * <p>Weights are the buffer {@code weight}.
 * See {@link Functional#multilabelSoftMarginLoss(Tensor, Tensor, Tensor, Reduction)}.
 * Source: PyTorch's {@code torch.nn.MultiLabelSoftMarginLoss}.
 */
public final class MultiLabelSoftMarginLoss extends WeightedLoss {
    /** The mean, with all weights 1. */
    public MultiLabelSoftMarginLoss() {
        this(Reduction.MEAN);
    }

    /** The loss with another reduction than the mean. */
    public MultiLabelSoftMarginLoss(Reduction reduction) {
        this(null, reduction);
    }

    /** The mean with a weight. */
    public MultiLabelSoftMarginLoss(Tensor weight) {
        this(weight, Reduction.MEAN);
    }

    /** The loss with all parameters; weights may be null. */
    public MultiLabelSoftMarginLoss(Tensor weight, Reduction reduction) {
        super(weight, reduction);
    }

    @Override
    public Tensor forward(Tensor input, Tensor target) {
        return Functional.multilabelSoftMarginLoss(input, target, weight(), reduction());
    }
}
