package dev.lanewise.internal.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/** Work memory to add elements of a plane of windows at positions in a plane of floats: arrays, which stay in cache. */
final class WindowSums {
    /** The largest plane; arrays of larger ones would leave the second-level cache. */
    static final int MOST = 1 << 16;

    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

    private float[] values = new float[0];
    private long[] positions = new long[0];
    private float[] sums = new float[0];

    /** Writes plane {@code plane} of {@code out}: zeros, with each of some elements added at its position. */
    void add(int windows, int places, long plane, Operand x, Operand at, Operand out) {
        if (values.length < windows) {
            values = new float[windows];
            positions = new long[windows];
        }
        if (sums.length < places) {
            sums = new float[places];
        }
        long first = plane * windows;
        MemorySegment.copy(x.segment(), FLOAT, x.byteOffset() + first * Float.BYTES, values, 0, windows);
        MemorySegment.copy(
                at.segment(),
                ValueLayout.JAVA_LONG_UNALIGNED,
                at.byteOffset() + first * Long.BYTES,
                positions,
                0,
                windows);
        Arrays.fill(sums, 0, places, 0);
        add(windows, values, positions, sums);
        MemorySegment.copy(sums, 0, out.segment(), FLOAT, out.byteOffset() + plane * places * Float.BYTES, places);
    }

    private static void add(int n, float[] values, long[] positions, float[] sums) {
        for (int i = 0; i < n; i++) {
            sums[(int) positions[i]] += values[i];
        }
    }
}
