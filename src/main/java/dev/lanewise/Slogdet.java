package dev.lanewise;

/**
 * {@code det(A) = sign · exp(logabsdet)}.
 *
 * @param sign -1, 0 or 1; no gradient flows through it
 * @param logabsdet -Inf for a singular matrix
 */
public record Slogdet(Tensor sign, Tensor logabsdet) {}
