package dev.lanewise.nn;

import dev.lanewise.Tensor;

/**
 * Negative log-probability of the right class, for scores that need not be normalised.
 *
 * <p>See {@link Functional#crossEntropy(Tensor, Tensor)}. Source: PyTorch's {@code torch.nn.CrossEntropyLoss}.
 */
public final class CrossEntropyLoss extends Loss {
    /** The mean over all samples. */
    public CrossEntropyLoss() {
        this(Reduction.MEAN);
    }

    /** The loss with another reduction than the mean. */
    public CrossEntropyLoss(Reduction reduction) {
        super(reduction);
    }

    @Override
    public Tensor forward(Tensor input, Tensor target) {
        return Functional.crossEntropy(input, target, reduction());
    }
}
