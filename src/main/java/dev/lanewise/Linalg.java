package dev.lanewise;

import dev.lanewise.op.ChainProduct;
import dev.lanewise.op.Decompositions;
import dev.lanewise.op.Dispatch;
import dev.lanewise.op.LinalgInputs;
import dev.lanewise.op.LinalgOps;

/**
 * Linear algebra on matrices and batches of matrices: {@code torch.linalg}.
 *
 * <p>A matrix is the last two dimensions of a tensor; those before are batches. FLOAT32 and FLOAT64 are taken; FLOAT32 is
 * computed in double and rounded once. Results are new tensors in column-major order, as PyTorch's, and part of the graph
 * unless said. A matrix for which there is no result is refused with IllegalArgumentException that names its place in the
 * batch; other shapes than those said give {@link ShapeException}, other dtypes {@link DTypeException}.
 */
public final class Linalg {
    private Linalg() {}

    /** The Euclidean norm √Σ x² of all elements, 0-d; floating point only. */
    public static Tensor vectorNorm(Tensor x) {
        return vectorNorm(x, 2, null, false, null);
    }

    /**
     * The norms (Σ |x|^ord)^(1/ord) along dimensions, as {@link Tensor#norm(Number, int[], boolean, DType)}.
     *
     * @param ord the order; 0 counts what is not 0, ±infinity takes the largest or smallest |x|
     * @param dims null or empty means all
     * @param dtype what the elements are converted to first; null means their own
     */
    public static Tensor vectorNorm(Tensor x, Number ord, int[] dims, boolean keepDim, DType dtype) {
        return x.norm(ord, dims, keepDim, dtype);
    }

    // ------------------------------------------------------------------ square matrices

    /** The inverses of square matrices; refuses singular ones. */
    public static Tensor inv(Tensor a) {
        return LinalgSystems.inv("inv", a);
    }

    /** The inverses of square matrices, and for each the first zero diagonal element of U in P L U, from 1, or 0. */
    public static ResultInfo invEx(Tensor a) {
        return LinalgSystems.invEx("invEx", a);
    }

    /** The determinants of square matrices; 1 for matrices without elements. */
    public static Tensor det(Tensor a) {
        LinalgInputs.square("det", a);
        return Dispatch.apply(LinalgOps.DET, null, a);
    }

    /** The signs of determinants, and the logarithms of their absolute values, which do not overflow. */
    public static Slogdet slogdet(Tensor a) {
        LinalgInputs.square("slogdet", a);
        return new Slogdet(LinalgOps.sign(a), Dispatch.apply(LinalgOps.SLOGDET, null, a));
    }

    /** The exponentials {@code I + A + A²/2 + …} of square matrices. Source: Higham 2005. */
    public static Tensor matrixExp(Tensor a) {
        LinalgInputs.square("matrixExp", a);
        return Dispatch.apply(LinalgOps.MATRIX_EXP, null, a);
    }

    /** The product of two or more matrices, multiplied in the cheapest order; the first and the last may be vectors. */
    public static Tensor multiDot(Tensor... matrices) {
        return ChainProduct.of("multiDot", matrices);
    }

    // ------------------------------------------------------------------ systems

    /** The solution X of {@code A X = B}; see {@link #solve(Tensor, Tensor, boolean)}. */
    public static Tensor solve(Tensor a, Tensor b) {
        return solve(a, b, true);
    }

    /**
     * The solution X of {@code A X = B}, or of {@code X A = B} if not {@code left}, for square A; refuses singular ones.
     *
     * @param b matrices, or vectors if it is 1-d or has the shape of A without its last dimension; batches are broadcast
     */
    public static Tensor solve(Tensor a, Tensor b, boolean left) {
        return LinalgSystems.solve(a, b, left);
    }

    /** The solution X of {@code A X = B} for A triangular; the other triangle is not read. */
    public static Tensor solveTriangular(Tensor a, Tensor b, boolean upper) {
        return solveTriangular(a, b, upper, true, false);
    }

    /**
     * The solution X of {@code A X = B}, or of {@code X A = B} if not {@code left}, for A triangular.
     *
     * <p>The other triangle is not read. Batches are broadcast. A zero on the diagonal gives elements that are not finite.
     *
     * @param unitriangular takes the diagonal of A as ones
     */
    public static Tensor solveTriangular(Tensor a, Tensor b, boolean upper, boolean left, boolean unitriangular) {
        return LinalgSystems.solveTriangular(a, b, upper, left, unitriangular);
    }

    /** The least-squares solution of {@code A X = B} with driver {@code gelsy}. */
    public static Lstsq lstsq(Tensor a, Tensor b) {
        return lstsq(a, b, null, null);
    }

    /**
     * The X of least norm that minimises the Frobenius norm of {@code A X - B}.
     *
     * @param b matrices, or vectors if it has the shape of A without its last dimension; batches are broadcast
     * @param rcond singular values up to {@code rcond} times the largest count as zero; null for max(m, n) ulps of 1
     * @param driver which of the other results there are, as the LAPACK routine {@code gels}, {@code gelsy} (also if
     *     null), {@code gelsd} or {@code gelss} has them; all are computed from the singular value decomposition
     */
    public static Lstsq lstsq(Tensor a, Tensor b, Number rcond, String driver) {
        return LinalgSpectra.lstsq(a, b, rcond, driver);
    }

    // ------------------------------------------------------------------ decompositions

    /** The lower triangular L of {@code A = L Lᵀ}. */
    public static Tensor cholesky(Tensor a) {
        return cholesky(a, false);
    }

    /**
     * The triangular factor of symmetric positive definite matrices; refuses others.
     *
     * @param upper gives the upper triangular U of {@code A = Uᵀ U} and reads the upper triangle of A, else the lower
     */
    public static Tensor cholesky(Tensor a, boolean upper) {
        return LinalgSystems.cholesky(a, upper);
    }

    /** The triangular factors, and for each matrix the order of its first leading minor that is not positive, or 0. */
    public static ResultInfo choleskyEx(Tensor a, boolean upper) {
        return LinalgSystems.choleskyEx("choleskyEx", a, upper);
    }

    /** {@code A = Q R} with as many columns of Q as A has rows or columns, whichever is less. */
    public static Qr qr(Tensor a) {
        return qr(a, "reduced");
    }

    /**
     * {@code A = Q R} by Householder reflections; the diagonal of R may be negative.
     *
     * @param mode {@code reduced}; {@code complete} for a square Q, which has no derivative for tall matrices; or
     *     {@code r} for R alone
     */
    public static Qr qr(Tensor a, String mode) {
        return LinalgSpectra.qr(a, mode);
    }

    /** {@code A = P L U} with row exchanges, in compact form. */
    public static LuFactor luFactor(Tensor a) {
        return luFactor(a, true);
    }

    /** {@code A = P L U} in compact form; without row exchanges if not {@code pivot}. */
    public static LuFactor luFactor(Tensor a, boolean pivot) {
        LinalgInputs.matrices("luFactor", a);
        return Decompositions.lu(a, pivot, LinalgInputs.room(a));
    }

    /** {@code A = P L U} with row exchanges. */
    public static Lu lu(Tensor a) {
        return lu(a, true);
    }

    /** {@code A = P L U}; P has no elements if not {@code pivot}. */
    public static Lu lu(Tensor a, boolean pivot) {
        return LinalgSystems.lu(a, pivot);
    }

    /**
     * The solution X of {@code A X = B}, or of {@code X A = B} if not {@code left}, for A given by {@link #luFactor}.
     *
     * @param adjoint takes the transposed A
     */
    public static Tensor luSolve(Tensor lu, Tensor pivots, Tensor b, boolean left, boolean adjoint) {
        return LinalgSystems.luSolve(lu, pivots, b, left, adjoint);
    }

    /** {@code A = U diag(S) Vᵀ} with all singular vectors. */
    public static Svd svd(Tensor a) {
        return svd(a, true);
    }

    /**
     * {@code A = U diag(S) Vᵀ}; the sign of each pair of singular vectors is free.
     *
     * <p>Refuses matrices with elements that are not finite. The derivative through U and Vᵀ exists where the singular
     * values differ, for the vectors that belong to singular values. Source: Demmel and Veselić 1992.
     *
     * @param fullMatrices gives square U and Vᵀ, else as many vectors as there are singular values
     */
    public static Svd svd(Tensor a, boolean fullMatrices) {
        LinalgInputs.matrices("svd", a);
        return Decompositions.svd(a, fullMatrices);
    }

    /** The singular values in descending order. */
    public static Tensor svdvals(Tensor a) {
        LinalgInputs.matrices("svdvals", a);
        return Decompositions.singularValues(a);
    }

    /** Eigenvalues and eigenvectors of symmetric matrices, of which the lower triangle is read. */
    public static Eigh eigh(Tensor a) {
        return eigh(a, "L");
    }

    /**
     * {@code A = V diag(w) Vᵀ} of symmetric matrices; the sign of each eigenvector is free.
     *
     * <p>Refuses matrices with elements that are not finite. The derivative through V exists where the eigenvalues differ.
     *
     * @param uplo {@code L} or {@code U}: the triangle that is read
     */
    public static Eigh eigh(Tensor a, String uplo) {
        return Decompositions.eigh(a, LinalgSpectra.triangle("eigh", a, uplo));
    }

    /** The eigenvalues of symmetric matrices in ascending order; the lower triangle is read. */
    public static Tensor eigvalsh(Tensor a) {
        return eigvalsh(a, "L");
    }

    /** The eigenvalues of symmetric matrices in ascending order; {@code uplo} is the triangle that is read, L or U. */
    public static Tensor eigvalsh(Tensor a, String uplo) {
        return Decompositions.eigenvalues(a, LinalgSpectra.triangle("eigvalsh", a, uplo));
    }

    // ------------------------------------------------------------------ pseudo-inverse, rank, condition

    /** The pseudo-inverse; singular values up to max(m, n) ulps of the largest count as zero. */
    public static Tensor pinv(Tensor a) {
        return pinv(a, false);
    }

    /** The pseudo-inverse; of a symmetric matrix if {@code hermitian}, of which the lower triangle is read. */
    public static Tensor pinv(Tensor a, boolean hermitian) {
        return LinalgSpectra.pinv(a, (Number) null, null, hermitian);
    }

    /** The pseudo-inverse; singular values up to the larger of {@code atol} and {@code rtol} times the largest are zero. */
    public static Tensor pinv(Tensor a, Number atol, Number rtol, boolean hermitian) {
        return LinalgSpectra.pinv(a, atol, rtol, hermitian);
    }

    /** The pseudo-inverse with bounds of their own for every matrix of a batch; either may be null. */
    public static Tensor pinv(Tensor a, Tensor atol, Tensor rtol, boolean hermitian) {
        return LinalgSpectra.pinv(a, atol, rtol, hermitian);
    }

    /** The rank, INT64: how many singular values exceed max(m, n) ulps of the largest. Not differentiable. */
    public static Tensor matrixRank(Tensor a) {
        return matrixRank(a, false);
    }

    /** The rank; of a symmetric matrix if {@code hermitian}, of which the lower triangle is read. */
    public static Tensor matrixRank(Tensor a, boolean hermitian) {
        return LinalgSpectra.matrixRank(a, (Number) null, null, hermitian);
    }

    /** The rank: how many singular values exceed the larger of {@code atol} and {@code rtol} times the largest. */
    public static Tensor matrixRank(Tensor a, Number atol, Number rtol, boolean hermitian) {
        return LinalgSpectra.matrixRank(a, atol, rtol, hermitian);
    }

    /** The rank with bounds of their own for every matrix of a batch; either may be null. */
    public static Tensor matrixRank(Tensor a, Tensor atol, Tensor rtol, boolean hermitian) {
        return LinalgSpectra.matrixRank(a, atol, rtol, hermitian);
    }

    /** The condition number: the quotient of the largest and the smallest singular value. */
    public static Tensor cond(Tensor a) {
        return cond(a, 2);
    }

    /**
     * The condition number for the norm 2, -2, 1, -1, Inf or -Inf: the norm of A times that of its inverse.
     *
     * <p>The elements of the inverse of a singular matrix count as Inf. Matrices that are not square for 2 and -2 only.
     */
    public static Tensor cond(Tensor a, Number p) {
        return LinalgNorms.cond(a, p);
    }

    /** The condition number for the norm {@code fro} or {@code nuc}: the norm of A times that of its inverse. */
    public static Tensor cond(Tensor a, String p) {
        return LinalgNorms.cond(a, p);
    }

    // ------------------------------------------------------------------ norms

    /** The square root of the sum of the squares of all elements. */
    public static Tensor norm(Tensor x) {
        return norm(x, (Number) null);
    }

    /** A norm of a vector or matrix: {@link #norm(Tensor, Number, boolean, int...)} of all dimensions. */
    public static Tensor norm(Tensor x, Number ord) {
        return LinalgNorms.norm(x, ord, null, false);
    }

    /**
     * The norm along one dimension (of vectors) or two (of matrices), which stay with size 1 if {@code keepDim}.
     *
     * <p>Of vectors: {@code (Σ|x|^ord)^(1/ord)}, 0 for the number of elements that are not zero, Inf and -Inf for the
     * largest and smallest absolute value. Of matrices: see {@link #matrixNorm(Tensor, Number, boolean, int, int)}. With
     * {@code ord} null, the root of the sum of squares along any number of dimensions.
     *
     * @param dims none for all; then the tensor is 1-d or 2-d unless {@code ord} is null
     */
    public static Tensor norm(Tensor x, Number ord, boolean keepDim, int... dims) {
        return LinalgNorms.norm(x, ord, dims.length == 0 ? null : dims, keepDim);
    }

    /** The norm {@code fro} or {@code nuc} of matrices in the last two dimensions. */
    public static Tensor norm(Tensor x, String ord) {
        return norm(x, ord, false);
    }

    /** The norm {@code fro} or {@code nuc} of the matrices in two dimensions; none for the last two. */
    public static Tensor norm(Tensor x, String ord, boolean keepDim, int... dims) {
        return LinalgNorms.norm(x, ord, dims.length == 0 ? null : dims, keepDim);
    }

    /** The Frobenius norm of each matrix: the root of the sum of squares. */
    public static Tensor matrixNorm(Tensor a) {
        return matrixNorm(a, "fro");
    }

    /** A norm of each matrix: {@link #matrixNorm(Tensor, Number, boolean, int, int)} of the last two dimensions. */
    public static Tensor matrixNorm(Tensor a, Number ord) {
        return matrixNorm(a, ord, false, -2, -1);
    }

    /**
     * A norm of the matrices in two dimensions, which stay with size 1 if {@code keepDim}.
     *
     * @param ord 1 and Inf for the largest sum of absolute values of a column or row, 2 for the largest singular value;
     *     -1, -Inf and -2 for the smallest
     */
    public static Tensor matrixNorm(Tensor a, Number ord, boolean keepDim, int rows, int cols) {
        return LinalgNorms.matrixNorm("matrixNorm", a, ord, keepDim, rows, cols);
    }

    /** The norm {@code fro} (root of the sum of squares) or {@code nuc} (sum of the singular values) of each matrix. */
    public static Tensor matrixNorm(Tensor a, String ord) {
        return matrixNorm(a, ord, false, -2, -1);
    }

    /** The norm {@code fro} or {@code nuc} of the matrices in two dimensions, which stay with size 1 if {@code keepDim}. */
    public static Tensor matrixNorm(Tensor a, String ord, boolean keepDim, int rows, int cols) {
        return LinalgNorms.matrixNorm("matrixNorm", a, ord, keepDim, rows, cols);
    }

    // ------------------------------------------------------------------ cross product

    /** The cross products of the vectors of 3 elements in the last dimension; the others are broadcast. */
    public static Tensor cross(Tensor a, Tensor b) {
        return cross(a, b, -1);
    }

    /** The cross products of the vectors of 3 elements along a dimension; the others are broadcast. Any numeric dtype. */
    public static Tensor cross(Tensor a, Tensor b, int dim) {
        return LinalgSystems.cross(a, b, dim);
    }
}
