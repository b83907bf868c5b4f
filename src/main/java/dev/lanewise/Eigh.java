package dev.lanewise;

/**
 * {@code A = V diag(w) Vᵀ} of a symmetric matrix.
 *
 * @param eigenvalues ascending
 * @param eigenvectors one per column
 */
public record Eigh(Tensor eigenvalues, Tensor eigenvectors) {}
