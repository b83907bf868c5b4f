package dev.lanewise.nn;

import dev.lanewise.Tensor;
import dev.lanewise.internal.text.PythonText;

/**
 * The power sum {@code (Σ x^p)^(1/p)} of each window over two dimensions; see {@link Functional#lpPool2d}. Source: PyTorch's
 * {@code torch.nn.LPPool2d}.
 */
public final class LPPool2d extends Module {
    private final Number p;
    private final long[] kernel;
    private final long[] stride;
    private final boolean ceilMode;

    /** Windows of {@code kernel} places in each dimension, side by side. */
    public LPPool2d(Number p, long kernel) {
        this(p, new long[] {kernel}, null, false);
    }

    /** Windows of any kind; the stride is the kernel where it is null. */
    public LPPool2d(Number p, long[] kernel, long[] stride, boolean ceilMode) {
        this.p = p;
        this.kernel = kernel.clone();
        this.stride = stride == null ? null : stride.clone();
        this.ceilMode = ceilMode;
    }

    @Override
    public Tensor forward(Tensor input) {
        long[] steps = stride == null ? kernel : stride;
        return noted(input, Functional.lpPool2d(input, p, kernel, steps, ceilMode));
    }

    @Override
    protected String extraRepr() {
        return "norm_type=" + Tuples.number(p) + ", kernel_size=" + Tuples.plain(kernel) + ", stride="
                + (stride == null ? "None" : Tuples.plain(stride)) + ", ceil_mode=" + PythonText.of(ceilMode);
    }
}
