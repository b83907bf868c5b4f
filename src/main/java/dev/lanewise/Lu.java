package dev.lanewise;

/**
 * {@code A = P L U}.
 *
 * @param p permutation matrix
 * @param l lower triangular with ones on its diagonal
 * @param u upper triangular
 */
public record Lu(Tensor p, Tensor l, Tensor u) {}
