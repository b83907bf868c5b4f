package dev.lanewise;

/**
 * A least-squares solution and what is known about it.
 *
 * @param solution X that minimises the norm of A X - B
 * @param residuals squared norms of the columns of A X - B; empty unless asked for, or if a matrix has not full rank
 * @param rank INT64 rank of each matrix; empty if full rank was taken for granted
 * @param singularValues of A; empty unless the driver computes them
 */
public record Lstsq(Tensor solution, Tensor residuals, Tensor rank, Tensor singularValues) {}
