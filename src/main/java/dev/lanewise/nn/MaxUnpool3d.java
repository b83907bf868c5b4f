package dev.lanewise.nn;

import dev.lanewise.Tensor;

/**
 * Zeros, and each element where a max pool over three dimensions took it from; see {@link Functional#maxUnpool3d}. Source: PyTorch's
 * {@code torch.nn.MaxUnpool3d}.
 */
public final class MaxUnpool3d extends Module {
    private final long[] kernel;
    private final long[] stride;
    private final long[] padding;

    /** The way back from windows side by side. */
    public MaxUnpool3d(long kernel) {
        this(new long[] {kernel}, new long[] {kernel}, new long[] {0});
    }

    /** The way back from windows of any kind; one number for all dimensions, or one for each, of each list. */
    public MaxUnpool3d(long[] kernel, long[] stride, long[] padding) {
        this.kernel = Tuples.filled(3, kernel);
        this.stride = Tuples.filled(3, stride);
        this.padding = Tuples.filled(3, padding);
    }

    /** The result with the usual sizes, or the given ones, for an input and the positions its elements came from. */
    public Tensor forward(Tensor input, Tensor indices, long... outputSize) {
        return Functional.maxUnpool3d(input, indices, kernel, stride, padding, outputSize);
    }

    @Override
    protected String extraRepr() {
        return "kernel_size=" + Tuples.of(kernel) + ", stride=" + Tuples.of(stride) + ", padding=" + Tuples.of(padding);
    }
}
