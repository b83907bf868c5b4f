package dev.lanewise.nn;

import dev.lanewise.Tensor;

/** max(x, 0) of each element; see {@link Tensor#relu()}. */
public final class ReLU extends Module {
    /** A layer without parameters. */
    public ReLU() {}

    @Override
    public Tensor forward(Tensor input) {
        return noted(input, input.relu());
    }
}
