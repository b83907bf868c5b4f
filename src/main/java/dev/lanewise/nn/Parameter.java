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

    /** A result of recorded operations in the place of a parameter: no leaf, its gradient goes on to what made it. */
    static Parameter computed(Tensor value) {
        Parameter parameter = new Parameter(value, false);
        parameter.gradMeta().setNode(value.gradEdge());
        return parameter;
    }

    /** The text PyTorch prints for a parameter. */
    @Override
    public String toString() {
        return "Parameter containing:\n" + super.toString();
    }
}
