package dev.lanewise.nn;

import dev.lanewise.Tensor;
import dev.lanewise.internal.text.PythonText;

/** Zero from -lambda to lambda, x elsewhere; see {@link Functional#hardshrink}. Source: PyTorch's {@code torch.nn.Hardshrink}. */
public final class Hardshrink extends Module {
    private final double lambda;

    /** The layer with {@code lambda} 0.5. */
    public Hardshrink() {
        this(0.5);
    }

    /** The layer with another {@code lambda}. */
    public Hardshrink(double lambda) {
        this.lambda = lambda;
    }

    @Override
    public Tensor forward(Tensor input) {
        return noted(input, Functional.hardshrink(input, lambda));
    }

    @Override
    protected String extraRepr() {
        return PythonText.of(lambda);
    }
}
