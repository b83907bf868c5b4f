package dev.lanewise;

import dev.lanewise.internal.error.Check;
import dev.lanewise.internal.shape.View;
import dev.lanewise.internal.storage.Storage;
import dev.lanewise.op.BinaryOps;
import dev.lanewise.op.InPlace;
import dev.lanewise.op.PowOps;
import dev.lanewise.op.TernaryOps;
import dev.lanewise.op.UnaryOps;

/**
 * Operations that change the tensor itself, and return it. Each is the in-place form of the method without underscore; the
 * result must fit the tensor's shape and dtype, and a leaf that requires grad is refused.
 */
abstract class TensorInPlace extends TensorViews {
    TensorInPlace(Storage storage, View view, Tensor base) {
        super(storage, view, base);
    }

    private Tensor self() {
        return (Tensor) this;
    }

    /** Adds a tensor, broadcast to this one. */
    public final Tensor add_(Tensor other) {
        return InPlace.apply(BinaryOps.ADD, self(), other);
    }

    /** Adds a number. */
    public final Tensor add_(Number other) {
        return InPlace.apply(BinaryOps.ADD, self(), other);
    }

    /** Adds alpha · other, with one rounding. */
    public final Tensor add_(Tensor other, Number alpha) {
        DType type = ((TensorMath) this).scaledType("add_", other, alpha);
        Tensor factor = Operands.fitting("add_", "alpha", type, alpha);
        return InPlace.apply(TernaryOps.ADD_SCALED, type, self(), other, factor);
    }

    /** Subtracts a tensor, broadcast to this one. */
    public final Tensor sub_(Tensor other) {
        Operands.refuseBooleans("sub_", self(), other);
        return InPlace.apply(BinaryOps.SUB, self(), other);
    }

    /** Subtracts a number. */
    public final Tensor sub_(Number other) {
        Operands.refuseBooleans("sub_", self(), null);
        return InPlace.apply(BinaryOps.SUB, self(), other);
    }

    /** Subtracts alpha · other, with one rounding. */
    public final Tensor sub_(Tensor other, Number alpha) {
        Operands.refuseBooleans("sub_", self(), other);
        DType type = ((TensorMath) this).scaledType("sub_", other, alpha);
        Tensor factor = Operands.fitting("sub_", "alpha", type, TensorMath.negated(alpha));
        return InPlace.apply(TernaryOps.ADD_SCALED, type, self(), other, factor);
    }

    /** Multiplies by a tensor, broadcast to this one. */
    public final Tensor mul_(Tensor other) {
        return InPlace.apply(BinaryOps.MUL, self(), other);
    }

    /** Multiplies by a number. */
    public final Tensor mul_(Number other) {
        return InPlace.apply(BinaryOps.MUL, self(), other);
    }

    /** Divides by a tensor, broadcast to this one. */
    public final Tensor div_(Tensor other) {
        return InPlace.apply(BinaryOps.DIV, self(), other);
    }

    /** Divides by a number. */
    public final Tensor div_(Number other) {
        return InPlace.apply(BinaryOps.DIV, self(), other);
    }

    /** Raises to the power of a number. */
    public final Tensor pow_(Number exponent) {
        PowOps.checkExponent("pow_", self(), exponent);
        return InPlace.apply(BinaryOps.POW, self(), exponent);
    }

    /** Replaces each element by its absolute value. */
    public final Tensor abs_() {
        return InPlace.apply(UnaryOps.ABS, self());
    }

    /** Replaces each element by its sign: -1, 0 or 1. */
    public final Tensor sign_() {
        return InPlace.apply(UnaryOps.SIGN, self());
    }

    /** Replaces each element by its negative. */
    public final Tensor neg_() {
        return InPlace.apply(UnaryOps.NEG, self());
    }

    /** Replaces each element by its square root. */
    public final Tensor sqrt_() {
        return InPlace.apply(UnaryOps.SQRT, self());
    }

    /** Replaces each element by its square. */
    public final Tensor square_() {
        return InPlace.apply(UnaryOps.SQUARE, self());
    }

    /** Replaces each element x by e^x. */
    public final Tensor exp_() {
        return InPlace.apply(UnaryOps.EXP, self());
    }

    /** Replaces each element by its natural logarithm. */
    public final Tensor log_() {
        return InPlace.apply(UnaryOps.LOG, self());
    }

    /** Replaces each element x by max(x, 0). */
    public final Tensor relu_() {
        return InPlace.apply(UnaryOps.RELU, self());
    }

    /** Replaces each element x by 1 / (1 + e^-x). */
    public final Tensor sigmoid_() {
        return InPlace.apply(UnaryOps.SIGMOID, self());
    }

    /** Replaces each element by its hyperbolic tangent. */
    public final Tensor tanh_() {
        return InPlace.apply(UnaryOps.TANH, self());
    }

    /** Moves each element into [min, max]; either may be null for no bound. */
    public final Tensor clamp_(Number min, Number max) {
        Clamping bounds = Clamping.of(dtype(), min, max);
        return InPlace.apply(TernaryOps.CLAMP, bounds.type(), self(), bounds.low(), bounds.high());
    }

    /** Sets every element to a number. */
    public final Tensor fill_(Number value) {
        return InPlace.fill(self(), Operands.checked("fill_", "value", dtype(), value));
    }

    /** Sets every element to the value of a 0-d tensor. */
    public final Tensor fill_(Tensor value) {
        if (value.dim() != 0) {
            throw Check.shape("fill_", "the value must be a number or a 0-d tensor")
                    .operand("value", value.dtype(), value.sizes())
                    .hint("Use copy_ for a tensor of values.")
                    .error();
        }
        return InPlace.copy("fill_", self(), value);
    }

    /** Sets every element to 0. */
    public final Tensor zero_() {
        return fill_(0);
    }

    /** Copies the elements of another tensor, broadcast and converted. */
    public final Tensor copy_(Tensor source) {
        return InPlace.copy(self(), source);
    }
}
