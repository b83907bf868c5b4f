package dev.lanewise;

/**
 * A standard deviation and the mean it was taken around; both have the same shape.
 *
 * @param std the standard deviation; part of the graph
 * @param mean the mean; part of the graph
 */
public record StdMean(Tensor std, Tensor mean) {}
