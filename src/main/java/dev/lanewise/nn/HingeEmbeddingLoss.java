package dev.lanewise.nn;

import dev.lanewise.Tensor;

/**
 * Distances drawn to 0 for target 1, and past a margin for -1.
 *
 * <p>See {@link Functional#hingeEmbeddingLoss(Tensor, Tensor, double, Reduction)}.
 * Source: PyTorch's {@code torch.nn.HingeEmbeddingLoss}.
 */
public final class HingeEmbeddingLoss extends Loss {
    private final double margin;

    /** The mean with margin 1. */
    public HingeEmbeddingLoss() {
        this(Reduction.MEAN);
    }

    /** The loss with another reduction than the mean. */
    public HingeEmbeddingLoss(Reduction reduction) {
        this(reduction, 1);
    }

    /** The loss with all parameters. */
    public HingeEmbeddingLoss(Reduction reduction, double margin) {
        super(reduction);
        this.margin = margin;
    }

    @Override
    public Tensor forward(Tensor input, Tensor target) {
        return Functional.hingeEmbeddingLoss(input, target, margin, reduction());
    }
}
