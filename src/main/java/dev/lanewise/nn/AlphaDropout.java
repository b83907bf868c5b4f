package dev.lanewise.nn;

import dev.lanewise.Tensor;
import dev.lanewise.internal.text.PythonText;

/**
 * Dropout that keeps mean 0 and variance 1; does nothing in evaluation mode. See {@link Functional#alphaDropout}.
 *
 * <p>Source: PyTorch's {@code torch.nn.AlphaDropout}.
 */
public final class AlphaDropout extends Module {
    private final double p;

    /** Drops one in two. */
    public AlphaDropout() {
        this(0.5);
    }

    /** Drops with probability {@code p}, from 0 to 1. */
    public AlphaDropout(double p) {
        Functional.checkDropout(p);
        this.p = p;
    }

    @Override
    public Tensor forward(Tensor input) {
        return noted(input, Functional.alphaDropout(input, p, isTraining()));
    }

    @Override
    protected String extraRepr() {
        return "p=" + PythonText.of(p) + ", inplace=False";
    }
}
