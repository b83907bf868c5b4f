package dev.lanewise.nn;

import dev.lanewise.Tensor;
import dev.lanewise.internal.text.PythonText;

/**
 * Sets whole channels to zero at random while training and scales the others up; does nothing in evaluation mode.
 *
 * <p>See {@link Functional#dropout1d(Tensor, double, boolean)}. Source: PyTorch's {@code torch.nn.Dropout1d}.
 */
public final class Dropout1d extends Module {
    private final double p;

    /** Drops one channel in two. */
    public Dropout1d() {
        this(0.5);
    }

    /** Drops each channel with probability {@code p}, from 0 to 1. */
    public Dropout1d(double p) {
        Functional.checkDropout(p);
        this.p = p;
    }

    @Override
    public Tensor forward(Tensor input) {
        return noted(input, Functional.dropout1d(input, p, isTraining()));
    }

    @Override
    protected String extraRepr() {
        return "p=" + PythonText.of(p) + ", inplace=False";
    }
}
