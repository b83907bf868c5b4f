package dev.lanewise.nn;

import dev.lanewise.Tensor;

/** x · tanh(ln(1 + e^x)) of each element; see {@link Functional#mish}. Source: PyTorch's {@code torch.nn.Mish}. */
public final class Mish extends Module {
    /** A layer without parameters. */
    public Mish() {}

    @Override
    public Tensor forward(Tensor input) {
        return noted(input, Functional.mish(input));
    }
}
