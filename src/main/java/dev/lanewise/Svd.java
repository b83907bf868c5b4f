package dev.lanewise;

/**
 * {@code A = U diag(S) Vᵀ}.
 *
 * @param u left singular vectors, one per column
 * @param s singular values, descending
 * @param vh right singular vectors, one per row
 */
public record Svd(Tensor u, Tensor s, Tensor vh) {}
