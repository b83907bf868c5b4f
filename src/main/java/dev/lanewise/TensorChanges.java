package dev.lanewise;

import dev.lanewise.internal.shape.View;
import dev.lanewise.internal.storage.Storage;
import dev.lanewise.op.BinaryFunctionOps;
import dev.lanewise.op.BinaryOps;
import dev.lanewise.op.BitOps;
import dev.lanewise.op.DivisionOps;
import dev.lanewise.op.DivisionOps.Rounding;
import dev.lanewise.op.InPlace;
import dev.lanewise.op.PointwiseOps;
import dev.lanewise.op.Promotion;
import dev.lanewise.op.TernaryOps;

/**
 * The in-place forms of arithmetic and logic beyond the basic ones: each changes the tensor as the method without underscore
 * computes, and returns it. The result must fit the tensor's shape and dtype, and a leaf that requires grad is refused.
 */
abstract class TensorChanges extends TensorLogicChanges {
    TensorChanges(Storage storage, View view, Tensor base) {
        super(storage, view, base);
    }

    private Tensor self() {
        return (Tensor) this;
    }

    // ------------------------------------------------------------------ arithmetic

    /** Adds alpha · other. */
    public final Tensor add_(Number other, Number alpha) {
        return self().add_(Operands.scalar(dtype(), other), alpha);
    }

    /** Subtracts alpha · other. */
    public final Tensor sub_(Number other, Number alpha) {
        return self().sub_(Operands.scalar(dtype(), other), alpha);
    }

    /** Divides by a tensor and rounds: {@code "trunc"} toward zero, {@code "floor"} down, null not at all. */
    public final Tensor div_(Tensor other, String roundingMode) {
        if (roundingMode == null) {
            return self().div_(other);
        }
        Rounding rounding = Rounding.of("div_", roundingMode);
        DivisionOps.checkDivisor("div_", self(), other);
        return InPlace.replace("div_", DivisionOps.DIV_ROUNDED, rounding, self(), other);
    }

    /** Divides by a number and rounds as {@link #div_(Tensor, String)} says. */
    public final Tensor div_(Number other, String roundingMode) {
        return roundingMode == null ? self().div_(other) : div_(Operands.scalar(dtype(), other), roundingMode);
    }

    /** Divides by a tensor; the same as {@code div_}. */
    public final Tensor trueDivide_(Tensor other) {
        return self().div_(other);
    }

    /** Divides by a number; the same as {@code div_}. */
    public final Tensor trueDivide_(Number other) {
        return self().div_(other);
    }

    /** Divides by a tensor and rounds down. Not differentiable. */
    public final Tensor floorDivide_(Tensor other) {
        DivisionOps.checkDivisor("floorDivide_", self(), other);
        return InPlace.apply(DivisionOps.FLOOR_DIVIDE, self(), other);
    }

    /** Divides by a number and rounds down. Not differentiable. */
    public final Tensor floorDivide_(Number other) {
        return floorDivide_(Operands.scalar(dtype(), other));
    }

    /** Leaves the rest of the division by a tensor, with the sign of self. */
    public final Tensor fmod_(Tensor other) {
        DivisionOps.checkDivisor("fmod_", self(), other);
        return InPlace.apply(DivisionOps.FMOD, self(), other);
    }

    /** Leaves the rest of the division by a number, with the sign of self. */
    public final Tensor fmod_(Number other) {
        return fmod_(Operands.scalar(dtype(), other));
    }

    /** Leaves the rest of the division by a tensor, with the sign of the divisor. */
    public final Tensor remainder_(Tensor other) {
        DivisionOps.checkDivisor("remainder_", self(), other);
        return InPlace.apply(DivisionOps.REMAINDER, self(), other);
    }

    /** Leaves the rest of the division by a number, with the sign of the divisor. */
    public final Tensor remainder_(Number other) {
        return remainder_(Operands.scalar(dtype(), other));
    }

    /** Raises to the powers in a tensor. */
    public final Tensor pow_(Tensor exponent) {
        return InPlace.apply(BinaryOps.POW, self(), exponent);
    }

    /** Raises a FLOAT64 tensor to the powers in a tensor. */
    public final Tensor floatPower_(Tensor exponent) {
        self().requireDouble("floatPower_");
        return pow_(exponent.to(DType.FLOAT64));
    }

    /** Raises a FLOAT64 tensor to the power of a number. */
    public final Tensor floatPower_(Number exponent) {
        self().requireDouble("floatPower_");
        return self().pow_(exponent);
    }

    /** Multiplies by 2^other. */
    public final Tensor ldexp_(Tensor other) {
        return self().mul_(other.rpow(2.0));
    }

    /** Replaces each element by the angle of the point (other, self), in radians. */
    public final Tensor atan2_(Tensor other) {
        return InPlace.apply(BinaryFunctionOps.ATAN2, self(), other);
    }

    /** Replaces each element by √(self² + other²). */
    public final Tensor hypot_(Tensor other) {
        return InPlace.apply(BinaryFunctionOps.HYPOT, self(), other);
    }

    /** Multiplies by the logarithm of other; 0 stays 0. */
    public final Tensor xlogy_(Tensor other) {
        return InPlace.apply(BinaryFunctionOps.XLOGY, self(), other);
    }

    /** Multiplies by the logarithm of a number; 0 stays 0. */
    public final Tensor xlogy_(Number other) {
        return InPlace.apply(BinaryFunctionOps.XLOGY, self(), other);
    }

    /** Gives each element the sign of other. */
    public final Tensor copysign_(Tensor other) {
        return InPlace.apply(BinaryFunctionOps.COPYSIGN, self(), other);
    }

    /** Gives each element the sign of a number. */
    public final Tensor copysign_(Number other) {
        return InPlace.apply(BinaryFunctionOps.COPYSIGN, self(), other);
    }

    /** Replaces negative elements by 0, positive ones by 1, zeros by values. Not differentiable. */
    public final Tensor heaviside_(Tensor values) {
        Operands.sameType("heaviside_", "values", self(), values);
        return InPlace.apply(BinaryFunctionOps.HEAVISIDE, self(), values);
    }

    /** Moves each element to the next number of the dtype toward other. Not differentiable. */
    public final Tensor nextafter_(Tensor other) {
        return InPlace.apply(Operands.nextafter(self(), other), self(), other);
    }

    /** Replaces each integer by its greatest common divisor with other. */
    public final Tensor gcd_(Tensor other) {
        return InPlace.apply(BitOps.GCD, self(), other);
    }

    /** Replaces each integer by its least common multiple with other. */
    public final Tensor lcm_(Tensor other) {
        return InPlace.apply(BitOps.LCM, self(), other);
    }

    /** Adds tensor1 · tensor2. */
    public final Tensor addcmul_(Tensor tensor1, Tensor tensor2) {
        return addcmul_(tensor1, tensor2, 1);
    }

    /** Adds value · tensor1 · tensor2. */
    public final Tensor addcmul_(Tensor tensor1, Tensor tensor2, Number value) {
        DType type = Promotion.resultType(self(), tensor1, tensor2);
        Tensor scaled = PointwiseOps.scaled(type, tensor1, Operands.checked("addcmul_", "value", type, value));
        return InPlace.apply(TernaryOps.ADDCMUL, type, self(), scaled, tensor2);
    }

    /** Adds tensor1 / tensor2. */
    public final Tensor addcdiv_(Tensor tensor1, Tensor tensor2) {
        return addcdiv_(tensor1, tensor2, 1);
    }

    /** Adds value · tensor1 / tensor2. */
    public final Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Number value) {
        return InPlace.replace("addcdiv_", PointwiseOps.ADDCDIV, value, self(), tensor1, tensor2);
    }

    /** Moves each element toward end: adds weight · (end - self). */
    public final Tensor lerp_(Tensor end, Tensor weight) {
        return InPlace.replace("lerp_", PointwiseOps.LERP, null, self(), end, weight);
    }

    /** Moves each element toward end: adds weight · (end - self). */
    public final Tensor lerp_(Tensor end, Number weight) {
        return lerp_(end, Tensor.scalar(dtype(), weight));
    }

    /** Sets the elements where the BOOL mask, broadcast to self, holds. */
    public final Tensor maskedFill_(Tensor mask, Number value) {
        return maskedFill_(mask, Operands.fitting("maskedFill_", "value", dtype(), value));
    }

    /** Sets the elements where the BOOL mask holds to the value of a 0-d tensor. */
    public final Tensor maskedFill_(Tensor mask, Tensor value) {
        return InPlace.replace("maskedFill_", PointwiseOps.MASKED_FILL, null, self(), mask, value);
    }

    /** Moves each element into [min, max], elementwise and broadcast to self; either may be null for no bound. */
    public final Tensor clamp_(Tensor min, Tensor max) {
        Clamping bounds = Clamping.of(self(), min, max);
        return InPlace.apply(TernaryOps.CLAMP, bounds.type(), self(), bounds.low(), bounds.high());
    }

    /** Moves each element to at least {@code min}. */
    public final Tensor clampMin_(Number min) {
        return self().clamp_(min, (Number) null);
    }

    /** Moves each element to at least that of {@code min}. */
    public final Tensor clampMin_(Tensor min) {
        return clamp_(min, (Tensor) null);
    }

    /** Moves each element to at most {@code max}. */
    public final Tensor clampMax_(Number max) {
        return self().clamp_((Number) null, max);
    }

    /** Moves each element to at most that of {@code max}. */
    public final Tensor clampMax_(Tensor max) {
        return clamp_((Tensor) null, max);
    }

    /** Moves each element into [min, max]; the same as {@code clamp_}. */
    public final Tensor clip_(Number min, Number max) {
        return self().clamp_(min, max);
    }

    /** Moves each element into [min, max]; the same as {@code clamp_}. */
    public final Tensor clip_(Tensor min, Tensor max) {
        return clamp_(min, max);
    }
}
