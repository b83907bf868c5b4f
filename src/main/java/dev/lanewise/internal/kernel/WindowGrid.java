package dev.lanewise.internal.kernel;

import java.util.Arrays;

/**
 * Where windows lie over one, two or three dimensions, as three with sizes of 1 in front: window o begins at
 * {@code o · stride - before} and has {@code kernel} places that are {@code dilation} apart.
 *
 * @param in sizes that the windows lie over; places outside count as zero
 * @param kernel places of a window
 * @param out number of windows
 * @param stride from one window to the next
 * @param before how far the first window begins before the first place
 * @param dilation from one place of a window to the next
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record WindowGrid(long[] in, long[] kernel, long[] out, long[] stride, long[] before, long[] dilation) {
    private static final int RANK = 3;

    /** A grid over up to three dimensions. */
    public WindowGrid {
        in = filled(in, 1);
        kernel = filled(kernel, 1);
        out = filled(out, 1);
        stride = filled(stride, 1);
        before = filled(before, 0);
        dilation = filled(dilation, 1);
    }

    private static long[] filled(long[] given, long value) {
        long[] all = new long[RANK];
        Arrays.fill(all, value);
        System.arraycopy(given, 0, all, RANK - given.length, given.length);
        return all;
    }

    /** Number of places that the windows lie over. */
    public long inPlaces() {
        return in[0] * in[1] * in[2];
    }

    /** Number of places of a window. */
    public long window() {
        return kernel[0] * kernel[1] * kernel[2];
    }

    /** Number of windows. */
    public long outPlaces() {
        return out[0] * out[1] * out[2];
    }

    /** True if each window is one place and there is one for each. */
    public boolean isPlain() {
        boolean plain = window() == 1 && Arrays.equals(in, out);
        for (int d = 0; d < RANK; d++) {
            plain &= before[d] == 0 && (stride[d] == 1 || out[d] == 1);
        }
        return plain;
    }

    /** True if the transposed map is a map by windows too: {@link #reversed}. */
    public boolean isReversible() {
        for (int d = 0; d < RANK; d++) {
            if (stride[d] != 1 || before[d] > (kernel[d] - 1) * dilation[d]) {
                return false;
            }
        }
        return true;
    }

    /** The windows, in reverse order, in which a place of these takes part: over the windows, one for each place. */
    public WindowGrid reversed() {
        long[] missing = new long[RANK];
        for (int d = 0; d < RANK; d++) {
            missing[d] = (kernel[d] - 1) * dilation[d] - before[d];
        }
        return new WindowGrid(out, kernel, in, stride, missing, dilation);
    }

    /** The place along a dimension of the k-th place of window o; may be outside. */
    long place(int dim, long o, long k) {
        return o * stride[dim] - before[dim] + k * dilation[dim];
    }

    /** The first window along the last dimension whose k-th place is not before the first place. */
    long firstInside(long k) {
        long missing = before[2] - k * dilation[2];
        return missing <= 0 ? 0 : Math.min(out[2], Math.ceilDiv(missing, stride[2]));
    }

    /** The window along the last dimension after the last one whose k-th place is not beyond the last place. */
    long endInside(long k) {
        long last = in[2] - 1 + before[2] - k * dilation[2];
        return last < 0 ? 0 : Math.min(out[2], last / stride[2] + 1);
    }
}
