package dev.lanewise;

import dev.lanewise.internal.error.Check;
import dev.lanewise.internal.shape.View;
import dev.lanewise.internal.storage.Storage;
import dev.lanewise.op.BinaryFunctionOps;
import dev.lanewise.op.BitOps;
import dev.lanewise.op.Dispatch;
import dev.lanewise.op.DivisionOps;
import dev.lanewise.op.DivisionOps.Rounding;
import dev.lanewise.op.PointwiseOps;
import dev.lanewise.op.Promotion;
import dev.lanewise.op.TernaryOps;

/**
 * Arithmetic of two and three tensors beyond the basic operations. Operands are broadcast together and promoted; a number
 * does not raise the dtype within its category. Results are new tensors.
 */
abstract class TensorArithmetic extends TensorChanges {
    TensorArithmetic(Storage storage, View view, Tensor base) {
        super(storage, view, base);
    }

    private Tensor self() {
        return (Tensor) this;
    }

    // ------------------------------------------------------------------ sums and quotients

    /** self + alpha · other. */
    public final Tensor add(Number other, Number alpha) {
        return self().add(Operands.scalar(dtype(), other), alpha);
    }

    /** self - alpha · other. */
    public final Tensor sub(Number other, Number alpha) {
        return self().sub(Operands.scalar(dtype(), other), alpha);
    }

    /** other - self; booleans are refused. */
    public final Tensor rsub(Tensor other) {
        return other.sub(self());
    }

    /** other - alpha · self; booleans are refused. */
    public final Tensor rsub(Tensor other, Number alpha) {
        return other.sub(self(), alpha);
    }

    /** other - alpha · self; booleans are refused. */
    public final Tensor rsub(Number other, Number alpha) {
        return Operands.scalar(dtype(), other).sub(self(), alpha);
    }

    /**
     * self / other, rounded: {@code "trunc"} toward zero, {@code "floor"} down, null not at all. A rounded quotient has the
     * dtype of the operands and the derivative 0; that of integers by 0 is refused.
     */
    public final Tensor div(Tensor other, String roundingMode) {
        if (roundingMode == null) {
            return self().div(other);
        }
        Rounding rounding = Rounding.of("div", roundingMode);
        DivisionOps.checkDivisor("div", self(), other);
        return Dispatch.apply(DivisionOps.DIV_ROUNDED, rounding, self(), other);
    }

    /** self / other, rounded as {@link #div(Tensor, String)} says. */
    public final Tensor div(Number other, String roundingMode) {
        return roundingMode == null ? self().div(other) : div(Operands.scalar(dtype(), other), roundingMode);
    }

    /** self / other, always floating point; the same as {@code div}. */
    public final Tensor trueDivide(Tensor other) {
        return self().div(other);
    }

    /** self / other, always floating point; the same as {@code div}. */
    public final Tensor trueDivide(Number other) {
        return self().div(other);
    }

    /** self / other rounded down, in the dtype of the operands; of integers by 0 it is refused. Not differentiable. */
    public final Tensor floorDivide(Tensor other) {
        DivisionOps.checkDivisor("floorDivide", self(), other);
        return Dispatch.apply(DivisionOps.FLOOR_DIVIDE, self(), other);
    }

    /** self / other rounded down, in the dtype of the operands. */
    public final Tensor floorDivide(Number other) {
        return floorDivide(Operands.scalar(dtype(), other));
    }

    /** a / b rounded down for a number a. */
    public static Tensor floorDivide(Number a, Tensor b) {
        return Operands.scalar(b.dtype(), a).floorDivide(b);
    }

    /** The rest self - other · n with n = self / other rounded toward zero; of integers by 0 it is refused. */
    public final Tensor fmod(Tensor other) {
        DivisionOps.checkDivisor("fmod", self(), other);
        return Dispatch.apply(DivisionOps.FMOD, self(), other);
    }

    /** The rest self - other · n with n = self / other rounded toward zero. */
    public final Tensor fmod(Number other) {
        return fmod(Operands.scalar(dtype(), other));
    }

    /** The rest self - other · n with n = self / other rounded down, Python's {@code %}; of integers by 0 it is refused. */
    public final Tensor remainder(Tensor other) {
        DivisionOps.checkDivisor("remainder", self(), other);
        return Dispatch.apply(DivisionOps.REMAINDER, self(), other);
    }

    /** The rest self - other · n with n = self / other rounded down, Python's {@code %}. */
    public final Tensor remainder(Number other) {
        return remainder(Operands.scalar(dtype(), other));
    }

    /** The rest a - b · n with n = a / b rounded down, for a number a. */
    public static Tensor remainder(Number a, Tensor b) {
        return Operands.scalar(b.dtype(), a).remainder(b);
    }

    // ------------------------------------------------------------------ powers

    /** A number to the power of each element. */
    public static Tensor pow(Number base, Tensor exponent) {
        return exponent.rpow(base);
    }

    /** self to the power of exponent, computed in FLOAT64. */
    public final Tensor floatPower(Tensor exponent) {
        return self().to(DType.FLOAT64).pow(exponent.to(DType.FLOAT64));
    }

    /** self to the power of a number, computed in FLOAT64. */
    public final Tensor floatPower(Number exponent) {
        return self().to(DType.FLOAT64).pow(exponent);
    }

    /** A number to the power of each element, computed in FLOAT64. */
    public static Tensor floatPower(Number base, Tensor exponent) {
        return exponent.to(DType.FLOAT64).rpow(base);
    }

    /** self · 2^other, always floating point. */
    public final Tensor ldexp(Tensor other) {
        return self().mul(other.rpow(2.0));
    }

    // ------------------------------------------------------------------ functions of two tensors

    /** The angle of the point (other, self) from the positive first axis, in (-π, π], in radians. */
    public final Tensor atan2(Tensor other) {
        return Dispatch.apply(BinaryFunctionOps.ATAN2, self(), other);
    }

    /** √(self² + other²), without overflow on the way. */
    public final Tensor hypot(Tensor other) {
        return Dispatch.apply(BinaryFunctionOps.HYPOT, self(), other);
    }

    /** self · log(other); 0 where self is 0, NaN where other is NaN. */
    public final Tensor xlogy(Tensor other) {
        return Dispatch.apply(BinaryFunctionOps.XLOGY, self(), other);
    }

    /** self · log(other); 0 where self is 0. */
    public final Tensor xlogy(Number other) {
        return Dispatch.apply(BinaryFunctionOps.XLOGY, self(), other);
    }

    /** a · log(b) for a number a. */
    public static Tensor xlogy(Number a, Tensor b) {
        return Dispatch.apply(BinaryFunctionOps.XLOGY, a, b);
    }

    /** The size of self with the sign of other, where -0.0 is negative. */
    public final Tensor copysign(Tensor other) {
        return Dispatch.apply(BinaryFunctionOps.COPYSIGN, self(), other);
    }

    /** The size of self with the sign of a number, where -0.0 is negative. */
    public final Tensor copysign(Number other) {
        return Dispatch.apply(BinaryFunctionOps.COPYSIGN, self(), other);
    }

    /** log(e^self + e^other), without overflow. */
    public final Tensor logaddexp(Tensor other) {
        return Dispatch.apply(BinaryFunctionOps.LOGADDEXP, self(), other);
    }

    /** log2(2^self + 2^other), without overflow. */
    public final Tensor logaddexp2(Tensor other) {
        return Dispatch.apply(BinaryFunctionOps.LOGADDEXP2, self(), other);
    }

    /** The larger of self and other; where one is NaN, the other one. The gradient of equal ones goes to self. */
    public final Tensor fmax(Tensor other) {
        return Dispatch.apply(BinaryFunctionOps.FMAX, self(), other);
    }

    /** The smaller of self and other; where one is NaN, the other one. The gradient of equal ones goes to self. */
    public final Tensor fmin(Tensor other) {
        return Dispatch.apply(BinaryFunctionOps.FMIN, self(), other);
    }

    /** 0 where self is negative or NaN, 1 where positive, values where 0; both of one dtype. Not differentiable. */
    public final Tensor heaviside(Tensor values) {
        Operands.sameType("heaviside", "values", self(), values);
        return Dispatch.apply(BinaryFunctionOps.HEAVISIDE, self(), values);
    }

    /** The next number of the dtype, FLOAT32 or FLOAT64, from self toward other. Not differentiable. */
    public final Tensor nextafter(Tensor other) {
        return Dispatch.apply(Operands.nextafter(self(), other), self(), other);
    }

    /** The greatest common divisor of integers, not negative. */
    public final Tensor gcd(Tensor other) {
        return Dispatch.apply(BitOps.GCD, self(), other);
    }

    /** The least common multiple of integers, not negative; 0 if either is 0. */
    public final Tensor lcm(Tensor other) {
        return Dispatch.apply(BitOps.LCM, self(), other);
    }

    // ------------------------------------------------------------------ functions of three tensors

    /** self + tensor1 · tensor2. */
    public final Tensor addcmul(Tensor tensor1, Tensor tensor2) {
        return addcmul(tensor1, tensor2, 1);
    }

    /** self + value · tensor1 · tensor2. */
    public final Tensor addcmul(Tensor tensor1, Tensor tensor2, Number value) {
        DType type = Promotion.resultType(self(), tensor1, tensor2);
        Tensor scaled = PointwiseOps.scaled(type, tensor1, Operands.checked("addcmul", "value", type, value));
        return Dispatch.apply(TernaryOps.ADDCMUL, type, self(), scaled, tensor2);
    }

    /** self + tensor1 / tensor2, one of which must be floating point. */
    public final Tensor addcdiv(Tensor tensor1, Tensor tensor2) {
        return addcdiv(tensor1, tensor2, 1);
    }

    /** self + value · tensor1 / tensor2, where tensor1 or tensor2 must be floating point. */
    public final Tensor addcdiv(Tensor tensor1, Tensor tensor2, Number value) {
        return Dispatch.apply(PointwiseOps.ADDCDIV, value, self(), tensor1, tensor2);
    }

    /** self + weight · (end - self); all of one floating-point dtype. */
    public final Tensor lerp(Tensor end, Tensor weight) {
        return Dispatch.apply(PointwiseOps.LERP, null, self(), end, weight);
    }

    /** self + weight · (end - self); both of one floating-point dtype. */
    public final Tensor lerp(Tensor end, Number weight) {
        return lerp(end, Tensor.scalar(dtype(), weight));
    }

    /** The element of {@code a} where the BOOL condition holds, the number b elsewhere. */
    public static Tensor where(Tensor condition, Tensor a, Number b) {
        return Tensor.where(condition, a, Operands.scalar(a.dtype(), b));
    }

    /** The number a where the BOOL condition holds, the element of {@code b} elsewhere. */
    public static Tensor where(Tensor condition, Number a, Tensor b) {
        return Tensor.where(condition, Operands.scalar(b.dtype(), a), b);
    }

    /** The number a where the BOOL condition holds, the number b elsewhere: FLOAT32, or INT64 if both are whole. */
    public static Tensor where(Tensor condition, Number a, Number b) {
        return Tensor.where(condition, Tensor.scalar(a), Tensor.scalar(b));
    }

    /** The element of self where the BOOL condition holds, that of other elsewhere; all three are broadcast. */
    public final Tensor where(Tensor condition, Tensor other) {
        return Tensor.where(condition, self(), other);
    }

    /** A number where the BOOL mask, broadcast with self, holds; the elements of self elsewhere. The dtype stays. */
    public final Tensor maskedFill(Tensor mask, Number value) {
        return maskedFill(mask, Operands.fitting("maskedFill", "value", dtype(), value));
    }

    /** The value of a 0-d tensor where the BOOL mask holds; the elements of self elsewhere. The dtype stays. */
    public final Tensor maskedFill(Tensor mask, Tensor value) {
        return Dispatch.apply(PointwiseOps.MASKED_FILL, null, self(), mask, value);
    }

    // ------------------------------------------------------------------ bounds

    /** Each element moved into [min, max], elementwise and broadcast; either may be null for no bound. */
    public final Tensor clamp(Tensor min, Tensor max) {
        Clamping bounds = Clamping.of(self(), min, max);
        return Dispatch.apply(TernaryOps.CLAMP, bounds.type(), self(), bounds.low(), bounds.high());
    }

    /** Each element moved to at least that of {@code min}. */
    public final Tensor clampMin(Tensor min) {
        return clamp(min, (Tensor) null);
    }

    /** Each element moved to at most that of {@code max}. */
    public final Tensor clampMax(Tensor max) {
        return clamp((Tensor) null, max);
    }

    /** Each element moved into [min, max]; the same as {@code clamp}. */
    public final Tensor clip(Number min, Number max) {
        return self().clamp(min, max);
    }

    /** Each element moved into [min, max]; the same as {@code clamp}. */
    public final Tensor clip(Tensor min, Tensor max) {
        return clamp(min, max);
    }

    /** What {@code floatPower_} can change: FLOAT64 alone. */
    final void requireDouble(String op) {
        if (dtype() != DType.FLOAT64) {
            throw Check.dtype(op, "the base must be float64")
                    .operand("self", dtype(), sizes())
                    .hint("Use floatPower to get a new tensor.")
                    .error();
        }
    }
}
