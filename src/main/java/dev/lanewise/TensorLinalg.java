package dev.lanewise;

import dev.lanewise.internal.shape.View;
import dev.lanewise.internal.storage.Storage;

/** The methods of linear algebra that tensors have themselves; {@link Linalg} has all. */
abstract class TensorLinalg extends TensorProducts {
    TensorLinalg(Storage storage, View view, Tensor base) {
        super(storage, view, base);
    }

    private Tensor self() {
        return (Tensor) this;
    }

    /** The inverses of square matrices; see {@link Linalg#inv}. */
    public final Tensor inverse() {
        return LinalgSystems.inv("inverse", self());
    }

    /** The determinants of square matrices; see {@link Linalg#det}. */
    public final Tensor det() {
        return Linalg.det(self());
    }

    /** The signs of determinants and the logarithms of their absolute values; see {@link Linalg#slogdet}. */
    public final Slogdet slogdet() {
        return Linalg.slogdet(self());
    }

    /** The logarithms of determinants; NaN where one is negative, -Inf where it is 0. */
    public final Tensor logdet() {
        Slogdet parts = Linalg.slogdet(self());
        Tensor nan = Tensor.scalar(dtype(), Double.NaN);
        return Tensor.where(parts.sign().eq(-1), nan, parts.logabsdet());
    }

    /** The exponentials of square matrices; see {@link Linalg#matrixExp}. */
    public final Tensor matrixExp() {
        return Linalg.matrixExp(self());
    }

    /** The lower triangular factor of positive definite matrices; see {@link Linalg#cholesky(Tensor, boolean)}. */
    public final Tensor cholesky() {
        return Linalg.cholesky(self());
    }

    /** The lower or upper triangular factor of positive definite matrices. */
    public final Tensor cholesky(boolean upper) {
        return Linalg.cholesky(self(), upper);
    }

    /** The solution X of {@code A X = self} for {@code A = L Lᵀ}, given L. */
    public final Tensor choleskySolve(Tensor factor) {
        return choleskySolve(factor, false);
    }

    /** The solution X of {@code A X = self}, given the factor of {@code A = L Lᵀ}, or {@code A = Uᵀ U} if upper. */
    public final Tensor choleskySolve(Tensor factor, boolean upper) {
        return LinalgSystems.choleskySolve(self(), factor, upper);
    }

    /** The inverse of {@code A = L Lᵀ}, where this tensor is L. */
    public final Tensor choleskyInverse() {
        return choleskyInverse(false);
    }

    /** The inverse of A, where this tensor is the factor of {@code A = L Lᵀ}, or of {@code A = Uᵀ U} if upper. */
    public final Tensor choleskyInverse(boolean upper) {
        return LinalgSystems.choleskyInverse(self(), upper);
    }

    /** {@code A = Q R}; see {@link Linalg#qr(Tensor, String)}. */
    public final Qr qr() {
        return Linalg.qr(self());
    }

    /** {@code A = Q R} in reduced form, or with square Q if not {@code some}. */
    public final Qr qr(boolean some) {
        return Linalg.qr(self(), some ? "reduced" : "complete");
    }

    /** {@link Linalg#svd(Tensor, boolean)} with as many singular vectors as values; the third result is Vᵀ, not V. */
    public final Svd svd() {
        return Linalg.svd(self(), false);
    }

    /** The pseudo-inverse; singular values up to 1e-15 times the largest count as zero. */
    public final Tensor pinverse() {
        return pinverse(1e-15);
    }

    /** The pseudo-inverse; singular values up to {@code rcond} times the largest count as zero. */
    public final Tensor pinverse(Number rcond) {
        return Linalg.pinv(self(), null, rcond, false);
    }

    /** The cross products along the first dimension of size 3; the other dimensions are broadcast. */
    public final Tensor cross(Tensor other) {
        return LinalgSystems.cross(self(), other);
    }

    /** The cross products of the vectors of 3 elements along a dimension; the others are broadcast. */
    public final Tensor cross(Tensor other, int dim) {
        return Linalg.cross(self(), other, dim);
    }

    /** The solution X of {@code A X = self} for A given by {@link Linalg#luFactor}. */
    public final Tensor luSolve(Tensor lu, Tensor pivots) {
        return Linalg.luSolve(lu, pivots, self(), true, false);
    }
}
