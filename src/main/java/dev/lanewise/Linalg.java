package dev.lanewise;

/**
 * Linear algebra on matrices and batches of matrices: {@code torch.linalg}.
 *
 * <p>A matrix is the last two dimensions of a tensor; those before are batches.
 */
public final class Linalg {
    private Linalg() {}
}
