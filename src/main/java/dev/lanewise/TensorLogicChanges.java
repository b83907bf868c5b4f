package dev.lanewise;

import dev.lanewise.internal.shape.View;
import dev.lanewise.internal.storage.Storage;
import dev.lanewise.op.BitOps;
import dev.lanewise.op.CompareOps;
import dev.lanewise.op.InPlace;
import dev.lanewise.op.LogicOps;
import dev.lanewise.op.PredicateOps;

/**
 * The in-place forms of logic, bits and comparisons. Truth is written as 1 and 0 of the tensor's own dtype, and no gradient
 * flows through it.
 */
abstract class TensorLogicChanges extends TensorLogic {
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
        return InPlace.apply(PredicateOps.LOGICAL_NOT, self(), self());
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
}
