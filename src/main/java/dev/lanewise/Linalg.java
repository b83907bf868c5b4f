package dev.lanewise;

/**
 * Linear algebra on matrices and batches of matrices: {@code torch.linalg}.
 *
 * <p>A matrix is the last two dimensions of a tensor; those before are batches.
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
}
