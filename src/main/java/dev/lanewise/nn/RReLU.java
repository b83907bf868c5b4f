package dev.lanewise.nn;

import dev.lanewise.Tensor;
import dev.lanewise.internal.text.PythonText;

/**
 * x above 0, a slope times x below, drawn while training; see {@link Functional#rrelu(Tensor, double, double, boolean)}.
 * Source: PyTorch's {@code torch.nn.RReLU}.
 */
public final class RReLU extends Module {
    private final double lower;
    private final double upper;

    /** Slopes from 1/8 to 1/3. */
    public RReLU() {
        this(1.0 / 8, 1.0 / 3);
    }

    /** Slopes from {@code lower} to {@code upper}. */
    public RReLU(double lower, double upper) {
        this.lower = lower;
        this.upper = upper;
    }

    @Override
    public Tensor forward(Tensor input) {
        return noted(input, Functional.rrelu(input, lower, upper, isTraining()));
    }

    @Override
    protected String extraRepr() {
        return "lower=" + PythonText.of(lower) + ", upper=" + PythonText.of(upper);
    }
}
