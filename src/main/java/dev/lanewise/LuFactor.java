package dev.lanewise;

/**
 * {@code A = P L U} in compact form.
 *
 * @param lu U on and above the diagonal, L below it without its diagonal of ones
 * @param pivots INT32: row {@code pivots[i]}, counted from 1, was exchanged with row i + 1
 */
public record LuFactor(Tensor lu, Tensor pivots) {}
