package dev.lanewise.nn;

import dev.lanewise.Tensor;

/** Exponentials divided by their sum along a dimension; see {@link Tensor#softmax(int)}. */
public final class Softmax extends Module {
    private final int dim;

    /** The module along a dimension; a negative one counts from the end. */
    public Softmax(int dim) {
        this.dim = dim;
    }

    @Override
    public Tensor forward(Tensor input) {
        return noted(input, input.softmax(dim));
    }

    @Override
    protected String extraRepr() {
        return "dim=" + dim;
    }
}
