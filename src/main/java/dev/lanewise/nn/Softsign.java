package dev.lanewise.nn;

import dev.lanewise.Tensor;

/** x / (1 + |x|) of each element; see {@link Functional#softsign}. Source: PyTorch's {@code torch.nn.Softsign}. */
public final class Softsign extends Module {
    /** A layer without parameters. */
    public Softsign() {}

    @Override
    public Tensor forward(Tensor input) {
        return noted(input, Functional.softsign(input));
    }
}
