package dev.lanewise.nn;

import dev.lanewise.Tensor;

/** A module that says how far a prediction is from its target; the smaller, the better. */
public abstract class Loss extends Module {
    private final Reduction reduction;

    /** A loss that combines the values of its elements in the given way. */
    protected Loss(Reduction reduction) {
        this.reduction = reduction;
    }

    /** The loss of a prediction: 0-d, or a value per element with {@link Reduction#NONE}. */
    public abstract Tensor forward(Tensor input, Tensor target);

    /** How the values of the elements are combined. */
    public final Reduction reduction() {
        return reduction;
    }
}
