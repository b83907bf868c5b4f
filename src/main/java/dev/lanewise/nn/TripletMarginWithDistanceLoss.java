package dev.lanewise.nn;

import dev.lanewise.Tensor;
import java.util.function.BinaryOperator;

/**
 * {@code max(0, d(a, p) - d(a, n) + margin)} with any distance d, reduced.
 *
 * <p>If {@code swap}, the negative's distance from the positive counts where it is the smaller. Source: PyTorch's
 * {@code torch.nn.TripletMarginWithDistanceLoss}; see {@link TripletMarginLoss}.
 */
public final class TripletMarginWithDistanceLoss extends Module {
    private final BinaryOperator<Tensor> distance;
    private final double margin;
    private final boolean swap;
    private final Reduction reduction;

    /** The mean with a distance and margin 1. */
    public TripletMarginWithDistanceLoss(BinaryOperator<Tensor> distance) {
        this(distance, 1, false, Reduction.MEAN);
    }

    /** The loss with all parameters. */
    public TripletMarginWithDistanceLoss(
            BinaryOperator<Tensor> distance, double margin, boolean swap, Reduction reduction) {
        this.distance = distance;
        this.margin = margin;
        this.swap = swap;
        this.reduction = reduction;
    }

    /** The loss: 0-d, or a value for each distance with {@link Reduction#NONE}. */
    public Tensor forward(Tensor anchor, Tensor positive, Tensor negative) {
        return Functional.tripletMarginWithDistanceLoss(anchor, positive, negative, distance, margin, swap, reduction);
    }

    /** How the values are combined. */
    public Reduction reduction() {
        return reduction;
    }
}
