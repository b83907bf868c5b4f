package dev.lanewise.nn;

import dev.lanewise.Tensor;

/**
 * x above 0, a learned slope times x below; see {@link Functional#prelu(Tensor, Tensor)}.
 *
 * <p>Parameter {@code weight}, one slope, or one for each channel. Source: PyTorch's {@code torch.nn.PReLU}.
 */
public final class PReLU extends Module {
    private final long parameters;

    /** One slope, 0.25 at first. */
    public PReLU() {
        this(1, 0.25);
    }

    /** One slope, or as many as there are channels. */
    public PReLU(long parameters, double init) {
        this.parameters = parameters;
        registerParameter("weight", Tensor.full(init, parameters));
    }

    /** The slopes. */
    public Parameter weight() {
        return parameter("weight");
    }

    @Override
    public Tensor forward(Tensor input) {
        return noted(input, Functional.prelu(input, weight()));
    }

    @Override
    protected String extraRepr() {
        return "num_parameters=" + parameters;
    }
}
