package dev.lanewise;

/**
 * Distinct elements, or distinct slices along a dimension.
 *
 * @param values one of each; outside the graph
 * @param inverse for each element or slice of the input the position of its equal in {@code values}, INT64; null if it was
 *     not asked for
 * @param counts for each of {@code values} how often it comes in the input, INT64; null if it was not asked for
 */
public record UniqueValues(Tensor values, Tensor inverse, Tensor counts) {}
