package dev.lanewise.nn;

import dev.lanewise.Tensor;

/**
 * Makes one dimension of several; a view where possible.
 *
 * <p>Source: PyTorch's {@code torch.nn.Flatten}.
 */
public final class Flatten extends Module {
    private final int startDim;
    private final int endDim;

    /** All dimensions but the first, which is the batch. */
    public Flatten() {
        this(1, -1);
    }

    /** The dimensions from {@code startDim} to {@code endDim}, both included. */
    public Flatten(int startDim, int endDim) {
        this.startDim = startDim;
        this.endDim = endDim;
    }

    @Override
    public Tensor forward(Tensor input) {
        return noted(input, input.flatten(startDim, endDim));
    }

    @Override
    protected String extraRepr() {
        return "start_dim=" + startDim + ", end_dim=" + endDim;
    }
}
