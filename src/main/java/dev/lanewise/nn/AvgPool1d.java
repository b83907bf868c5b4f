package dev.lanewise.nn;

import dev.lanewise.Tensor;

/**
 * The mean of each window over one dimension; see {@link Functional#avgPool1d}. Source: PyTorch's
 * {@code torch.nn.AvgPool1d}.
 */
public final class AvgPool1d extends Module {
    private final long[] kernel;
    private final long[] stride;
    private final long[] padding;
    private final boolean ceilMode;
    private final boolean countIncludePad;

    /** Windows of {@code kernel} places in each dimension, side by side. */
    public AvgPool1d(long kernel) {
        this(kernel, kernel, 0);
    }

    /** Windows of {@code kernel} places in each dimension, {@code stride} places apart. */
    public AvgPool1d(long kernel, long stride) {
        this(kernel, stride, 0);
    }

    /** Windows that begin in the padding, whose zeros count. */
    public AvgPool1d(long kernel, long stride, long padding) {
        this(new long[] {kernel}, new long[] {stride}, new long[] {padding}, false, true);
    }

    /** Windows of any kind; one number for all dimensions, or one for each, of each list. */
    public AvgPool1d(long[] kernel, long[] stride, long[] padding, boolean ceilMode, boolean countIncludePad) {
        this.kernel = kernel.clone();
        this.stride = stride.clone();
        this.padding = padding.clone();
        this.ceilMode = ceilMode;
        this.countIncludePad = countIncludePad;
    }

    @Override
    public Tensor forward(Tensor input) {
        return noted(
                input,
                Functional.avgPool1d(
                        input, Tuples.one(kernel), Tuples.one(stride), Tuples.one(padding), ceilMode, countIncludePad));
    }

    @Override
    protected String extraRepr() {
        return "kernel_size=" + Tuples.of(kernel) + ", stride=" + Tuples.of(stride) + ", padding=" + Tuples.of(padding);
    }
}
