package dev.lanewise.nn;

import dev.lanewise.Tensor;

/** x / (1 + e^-x) of each element; see {@link Functional#silu}. Source: PyTorch's {@code torch.nn.SiLU}. */
public final class SiLU extends Module {
    /** A layer without parameters. */
    public SiLU() {}

    @Override
    public Tensor forward(Tensor input) {
        return noted(input, Functional.silu(input));
    }
}
