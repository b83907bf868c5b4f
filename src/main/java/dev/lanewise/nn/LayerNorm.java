package dev.lanewise.nn;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.internal.text.PythonText;

/**
 * Normalisation by mean and variance over the last dimensions; see {@link Functional#layerNorm(Tensor, long[], Tensor,
 * Tensor, double)}.
 *
 * <p>Parameters {@code weight}, ones, and {@code bias}, zeros, of the normalized shape. Source: PyTorch's
 * {@code torch.nn.LayerNorm}.
 */
public final class LayerNorm extends Module {
    private final long[] normalizedShape;
    private final double eps;
    private final boolean affine;

    /** The layer over last dimensions of these sizes, with scale and shift and eps 1e-5. */
    public LayerNorm(long... normalizedShape) {
        this(normalizedShape, 1e-5, true, DType.FLOAT32);
    }

    /** The layer with or without a learned scale and shift. */
    public LayerNorm(long[] normalizedShape, double eps, boolean affine) {
        this(normalizedShape, eps, affine, DType.FLOAT32);
    }

    /** The layer with parameters of a floating-point dtype. */
    public LayerNorm(long[] normalizedShape, double eps, boolean affine, DType dtype) {
        this.normalizedShape = normalizedShape.clone();
        this.eps = eps;
        this.affine = affine;
        if (affine) {
            registerParameter("weight", Tensor.ones(dtype, normalizedShape));
            registerParameter("bias", Tensor.zeros(dtype, normalizedShape));
        }
    }

    /** Sets scale 1 and shift 0. */
    public void resetParameters() {
        if (affine) {
            Init.ones_(weight());
            Init.zeros_(bias());
        }
    }

    /** The scale, or null if the layer has none. */
    public Parameter weight() {
        return affine ? parameter("weight") : null;
    }

    /** The shift, or null if the layer has none. */
    public Parameter bias() {
        return affine ? parameter("bias") : null;
    }

    @Override
    public Tensor forward(Tensor input) {
        return noted(input, Functional.layerNorm(input, normalizedShape, weight(), bias(), eps));
    }

    @Override
    protected String extraRepr() {
        return Tuples.of(normalizedShape) + ", eps=" + PythonText.of(eps) + ", elementwise_affine="
                + PythonText.of(affine);
    }
}
