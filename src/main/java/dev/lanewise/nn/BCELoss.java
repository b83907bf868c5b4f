package dev.lanewise.nn;

import dev.lanewise.Tensor;

/**
 * Cross entropy of probabilities of two classes.
 *
 * <p>Weights are the buffer {@code weight}.
 * See {@link Functional#binaryCrossEntropy(Tensor, Tensor, Tensor, Reduction)}.
 * Source: PyTorch's {@code torch.nn.BCELoss}.
 */
public final class BCELoss extends WeightedLoss {
    /** The mean, with all weights 1. */
    public BCELoss() {
        this(Reduction.MEAN);
    }

    /** The loss with another reduction than the mean. */
    public BCELoss(Reduction reduction) {
        this(null, reduction);
    }

    /** The mean with a weight. */
    public BCELoss(Tensor weight) {
        this(weight, Reduction.MEAN);
    }

    /** The loss with all parameters; weights may be null. */
    public BCELoss(Tensor weight, Reduction reduction) {
        super(weight, reduction);
    }

    @Override
    public Tensor forward(Tensor input, Tensor target) {
        return Functional.binaryCrossEntropy(input, target, weight(), reduction());
    }
}
