package dev.lanewise.nn;

import dev.lanewise.Tensor;

/**
 * Makes several dimensions of one; a view where possible.
 *
 * <p>Source: PyTorch's {@code torch.nn.Unflatten}.
 */
public final class Unflatten extends Module {
    private final int dim;
    private final long[] sizes;

    /** Gives a dimension these sizes, of which one may be -1. */
    public Unflatten(int dim, long... sizes) {
        this.dim = dim;
        this.sizes = sizes.clone();
    }

    @Override
    public Tensor forward(Tensor input) {
        return noted(input, input.unflatten(dim, sizes));
    }

    @Override
    protected String extraRepr() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < sizes.length; i++) {
            text.append(i == 0 ? "" : ", ").append(sizes[i]);
        }
        return "dim=" + dim + ", unflattened_size=(" + text + (sizes.length == 1 ? ",)" : ")");
    }
}
