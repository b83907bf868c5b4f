package dev.lanewise.nn;

import dev.lanewise.Tensor;

/**
 * Negative log-probability of the right class, for scores that need not be normalised.
 *
 * <p>Weights are the buffer {@code weight}.
 * See {@link Functional#crossEntropy(Tensor, Tensor, Tensor, long, Reduction, double)}.
 * Source: PyTorch's {@code torch.nn.CrossEntropyLoss}.
 */
public final class CrossEntropyLoss extends WeightedLoss {
    private final long ignoreIndex;
    private final double labelSmoothing;

    /** The mean, with all weights 1. */
    public CrossEntropyLoss() {
        this(Reduction.MEAN);
    }

    /** The loss with another reduction than the mean. */
    public CrossEntropyLoss(Reduction reduction) {
        this(null, ClassLosses.IGNORED, reduction, 0);
    }

    /** The mean with a weight. */
    public CrossEntropyLoss(Tensor weight) {
        this(weight, ClassLosses.IGNORED, Reduction.MEAN, 0);
    }

    /** The loss with all parameters; weights may be null. */
    public CrossEntropyLoss(Tensor weight, long ignoreIndex, Reduction reduction, double labelSmoothing) {
        super(weight, reduction);
        this.ignoreIndex = ignoreIndex;
        this.labelSmoothing = labelSmoothing;
    }

    @Override
    public Tensor forward(Tensor input, Tensor target) {
        return Functional.crossEntropy(input, target, weight(), ignoreIndex, reduction(), labelSmoothing);
    }
}
