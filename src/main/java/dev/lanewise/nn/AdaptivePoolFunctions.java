package dev.lanewise.nn;

import dev.lanewise.Tensor;
import dev.lanewise.ValuesIndices;

/**
 * The adaptive and power-average pools of {@link Functional}, and the way back from a max pool.
 *
 * <p>An output size is one number for all dimensions or one for each; -1 stands for the size of the input.
 */
abstract class AdaptivePoolFunctions extends PoolFunctions {
    private static final long[] ONE = {1};
    private static final long[] NONE = {0};

    AdaptivePoolFunctions() {}

    /**
     * The means of as many windows as asked for: window i of n over a size s goes from {@code ⌊i · s / n⌋} to before
     * {@code ⌈(i + 1) · s / n⌉}.
     */
    public static Tensor adaptiveAvgPool1d(Tensor input, long outputSize) {
        return Pooling.adaptiveAvg("adaptiveAvgPool1d", 1, input, outputSize);
    }

    /** The largest elements of as many windows as asked for; windows as in {@link #adaptiveAvgPool1d}. */
    public static Tensor adaptiveMaxPool1d(Tensor input, long outputSize) {
        return Pooling.adaptiveMax("adaptiveMaxPool1d", 1, input, new long[] {outputSize}, false)
                .values();
    }

    /** The largest elements of as many windows as asked for, and their positions. */
    public static ValuesIndices adaptiveMaxPool1dWithIndices(Tensor input, long outputSize) {
        return Pooling.adaptiveMax("adaptiveMaxPool1d", 1, input, new long[] {outputSize}, true);
    }

    /**
     * The means of as many windows as asked for: window i of n over a size s goes from {@code ⌊i · s / n⌋} to before
     * {@code ⌈(i + 1) · s / n⌉}.
     */
    public static Tensor adaptiveAvgPool2d(Tensor input, long... outputSize) {
        return Pooling.adaptiveAvg("adaptiveAvgPool2d", 2, input, outputSize);
    }

    /** The largest elements of as many windows as asked for; windows as in {@link #adaptiveAvgPool2d}. */
    public static Tensor adaptiveMaxPool2d(Tensor input, long... outputSize) {
        return Pooling.adaptiveMax("adaptiveMaxPool2d", 2, input, outputSize, false)
                .values();
    }

    /** The largest elements of as many windows as asked for, and their positions. */
    public static ValuesIndices adaptiveMaxPool2dWithIndices(Tensor input, long... outputSize) {
        return Pooling.adaptiveMax("adaptiveMaxPool2d", 2, input, outputSize, true);
    }

    /**
     * The means of as many windows as asked for: window i of n over a size s goes from {@code ⌊i · s / n⌋} to before
     * {@code ⌈(i + 1) · s / n⌉}.
     */
    public static Tensor adaptiveAvgPool3d(Tensor input, long... outputSize) {
        return Pooling.adaptiveAvg("adaptiveAvgPool3d", 3, input, outputSize);
    }

    /** The largest elements of as many windows as asked for; windows as in {@link #adaptiveAvgPool3d}. */
    public static Tensor adaptiveMaxPool3d(Tensor input, long... outputSize) {
        return Pooling.adaptiveMax("adaptiveMaxPool3d", 3, input, outputSize, false)
                .values();
    }

    /** The largest elements of as many windows as asked for, and their positions. */
    public static ValuesIndices adaptiveMaxPool3dWithIndices(Tensor input, long... outputSize) {
        return Pooling.adaptiveMax("adaptiveMaxPool3d", 3, input, outputSize, true);
    }

    /** {@code (Σ x^p)^(1/p)} of each window; the stride is the kernel. */
    public static Tensor lpPool1d(Tensor input, Number p, long kernel) {
        return lpPool1d(input, p, kernel, kernel, false);
    }

    /** {@code (Σ x^p)^(1/p)} of each window, 0 where the sum is negative. */
    public static Tensor lpPool1d(Tensor input, Number p, long kernel, long stride, boolean ceilMode) {
        Windows.Geometry g = Windows.Geometry.of("lpPool1d", 1, new long[] {kernel}, new long[] {stride}, NONE, ONE);
        return Pooling.lp("lpPool1d", input, p, g, ceilMode);
    }

    /** {@code (Σ x^p)^(1/p)} of each window; the stride is the kernel. */
    public static Tensor lpPool2d(Tensor input, Number p, long... kernel) {
        return lpPool2d(input, p, kernel, kernel, false);
    }

    /** {@code (Σ x^p)^(1/p)} of each window, 0 where the sum is negative. */
    public static Tensor lpPool2d(Tensor input, Number p, long[] kernel, long[] stride, boolean ceilMode) {
        Windows.Geometry g = Windows.Geometry.of("lpPool2d", 2, kernel, stride, NONE, ONE);
        return Pooling.lp("lpPool2d", input, p, g, ceilMode);
    }

    /** The form with all parameters, where the stride is the kernel and there was no padding. */
    public static Tensor maxUnpool1d(Tensor input, Tensor indices, long kernel) {
        return maxUnpool1d(input, indices, kernel, kernel, 0);
    }

    /**
     * Zeros, and each element where a max pool took it from.
     *
     * @param indices INT64 positions in the plane of each channel, of the input's sizes
     * @param outputSize last sizes of the result, or all; less than a stride away from {@code (size - 1) · stride + kernel -
     *     2 · padding}, which they are if left out
     */
    public static Tensor maxUnpool1d(
            Tensor input, Tensor indices, long kernel, long stride, long padding, long... outputSize) {
        Windows.Geometry g = Windows.Geometry.of(
                "maxUnpool1d", 1, new long[] {kernel}, new long[] {stride}, new long[] {padding}, ONE);
        return Pooling.unpool("maxUnpool1d", input, indices, g, outputSize);
    }

    /** The form with all parameters, where the stride is the kernel and there was no padding. */
    public static Tensor maxUnpool2d(Tensor input, Tensor indices, long... kernel) {
        return maxUnpool2d(input, indices, kernel, kernel, NONE);
    }

    /**
     * Zeros, and each element where a max pool took it from.
     *
     * @param indices INT64 positions in the plane of each channel, of the input's sizes
     * @param outputSize last sizes of the result, or all; less than a stride away from {@code (size - 1) · stride + kernel -
     *     2 · padding}, which they are if left out
     */
    public static Tensor maxUnpool2d(
            Tensor input, Tensor indices, long[] kernel, long[] stride, long[] padding, long... outputSize) {
        Windows.Geometry g = Windows.Geometry.of("maxUnpool2d", 2, kernel, stride, padding, ONE);
        return Pooling.unpool("maxUnpool2d", input, indices, g, outputSize);
    }

    /** The form with all parameters, where the stride is the kernel and there was no padding. */
    public static Tensor maxUnpool3d(Tensor input, Tensor indices, long... kernel) {
        return maxUnpool3d(input, indices, kernel, kernel, NONE);
    }

    /**
     * Zeros, and each element where a max pool took it from.
     *
     * @param indices INT64 positions in the plane of each channel, of the input's sizes
     * @param outputSize last sizes of the result, or all; less than a stride away from {@code (size - 1) · stride + kernel -
     *     2 · padding}, which they are if left out
     */
    public static Tensor maxUnpool3d(
            Tensor input, Tensor indices, long[] kernel, long[] stride, long[] padding, long... outputSize) {
        Windows.Geometry g = Windows.Geometry.of("maxUnpool3d", 3, kernel, stride, padding, ONE);
        return Pooling.unpool("maxUnpool3d", input, indices, g, outputSize);
    }
}
