package dev.lanewise.nn;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.internal.text.PythonText;

/**
 * Division by the root of the mean square over the last dimensions; see {@link Functional#rmsNorm}.
 *
 * <p>Parameter {@code weight}, ones, of the normalized shape. Source: B. Zhang, R. Sennrich, "Root mean square layer
 * normalization", 2019; named as in later versions of PyTorch.
 */
public final class RMSNorm extends Module {
    private final long[] normalizedShape;
    private final Double eps;
    private final boolean affine;

    /** The layer over last dimensions of these sizes, with a scale and the machine's precision as eps. */
    public RMSNorm(long... normalizedShape) {
        this(normalizedShape, null, true, DType.FLOAT32);
    }

    /** The layer with all parameters; null as eps stands for the precision of the input's dtype. */
    public RMSNorm(long[] normalizedShape, Double eps, boolean affine, DType dtype) {
        this.normalizedShape = normalizedShape.clone();
        this.eps = eps;
        this.affine = affine;
        if (affine) {
            registerParameter("weight", Tensor.ones(dtype, normalizedShape));
        }
    }

    /** Sets scale 1. */
    public void resetParameters() {
        if (affine) {
            Init.ones_(weight());
        }
    }

    /** The scale, or null if the layer has none. */
    public Parameter weight() {
        return affine ? parameter("weight") : null;
    }

    @Override
    public Tensor forward(Tensor input) {
        return noted(input, Functional.rmsNorm(input, normalizedShape, weight(), eps));
    }

    @Override
    protected String extraRepr() {
        return Tuples.of(normalizedShape) + ", eps=" + (eps == null ? "None" : PythonText.of(eps))
                + ", elementwise_affine=" + PythonText.of(affine);
    }
}
