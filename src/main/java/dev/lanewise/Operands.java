package dev.lanewise;

import dev.lanewise.internal.error.Check;
import dev.lanewise.op.BinaryFunctionOps;
import dev.lanewise.op.BinaryOp;
import dev.lanewise.op.Promotion;

/** Numbers as operands, and refusals of operands that an op's dtypes alone do not tell. */
final class Operands {
    private Operands() {}

    /** A number as a 0-d tensor of the dtype that it and a tensor of a given dtype are computed in. */
    static Tensor scalar(DType beside, Number value) {
        return Tensor.scalar(Promotion.resultType(beside, value), value);
    }

    /** Refuses booleans where one is subtracted from another; {@code other} is null for a number. */
    static void refuseBooleans(String op, Tensor self, Tensor other) {
        if (self.dtype() != DType.BOOL && (other == null || other.dtype() != DType.BOOL)) {
            return;
        }
        Check<DTypeException> check = Check.dtype(op, "booleans cannot be subtracted")
                .operand("self", self.dtype(), self.sizes());
        if (other != null) {
            check.operand("other", other.dtype(), other.sizes());
        }
        throw check.hint("Use logicalXor, or convert with to(DType.INT64).").error();
    }

    /** Refuses tensors of different dtypes. */
    static void sameType(String op, String name, Tensor self, Tensor other) {
        if (self.dtype() != other.dtype()) {
            throw Check.dtype(op, "both tensors must have the same dtype")
                    .operand("self", self.dtype(), self.sizes())
                    .operand(name, other.dtype(), other.sizes())
                    .hint("Convert one with to(...).")
                    .error();
        }
    }

    /** The op that finds the next number in the dtype of two tensors. */
    static BinaryOp nextafter(Tensor self, Tensor other) {
        DType type = Promotion.resultType(self, other);
        if (type == DType.FLOAT64) {
            return BinaryFunctionOps.NEXTAFTER;
        }
        if (type == DType.FLOAT32) {
            return BinaryFunctionOps.NEXTAFTER_FLOAT;
        }
        throw Check.dtype("nextafter", "the dtype must be float32 or float64")
                .got(type)
                .operand("self", self.dtype(), self.sizes())
                .operand("other", other.dtype(), other.sizes())
                .error();
    }

    /** Refuses tolerances of a comparison that are negative or NaN. */
    static void checkTolerances(String op, double rtol, double atol) {
        if (!(rtol >= 0 && atol >= 0)) {
            throw Check.argument(op, "tolerances must not be negative")
                    .got("rtol " + rtol + ", atol " + atol)
                    .error();
        }
    }
}
