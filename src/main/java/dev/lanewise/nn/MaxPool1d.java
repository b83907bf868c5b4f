package dev.lanewise.nn;

import dev.lanewise.Tensor;
import dev.lanewise.ValuesIndices;
import dev.lanewise.internal.text.PythonText;

/**
 * The largest element of each window over one dimension; see {@link Functional#maxPool1d}. Source: PyTorch's
 * {@code torch.nn.MaxPool1d}.
 */
public final class MaxPool1d extends Module {
    private final long[] kernel;
    private final long[] stride;
    private final long[] padding;
    private final long[] dilation;
    private final boolean ceilMode;

    /** Windows of {@code kernel} places in each dimension, side by side. */
    public MaxPool1d(long kernel) {
        this(kernel, kernel, 0);
    }

    /** Windows of {@code kernel} places in each dimension, {@code stride} places apart. */
    public MaxPool1d(long kernel, long stride) {
        this(kernel, stride, 0);
    }

    /** Windows that begin in the padding, which is never the largest. */
    public MaxPool1d(long kernel, long stride, long padding) {
        this(new long[] {kernel}, new long[] {stride}, new long[] {padding}, new long[] {1}, false);
    }

    /** Windows of any kind; one number for all dimensions, or one for each, of each list. */
    public MaxPool1d(long[] kernel, long[] stride, long[] padding, long[] dilation, boolean ceilMode) {
        this.kernel = kernel.clone();
        this.stride = stride.clone();
        this.padding = padding.clone();
        this.dilation = dilation.clone();
        this.ceilMode = ceilMode;
    }

    @Override
    public Tensor forward(Tensor input) {
        return noted(
                input,
                Functional.maxPool1d(
                        input,
                        Tuples.one(kernel),
                        Tuples.one(stride),
                        Tuples.one(padding),
                        Tuples.one(dilation),
                        ceilMode));
    }

    /** The largest elements and their positions, as {@link MaxUnpool1d} takes them. */
    public ValuesIndices forwardWithIndices(Tensor input) {
        return Functional.maxPool1dWithIndices(
                input, Tuples.one(kernel), Tuples.one(stride), Tuples.one(padding), Tuples.one(dilation), ceilMode);
    }

    @Override
    protected String extraRepr() {
        return "kernel_size=" + Tuples.plain(kernel) + ", stride=" + Tuples.plain(stride) + ", padding="
                + Tuples.plain(padding) + ", dilation=" + Tuples.plain(dilation) + ", ceil_mode="
                + PythonText.of(ceilMode);
    }
}
