package dev.lanewise;

import dev.lanewise.internal.shape.View;
import dev.lanewise.internal.storage.Storage;
import dev.lanewise.op.BitOps;
import dev.lanewise.op.CompareOps;
import dev.lanewise.op.InPlace;
import dev.lanewise.op.LogicOps;
import dev.lanewise.op.UnaryOps;

/**
 * The in-place forms of logic, bits and comparisons, and of some functions of one tensor. Truth is written as 1 and 0 of the
 * tensor's own dtype, and no gradient flows through it.
 */
abstract class TensorLogicChanges extends TensorChanges {
    TensorLogicChanges(Storage storage, View view, Tensor base) {
        super(storage, view, base);
    }

    private Tensor self() {
        return (Tensor) this;
    }

    // ------------------------------------------------------------------ logic and bits

    /** Replaces each element by whether neither it nor that of other is 0. */
    public final Tensor logicalAnd_(Tensor other) {
        return InPlace.apply(LogicOps.LOGICAL_AND, self(), other);
    }

    /** Replaces each element by whether it and that of other are not both 0. */
    public final Tensor logicalOr_(Tensor other) {
        return InPlace.apply(LogicOps.LOGICAL_OR, self(), other);
    }

    /** Replaces each element by whether one of it and that of other is 0. */
    public final Tensor logicalXor_(Tensor other) {
        return InPlace.apply(LogicOps.LOGICAL_XOR, self(), other);
    }

    /** Replaces each element by whether it is 0. */
    public final Tensor logicalNot_() {
        return InPlace.copy("logicalNot_", self(), self().detach().eq(0));
    }

    /** Keeps the bits that are set in other too. */
    public final Tensor bitwiseAnd_(Tensor other) {
        return InPlace.apply(BitOps.BITWISE_AND, self(), other);
    }

    /** Keeps the bits that are set in a whole number too. */
    public final Tensor bitwiseAnd_(Number other) {
        return InPlace.apply(BitOps.BITWISE_AND, self(), other);
    }

    /** Sets the bits that are set in other. */
    public final Tensor bitwiseOr_(Tensor other) {
        return InPlace.apply(BitOps.BITWISE_OR, self(), other);
    }

    /** Sets the bits that are set in a whole number. */
    public final Tensor bitwiseOr_(Number other) {
        return InPlace.apply(BitOps.BITWISE_OR, self(), other);
    }

    /** Turns the bits that are set in other. */
    public final Tensor bitwiseXor_(Tensor other) {
        return InPlace.apply(BitOps.BITWISE_XOR, self(), other);
    }

    /** Turns the bits that are set in a whole number. */
    public final Tensor bitwiseXor_(Number other) {
        return InPlace.apply(BitOps.BITWISE_XOR, self(), other);
    }

    /** Multiplies by 2^other, wrapping. */
    public final Tensor bitwiseLeftShift_(Tensor other) {
        return InPlace.apply(BitOps.BITWISE_LEFT_SHIFT, self(), other);
    }

    /** Multiplies by 2^other, wrapping. */
    public final Tensor bitwiseLeftShift_(Number other) {
        return InPlace.apply(BitOps.BITWISE_LEFT_SHIFT, self(), other);
    }

    /** Divides by 2^other and rounds down. */
    public final Tensor bitwiseRightShift_(Tensor other) {
        return InPlace.apply(BitOps.BITWISE_RIGHT_SHIFT, self(), other);
    }

    /** Divides by 2^other and rounds down. */
    public final Tensor bitwiseRightShift_(Number other) {
        return InPlace.apply(BitOps.BITWISE_RIGHT_SHIFT, self(), other);
    }

    // ------------------------------------------------------------------ comparisons

    /** Replaces each element by whether self = other. */
    public final Tensor eq_(Tensor other) {
        return InPlace.apply(CompareOps.EQ, self(), other);
    }

    /** Replaces each element by whether self = other. */
    public final Tensor eq_(Number other) {
        return InPlace.apply(CompareOps.EQ, self(), other);
    }

    /** Replaces each element by whether self ≠ other. */
    public final Tensor ne_(Tensor other) {
        return InPlace.apply(CompareOps.NE, self(), other);
    }

    /** Replaces each element by whether self ≠ other. */
    public final Tensor ne_(Number other) {
        return InPlace.apply(CompareOps.NE, self(), other);
    }

    /** Replaces each element by whether self &lt; other. */
    public final Tensor lt_(Tensor other) {
        return InPlace.apply(CompareOps.LT, self(), other);
    }

    /** Replaces each element by whether self &lt; other. */
    public final Tensor lt_(Number other) {
        return InPlace.apply(CompareOps.LT, self(), other);
    }

    /** Replaces each element by whether self ≤ other. */
    public final Tensor le_(Tensor other) {
        return InPlace.apply(CompareOps.LE, self(), other);
    }

    /** Replaces each element by whether self ≤ other. */
    public final Tensor le_(Number other) {
        return InPlace.apply(CompareOps.LE, self(), other);
    }

    /** Replaces each element by whether self &gt; other. */
    public final Tensor gt_(Tensor other) {
        return InPlace.apply(CompareOps.GT, self(), other);
    }

    /** Replaces each element by whether self &gt; other. */
    public final Tensor gt_(Number other) {
        return InPlace.apply(CompareOps.GT, self(), other);
    }

    /** Replaces each element by whether self ≥ other. */
    public final Tensor ge_(Tensor other) {
        return InPlace.apply(CompareOps.GE, self(), other);
    }

    /** Replaces each element by whether self ≥ other. */
    public final Tensor ge_(Number other) {
        return InPlace.apply(CompareOps.GE, self(), other);
    }

    // ------------------------------------------------------------------ functions of one tensor

    /** Replaces each element by its sign: -1, 0 or 1. */
    public final Tensor sign_() {
        return InPlace.apply(UnaryOps.SIGN, self());
    }

    // ------------------------------------------------------------------ sizes

    /** Exchanges rows and columns of this matrix itself; the elements stay where they are. */
    public final Tensor t_() {
        return InPlace.turn("t_", self(), self().t());
    }

    /** Exchanges two dimensions of this tensor itself; the elements stay where they are. */
    public final Tensor transpose_(int dim0, int dim1) {
        return InPlace.turn("transpose_", self(), self().transpose(dim0, dim1));
    }

    /** Gives this tensor itself a new dimension of size 1 at a place. */
    public final Tensor unsqueeze_(int dim) {
        return InPlace.turn("unsqueeze_", self(), self().unsqueeze(dim));
    }

    /** Drops the dimensions of size 1 of this tensor itself. */
    public final Tensor squeeze_() {
        return InPlace.turn("squeeze_", self(), self().squeeze());
    }

    /** Drops a dimension of this tensor itself if its size is 1. */
    public final Tensor squeeze_(int dim) {
        return InPlace.turn("squeeze_", self(), self().squeeze(dim));
    }
}
