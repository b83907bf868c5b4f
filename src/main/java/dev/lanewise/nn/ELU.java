package dev.lanewise.nn;

import dev.lanewise.Tensor;
import dev.lanewise.internal.text.PythonText;

/** x above 0, alpha · (e^x - 1) below; see {@link Functional#elu}. Source: PyTorch's {@code torch.nn.ELU}. */
public final class ELU extends Module {
    private final double alpha;

    /** The layer with {@code alpha} 1. */
    public ELU() {
        this(1);
    }

    /** The layer with another {@code alpha}. */
    public ELU(double alpha) {
        this.alpha = alpha;
    }

    @Override
    public Tensor forward(Tensor input) {
        return noted(input, Functional.elu(input, alpha));
    }

    @Override
    protected String extraRepr() {
        return "alpha=" + PythonText.of(alpha);
    }
}
