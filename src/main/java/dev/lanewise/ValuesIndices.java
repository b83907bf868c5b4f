package dev.lanewise;

/**
 * Values chosen along a dimension and their INT64 positions in it; both have the same shape.
 *
 * @param values the values; part of the graph
 * @param indices where they stand
 */
public record ValuesIndices(Tensor values, Tensor indices) {}
