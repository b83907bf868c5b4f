package dev.lanewise;

/**
 * {@code A = Q R}.
 *
 * @param q orthonormal columns; empty if only R was asked for
 * @param r upper triangular
 */
public record Qr(Tensor q, Tensor r) {}
