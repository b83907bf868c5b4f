package dev.lanewise.internal.kernel;

import java.lang.foreign.MemorySegment;

/** Finds the first positions of largest or smallest elements; NaN counts as the extreme, and zeros are equal. */
public interface ExtremeKernel {
    /** Columns of one call at most. */
    int COLUMNS = Strips.SIZE;

    /** What is kept for each column during a call; one thread's at a time. */
    final class State {
        private static final int SIZE = COLUMNS + 16;
        /** The row found for each column. */
        public final int[] rows = new int[SIZE];

        public final float[] floats = new float[SIZE];
        public final double[] doubles = new double[SIZE];
        public final int[] ints = new int[SIZE];
        public final long[] longs = new long[SIZE];
        public final long[] longRows = new long[SIZE];
    }

    /** The position of the first extreme among {@code n} neighbours, at least 1. */
    int row(MemorySegment x, long offset, int n);

    /** Puts the first row in which each column has its extreme into {@code state.rows}. */
    void columns(int rows, int width, MemorySegment x, long offset, long rowBytes, State state);
}
