package dev.lanewise.nn;

import dev.lanewise.Tensor;
import dev.lanewise.internal.text.PythonText;

/** x above 0, slope · x below; see {@link Functional#leakyRelu}. Source: PyTorch's {@code torch.nn.LeakyReLU}. */
public final class LeakyReLU extends Module {
    private final double slope;

    /** The layer with {@code slope} 0.01. */
    public LeakyReLU() {
        this(0.01);
    }

    /** The layer with another {@code slope}. */
    public LeakyReLU(double slope) {
        this.slope = slope;
    }

    @Override
    public Tensor forward(Tensor input) {
        return noted(input, Functional.leakyRelu(input, slope));
    }

    @Override
    protected String extraRepr() {
        return "negative_slope=" + PythonText.of(slope);
    }
}
