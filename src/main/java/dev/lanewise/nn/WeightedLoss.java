package dev.lanewise.nn;

import dev.lanewise.Tensor;

/** A loss whose classes or elements have weights: the buffer {@code weight}, where they are not all 1. */
public abstract class WeightedLoss extends Loss {
    private final boolean weighted;

    /** A loss with weights, or null for 1. */
    WeightedLoss(Tensor weight, Reduction reduction) {
        super(reduction);
        weighted = weight != null;
        if (weighted) {
            registerBuffer("weight", weight);
        }
    }

    /** The weights, or null if all are 1. */
    public final Tensor weight() {
        return weighted ? buffer("weight") : null;
    }
}
