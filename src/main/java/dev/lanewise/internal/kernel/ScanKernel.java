package dev.lanewise.internal.kernel;

import java.lang.foreign.MemorySegment;

/** The inner loop of running sums and products of many lines at once, whose elements are neighbours. */
public interface ScanKernel {
    /**
     * Walks some rows: {@code carried[w] = combine(carried[w], x)}, which is written rounded.
     *
     * @param width a multiple of {@link #COLUMNS}
     * @param rowBytes from one row to the next; negative to walk backwards
     * @param carried doubles of floating-point dtypes, else longs
     */
    void run(int rows, int width, MemorySegment x, long xo, MemorySegment out, long oo, long rowBytes, Object carried);

    /** Elements that fill whole vectors of any width. */
    int COLUMNS = 8;
}
