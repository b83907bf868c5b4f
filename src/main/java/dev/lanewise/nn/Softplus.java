package dev.lanewise.nn;

import dev.lanewise.Tensor;

/**
 * {@code ln(1 + e^(beta · x)) / beta}; see {@link Functional#softplus(Tensor, double, double)}. Source: PyTorch's
 * {@code torch.nn.Softplus}.
 */
public final class Softplus extends Module {
    private final Number beta;
    private final Number threshold;

    /** Beta 1 and threshold 20. */
    public Softplus() {
        this(1, 20);
    }

    /** x itself where beta · x is above the threshold. */
    public Softplus(Number beta, Number threshold) {
        this.beta = beta;
        this.threshold = threshold;
    }

    @Override
    public Tensor forward(Tensor input) {
        return noted(input, Functional.softplus(input, beta.doubleValue(), threshold.doubleValue()));
    }

    @Override
    protected String extraRepr() {
        return "beta=" + Tuples.number(beta) + ", threshold=" + Tuples.number(threshold);
    }
}
