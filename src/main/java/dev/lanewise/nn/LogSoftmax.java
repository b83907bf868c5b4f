package dev.lanewise.nn;

import dev.lanewise.Tensor;

/** The logarithm of softmax along a dimension; see {@link Tensor#logSoftmax(int)}. */
public final class LogSoftmax extends Module {
    private final int dim;

    /** The module along a dimension; a negative one counts from the end. */
    public LogSoftmax(int dim) {
        this.dim = dim;
    }

    @Override
    public Tensor forward(Tensor input) {
        return noted(input, input.logSoftmax(dim));
    }

    @Override
    protected String extraRepr() {
        return "dim=" + dim;
    }
}
