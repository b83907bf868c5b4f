package dev.lanewise;

/**
 * A result that does not exist for every matrix, and whether it does.
 *
 * @param result undefined for a matrix whose info is not 0
 * @param info INT32, one number per matrix: 0, or the place, counted from 1, where the computation failed
 */
public record ResultInfo(Tensor result, Tensor info) {}
