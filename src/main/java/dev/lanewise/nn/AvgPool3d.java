package dev.lanewise.nn;

import dev.lanewise.Tensor;

/**
 * The mean of each window over three dimensions; see {@link Functional#avgPool3d}. Source: PyTorch's
 * {@code torch.nn.AvgPool3d}.
 */
public final class AvgPool3d extends Module {
    private final long[] kernel;
    private final long[] stride;
    private final long[] padding;
    private final boolean ceilMode;
    private final boolean countIncludePad;
    private final Long divisor;

    /** Windows of {@code kernel} places in each dimension, side by side. */
    public AvgPool3d(long kernel) {
        this(kernel, kernel, 0);
    }

    /** Windows of {@code kernel} places in each dimension, {@code stride} places apart. */
    public AvgPool3d(long kernel, long stride) {
        this(kernel, stride, 0);
    }

    /** Windows that begin in the padding, whose zeros count. */
    public AvgPool3d(long kernel, long stride, long padding) {
        this(new long[] {kernel}, new long[] {stride}, new long[] {padding}, false, true);
    }

    /** Windows of any kind; one number for all dimensions, or one for each, of each list. */
    public AvgPool3d(long[] kernel, long[] stride, long[] padding, boolean ceilMode, boolean countIncludePad) {
        this(kernel, stride, padding, ceilMode, countIncludePad, null);
    }

    /** Windows of any kind whose sums are divided by {@code divisor}, which is not 0. */
    public AvgPool3d(long[] kernel, long[] stride, long[] padding, boolean ceilMode, long divisor) {
        this(kernel, stride, padding, ceilMode, true, divisor);
    }

    private AvgPool3d(
            long[] kernel, long[] stride, long[] padding, boolean ceilMode, boolean countIncludePad, Long divisor) {
        this.kernel = kernel.clone();
        this.stride = stride.clone();
        this.padding = padding.clone();
        this.ceilMode = ceilMode;
        this.countIncludePad = countIncludePad;
        this.divisor = divisor;
    }

    @Override
    public Tensor forward(Tensor input) {
        return noted(
                input,
                divisor == null
                        ? Functional.avgPool3d(input, kernel, stride, padding, ceilMode, countIncludePad)
                        : Functional.avgPool3d(input, kernel, stride, padding, ceilMode, divisor));
    }

    @Override
    protected String extraRepr() {
        return "kernel_size=" + Tuples.plain(kernel) + ", stride=" + Tuples.plain(stride) + ", padding="
                + Tuples.plain(padding);
    }
}
