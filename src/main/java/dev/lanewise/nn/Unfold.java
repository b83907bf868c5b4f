package dev.lanewise.nn;

import dev.lanewise.Tensor;

/** The windows of an image as columns; see {@link Functional#unfold}. Source: PyTorch's {@code torch.nn.Unfold}. */
public final class Unfold extends Module {
    private final long[] kernel;
    private final long[] dilation;
    private final long[] padding;
    private final long[] stride;

    /** Windows of these sizes, one for each place; one number, or two for height and width. */
    public Unfold(long... kernel) {
        this(kernel, new long[] {1}, new long[] {0}, new long[] {1});
    }

    /** Windows of any kind; one number, or two for height and width, of each. */
    public Unfold(long[] kernel, long[] dilation, long[] padding, long[] stride) {
        this.kernel = kernel.clone();
        this.dilation = dilation.clone();
        this.padding = padding.clone();
        this.stride = stride.clone();
    }

    @Override
    public Tensor forward(Tensor input) {
        return noted(input, Functional.unfold(input, kernel, dilation, padding, stride));
    }

    @Override
    protected String extraRepr() {
        return "kernel_size=" + Tuples.plain(kernel) + ", dilation=" + Tuples.plain(dilation) + ", padding="
                + Tuples.plain(padding) + ", stride=" + Tuples.plain(stride);
    }
}
