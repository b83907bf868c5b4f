package dev.lanewise.nn;

import dev.lanewise.Tensor;

/**
 * The convolutions of {@link Functional}.
 *
 * <p>Where lists are taken, one number is meant for all dimensions. All tensors of a call have one dtype; half types are
 * summed in FLOAT32. The bias may be null.
 */
abstract class ConvFunctions extends Normalizations {
    private static final long[] ONE = {1};
    private static final long[] NONE = {0};

    ConvFunctions() {}

    /** {@link #conv1d(Tensor, Tensor, Tensor, long, long, long, long)} with stride 1, no padding and one group. */
    public static Tensor conv1d(Tensor input, Tensor weight, Tensor bias) {
        return conv1d(input, weight, bias, 1, 0, 1, 1);
    }

    /**
     * {@code y[n, o, i] = b[o] + Σ_c Σ_k w[o, c, k] · x[n, c, i · stride + k · dilation - padding]}.
     *
     * <p>Input {@code [N, C, L]} or {@code [C, L]}, weight {@code [out, C / groups, K]}, bias {@code [out]} or null,
     * all of one dtype. Each group of filters reads its own group of channels.
     */
    public static Tensor conv1d(
            Tensor input, Tensor weight, Tensor bias, long stride, long padding, long dilation, long groups) {
        return Convolutions.conv("conv1d", input, weight, bias, list(stride), list(padding), list(dilation), groups);
    }

    /** The convolution with padding "valid", which is none, or "same": as many windows as places, with stride 1. */
    public static Tensor conv1d(
            Tensor input, Tensor weight, Tensor bias, long stride, String padding, long dilation, long groups) {
        return Convolutions.conv("conv1d", input, weight, bias, list(stride), padding, list(dilation), groups);
    }

    /** The two-dimensional convolution with stride 1, no padding and one group. */
    public static Tensor conv2d(Tensor input, Tensor weight, Tensor bias) {
        return conv2d(input, weight, bias, ONE, NONE, ONE, 1);
    }

    /**
     * As {@link #conv1d(Tensor, Tensor, Tensor, long, long, long, long)} over two dimensions; one number, or two for
     * height and width, of each.
     */
    public static Tensor conv2d(
            Tensor input, Tensor weight, Tensor bias, long[] stride, long[] padding, long[] dilation, long groups) {
        return Convolutions.conv("conv2d", input, weight, bias, stride, padding, dilation, groups);
    }

    /** The convolution with padding "valid", which is none, or "same": as many windows as places, with stride 1. */
    public static Tensor conv2d(
            Tensor input, Tensor weight, Tensor bias, long[] stride, String padding, long[] dilation, long groups) {
        return Convolutions.conv("conv2d", input, weight, bias, stride, padding, dilation, groups);
    }

    /** The three-dimensional convolution with stride 1, no padding and one group. */
    public static Tensor conv3d(Tensor input, Tensor weight, Tensor bias) {
        return conv3d(input, weight, bias, ONE, NONE, ONE, 1);
    }

    /**
     * As {@link #conv1d(Tensor, Tensor, Tensor, long, long, long, long)} over three dimensions; one number, or three for
     * depth, height and width, of each.
     */
    public static Tensor conv3d(
            Tensor input, Tensor weight, Tensor bias, long[] stride, long[] padding, long[] dilation, long groups) {
        return Convolutions.conv("conv3d", input, weight, bias, stride, padding, dilation, groups);
    }

    /** The convolution with padding "valid", which is none, or "same": as many windows as places, with stride 1. */
    public static Tensor conv3d(
            Tensor input, Tensor weight, Tensor bias, long[] stride, String padding, long[] dilation, long groups) {
        return Convolutions.conv("conv3d", input, weight, bias, stride, padding, dilation, groups);
    }

    /** The form with all parameters with stride 1, no padding and one group. */
    public static Tensor convTranspose1d(Tensor input, Tensor weight, Tensor bias) {
        return convTranspose1d(input, weight, bias, 1, 0, 0, 1, 1);
    }

    /**
     * The map whose matrix is the transposed one of a convolution: {@code y[n, o, i · stride + k · dilation - padding]} is
     * the sum of {@code w[c, o, k] · x[n, c, i]} over all c, i and k that lead there, plus {@code b[o]}.
     *
     * <p>Input {@code [N, C, L]} or {@code [C, L]}, weight {@code [C, out / groups, K]}, bias {@code [out]} or null, all of
     * one dtype. The result has {@code (L - 1) · stride - 2 · padding + dilation · (K - 1) + 1 + outputPadding} places.
     */
    public static Tensor convTranspose1d(
            Tensor input,
            Tensor weight,
            Tensor bias,
            long stride,
            long padding,
            long outputPadding,
            long groups,
            long dilation) {
        Convolutions.Transposition how =
                new Convolutions.Transposition(list(stride), list(padding), list(outputPadding), list(dilation));
        return Convolutions.transposed("convTranspose1d", input, weight, bias, how, groups);
    }

    /** The form with all parameters with stride 1, no padding and one group. */
    public static Tensor convTranspose2d(Tensor input, Tensor weight, Tensor bias) {
        return convTranspose2d(input, weight, bias, ONE, NONE, NONE, 1, ONE);
    }

    /**
     * As {@link #convTranspose1d(Tensor, Tensor, Tensor, long, long, long, long, long)} over two dimensions; one number,
     * or two for height and width, of each.
     */
    public static Tensor convTranspose2d(
            Tensor input,
            Tensor weight,
            Tensor bias,
            long[] stride,
            long[] padding,
            long[] outputPadding,
            long groups,
            long[] dilation) {
        Convolutions.Transposition how = new Convolutions.Transposition(stride, padding, outputPadding, dilation);
        return Convolutions.transposed("convTranspose2d", input, weight, bias, how, groups);
    }

    /** The form with all parameters with stride 1, no padding and one group. */
    public static Tensor convTranspose3d(Tensor input, Tensor weight, Tensor bias) {
        return convTranspose3d(input, weight, bias, ONE, NONE, NONE, 1, ONE);
    }

    /**
     * As {@link #convTranspose1d(Tensor, Tensor, Tensor, long, long, long, long, long)} over three dimensions; one number,
     * or three for depth, height and width, of each.
     */
    public static Tensor convTranspose3d(
            Tensor input,
            Tensor weight,
            Tensor bias,
            long[] stride,
            long[] padding,
            long[] outputPadding,
            long groups,
            long[] dilation) {
        Convolutions.Transposition how = new Convolutions.Transposition(stride, padding, outputPadding, dilation);
        return Convolutions.transposed("convTranspose3d", input, weight, bias, how, groups);
    }

    private static long[] list(long one) {
        return new long[] {one};
    }
}
