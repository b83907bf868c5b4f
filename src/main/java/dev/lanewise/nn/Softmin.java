package dev.lanewise.nn;

import dev.lanewise.Tensor;

/**
 * The softmax of the negative elements along a dimension; see {@link Functional#softmin(Tensor, int)}. Source: PyTorch's
 * {@code torch.nn.Softmin}.
 */
public final class Softmin extends Module {
    private final int dim;

    /** The module along a dimension; a negative one counts from the end. */
    public Softmin(int dim) {
        this.dim = dim;
    }

    @Override
    public Tensor forward(Tensor input) {
        return noted(input, Functional.softmin(input, dim));
    }

    @Override
    protected String extraRepr() {
        return "dim=" + dim;
    }
}
