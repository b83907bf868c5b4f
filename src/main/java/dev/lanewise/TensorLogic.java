package dev.lanewise;

import dev.lanewise.internal.shape.Shapes;
import dev.lanewise.internal.shape.View;
import dev.lanewise.internal.storage.Storage;
import dev.lanewise.op.BitOps;
import dev.lanewise.op.Dispatch;
import dev.lanewise.op.LogicOps;
import java.util.Arrays;

/** Truth functions, bits and closeness of two tensors. Operands are broadcast together; results are new tensors. */
abstract class TensorLogic extends TensorFunctions {
    private static final double RTOL = 1e-5;
    private static final double ATOL = 1e-8;

    TensorLogic(Storage storage, View view, Tensor base) {
        super(storage, view, base);
    }

    private Tensor self() {
        return (Tensor) this;
    }

    // ------------------------------------------------------------------ logic

    /** BOOL: neither self nor other is 0; NaN is not 0. Any dtypes. */
    public final Tensor logicalAnd(Tensor other) {
        return Dispatch.apply(LogicOps.LOGICAL_AND, self(), other);
    }

    /** BOOL: self and other are not both 0. Any dtypes. */
    public final Tensor logicalOr(Tensor other) {
        return Dispatch.apply(LogicOps.LOGICAL_OR, self(), other);
    }

    /** BOOL: one of self and other is 0. Any dtypes. */
    public final Tensor logicalXor(Tensor other) {
        return Dispatch.apply(LogicOps.LOGICAL_XOR, self(), other);
    }

    // ------------------------------------------------------------------ bits

    /** The bits set in both; of booleans, self and other. Integers and booleans only. */
    public final Tensor bitwiseAnd(Tensor other) {
        return Dispatch.apply(BitOps.BITWISE_AND, self(), other);
    }

    /** The bits set in both self and a whole number. */
    public final Tensor bitwiseAnd(Number other) {
        return Dispatch.apply(BitOps.BITWISE_AND, self(), other);
    }

    /** The bits set in both a whole number and b. */
    public static Tensor bitwiseAnd(Number a, Tensor b) {
        return Dispatch.apply(BitOps.BITWISE_AND, a, b);
    }

    /** The bits set in either; of booleans, self or other. Integers and booleans only. */
    public final Tensor bitwiseOr(Tensor other) {
        return Dispatch.apply(BitOps.BITWISE_OR, self(), other);
    }

    /** The bits set in self or in a whole number. */
    public final Tensor bitwiseOr(Number other) {
        return Dispatch.apply(BitOps.BITWISE_OR, self(), other);
    }

    /** The bits set in a whole number or in b. */
    public static Tensor bitwiseOr(Number a, Tensor b) {
        return Dispatch.apply(BitOps.BITWISE_OR, a, b);
    }

    /** The bits set in one of the two; of booleans, whether they differ. Integers and booleans only. */
    public final Tensor bitwiseXor(Tensor other) {
        return Dispatch.apply(BitOps.BITWISE_XOR, self(), other);
    }

    /** The bits set in one of self and a whole number. */
    public final Tensor bitwiseXor(Number other) {
        return Dispatch.apply(BitOps.BITWISE_XOR, self(), other);
    }

    /** The bits set in one of a whole number and b. */
    public static Tensor bitwiseXor(Number a, Tensor b) {
        return Dispatch.apply(BitOps.BITWISE_XOR, a, b);
    }

    /** self · 2^other of integers, wrapping; 0 where other is negative or not below the bits of the dtype. */
    public final Tensor bitwiseLeftShift(Tensor other) {
        return Dispatch.apply(BitOps.BITWISE_LEFT_SHIFT, self(), other);
    }

    /** self · 2^other of integers, wrapping. */
    public final Tensor bitwiseLeftShift(Number other) {
        return Dispatch.apply(BitOps.BITWISE_LEFT_SHIFT, self(), other);
    }

    /** a · 2^b for a whole number a, wrapping. */
    public static Tensor bitwiseLeftShift(Number a, Tensor b) {
        return Dispatch.apply(BitOps.BITWISE_LEFT_SHIFT, a, b);
    }

    /** self / 2^other of integers, rounded down; all sign bits where other is negative or not below the bits. */
    public final Tensor bitwiseRightShift(Tensor other) {
        return Dispatch.apply(BitOps.BITWISE_RIGHT_SHIFT, self(), other);
    }

    /** self / 2^other of integers, rounded down. */
    public final Tensor bitwiseRightShift(Number other) {
        return Dispatch.apply(BitOps.BITWISE_RIGHT_SHIFT, self(), other);
    }

    /** a / 2^b for a whole number a, rounded down. */
    public static Tensor bitwiseRightShift(Number a, Tensor b) {
        return Dispatch.apply(BitOps.BITWISE_RIGHT_SHIFT, a, b);
    }

    // ------------------------------------------------------------------ closeness

    /** BOOL: |self - other| ≤ 1e-8 + 1e-5 · |other|; see {@link #isclose(Tensor, double, double, boolean)}. */
    public final Tensor isclose(Tensor other) {
        return isclose(other, RTOL, ATOL, false);
    }

    /** BOOL: |self - other| ≤ atol + rtol · |other|; see {@link #isclose(Tensor, double, double, boolean)}. */
    public final Tensor isclose(Tensor other, double rtol, double atol) {
        return isclose(other, rtol, atol, false);
    }

    /**
     * BOOL: self and other, of one dtype, are equal or |self - other| is finite and ≤ atol + rtol · |other|.
     *
     * @param equalNan takes two NaN as close
     */
    public final Tensor isclose(Tensor other, double rtol, double atol, boolean equalNan) {
        Operands.sameType("isclose", "other", self(), other);
        Operands.checkTolerances("isclose", rtol, atol);
        Shapes.broadcast("isclose", sizes(), other.sizes());
        Tensor a = self().detach();
        Tensor b = other.detach();
        Tensor close = a.eq(b);
        if (equalNan) {
            close = close.logicalOr(a.ne(a).logicalAnd(b.ne(b)));
        }
        if (rtol == 0 && atol == 0) {
            return close;
        }
        Tensor reference = b.isFloatingPoint() ? b : b.to(DType.FLOAT32);
        Tensor start = a.dtype() == DType.BOOL ? a.to(DType.FLOAT32) : a;
        Tensor distance = start.sub(reference).abs();
        Tensor allowed = reference.mul(rtol).abs().add(atol);
        Tensor finite = distance.lt(Double.POSITIVE_INFINITY);
        return close.logicalOr(finite.logicalAnd(distance.le(allowed)));
    }

    /** Whether {@link #isclose(Tensor)} holds for all elements. */
    public final boolean allclose(Tensor other) {
        return allclose(other, RTOL, ATOL, false);
    }

    /** Whether {@link #isclose(Tensor, double, double)} holds for all elements. */
    public final boolean allclose(Tensor other, double rtol, double atol) {
        return allclose(other, rtol, atol, false);
    }

    /** Whether {@link #isclose(Tensor, double, double, boolean)} holds for all elements. */
    public final boolean allclose(Tensor other, double rtol, double atol, boolean equalNan) {
        return allTrue(isclose(other, rtol, atol, equalNan));
    }

    /** Whether both tensors, of one dtype, have the same sizes and the same elements; NaN is equal to nothing. */
    public final boolean equal(Tensor other) {
        Operands.sameType("equal", "other", self(), other);
        return Arrays.equals(sizes(), other.sizes()) && allTrue(self().eq(other));
    }

    private static boolean allTrue(Tensor truth) {
        return truth.numel() == 0 || truth.min().itemBoolean();
    }
}
