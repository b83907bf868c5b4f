package dev.lanewise.nn;

import dev.lanewise.Tensor;
import dev.lanewise.internal.text.PythonText;

/**
 * Each element moved between two bounds; see {@link Functional#hardtanh(Tensor, Number, Number)}. Source: PyTorch's
 * {@code torch.nn.Hardtanh}.
 */
public final class Hardtanh extends Module {
    private final double min;
    private final double max;

    /** The bounds -1 and 1. */
    public Hardtanh() {
        this(-1, 1);
    }

    /** Bounds of which the first is the smaller one. */
    public Hardtanh(double min, double max) {
        this.min = min;
        this.max = max;
    }

    @Override
    public Tensor forward(Tensor input) {
        return noted(input, Functional.hardtanh(input, min, max));
    }

    @Override
    protected String extraRepr() {
        return "min_val=" + PythonText.of(min) + ", max_val=" + PythonText.of(max);
    }
}
