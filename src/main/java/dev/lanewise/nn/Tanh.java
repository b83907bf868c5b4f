package dev.lanewise.nn;

import dev.lanewise.Tensor;

/** The hyperbolic tangent of each element; see {@link Tensor#tanh()}. */
public final class Tanh extends Module {
    /** A layer without parameters. */
    public Tanh() {}

    @Override
    public Tensor forward(Tensor input) {
        return noted(input, input.tanh());
    }
}
