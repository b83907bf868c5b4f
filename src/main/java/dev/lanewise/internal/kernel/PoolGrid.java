package dev.lanewise.internal.kernel;

import java.util.Arrays;

/**
 * The windows of a pool over three dimensions, of which the first may have size 1: along dimension d, window o reads the
 * places from {@code start[d][o]} to before {@code end[d][o]} that are {@code step[d]} apart.
 *
 * @param in sizes that the windows lie over
 * @param count places of each window along each dimension, the padding included
 * @param regular the windows' size and distances if these are equal everywhere, else null
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record PoolGrid(long[] in, long[][] start, long[][] end, long[] step, long[][] count, PoolGrid.Regular regular) {
    private static final int RANK = 3;

    /** Windows of one size at equal distances, over three dimensions. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Regular(long[] kernel, long[] stride, long[] padding, long[] dilation) {
        static Regular of(long[] kernel, long[] stride, long[] padding, long[] dilation) {
            return new Regular(filled(kernel, 1), filled(stride, 1), filled(padding, 0), filled(dilation, 1));
        }

        private static long[] filled(long[] given, long value) {
            long[] all = new long[RANK];
            Arrays.fill(all, value);
            System.arraycopy(given, 0, all, RANK - given.length, given.length);
            return all;
        }
    }

    /** Windows of equal size at equal distances over the last dimensions of three; all lists have one length. */
    public static PoolGrid windows(
            long[] in, long[] out, long[] kernel, long[] stride, long[] padding, long[] dilation) {
        PoolGrid grid = ofOnes(Regular.of(kernel, stride, padding, dilation));
        int first = RANK - in.length;
        for (int i = 0; i < in.length; i++) {
            int d = first + i;
            grid.sized(d, in[i], out[i]);
            grid.step[d] = dilation[i];
            for (int o = 0; o < out[i]; o++) {
                long begin = o * stride[i] - padding[i];
                long beyond = begin + (kernel[i] - 1) * dilation[i] + 1;
                grid.start[d][o] = begin >= 0 ? begin : Math.floorMod(begin, dilation[i]);
                grid.end[d][o] = Math.min(beyond, in[i]);
                grid.count[d][o] = Math.min(beyond, in[i] + padding[i]) - begin;
            }
        }
        return grid;
    }

    /** As many windows as asked for, that cover all places as evenly as they can. */
    public static PoolGrid adaptive(long[] in, long[] out) {
        PoolGrid grid = ofOnes(null);
        int first = RANK - in.length;
        for (int i = 0; i < in.length; i++) {
            int d = first + i;
            grid.sized(d, in[i], out[i]);
            for (int o = 0; o < out[i]; o++) {
                grid.start[d][o] = o * in[i] / out[i];
                grid.end[d][o] = Math.ceilDiv((o + 1) * in[i], out[i]);
                grid.count[d][o] = grid.end[d][o] - grid.start[d][o];
            }
        }
        return grid;
    }

    private static PoolGrid ofOnes(Regular regular) {
        PoolGrid grid = new PoolGrid(
                new long[RANK], new long[RANK][], new long[RANK][], new long[] {1, 1, 1}, new long[RANK][], regular);
        for (int d = 0; d < RANK; d++) {
            grid.sized(d, 1, 1);
            grid.end[d][0] = 1;
            grid.count[d][0] = 1;
        }
        return grid;
    }

    private void sized(int dim, long size, long windows) {
        int n = Math.toIntExact(windows);
        in[dim] = size;
        start[dim] = new long[n];
        end[dim] = new long[n];
        count[dim] = new long[n];
    }

    /** True if every window is one of equal ones, small enough to be counted in ints, with at least one place inside. */
    boolean isRegular() {
        if (regular == null || inPlaces() > Integer.MAX_VALUE / 2) {
            return false;
        }
        for (int d = 0; d < RANK; d++) {
            for (int o = 0; o < out(d); o++) {
                if (start[d][o] >= end[d][o]) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Number of places of a plane. */
    public long inPlaces() {
        return Arrays.stream(in).reduce(1, (a, b) -> a * b);
    }

    /** Number of windows along a dimension. */
    public int out(int dim) {
        return start[dim].length;
    }

    /** Number of windows of a plane. */
    public long outPlaces() {
        return (long) out(0) * out(1) * out(2);
    }
}
