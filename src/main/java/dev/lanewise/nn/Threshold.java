package dev.lanewise.nn;

import dev.lanewise.Tensor;

/**
 * x above a threshold, a value elsewhere; see {@link Functional#threshold(Tensor, Number, Number)}. Source: PyTorch's
 * {@code torch.nn.Threshold}.
 */
public final class Threshold extends Module {
    private final Number threshold;
    private final Number value;

    /** The layer with a threshold and a value. */
    public Threshold(Number threshold, Number value) {
        this.threshold = threshold;
        this.value = value;
    }

    @Override
    public Tensor forward(Tensor input) {
        return noted(input, Functional.threshold(input, threshold, value));
    }

    @Override
    protected String extraRepr() {
        return "threshold=" + Tuples.number(threshold) + ", value=" + Tuples.number(value);
    }
}
