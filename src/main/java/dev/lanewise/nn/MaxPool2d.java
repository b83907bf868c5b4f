package dev.lanewise.nn;

import dev.lanewise.Tensor;
import dev.lanewise.ValuesIndices;
import dev.lanewise.internal.text.PythonText;

/**
 * The largest element of each window over two dimensions; see {@link Functional#maxPool2d}. Source: PyTorch's
 * {@code torch.nn.MaxPool2d}.
 */
public final class MaxPool2d extends Module {
    private final long[] kernel;
    private final long[] stride;
    private final long[] padding;
    private final long[] dilation;
    private final boolean ceilMode;

    /** Windows of {@code kernel} places in each dimension, side by side. */
    public MaxPool2d(long kernel) {
        this(kernel, kernel, 0);
    }

    /** Windows of {@code kernel} places in each dimension, {@code stride} places apart. */
    public MaxPool2d(long kernel, long stride) {
        this(kernel, stride, 0);
    }

    /** Windows that begin in the padding, which is never the largest. */
    public MaxPool2d(long kernel, long stride, long padding) {
        this(new long[] {kernel}, new long[] {stride}, new long[] {padding}, new long[] {1}, false);
    }

    /** Windows of any kind; one number for all dimensions, or one for each, of each list. */
    public MaxPool2d(long[] kernel, long[] stride, long[] padding, long[] dilation, boolean ceilMode) {
        this.kernel = kernel.clone();
        this.stride = stride.clone();
        this.padding = padding.clone();
        this.dilation = dilation.clone();
        this.ceilMode = ceilMode;
    }

    @Override
    public Tensor forward(Tensor input) {
        return noted(input, Functional.maxPool2d(input, kernel, stride, padding, dilation, ceilMode));
    }

    /** The largest elements and their positions, as {@link MaxUnpool2d} takes them. */
    public ValuesIndices forwardWithIndices(Tensor input) {
        return Functional.maxPool2dWithIndices(input, kernel, stride, padding, dilation, ceilMode);
    }

    @Override
    protected String extraRepr() {
        return "kernel_size=" + Tuples.plain(kernel) + ", stride=" + Tuples.plain(stride) + ", padding="
                + Tuples.plain(padding) + ", dilation=" + Tuples.plain(dilation) + ", ceil_mode="
                + PythonText.of(ceilMode);
    }
}
