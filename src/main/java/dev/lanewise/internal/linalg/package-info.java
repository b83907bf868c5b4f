/**
 * Decompositions and solutions of dense real matrices: pure functions on one row-major {@code double[]} each.
 *
 * <p>FLOAT32 matrices are computed in double and rounded once. May depend on {@code internal.error}, {@code parallel},
 * {@code storage}, {@code kernel} and {@code gemm}. Read {@link dev.lanewise.internal.linalg.Matrices} first, which reads
 * matrices out of tensors and writes them back, then {@link dev.lanewise.internal.linalg.Products}, which brings the large
 * updates to the matrix products.
 */
package dev.lanewise.internal.linalg;
