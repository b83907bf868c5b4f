package dev.lanewise.nn;

import dev.lanewise.Tensor;

/**
 * A tensor that a {@link Module} learns: a leaf that requires grad.
 *
 * <p>Source: PyTorch's {@code torch.nn.Parameter}.
 */
public final class Parameter extends Tensor {
    /** A parameter over the memory of a tensor, which is not copied; requires grad if the dtype is floating point. */
    public Parameter(Tensor data) {
        this(data, data.isFloatingPoint());
    }

    /** A parameter over the memory of a tensor, which is not copied. */
    public Parameter(Tensor data, boolean requiresGrad) {
        super(data);
        requiresGrad_(requiresGrad);
    }

    /** The text PyTorch prints for a parameter. */
    @Override
    public String toString() {
        return "Parameter containing:\n" + super.toString();
    }
}
