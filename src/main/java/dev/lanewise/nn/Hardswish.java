package dev.lanewise.nn;

import dev.lanewise.Tensor;

/** x times a sigmoid of straight lines; see {@link Functional#hardswish}. Source: PyTorch's {@code torch.nn.Hardswish}. */
public final class Hardswish extends Module {
    /** A layer without parameters. */
    public Hardswish() {}

    @Override
    public Tensor forward(Tensor input) {
        return noted(input, Functional.hardswish(input));
    }
}
