package dev.lanewise.nn;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import dev.lanewise.internal.text.PythonText;

/**
 * Normalisation by mean and variance over groups of channels; see {@link Functional#groupNorm(Tensor, long, Tensor, Tensor,
 * double)}.
 *
 * <p>Parameters {@code weight}, ones, and {@code bias}, zeros, of shape {@code [channels]}. Source: PyTorch's
 * {@code torch.nn.GroupNorm}.
 */
public final class GroupNorm extends Module {
    private final long groups;
    private final long channels;
    private final double eps;
    private final boolean affine;

    /** The layer with scale and shift and eps 1e-5. */
    public GroupNorm(long groups, long channels) {
        this(groups, channels, 1e-5, true, DType.FLOAT32);
    }

    /** The layer with or without a learned scale and shift, with parameters of a floating-point dtype. */
    public GroupNorm(long groups, long channels, double eps, boolean affine, DType dtype) {
        if (groups < 1 || channels % groups != 0) {
            throw Check.argument("GroupNorm", "the number of groups must divide the number of channels")
                    .expected("a divisor of " + channels)
                    .got(groups)
                    .error();
        }
        this.groups = groups;
        this.channels = channels;
        this.eps = eps;
        this.affine = affine;
        if (affine) {
            registerParameter("weight", Tensor.ones(dtype, channels));
            registerParameter("bias", Tensor.zeros(dtype, channels));
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
        return noted(input, Functional.groupNorm(input, groups, weight(), bias(), eps));
    }

    @Override
    protected String extraRepr() {
        return groups + ", " + channels + ", eps=" + PythonText.of(eps) + ", affine=" + PythonText.of(affine);
    }
}
