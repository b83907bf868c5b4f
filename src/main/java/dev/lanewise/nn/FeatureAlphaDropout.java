package dev.lanewise.nn;

import dev.lanewise.Tensor;
import dev.lanewise.internal.text.PythonText;

/**
 * Dropout of whole channels that keeps mean 0 and variance 1; does nothing in evaluation mode. See {@link Functional#featureAlphaDropout}.
 *
 * <p>Source: PyTorch's {@code torch.nn.FeatureAlphaDropout}.
 */
public final class FeatureAlphaDropout extends Module {
    private final double p;

    /** Drops one in two. */
    public FeatureAlphaDropout() {
        this(0.5);
    }

    /** Drops with probability {@code p}, from 0 to 1. */
    public FeatureAlphaDropout(double p) {
        Functional.checkDropout(p);
        this.p = p;
    }

    @Override
    public Tensor forward(Tensor input) {
        return noted(input, Functional.featureAlphaDropout(input, p, isTraining()));
    }

    @Override
    protected String extraRepr() {
        return "p=" + PythonText.of(p) + ", inplace=False";
    }
}
