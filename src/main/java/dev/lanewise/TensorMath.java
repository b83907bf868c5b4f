package dev.lanewise;

import dev.lanewise.internal.error.Check;
import dev.lanewise.internal.shape.Shapes;
import dev.lanewise.internal.shape.View;
import dev.lanewise.internal.storage.Storage;
import dev.lanewise.op.BinaryOps;
import dev.lanewise.op.CompareOps;
import dev.lanewise.op.Dispatch;
import dev.lanewise.op.NnOps;
import dev.lanewise.op.PowOps;
import dev.lanewise.op.Promotion;
import dev.lanewise.op.TernaryOps;
import dev.lanewise.op.UnaryOps;

/** Elementwise arithmetic, functions and comparisons. */
abstract class TensorMath extends TensorReductions {
    TensorMath(Storage storage, View view, Tensor base) {
        super(storage, view, base);
    }

    private Tensor self() {
        return (Tensor) this;
    }

    // ------------------------------------------------------------------ functions of one tensor

    /** Absolute value of each element. */
    public final Tensor abs() {
        return Dispatch.apply(UnaryOps.ABS, self());
    }

    /** The negative of each element. */
    public final Tensor neg() {
        return Dispatch.apply(UnaryOps.NEG, self());
    }

    /** The sign of each element: -1, 0 or 1. */
    public final Tensor sign() {
        return Dispatch.apply(UnaryOps.SIGN, self());
    }

    /** The square root of each element; NaN below zero. */
    public final Tensor sqrt() {
        return Dispatch.apply(UnaryOps.SQRT, self());
    }

    /** The square of each element; of booleans, as INT64. */
    public final Tensor square() {
        return Dispatch.apply(UnaryOps.SQUARE, dtype() == DType.BOOL ? self().to(DType.INT64) : self());
    }

    /** e to the power of each element. */
    public final Tensor exp() {
        return Dispatch.apply(UnaryOps.EXP, self());
    }

    /** The natural logarithm of each element; NaN below zero. */
    public final Tensor log() {
        return Dispatch.apply(UnaryOps.LOG, self());
    }

    /** max(x, 0) of each element. */
    public final Tensor relu() {
        return Dispatch.apply(UnaryOps.RELU, self());
    }

    /** 1 / (1 + e^-x) of each element. */
    public final Tensor sigmoid() {
        return Dispatch.apply(UnaryOps.SIGMOID, self());
    }

    /** The hyperbolic tangent of each element. */
    public final Tensor tanh() {
        return Dispatch.apply(UnaryOps.TANH, self());
    }

    /** {@code e^x_i / Σ e^x_j} along a dimension; floating point only. */
    public final Tensor softmax(int dim) {
        return Dispatch.apply(NnOps.SOFTMAX, Shapes.wrapDim("softmax", dim, dim()), self());
    }

    /** The logarithm of {@link #softmax(int)}, without overflow. */
    public final Tensor logSoftmax(int dim) {
        return Dispatch.apply(NnOps.LOG_SOFTMAX, Shapes.wrapDim("logSoftmax", dim, dim()), self());
    }

    // ------------------------------------------------------------------ arithmetic

    /** self + other. */
    public final Tensor add(Tensor other) {
        return Dispatch.apply(BinaryOps.ADD, self(), other);
    }

    /** self + other. */
    public final Tensor add(Number other) {
        return Dispatch.apply(BinaryOps.ADD, self(), other);
    }

    /** self + alpha · other, with one rounding. */
    public final Tensor add(Tensor other, Number alpha) {
        DType type = scaledType("add", other, alpha);
        Tensor factor = Operands.fitting("add", "alpha", type, alpha);
        return Dispatch.apply(TernaryOps.ADD_SCALED, type, self(), other, factor);
    }

    /** self - other; booleans are refused. */
    public final Tensor sub(Tensor other) {
        Operands.refuseBooleans("sub", self(), other);
        return Dispatch.apply(BinaryOps.SUB, self(), other);
    }

    /** self - other; booleans are refused. */
    public final Tensor sub(Number other) {
        Operands.refuseBooleans("sub", self(), null);
        return Dispatch.apply(BinaryOps.SUB, self(), other);
    }

    /** self - alpha · other, with one rounding; booleans are refused. */
    public final Tensor sub(Tensor other, Number alpha) {
        Operands.refuseBooleans("sub", self(), other);
        DType type = scaledType("sub", other, alpha);
        Tensor factor = Operands.fitting("sub", "alpha", type, negated(alpha));
        return Dispatch.apply(TernaryOps.ADD_SCALED, type, self(), other, factor);
    }

    /** other - self; booleans are refused. */
    public final Tensor rsub(Number other) {
        Operands.refuseBooleans("rsub", self(), null);
        return Dispatch.apply(BinaryOps.SUB, other, self());
    }

    /** self · other, element by element. */
    public final Tensor mul(Tensor other) {
        return Dispatch.apply(BinaryOps.MUL, self(), other);
    }

    /** self · other. */
    public final Tensor mul(Number other) {
        return Dispatch.apply(BinaryOps.MUL, self(), other);
    }

    /** self / other, element by element; always floating point. */
    public final Tensor div(Tensor other) {
        return Dispatch.apply(BinaryOps.DIV, self(), other);
    }

    /** self / other; always floating point. */
    public final Tensor div(Number other) {
        return Dispatch.apply(BinaryOps.DIV, self(), other);
    }

    /** other / self; always floating point. */
    public final Tensor rdiv(Number other) {
        return Dispatch.apply(BinaryOps.DIV, other, self());
    }

    /** self to the power of other, element by element. */
    public final Tensor pow(Tensor exponent) {
        return Dispatch.apply(BinaryOps.POW, self(), exponent);
    }

    /** self to the power of a number. */
    public final Tensor pow(Number exponent) {
        return Dispatch.apply(PowOps.POW_NUMBER, exponent, self());
    }

    /** A number to the power of each element. */
    public final Tensor rpow(Number base) {
        return Dispatch.apply(BinaryOps.POW, base, self());
    }

    /** The larger of self and other, element by element; NaN if either is NaN. */
    public final Tensor maximum(Tensor other) {
        return Dispatch.apply(BinaryOps.MAXIMUM, self(), other);
    }

    /** The smaller of self and other, element by element; NaN if either is NaN. */
    public final Tensor minimum(Tensor other) {
        return Dispatch.apply(BinaryOps.MINIMUM, self(), other);
    }

    /** Each element moved into [min, max]; either may be null for no bound. */
    public final Tensor clamp(Number min, Number max) {
        Clamping bounds = Clamping.of(dtype(), min, max);
        return Dispatch.apply(TernaryOps.CLAMP, bounds.type(), self(), bounds.low(), bounds.high());
    }

    /** Each element moved to at least {@code min}. */
    public final Tensor clampMin(Number min) {
        return clamp(min, null);
    }

    /** Each element moved to at most {@code max}. */
    public final Tensor clampMax(Number max) {
        return clamp(null, max);
    }

    final DType scaledType(String op, Tensor other, Number alpha) {
        DType type = Promotion.resultType(self(), other);
        if (!type.isFloatingPoint() && Promotion.typeOf(alpha).isFloatingPoint()) {
            throw Check.dtype(op, "alpha must be a whole number for integer tensors")
                    .got(alpha)
                    .operand("self", dtype(), sizes())
                    .operand("other", other.dtype(), other.sizes())
                    .error();
        }
        return type;
    }

    static Number negated(Number alpha) {
        return alpha instanceof Double || alpha instanceof Float
                ? (Number) (-alpha.doubleValue())
                : (Number) (-alpha.longValue());
    }

    // ------------------------------------------------------------------ comparisons

    /** BOOL: self = other. */
    public final Tensor eq(Tensor other) {
        return Dispatch.apply(CompareOps.EQ, self(), other);
    }

    /** BOOL: self = other. */
    public final Tensor eq(Number other) {
        return Dispatch.apply(CompareOps.EQ, self(), other);
    }

    /** BOOL: self ≠ other. */
    public final Tensor ne(Tensor other) {
        return Dispatch.apply(CompareOps.NE, self(), other);
    }

    /** BOOL: self ≠ other. */
    public final Tensor ne(Number other) {
        return Dispatch.apply(CompareOps.NE, self(), other);
    }

    /** BOOL: self &lt; other. */
    public final Tensor lt(Tensor other) {
        return Dispatch.apply(CompareOps.LT, self(), other);
    }

    /** BOOL: self &lt; other. */
    public final Tensor lt(Number other) {
        return Dispatch.apply(CompareOps.LT, self(), other);
    }

    /** BOOL: self ≤ other. */
    public final Tensor le(Tensor other) {
        return Dispatch.apply(CompareOps.LE, self(), other);
    }

    /** BOOL: self ≤ other. */
    public final Tensor le(Number other) {
        return Dispatch.apply(CompareOps.LE, self(), other);
    }

    /** BOOL: self &gt; other. */
    public final Tensor gt(Tensor other) {
        return Dispatch.apply(CompareOps.GT, self(), other);
    }

    /** BOOL: self &gt; other. */
    public final Tensor gt(Number other) {
        return Dispatch.apply(CompareOps.GT, self(), other);
    }

    /** BOOL: self ≥ other. */
    public final Tensor ge(Tensor other) {
        return Dispatch.apply(CompareOps.GE, self(), other);
    }

    /** BOOL: self ≥ other. */
    public final Tensor ge(Number other) {
        return Dispatch.apply(CompareOps.GE, self(), other);
    }
}
