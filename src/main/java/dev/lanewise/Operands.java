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

    /** A number as a 0-d tensor of a dtype, refused if it lies beyond the dtype's range; UINT8 takes -255 to -1 modulo 256. */
    static Tensor fitting(String op, String name, DType type, Number value) {
        return Tensor.scalar(type, checked(op, name, type, value));
    }

    /** The number, refused if it lies beyond the range of a dtype. */
    static Number checked(String op, String name, DType type, Number value) {
        if (!fits(type, value)) {
            throw Check.argument(op, name + " must lie within the range of " + type.shortName())
                    .got(value)
                    .hint("Convert the tensor with to(...) first.")
                    .error();
        }
        return value;
    }

    private static boolean fits(DType type, Number value) {
        boolean whole = Promotion.typeOf(value) == DType.INT64;
        double x = value.doubleValue();
        return switch (type) {
            case BOOL, FLOAT64 -> true;
            case FLOAT32 -> Double.isInfinite(x) || !(Math.abs(x) > Float.MAX_VALUE);
            case BFLOAT16 -> Double.isInfinite(x) || !(Math.abs(x) > 0x1.FEp127);
            case FLOAT16 -> Double.isInfinite(x) || !(Math.abs(x) > 65504);
            case UINT8 -> x <= 255 && x >= (whole ? -255 : 0);
            case INT8 -> x <= Byte.MAX_VALUE && x >= Byte.MIN_VALUE;
            case INT16 -> x <= Short.MAX_VALUE && x >= Short.MIN_VALUE;
            case INT32 -> x <= Integer.MAX_VALUE && x >= Integer.MIN_VALUE;
            case INT64 -> whole || x <= 0x1p63 && x >= -0x1p63;
        };
    }

    /** Refuses booleans where one is subtracted from another; {@code other} is null for a number. */
    static void refuseBooleans(String op, Tensor self, Tensor other) {
        if (self.dtype() != DType.BOOL && (other == null || other.dtype() != DType.BOOL)) {
            return;
        }
        Check<DTypeException> check =
                Check.dtype(op, "booleans cannot be subtracted").operand("self", self.dtype(), self.sizes());
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
