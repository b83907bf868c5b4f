package dev.lanewise.nn;

import dev.lanewise.Tensor;
import dev.lanewise.internal.text.PythonText;

/**
 * Sets elements to zero at random while training and scales the others up; does nothing in evaluation mode.
 *
 * <p>See {@link Functional#dropout(Tensor, double, boolean)}. Source: PyTorch's {@code torch.nn.Dropout}.
 */
public final class Dropout extends Module {
    private final double p;

    /** Drops one element in two. */
    public Dropout() {
        this(0.5);
    }

    /** Drops each element with probability {@code p}, from 0 to 1. */
    public Dropout(double p) {
        Functional.checkDropout(p);
        this.p = p;
    }

    @Override
    public Tensor forward(Tensor input) {
        return noted(input, Functional.dropout(input, p, isTraining()));
    }

    @Override
    protected String extraRepr() {
        return "p=" + PythonText.of(p) + ", inplace=False";
    }
}
