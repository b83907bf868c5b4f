package dev.lanewise.nn;

import dev.lanewise.Tensor;
import dev.lanewise.internal.text.PythonText;

/** x moved by lambda towards zero; see {@link Functional#softshrink}. Source: PyTorch's {@code torch.nn.Softshrink}. */
public final class Softshrink extends Module {
    private final double lambda;

    /** The layer with {@code lambda} 0.5. */
    public Softshrink() {
        this(0.5);
    }

    /** The layer with another {@code lambda}. */
    public Softshrink(double lambda) {
        this.lambda = lambda;
    }

    @Override
    public Tensor forward(Tensor input) {
        return noted(input, Functional.softshrink(input, lambda));
    }

    @Override
    protected String extraRepr() {
        return PythonText.of(lambda);
    }
}
