package dev.lanewise.nn;

import dev.lanewise.Tensor;
import dev.lanewise.ValuesIndices;

/**
 * The pools of {@link Functional}.
 *
 * <p>Where lists are taken, one number is meant for all dimensions. The padding is at most half the kernel. With
 * {@code ceilMode}, a last window that is only partly filled counts too. Positions are those in the plane of one channel of
 * one sample, row-major, INT64.
 */
abstract class PoolFunctions extends ConvFunctions {
    private static final long[] ONE = {1};
    private static final long[] NONE = {0};

    PoolFunctions() {}

    /** The largest element of each window over {@code [N, C, L]} or {@code [C, L]}}; the stride is the kernel. */
    public static Tensor maxPool1d(Tensor input, long kernel) {
        return maxPool1d(input, kernel, kernel, 0, 1);
    }

    /** The largest element of each window over {@code [N, C, L]} or {@code [C, L]}}; the padding is never the largest. */
    public static Tensor maxPool1d(Tensor input, long kernel, long stride, long padding, long dilation) {
        return maxPool1d(input, kernel, stride, padding, dilation, false);
    }

    /** The largest element of each window, the last NaN if there is one; the padding is never the largest. */
    public static Tensor maxPool1d(
            Tensor input, long kernel, long stride, long padding, long dilation, boolean ceilMode) {
        Windows.Geometry g = geometry("maxPool1d", kernel, stride, padding, dilation);
        return Pooling.max("maxPool1d", input, g, ceilMode, false).values();
    }

    /** The largest element of each window and its position, the first of equal ones. */
    public static ValuesIndices maxPool1dWithIndices(
            Tensor input, long kernel, long stride, long padding, long dilation, boolean ceilMode) {
        Windows.Geometry g = geometry("maxPool1d", kernel, stride, padding, dilation);
        return Pooling.max("maxPool1d", input, g, ceilMode, true);
    }

    /** The largest element of each window over {@code [N, C, H, W]} or {@code [C, H, W]}}; the stride is the kernel. */
    public static Tensor maxPool2d(Tensor input, long... kernel) {
        return maxPool2d(input, kernel, kernel, NONE, ONE);
    }

    /** The largest element of each window over {@code [N, C, H, W]} or {@code [C, H, W]}}; the padding is never the largest. */
    public static Tensor maxPool2d(Tensor input, long[] kernel, long[] stride, long[] padding, long[] dilation) {
        return maxPool2d(input, kernel, stride, padding, dilation, false);
    }

    /** The largest element of each window, the last NaN if there is one; the padding is never the largest. */
    public static Tensor maxPool2d(
            Tensor input, long[] kernel, long[] stride, long[] padding, long[] dilation, boolean ceilMode) {
        Windows.Geometry g = Windows.Geometry.of("maxPool2d", 2, kernel, stride, padding, dilation);
        return Pooling.max("maxPool2d", input, g, ceilMode, false).values();
    }

    /** The largest element of each window and its position, the first of equal ones. */
    public static ValuesIndices maxPool2dWithIndices(
            Tensor input, long[] kernel, long[] stride, long[] padding, long[] dilation, boolean ceilMode) {
        Windows.Geometry g = Windows.Geometry.of("maxPool2d", 2, kernel, stride, padding, dilation);
        return Pooling.max("maxPool2d", input, g, ceilMode, true);
    }

    /** The largest element of each window over {@code [N, C, D, H, W]} or {@code [C, D, H, W]}}; the stride is the kernel. */
    public static Tensor maxPool3d(Tensor input, long... kernel) {
        return maxPool3d(input, kernel, kernel, NONE, ONE);
    }

    /** The largest element of each window over {@code [N, C, D, H, W]} or {@code [C, D, H, W]}}; the padding is never the largest. */
    public static Tensor maxPool3d(Tensor input, long[] kernel, long[] stride, long[] padding, long[] dilation) {
        return maxPool3d(input, kernel, stride, padding, dilation, false);
    }

    /** The largest element of each window, the last NaN if there is one; the padding is never the largest. */
    public static Tensor maxPool3d(
            Tensor input, long[] kernel, long[] stride, long[] padding, long[] dilation, boolean ceilMode) {
        Windows.Geometry g = Windows.Geometry.of("maxPool3d", 3, kernel, stride, padding, dilation);
        return Pooling.max("maxPool3d", input, g, ceilMode, false).values();
    }

    /** The largest element of each window and its position, the first of equal ones. */
    public static ValuesIndices maxPool3dWithIndices(
            Tensor input, long[] kernel, long[] stride, long[] padding, long[] dilation, boolean ceilMode) {
        Windows.Geometry g = Windows.Geometry.of("maxPool3d", 3, kernel, stride, padding, dilation);
        return Pooling.max("maxPool3d", input, g, ceilMode, true);
    }

    /** The mean of each window over {@code [N, C, L]} or {@code [C, L]}}; the stride is the kernel. */
    public static Tensor avgPool1d(Tensor input, long kernel) {
        return avgPool1d(input, kernel, kernel, 0, true);
    }

    /** The mean of each window over {@code [N, C, L]} or {@code [C, L]}}, the padding counted as zeros or left out. */
    public static Tensor avgPool1d(Tensor input, long kernel, long stride, long padding, boolean countIncludePad) {
        return avgPool1d(input, kernel, stride, padding, false, countIncludePad);
    }

    /** The mean of each window, the padding counted as zeros or left out; floating point, or INT64, truncated. */
    public static Tensor avgPool1d(
            Tensor input, long kernel, long stride, long padding, boolean ceilMode, boolean countIncludePad) {
        Windows.Geometry g = geometry("avgPool1d", kernel, stride, padding, 1);
        return Pooling.avg("avgPool1d", input, g, ceilMode, countIncludePad, null);
    }

    /** The mean of each window over {@code [N, C, H, W]} or {@code [C, H, W]}}; the stride is the kernel. */
    public static Tensor avgPool2d(Tensor input, long... kernel) {
        return avgPool2d(input, kernel, kernel, NONE, true);
    }

    /** The mean of each window over {@code [N, C, H, W]} or {@code [C, H, W]}}, the padding counted as zeros or left out. */
    public static Tensor avgPool2d(
            Tensor input, long[] kernel, long[] stride, long[] padding, boolean countIncludePad) {
        return avgPool2d(input, kernel, stride, padding, false, countIncludePad);
    }

    /** The mean of each window, the padding counted as zeros or left out; floating point, or INT64, truncated. */
    public static Tensor avgPool2d(
            Tensor input, long[] kernel, long[] stride, long[] padding, boolean ceilMode, boolean countIncludePad) {
        Windows.Geometry g = Windows.Geometry.of("avgPool2d", 2, kernel, stride, padding, ONE);
        return Pooling.avg("avgPool2d", input, g, ceilMode, countIncludePad, null);
    }

    /** The sum of each window over {@code divisor}, which is not 0. */
    public static Tensor avgPool2d(
            Tensor input, long[] kernel, long[] stride, long[] padding, boolean ceilMode, long divisor) {
        Windows.Geometry g = Windows.Geometry.of("avgPool2d", 2, kernel, stride, padding, ONE);
        return Pooling.avg("avgPool2d", input, g, ceilMode, true, divisor);
    }

    /** The mean of each window over {@code [N, C, D, H, W]} or {@code [C, D, H, W]}}; the stride is the kernel. */
    public static Tensor avgPool3d(Tensor input, long... kernel) {
        return avgPool3d(input, kernel, kernel, NONE, true);
    }

    /** The mean of each window over {@code [N, C, D, H, W]} or {@code [C, D, H, W]}}, the padding counted as zeros or left out. */
    public static Tensor avgPool3d(
            Tensor input, long[] kernel, long[] stride, long[] padding, boolean countIncludePad) {
        return avgPool3d(input, kernel, stride, padding, false, countIncludePad);
    }

    /** The mean of each window, the padding counted as zeros or left out; floating point, or INT64, truncated. */
    public static Tensor avgPool3d(
            Tensor input, long[] kernel, long[] stride, long[] padding, boolean ceilMode, boolean countIncludePad) {
        Windows.Geometry g = Windows.Geometry.of("avgPool3d", 3, kernel, stride, padding, ONE);
        return Pooling.avg("avgPool3d", input, g, ceilMode, countIncludePad, null);
    }

    /** The sum of each window over {@code divisor}, which is not 0. */
    public static Tensor avgPool3d(
            Tensor input, long[] kernel, long[] stride, long[] padding, boolean ceilMode, long divisor) {
        Windows.Geometry g = Windows.Geometry.of("avgPool3d", 3, kernel, stride, padding, ONE);
        return Pooling.avg("avgPool3d", input, g, ceilMode, true, divisor);
    }

    private static Windows.Geometry geometry(String op, long kernel, long stride, long padding, long dilation) {
        return Windows.Geometry.of(
                op, 1, new long[] {kernel}, new long[] {stride}, new long[] {padding}, new long[] {dilation});
    }
}
