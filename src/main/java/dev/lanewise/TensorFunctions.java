package dev.lanewise;

import dev.lanewise.internal.error.Check;
import dev.lanewise.internal.shape.View;
import dev.lanewise.internal.storage.Storage;
import dev.lanewise.op.Dispatch;
import dev.lanewise.op.ExpLogOps;
import dev.lanewise.op.HyperbolicOps;
import dev.lanewise.op.InPlace;
import dev.lanewise.op.ParametricOps;
import dev.lanewise.op.SpecialOps;
import dev.lanewise.op.TrigOps;
import java.util.Arrays;

/**
 * Functions of one tensor: exponentials, logarithms, trigonometric, hyperbolic and special functions, and their in-place
 * forms. Integers and booleans are computed as FLOAT32, halves are rounded once at the end; NaN gives NaN.
 */
abstract class TensorFunctions extends TensorRounding {
    TensorFunctions(Storage storage, View view, Tensor base) {
        super(storage, view, base);
    }

    private Tensor self() {
        return (Tensor) this;
    }

    /** 2 to the power of each element. */
    public final Tensor exp2() {
        return Dispatch.apply(ExpLogOps.EXP2, self());
    }

    /** e^x - 1 of each element x, exact near 0. */
    public final Tensor expm1() {
        return Dispatch.apply(ExpLogOps.EXPM1, self());
    }

    /** The logarithm of each element to base 2, exact for powers of two; NaN below zero. */
    public final Tensor log2() {
        return Dispatch.apply(ExpLogOps.LOG2, self());
    }

    /** The logarithm of each element to base 10; NaN below zero. */
    public final Tensor log10() {
        return Dispatch.apply(ExpLogOps.LOG10, self());
    }

    /** ln(1 + x) of each element x, exact near 0; NaN below -1. */
    public final Tensor log1p() {
        return Dispatch.apply(ExpLogOps.LOG1P, self());
    }

    /** 1 / √x of each element x; NaN below zero. */
    public final Tensor rsqrt() {
        return Dispatch.apply(ExpLogOps.RSQRT, self());
    }

    /** 1 / x of each element x. */
    public final Tensor reciprocal() {
        return Dispatch.apply(ExpLogOps.RECIPROCAL, self());
    }

    /** The log-odds ln(x / (1 - x)) of each element x, the inverse of sigmoid; NaN outside [0, 1]. */
    public final Tensor logit() {
        return Dispatch.apply(ExpLogOps.LOGIT, self());
    }

    /** The sine of each element, an angle in radians. */
    public final Tensor sin() {
        return Dispatch.apply(TrigOps.SIN, self());
    }

    /** The cosine of each element, an angle in radians. */
    public final Tensor cos() {
        return Dispatch.apply(TrigOps.COS, self());
    }

    /** The tangent of each element, an angle in radians. */
    public final Tensor tan() {
        return Dispatch.apply(TrigOps.TAN, self());
    }

    /** The angle in [-π/2, π/2] whose sine is the element; NaN outside [-1, 1]. */
    public final Tensor asin() {
        return Dispatch.apply(TrigOps.ASIN, self());
    }

    /** The angle in [0, π] whose cosine is the element; NaN outside [-1, 1]. */
    public final Tensor acos() {
        return Dispatch.apply(TrigOps.ACOS, self());
    }

    /** The angle in [-π/2, π/2] whose tangent is the element. */
    public final Tensor atan() {
        return Dispatch.apply(TrigOps.ATAN, self());
    }

    /** Each element, an angle in degrees, in radians. */
    public final Tensor deg2rad() {
        return Dispatch.apply(TrigOps.DEG2RAD, self());
    }

    /** Each element, an angle in radians, in degrees. */
    public final Tensor rad2deg() {
        return Dispatch.apply(TrigOps.RAD2DEG, self());
    }

    /** sin(πx) / (πx) of each element x; 1 at 0. */
    public final Tensor sinc() {
        return Dispatch.apply(TrigOps.SINC, self());
    }

    /** The hyperbolic sine of each element. */
    public final Tensor sinh() {
        return Dispatch.apply(HyperbolicOps.SINH, self());
    }

    /** The hyperbolic cosine of each element. */
    public final Tensor cosh() {
        return Dispatch.apply(HyperbolicOps.COSH, self());
    }

    /** The number whose hyperbolic sine is the element. */
    public final Tensor asinh() {
        return Dispatch.apply(HyperbolicOps.ASINH, self());
    }

    /** The number that is not negative and whose hyperbolic cosine is the element; NaN below 1. */
    public final Tensor acosh() {
        return Dispatch.apply(HyperbolicOps.ACOSH, self());
    }

    /** The number whose hyperbolic tangent is the element; NaN outside [-1, 1]. */
    public final Tensor atanh() {
        return Dispatch.apply(HyperbolicOps.ATANH, self());
    }

    /** The error function {@code 2/√π ∫ e^-t² dt} from 0 to each element. */
    public final Tensor erf() {
        return Dispatch.apply(SpecialOps.ERF, self());
    }

    /** 1 - erf(x) of each element x, exact for large x. */
    public final Tensor erfc() {
        return Dispatch.apply(SpecialOps.ERFC, self());
    }

    /** The number whose error function is the element; ±∞ at ±1, NaN outside [-1, 1]. */
    public final Tensor erfinv() {
        return Dispatch.apply(SpecialOps.ERFINV, self());
    }

    /** ln|Γ(x)| of each element x; ∞ at 0, -1, -2, …. */
    public final Tensor lgamma() {
        return Dispatch.apply(SpecialOps.LGAMMA, self());
    }

    /** The derivative of ln Γ(x) at each element x; NaN at -1, -2, …, infinite at 0. */
    public final Tensor digamma() {
        return Dispatch.apply(SpecialOps.DIGAMMA, self());
    }

    /**
     * {@link #logit()} of each element moved into [eps, 1 - eps], where it is finite; the gradient outside is 0.
     *
     * <p>A negative {@code eps} moves nothing.
     */
    public final Tensor logit(double eps) {
        return eps < 0 ? logit() : clamp(eps, 1 - eps).logit();
    }

    /**
     * The derivative of {@link #digamma()} of order n at each element x: {@code (-1)^(n+1) n! Σ (x + k)^-(n+1)} over k ≥ 0.
     *
     * <p>Order 0 is digamma itself; beyond 170 the factorial is out of range.
     */
    public final Tensor polygamma(int n) {
        return Dispatch.apply(SpecialOps.POLYGAMMA, self(), order("polygamma", n));
    }

    private static Integer order(String op, int n) {
        if (n < 0 || n > 170) {
            throw Check.argument(op, "the order must be from 0 to 170").got(n).error();
        }
        return n;
    }

    // ------------------------------------------------------------------ activation functions

    /**
     * x above 0, slope · x below, with the slopes in a tensor, one or one per channel.
     *
     * <p>Channels are dimension 1; a tensor of less than two dimensions has one. Both floating point of one dtype.
     */
    public final Tensor prelu(Tensor weight) {
        long channels = dim() > 1 ? size(1) : 1;
        if (!isFloatingPoint() || weight.dtype() != dtype()) {
            throw slopes(Check.dtype("prelu", "input and weight must have one floating-point dtype"), weight);
        }
        if (weight.dim() > 1 || weight.numel() != 1 && weight.numel() != channels) {
            throw slopes(
                    Check.shape("prelu", "there must be one slope, or one for each of the channels in dimension 1"),
                    weight);
        }
        if (weight.numel() == 1) {
            return Dispatch.apply(ParametricOps.PRELU, self(), weight.reshape());
        }
        long[] shape = new long[dim()];
        Arrays.fill(shape, 1);
        shape[1] = channels;
        return Dispatch.apply(ParametricOps.PRELU, self(), weight.reshape(shape));
    }

    private <E extends RuntimeException> E slopes(Check<E> check, Tensor weight) {
        return check.operand("self", dtype(), sizes())
                .operand("weight", weight.dtype(), weight.sizes())
                .error();
    }

    /** x, but 0 in [-lambda, lambda]; floating point only. */
    public final Tensor hardshrink(double lambda) {
        checkFloating("hardshrink");
        return Dispatch.apply(ParametricOps.HARDSHRINK, self(), lambda);
    }

    /** {@link #hardshrink(double)} with lambda 0.5. */
    public final Tensor hardshrink() {
        return hardshrink(0.5);
    }

    // ------------------------------------------------------------------ in place

    /** Replaces each element x by 2^x. */
    public final Tensor exp2_() {
        return InPlace.apply(ExpLogOps.EXP2, self());
    }

    /** Replaces each element x by e^x - 1. */
    public final Tensor expm1_() {
        return InPlace.apply(ExpLogOps.EXPM1, self());
    }

    /** Replaces each element x by log2(x). */
    public final Tensor log2_() {
        return InPlace.apply(ExpLogOps.LOG2, self());
    }

    /** Replaces each element x by log10(x). */
    public final Tensor log10_() {
        return InPlace.apply(ExpLogOps.LOG10, self());
    }

    /** Replaces each element x by ln(1 + x). */
    public final Tensor log1p_() {
        return InPlace.apply(ExpLogOps.LOG1P, self());
    }

    /** Replaces each element x by 1 / √x. */
    public final Tensor rsqrt_() {
        return InPlace.apply(ExpLogOps.RSQRT, self());
    }

    /** Replaces each element x by 1 / x. */
    public final Tensor reciprocal_() {
        return InPlace.apply(ExpLogOps.RECIPROCAL, self());
    }

    /** Replaces each element x by ln(x / (1 - x)). */
    public final Tensor logit_() {
        return InPlace.apply(ExpLogOps.LOGIT, self());
    }

    /** Replaces each element x by sin(x). */
    public final Tensor sin_() {
        return InPlace.apply(TrigOps.SIN, self());
    }

    /** Replaces each element x by cos(x). */
    public final Tensor cos_() {
        return InPlace.apply(TrigOps.COS, self());
    }

    /** Replaces each element x by tan(x). */
    public final Tensor tan_() {
        return InPlace.apply(TrigOps.TAN, self());
    }

    /** Replaces each element x by asin(x). */
    public final Tensor asin_() {
        return InPlace.apply(TrigOps.ASIN, self());
    }

    /** Replaces each element x by acos(x). */
    public final Tensor acos_() {
        return InPlace.apply(TrigOps.ACOS, self());
    }

    /** Replaces each element x by atan(x). */
    public final Tensor atan_() {
        return InPlace.apply(TrigOps.ATAN, self());
    }

    /** Replaces each element x by x · π / 180. */
    public final Tensor deg2rad_() {
        return InPlace.apply(TrigOps.DEG2RAD, self());
    }

    /** Replaces each element x by x · 180 / π. */
    public final Tensor rad2deg_() {
        return InPlace.apply(TrigOps.RAD2DEG, self());
    }

    /** Replaces each element x by sin(πx) / (πx). */
    public final Tensor sinc_() {
        return InPlace.apply(TrigOps.SINC, self());
    }

    /** Replaces each element x by sinh(x). */
    public final Tensor sinh_() {
        return InPlace.apply(HyperbolicOps.SINH, self());
    }

    /** Replaces each element x by cosh(x). */
    public final Tensor cosh_() {
        return InPlace.apply(HyperbolicOps.COSH, self());
    }

    /** Replaces each element x by asinh(x). */
    public final Tensor asinh_() {
        return InPlace.apply(HyperbolicOps.ASINH, self());
    }

    /** Replaces each element x by acosh(x). */
    public final Tensor acosh_() {
        return InPlace.apply(HyperbolicOps.ACOSH, self());
    }

    /** Replaces each element x by atanh(x). */
    public final Tensor atanh_() {
        return InPlace.apply(HyperbolicOps.ATANH, self());
    }

    /** Replaces each element x by erf(x). */
    public final Tensor erf_() {
        return InPlace.apply(SpecialOps.ERF, self());
    }

    /** Replaces each element x by 1 - erf(x). */
    public final Tensor erfc_() {
        return InPlace.apply(SpecialOps.ERFC, self());
    }

    /** Replaces each element x by erfinv(x). */
    public final Tensor erfinv_() {
        return InPlace.apply(SpecialOps.ERFINV, self());
    }

    /** Replaces each element x by ln|Γ(x)|. */
    public final Tensor lgamma_() {
        return InPlace.apply(SpecialOps.LGAMMA, self());
    }

    /** Replaces each element x by the derivative of ln Γ(x). */
    public final Tensor digamma_() {
        return InPlace.apply(SpecialOps.DIGAMMA, self());
    }

    /** Moves each element x into [eps, 1 - eps], unless {@code eps} is negative, and replaces it by ln(x / (1 - x)). */
    public final Tensor logit_(double eps) {
        return eps < 0 ? logit_() : clamp_(eps, 1 - eps).logit_();
    }

    /** Replaces each element x by the derivative of digamma of order n at x. */
    public final Tensor polygamma_(int n) {
        return InPlace.apply(SpecialOps.POLYGAMMA, self(), order("polygamma_", n));
    }
}
