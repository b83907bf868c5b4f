package dev.lanewise.nn;

import dev.lanewise.Tensor;

/** The normalisations of {@link Functional}. All take floating point; half types are computed in FLOAT32. */
abstract class Normalizations extends ClassLosses {
    Normalizations() {}

    /** {@code (x - mean) / √(variance + 1e-5)} over the last dimensions; see the form with all parameters. */
    public static Tensor layerNorm(Tensor input, long... normalizedShape) {
        return layerNorm(input, normalizedShape, null, null, 1e-5);
    }

    /**
     * {@code (x - mean) / √(variance + eps) · weight + bias}, mean and (biased) variance taken over the last
     * dimensions.
     *
     * <p>{@code normalizedShape} names the sizes of those dimensions; weight and bias have this shape, or are null.
     */
    public static Tensor layerNorm(Tensor input, long[] normalizedShape, Tensor weight, Tensor bias, double eps) {
        return Normalization.layerNorm(input, normalizedShape, new Normalization.Affine(weight, bias, eps));
    }

    /** {@link #groupNorm(Tensor, long, Tensor, Tensor, double)} without weight and bias, eps 1e-5. */
    public static Tensor groupNorm(Tensor input, long groups) {
        return groupNorm(input, groups, null, null, 1e-5);
    }

    /**
     * {@code (x - mean) / √(variance + eps) · weight + bias}, mean and (biased) variance taken for each sample over a group
     * of neighbouring channels and all their places.
     *
     * <p>Input {@code [N, C, ...]}, weight and bias {@code [C]} or null; the number of groups divides C.
     */
    public static Tensor groupNorm(Tensor input, long groups, Tensor weight, Tensor bias, double eps) {
        return Normalization.groupNorm(input, groups, new Normalization.Affine(weight, bias, eps));
    }

    /** The form with all parameters, not training, without weight and bias, eps 1e-5. */
    public static Tensor batchNorm(Tensor input, Tensor runningMean, Tensor runningVar) {
        return batchNorm(input, runningMean, runningVar, null, null, false, 0.1, 1e-5);
    }

    /**
     * {@code (x - mean) / √(variance + eps) · weight + bias} for each channel.
     *
     * <p>Input {@code [N, C, ...]}, the others {@code [C]} or null. While training, mean and (biased) variance are those
     * of the batch, and the running ones, if given, are changed in place to {@code (1 - momentum) · running + momentum ·
     * batch}, the variance taken unbiased. Otherwise the running ones are used. Source: Ioffe and Szegedy, Batch
     * Normalization, 2015.
     */
    public static Tensor batchNorm(
            Tensor input,
            Tensor runningMean,
            Tensor runningVar,
            Tensor weight,
            Tensor bias,
            boolean training,
            double momentum,
            double eps) {
        Normalization.Running running = new Normalization.Running(runningMean, runningVar, momentum);
        return Normalization.batchNorm(input, running, new Normalization.Affine(weight, bias, eps), training);
    }

    /** The form with all parameters, with the input's statistics, without weight and bias, eps 1e-5. */
    public static Tensor instanceNorm(Tensor input) {
        return instanceNorm(input, null, null, null, null, true, 0.1, 1e-5);
    }

    /**
     * {@code (x - mean) / √(variance + eps) · weight + bias} for each channel of each sample.
     *
     * <p>Input {@code [N, C, ...]}, the others {@code [C]} or null. With {@code useInputStats}, mean and (biased) variance
     * are those of the input, and the running ones, if given, are changed as in batch norm, by the average over the
     * samples. Otherwise the running ones are used.
     */
    public static Tensor instanceNorm(
            Tensor input,
            Tensor runningMean,
            Tensor runningVar,
            Tensor weight,
            Tensor bias,
            boolean useInputStats,
            double momentum,
            double eps) {
        Normalization.Running running = new Normalization.Running(runningMean, runningVar, momentum);
        return Normalization.instanceNorm(input, running, new Normalization.Affine(weight, bias, eps), useInputStats);
    }

    /** {@link #localResponseNorm(Tensor, long, double, double, double)} with alpha 1e-4, beta 0.75 and k 1. */
    public static Tensor localResponseNorm(Tensor input, long size) {
        return localResponseNorm(input, size, 1e-4, 0.75, 1);
    }

    /**
     * {@code x / (k + alpha · mean of x² over the channels around)^beta}, over a window of {@code size} channels.
     *
     * <p>Input {@code [N, C, ...]} with at least 3 dimensions; channels beyond the first and last count as zeros.
     */
    public static Tensor localResponseNorm(Tensor input, long size, double alpha, double beta, double k) {
        return Normalization.localResponseNorm(input, size, alpha, beta, k);
    }
}
