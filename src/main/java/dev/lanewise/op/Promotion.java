package dev.lanewise.op;

import dev.lanewise.DType;
import dev.lanewise.Tensor;

/**
 * Which dtype operands of different dtypes are computed in.
 *
 * <p>Tensors with dimensions count before 0-d tensors, and those before plain numbers: a lower rank matters only if its
 * category (boolean, integral, floating point) is higher. Source: PyTorch's {@code torch.result_type}.
 */
public final class Promotion {
    private Promotion() {}

    /** The dtype that tensors are computed in together. */
    public static DType resultType(Tensor... tensors) {
        DType dims = null;
        DType scalars = null;
        for (Tensor tensor : tensors) {
            if (tensor.dim() > 0) {
                dims = promoteKnown(dims, tensor.dtype());
            } else {
                scalars = promoteKnown(scalars, tensor.dtype());
            }
        }
        return combine(dims, scalars);
    }

    /** The dtype that two tensors are computed in together. */
    public static DType resultType(Tensor a, Tensor b) {
        if (a.dtype() == b.dtype()) {
            return a.dtype();
        }
        if (a.dim() > 0 == b.dim() > 0) {
            return DType.promote(a.dtype(), b.dtype());
        }
        return a.dim() > 0 ? combine(a.dtype(), b.dtype()) : combine(b.dtype(), a.dtype());
    }

    /** The dtype that a tensor and a plain number are computed in together. */
    public static DType resultType(DType tensor, Number number) {
        return combine(tensor, typeOf(number));
    }

    /** The dtype of a plain number: INT64, or FLOAT32 for a floating-point one. */
    public static DType typeOf(Number number) {
        return number instanceof Double || number instanceof Float ? DType.FLOAT32 : DType.INT64;
    }

    private static DType promoteKnown(DType a, DType b) {
        return a == null ? b : DType.promote(a, b);
    }

    private static DType combine(DType higher, DType lower) {
        if (higher == null || lower == null) {
            return higher == null ? lower : higher;
        }
        return lower.category() > higher.category() ? lower : higher;
    }
}
