package dev.lanewise.nn;

import dev.lanewise.Tensor;
import dev.lanewise.internal.text.PythonText;

/** x above 0, alpha · (e^(x / alpha) - 1) below; see {@link Functional#celu}. Source: PyTorch's {@code torch.nn.CELU}. */
public final class CELU extends Module {
    private final double alpha;

    /** The layer with {@code alpha} 1. */
    public CELU() {
        this(1);
    }

    /** The layer with another {@code alpha}. */
    public CELU(double alpha) {
        this.alpha = alpha;
    }

    @Override
    public Tensor forward(Tensor input) {
        return noted(input, Functional.celu(input, alpha));
    }

    @Override
    protected String extraRepr() {
        return "alpha=" + PythonText.of(alpha);
    }
}
