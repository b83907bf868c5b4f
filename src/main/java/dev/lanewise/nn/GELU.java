package dev.lanewise.nn;

import dev.lanewise.Tensor;

/**
 * x times the probability that a standard normal variable is below x; see {@link Functional#gelu(Tensor, String)}. Source:
 * PyTorch's {@code torch.nn.GELU}.
 */
public final class GELU extends Module {
    private final String approximate;

    /** The exact form. */
    public GELU() {
        this("none");
    }

    /** The exact form, {@code "none"}, or the one with a hyperbolic tangent, {@code "tanh"}. */
    public GELU(String approximate) {
        this.approximate = approximate;
    }

    @Override
    public Tensor forward(Tensor input) {
        return noted(input, Functional.gelu(input, approximate));
    }

    @Override
    protected String extraRepr() {
        return "approximate='" + approximate + "'";
    }
}
