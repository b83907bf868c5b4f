package dev.lanewise.nn;

import dev.lanewise.Tensor;

/**
 * Negative log-probability of the right class, for the output of {@link LogSoftmax}.
 *
 * <p>See {@link Functional#nllLoss(Tensor, Tensor)}. Source: PyTorch's {@code torch.nn.NLLLoss}.
 */
public final class NLLLoss extends Loss {
    /** The mean over all samples. */
    public NLLLoss() {
        this(Reduction.MEAN);
    }

    /** The loss with another reduction than the mean. */
    public NLLLoss(Reduction reduction) {
        super(reduction);
    }

    @Override
    public Tensor forward(Tensor input, Tensor target) {
        return Functional.nllLoss(input, target, reduction());
    }
}
