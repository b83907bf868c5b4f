package dev.lanewise.nn;

import dev.lanewise.Tensor;

/** The scaled exponential linear unit; see {@link Functional#selu}. Source: PyTorch's {@code torch.nn.SELU}. */
public final class SELU extends Module {
    /** A layer without parameters. */
    public SELU() {}

    @Override
    public Tensor forward(Tensor input) {
        return noted(input, Functional.selu(input));
    }
}
