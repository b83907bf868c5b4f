package dev.lanewise.nn;

import dev.lanewise.Tensor;

/** A sigmoid of straight lines; see {@link Functional#hardsigmoid}. Source: PyTorch's {@code torch.nn.Hardsigmoid}. */
public final class Hardsigmoid extends Module {
    /** A layer without parameters. */
    public Hardsigmoid() {}

    @Override
    public Tensor forward(Tensor input) {
        return noted(input, Functional.hardsigmoid(input));
    }
}
