package dev.lanewise.nn;

import dev.lanewise.Tensor;

/**
 * Negative log-probability of the right class, for the output of {@link LogSoftmax}.
 *
 * <p>Weights are the buffer {@code weight}.
 * See {@link Functional#nllLoss(Tensor, Tensor, Tensor, long, Reduction)}.
 * Source: PyTorch's {@code torch.nn.NLLLoss}.
 */
public final class NLLLoss extends WeightedLoss {
    private final long ignoreIndex;

    /** The mean, with all weights 1. */
    public NLLLoss() {
        this(Reduction.MEAN);
    }

    /** The loss with another reduction than the mean. */
    public NLLLoss(Reduction reduction) {
        this(null, ClassLosses.IGNORED, reduction);
    }

    /** The mean with a weight. */
    public NLLLoss(Tensor weight) {
        this(weight, ClassLosses.IGNORED, Reduction.MEAN);
    }

    /** The loss with all parameters; weights may be null. */
    public NLLLoss(Tensor weight, long ignoreIndex, Reduction reduction) {
        super(weight, reduction);
        this.ignoreIndex = ignoreIndex;
    }

    @Override
    public Tensor forward(Tensor input, Tensor target) {
        return Functional.nllLoss(input, target, weight(), ignoreIndex, reduction());
    }
}
