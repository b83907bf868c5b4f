package dev.lanewise;

import dev.lanewise.internal.error.Check;
import dev.lanewise.internal.shape.View;
import dev.lanewise.internal.storage.Storage;
import dev.lanewise.op.AddProductOps;
import dev.lanewise.op.AddProductOps.Scales;
import dev.lanewise.op.ChainProduct;
import dev.lanewise.op.Contraction;
import dev.lanewise.op.Dispatch;
import dev.lanewise.op.Einsum;
import dev.lanewise.op.InPlace;
import dev.lanewise.op.StructuredOp;

/** Products of matrices and vectors beyond matmul. */
abstract class TensorProducts extends TensorIndexing {
    TensorProducts(Storage storage, View view, Tensor base) {
        super(storage, view, base);
    }

    private Tensor self() {
        return (Tensor) this;
    }

    // ------------------------------------------------------------------ sums with a product

    /** {@code this + a · b} for matrices; this tensor is broadcast to the product. */
    public final Tensor addmm(Tensor a, Tensor b) {
        return plus(AddProductOps.ADDMM, a, b, 1, 1);
    }

    /** {@code beta · this + alpha · (a · b)} for matrices; with beta 0 this tensor is not read. */
    public final Tensor addmm(Tensor a, Tensor b, Number beta, Number alpha) {
        return plus(AddProductOps.ADDMM, a, b, beta, alpha);
    }

    /** {@code this + a · b} for a matrix and a vector. */
    public final Tensor addmv(Tensor a, Tensor b) {
        return plus(AddProductOps.ADDMV, a, b, 1, 1);
    }

    /** {@code beta · this + alpha · (a · b)} for a matrix and a vector. */
    public final Tensor addmv(Tensor a, Tensor b, Number beta, Number alpha) {
        return plus(AddProductOps.ADDMV, a, b, beta, alpha);
    }

    /** {@code this + a ⊗ b} for vectors. */
    public final Tensor addr(Tensor a, Tensor b) {
        return plus(AddProductOps.ADDR, a, b, 1, 1);
    }

    /** {@code beta · this + alpha · (a ⊗ b)} for vectors. */
    public final Tensor addr(Tensor a, Tensor b, Number beta, Number alpha) {
        return plus(AddProductOps.ADDR, a, b, beta, alpha);
    }

    /** {@code this + aᵢ · bᵢ} for each matrix of two batches. */
    public final Tensor baddbmm(Tensor a, Tensor b) {
        return plus(AddProductOps.BADDBMM, a, b, 1, 1);
    }

    /** {@code beta · this + alpha · (aᵢ · bᵢ)} for each matrix of two batches. */
    public final Tensor baddbmm(Tensor a, Tensor b, Number beta, Number alpha) {
        return plus(AddProductOps.BADDBMM, a, b, beta, alpha);
    }

    /** {@code this + Σ aᵢ · bᵢ} over two batches of matrices. */
    public final Tensor addbmm(Tensor a, Tensor b) {
        return plus(AddProductOps.ADDBMM, a, b, 1, 1);
    }

    /** {@code beta · this + alpha · Σ aᵢ · bᵢ} over two batches of matrices. */
    public final Tensor addbmm(Tensor a, Tensor b, Number beta, Number alpha) {
        return plus(AddProductOps.ADDBMM, a, b, beta, alpha);
    }

    /** Replaces this matrix by {@code beta · this + alpha · (a · b)}. */
    public final Tensor addmm_(Tensor a, Tensor b, Number beta, Number alpha) {
        return InPlace.copy("addmm_", self(), same("addmm_", addmm(a, b, beta, alpha)));
    }

    /** Replaces this vector by {@code beta · this + alpha · (a · b)}. */
    public final Tensor addmv_(Tensor a, Tensor b, Number beta, Number alpha) {
        return InPlace.copy("addmv_", self(), same("addmv_", addmv(a, b, beta, alpha)));
    }

    /** Replaces this matrix by {@code beta · this + alpha · (a ⊗ b)}. */
    public final Tensor addr_(Tensor a, Tensor b, Number beta, Number alpha) {
        return InPlace.copy("addr_", self(), same("addr_", addr(a, b, beta, alpha)));
    }

    /** Replaces this batch by {@code beta · this + alpha · (aᵢ · bᵢ)}. */
    public final Tensor baddbmm_(Tensor a, Tensor b, Number beta, Number alpha) {
        return InPlace.copy("baddbmm_", self(), same("baddbmm_", baddbmm(a, b, beta, alpha)));
    }

    /** Replaces this matrix by {@code beta · this + alpha · Σ aᵢ · bᵢ}. */
    public final Tensor addbmm_(Tensor a, Tensor b, Number beta, Number alpha) {
        return InPlace.copy("addbmm_", self(), same("addbmm_", addbmm(a, b, beta, alpha)));
    }

    // ------------------------------------------------------------------ products

    /** The products of all elements of this vector with all of another: {@code [n] ⊗ [m]} gives {@code [n, m]}. */
    public final Tensor outer(Tensor other) {
        if (dim() != 1 || other.dim() != 1) {
            throw Check.shape("outer", "both operands must be vectors")
                    .operand("self", dtype(), sizes())
                    .operand("other", other.dtype(), other.sizes())
                    .hint("Use kron for other ranks.")
                    .error();
        }
        return self().unsqueeze(1).mul(other);
    }

    /** Another name of {@link #outer}. */
    public final Tensor ger(Tensor other) {
        return outer(other);
    }

    /** The inner product of two vectors, 0-d; for real numbers the same as {@link #dot}. */
    public final Tensor vdot(Tensor other) {
        return self().dot(other);
    }

    /** The sums of products over the last dimension of both; a 0-d tensor just multiplies. */
    public final Tensor inner(Tensor other) {
        return Contraction.inner(self(), other);
    }

    /** The Kronecker product: each element of this tensor times the whole other one, laid out as blocks. */
    public final Tensor kron(Tensor other) {
        return Contraction.kron(self(), other);
    }

    /** The sums of products over the last {@code dims} dimensions of this tensor and the first ones of the other. */
    public final Tensor tensordot(Tensor other, int dims) {
        return Contraction.tensordot(self(), other, dims);
    }

    /** The sums of products over the given dimensions of this tensor and as many of the other. */
    public final Tensor tensordot(Tensor other, int[] dims, int[] otherDims) {
        return Contraction.tensordot(self(), other, dims, otherDims);
    }

    /**
     * Sums of products in Einstein's notation: {@code Tensor.einsum("ij,jk->ik", a, b)}.
     *
     * <p>A label in several terms multiplies, one that the result does not have is summed over, one that stands twice in a
     * term takes the diagonal, and an ellipsis stands for further dimensions, which broadcast. Without an arrow the result
     * has the labels that occur once, in alphabetical order.
     */
    public static Tensor einsum(String equation, Tensor... operands) {
        return Einsum.einsum(equation, operands);
    }

    /** The product of two or more matrices, multiplied in the order that needs the fewest operations. */
    public static Tensor chainMatmul(Tensor... matrices) {
        return ChainProduct.of("chainMatmul", matrices);
    }

    private Tensor plus(StructuredOp<Scales> op, Tensor a, Tensor b, Number beta, Number alpha) {
        return Dispatch.apply(op, new Scales(beta, alpha), self(), a, b);
    }

    private Tensor same(String op, Tensor result) {
        if (!result.shape().equals(shape())) {
            throw Check.shape(op, "self must have the shape of the result")
                    .expected(result.shape())
                    .operand("self", dtype(), sizes())
                    .hint("Use the form without underscore to broadcast self.")
                    .error();
        }
        return result;
    }
}
