package dev.lanewise.nn;

import dev.lanewise.Tensor;

/**
 * How far two scores are from the order that the target says.
 *
 * <p>See {@link Functional#marginRankingLoss(Tensor, Tensor, Tensor, double, Reduction)}.
 * Source: PyTorch's {@code torch.nn.MarginRankingLoss}.
 */
public final class MarginRankingLoss extends Module {
    private final double margin;
    private final Reduction reduction;

    /** The mean, with PyTorch's defaults. */
    public MarginRankingLoss() {
        this(Reduction.MEAN);
    }

    /** The loss with another reduction than the mean. */
    public MarginRankingLoss(Reduction reduction) {
        this(0, reduction);
    }

    /** The loss with all parameters. */
    public MarginRankingLoss(double margin, Reduction reduction) {
        this.margin = margin;
        this.reduction = reduction;
    }

    /** The loss: 0-d, or a value per sample with {@link Reduction#NONE}. */
    public Tensor forward(Tensor input1, Tensor input2, Tensor target) {
        return Functional.marginRankingLoss(input1, input2, target, margin, reduction);
    }

    /** How the values are combined. */
    public Reduction reduction() {
        return reduction;
    }
}
