package dev.lanewise;

/**
 * A variance and the mean it was taken around; both have the same shape.
 *
 * @param var the variance; part of the graph
 * @param mean the mean; part of the graph
 */
public record VarMean(Tensor var, Tensor mean) {}
