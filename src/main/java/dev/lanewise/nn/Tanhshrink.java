package dev.lanewise.nn;

import dev.lanewise.Tensor;

/** x - tanh(x) of each element; see {@link Functional#tanhshrink}. Source: PyTorch's {@code torch.nn.Tanhshrink}. */
public final class Tanhshrink extends Module {
    /** A layer without parameters. */
    public Tanhshrink() {}

    @Override
    public Tensor forward(Tensor input) {
        return noted(input, Functional.tanhshrink(input));
    }
}
