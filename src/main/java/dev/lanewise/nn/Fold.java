package dev.lanewise.nn;

import dev.lanewise.Tensor;

/** The image that columns of windows add up to; see {@link Functional#fold}. Source: PyTorch's {@code torch.nn.Fold}. */
public final class Fold extends Module {
    private final long[] outputSize;
    private final long[] kernel;
    private final long[] dilation;
    private final long[] padding;
    private final long[] stride;

    /** An image of these sizes from windows for each place; one number, or two for height and width. */
    public Fold(long[] outputSize, long... kernel) {
        this(outputSize, kernel, new long[] {1}, new long[] {0}, new long[] {1});
    }

    /** An image of these sizes from windows of any kind; one number, or two for height and width, of each. */
    public Fold(long[] outputSize, long[] kernel, long[] dilation, long[] padding, long[] stride) {
        this.outputSize = outputSize.clone();
        this.kernel = kernel.clone();
        this.dilation = dilation.clone();
        this.padding = padding.clone();
        this.stride = stride.clone();
    }

    @Override
    public Tensor forward(Tensor input) {
        return noted(input, Functional.fold(input, outputSize, kernel, dilation, padding, stride));
    }

    @Override
    protected String extraRepr() {
        return "output_size=" + Tuples.plain(outputSize) + ", kernel_size=" + Tuples.plain(kernel) + ", dilation="
                + Tuples.plain(dilation) + ", padding=" + Tuples.plain(padding) + ", stride=" + Tuples.plain(stride);
    }
}
