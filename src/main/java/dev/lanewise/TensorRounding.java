package dev.lanewise;

import dev.lanewise.internal.error.Check;
import dev.lanewise.internal.shape.View;
import dev.lanewise.internal.storage.Storage;
import dev.lanewise.op.Dispatch;
import dev.lanewise.op.InPlace;
import dev.lanewise.op.PredicateOps;
import dev.lanewise.op.ReplaceOps;
import dev.lanewise.op.RoundingOps;

/** Rounding, questions about elements, and their in-place forms. */
abstract class TensorRounding extends TensorMath {
    TensorRounding(Storage storage, View view, Tensor base) {
        super(storage, view, base);
    }

    private Tensor self() {
        return (Tensor) this;
    }

    // ------------------------------------------------------------------ whole numbers

    /** The nearest whole number of each element, ties to the even one; integers stay as they are. */
    public final Tensor round() {
        return Dispatch.apply(RoundingOps.ROUND, self());
    }

    /** The largest whole number that is not above each element; integers stay as they are. */
    public final Tensor floor() {
        return Dispatch.apply(RoundingOps.FLOOR, self());
    }

    /** The smallest whole number that is not below each element; integers stay as they are. */
    public final Tensor ceil() {
        return Dispatch.apply(RoundingOps.CEIL, self());
    }

    /** The whole part of each element, rounded toward zero; integers stay as they are. */
    public final Tensor trunc() {
        return Dispatch.apply(RoundingOps.TRUNC, self());
    }

    /**
     * Each element rounded to so many decimals, ties to even; a negative number rounds to tens, hundreds, ….
     *
     * <p>It is multiplied with a power of ten, rounded and divided again, each in the tensor's dtype. Integers take 0 only.
     */
    public final Tensor round(int decimals) {
        checkDecimals("round", decimals);
        if (decimals == 0) {
            return round();
        }
        double power = Math.pow(10, Math.abs(decimals));
        return decimals > 0 ? mul(power).round().div(power) : div(power).round().mul(power);
    }

    private void checkDecimals(String op, int decimals) {
        if (decimals != 0 && !isFloatingPoint()) {
            throw Check.dtype(op, "decimals must be 0 for integers")
                    .got(decimals)
                    .operand("self", dtype(), sizes())
                    .hint("Convert with to(DType.FLOAT32) first.")
                    .error();
        }
    }

    /** Each element less its whole part, with the sign of the element; floating point only. */
    public final Tensor frac() {
        checkFloating("frac");
        return Dispatch.apply(RoundingOps.FRAC, self());
    }

    final void checkFloating(String op) {
        if (!isFloatingPoint()) {
            throw Check.dtype(op, "the dtype must be floating point")
                    .operand("self", dtype(), sizes())
                    .hint("Convert with to(DType.FLOAT32) first.")
                    .error();
        }
    }

    /** The bits of each element turned round; of booleans, the opposite. Integers and booleans only, no gradient. */
    public final Tensor bitwiseNot() {
        checkBits("bitwiseNot");
        return dtype() == DType.BOOL ? logicalNot() : rsub(-1);
    }

    private void checkBits(String op) {
        if (isFloatingPoint()) {
            throw Check.dtype(op, "the dtype must be an integer or bool")
                    .operand("self", dtype(), sizes())
                    .hint("Convert with to(DType.INT64) first.")
                    .error();
        }
    }

    // ------------------------------------------------------------------ questions

    /** BOOL: the element is NaN. */
    public final Tensor isnan() {
        return PredicateOps.test(PredicateOps.ISNAN, self());
    }

    /** BOOL: the element is ∞ or -∞. */
    public final Tensor isinf() {
        return PredicateOps.test(PredicateOps.ISINF, self());
    }

    /** BOOL: the element is neither infinite nor NaN. */
    public final Tensor isfinite() {
        return PredicateOps.test(PredicateOps.ISFINITE, self());
    }

    /** BOOL: the element is ∞. */
    public final Tensor isposinf() {
        return PredicateOps.test(PredicateOps.ISPOSINF, self());
    }

    /** BOOL: the element is -∞. */
    public final Tensor isneginf() {
        return PredicateOps.test(PredicateOps.ISNEGINF, self());
    }

    /** BOOL: the element is below zero; -0.0 and a NaN with that sign count as below. */
    public final Tensor signbit() {
        return PredicateOps.test(PredicateOps.SIGNBIT, self());
    }

    /** BOOL: the element is 0 or false. */
    public final Tensor logicalNot() {
        return PredicateOps.test(PredicateOps.LOGICAL_NOT, self());
    }

    /** NaN replaced by 0, ∞ and -∞ by the largest and the lowest number of the dtype; see {@link #nanToNum(Number, Number, Number)}. */
    public final Tensor nanToNum() {
        return nanToNum(null, null, null);
    }

    /**
     * The elements with NaN, ∞ and -∞ replaced by numbers; the gradient there is 0.
     *
     * @param nan what NaN becomes, null for 0
     * @param posinf what ∞ becomes, null for the largest number of the dtype
     * @param neginf what -∞ becomes, null for the lowest number of the dtype
     */
    public final Tensor nanToNum(Number nan, Number posinf, Number neginf) {
        return isFloatingPoint()
                ? Dispatch.apply(ReplaceOps.NAN_TO_NUM, ReplaceOps.Numbers.of(dtype(), nan, posinf, neginf), self())
                : self().clone();
    }

    // ------------------------------------------------------------------ in place

    /** Replaces each element by the nearest whole number, ties to the even one. */
    public final Tensor round_() {
        return InPlace.apply(RoundingOps.ROUND, self());
    }

    /** Replaces each element by the largest whole number that is not above it. */
    public final Tensor floor_() {
        return InPlace.apply(RoundingOps.FLOOR, self());
    }

    /** Replaces each element by the smallest whole number that is not below it. */
    public final Tensor ceil_() {
        return InPlace.apply(RoundingOps.CEIL, self());
    }

    /** Replaces each element by its whole part. */
    public final Tensor trunc_() {
        return InPlace.apply(RoundingOps.TRUNC, self());
    }

    /** Rounds each element to so many decimals; see {@link #round(int)}. */
    public final Tensor round_(int decimals) {
        checkDecimals("round_", decimals);
        if (decimals == 0) {
            return round_();
        }
        double power = Math.pow(10, Math.abs(decimals));
        return decimals > 0
                ? mul_(power).round_().div_(power)
                : div_(power).round_().mul_(power);
    }

    /** Subtracts from each element its whole part; floating point only. */
    public final Tensor frac_() {
        checkFloating("frac_");
        return InPlace.apply(RoundingOps.FRAC, self());
    }

    /** Turns the bits of each element round; integers and booleans only. */
    public final Tensor bitwiseNot_() {
        checkBits("bitwiseNot_");
        return InPlace.copy("bitwiseNot_", self(), bitwiseNot());
    }

    /** Replaces NaN by 0, ∞ and -∞ by the largest and the lowest number of the dtype. */
    public final Tensor nanToNum_() {
        return nanToNum_(null, null, null);
    }

    /** Replaces NaN, ∞ and -∞ by numbers; see {@link #nanToNum(Number, Number, Number)}. */
    public final Tensor nanToNum_(Number nan, Number posinf, Number neginf) {
        // The derivative reads the old value, which the copy overwrites.
        Tensor old = requiresGrad() ? self().clone() : self();
        return InPlace.copy("nanToNum_", self(), old.nanToNum(nan, posinf, neginf));
    }
}
