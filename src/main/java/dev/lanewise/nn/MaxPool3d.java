package dev.lanewise.nn;

import dev.lanewise.Tensor;
import dev.lanewise.ValuesIndices;
import dev.lanewise.internal.text.PythonText;

/**
 * The largest element of each window over three dimensions; see {@link Functional#maxPool3d}. Source: PyTorch's
 * {@code torch.nn.MaxPool3d}.
 */
public final class MaxPool3d extends Module {
    private final long[] kernel;
    private final long[] stride;
    private final long[] padding;
    private final long[] dilation;
    private final boolean ceilMode;

    /** Windows of {@code kernel} places in each dimension, side by side. */
    public MaxPool3d(long kernel) {
        this(kernel, kernel, 0);
    }

    /** Windows of {@code kernel} places in each dimension, {@code stride} places apart. */
    public MaxPool3d(long kernel, long stride) {
        this(kernel, stride, 0);
    }

    /** Windows that begin in the padding, which is never the largest. */
    public MaxPool3d(long kernel, long stride, long padding) {
        this(new long[] {kernel}, new long[] {stride}, new long[] {padding}, new long[] {1}, false);
    }

    /** Windows of any kind; one number for all dimensions, or one for each, of each list. */
    public MaxPool3d(long[] kernel, long[] stride, long[] padding, long[] dilation, boolean ceilMode) {
        this.kernel = kernel.clone();
        this.stride = stride.clone();
        this.padding = padding.clone();
        this.dilation = dilation.clone();
        this.ceilMode = ceilMode;
    }

    @Override
    public Tensor forward(Tensor input) {
        return noted(input, Functional.maxPool3d(input, kernel, stride, padding, dilation, ceilMode));
    }

    /** The largest elements and their positions, as {@link MaxUnpool3d} takes them. */
    public ValuesIndices forwardWithIndices(Tensor input) {
        return Functional.maxPool3dWithIndices(input, kernel, stride, padding, dilation, ceilMode);
    }

    @Override
    protected String extraRepr() {
        return "kernel_size=" + Tuples.plain(kernel) + ", stride=" + Tuples.plain(stride) + ", padding="
                + Tuples.plain(padding) + ", dilation=" + Tuples.plain(dilation) + ", ceil_mode="
                + PythonText.of(ceilMode);
    }
}
