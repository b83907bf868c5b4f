package dev.lanewise.nn;

import dev.lanewise.Tensor;

/** 1 / (1 + e^-x) of each element; see {@link Tensor#sigmoid()}. */
public final class Sigmoid extends Module {
    /** A layer without parameters. */
    public Sigmoid() {}

    @Override
    public Tensor forward(Tensor input) {
        return noted(input, input.sigmoid());
    }
}
