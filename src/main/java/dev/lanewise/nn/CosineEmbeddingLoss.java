package dev.lanewise.nn;

import dev.lanewise.Tensor;

/**
 * Angles of vectors drawn together for target 1, and past a margin for -1.
 *
 * <p>See {@link Functional#cosineEmbeddingLoss(Tensor, Tensor, Tensor, double, Reduction)}.
 * Source: PyTorch's {@code torch.nn.CosineEmbeddingLoss}.
 */
public final class CosineEmbeddingLoss extends Module {
    private final double margin;
    private final Reduction reduction;

    /** The mean, with PyTorch's defaults. */
    public CosineEmbeddingLoss() {
        this(Reduction.MEAN);
    }

    /** The loss with another reduction than the mean. */
    public CosineEmbeddingLoss(Reduction reduction) {
        this(0, reduction);
    }

    /** The loss with all parameters. */
    public CosineEmbeddingLoss(double margin, Reduction reduction) {
        this.margin = margin;
        this.reduction = reduction;
    }

    /** The loss: 0-d, or a value per sample with {@link Reduction#NONE}. */
    public Tensor forward(Tensor input1, Tensor input2, Tensor target) {
        return Functional.cosineEmbeddingLoss(input1, input2, target, margin, reduction);
    }

    /** How the values are combined. */
    public Reduction reduction() {
        return reduction;
    }
}
