package dev.lanewise.nn;

import dev.lanewise.Tensor;

/**
 * Cross entropy of scores for two classes, without overflow.
 *
 * <p>Weights are the buffers {@code weight} and {@code pos_weight}.
 * See {@link Functional#binaryCrossEntropyWithLogits(Tensor, Tensor, Tensor, Reduction, Tensor)}.
 * Source: PyTorch's {@code torch.nn.BCEWithLogitsLoss}.
 */
public final class BCEWithLogitsLoss extends WeightedLoss {
    private final boolean positivesWeighted;

    /** The mean, with all weights 1. */
    public BCEWithLogitsLoss() {
        this(Reduction.MEAN);
    }

    /** The loss with another reduction than the mean. */
    public BCEWithLogitsLoss(Reduction reduction) {
        this(null, reduction, null);
    }

    /** The mean with a weight. */
    public BCEWithLogitsLoss(Tensor weight) {
        this(weight, Reduction.MEAN, null);
    }

    /** The loss with all parameters; weights may be null. */
    public BCEWithLogitsLoss(Tensor weight, Reduction reduction, Tensor posWeight) {
        super(weight, reduction);
        positivesWeighted = posWeight != null;
        if (positivesWeighted) {
            registerBuffer("pos_weight", posWeight);
        }
    }

    /** The weight of positive targets, or null. */
    public Tensor posWeight() {
        return positivesWeighted ? buffer("pos_weight") : null;
    }

    @Override
    public Tensor forward(Tensor input, Tensor target) {
        return Functional.binaryCrossEntropyWithLogits(input, target, weight(), reduction(), posWeight());
    }
}
