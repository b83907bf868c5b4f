package dev.lanewise.nn;

import dev.lanewise.Tensor;

/**
 * How far a positive is not nearer to an anchor than a negative, by a margin.
 *
 * <p>See {@link Functional#tripletMarginLoss(Tensor, Tensor, Tensor, double, double, double, boolean, Reduction)}.
 * Source: PyTorch's {@code torch.nn.TripletMarginLoss}.
 */
public final class TripletMarginLoss extends Module {
    private final double margin;
    private final double p;
    private final double eps;
    private final boolean swap;
    private final Reduction reduction;

    /** The mean, with PyTorch's defaults. */
    public TripletMarginLoss() {
        this(Reduction.MEAN);
    }

    /** The loss with another reduction than the mean. */
    public TripletMarginLoss(Reduction reduction) {
        this(1, 2, 1e-6, false, reduction);
    }

    /** The loss with all parameters. */
    public TripletMarginLoss(double margin, double p, double eps, boolean swap, Reduction reduction) {
        this.margin = margin;
        this.p = p;
        this.eps = eps;
        this.swap = swap;
        this.reduction = reduction;
    }

    /** The loss: 0-d, or a value per sample with {@link Reduction#NONE}. */
    public Tensor forward(Tensor anchor, Tensor positive, Tensor negative) {
        return Functional.tripletMarginLoss(anchor, positive, negative, margin, p, eps, swap, reduction);
    }

    /** How the values are combined. */
    public Reduction reduction() {
        return reduction;
    }
}
