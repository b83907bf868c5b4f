package dev.lanewise;

/**
 * The smallest and the largest elements; both have the same shape.
 *
 * @param min the smallest; part of the graph
 * @param max the largest; part of the graph
 */
public record MinMax(Tensor min, Tensor max) {}
