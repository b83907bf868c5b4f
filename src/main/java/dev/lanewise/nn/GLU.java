package dev.lanewise.nn;

import dev.lanewise.Tensor;

/**
 * The first half along a dimension times the sigmoid of the second; see {@link Functional#glu(Tensor, int)}. Source:
 * PyTorch's {@code torch.nn.GLU}.
 */
public final class GLU extends Module {
    private final int dim;

    /** Halves of the last dimension. */
    public GLU() {
        this(-1);
    }

    /** Halves of a dimension; a negative one counts from the end. */
    public GLU(int dim) {
        this.dim = dim;
    }

    @Override
    public Tensor forward(Tensor input) {
        return noted(input, Functional.glu(input, dim));
    }

    @Override
    protected String extraRepr() {
        return "dim=" + dim;
    }
}
