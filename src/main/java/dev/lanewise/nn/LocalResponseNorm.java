package dev.lanewise.nn;

import dev.lanewise.Tensor;
import dev.lanewise.internal.text.PythonText;

/**
 * Each element over a power of the mean square of the channels around it; see {@link Functional#localResponseNorm(Tensor,
 * long, double, double, double)}. Source: PyTorch's {@code torch.nn.LocalResponseNorm}.
 */
public final class LocalResponseNorm extends Module {
    private final long size;
    private final double alpha;
    private final double beta;
    private final double k;

    /** The layer over {@code size} channels with alpha 1e-4, beta 0.75 and k 1. */
    public LocalResponseNorm(long size) {
        this(size, 1e-4, 0.75, 1);
    }

    /** The layer with other numbers. */
    public LocalResponseNorm(long size, double alpha, double beta, double k) {
        this.size = size;
        this.alpha = alpha;
        this.beta = beta;
        this.k = k;
    }

    @Override
    public Tensor forward(Tensor input) {
        return noted(input, Functional.localResponseNorm(input, size, alpha, beta, k));
    }

    @Override
    protected String extraRepr() {
        return size + ", alpha=" + PythonText.of(alpha) + ", beta=" + PythonText.of(beta) + ", k=" + PythonText.of(k);
    }
}
