package dev.lanewise.internal.simd;

import java.lang.foreign.MemorySegment;

/** The inner loops of the product of a matrix and a vector, FLOAT32 or FLOAT64, in native memory. */
public interface GemvKernel {
    /** Bytes of one row's chains, {@link #CHAINS} / element size of them. */
    int CHAINS = 64;
    /** The most rows of a call of {@link #dots}. */
    int MOST_ROWS = 4;
    /** Columns of a call of {@link #addColumns}. */
    int COLUMNS = 4;

    /** Rows that one call of {@link #dots} multiplies. */
    int rows();

    /** The elements of a vector. */
    int lanes();

    /**
     * Adds products of the rows of a matrix and a vector to the chains of each row: chain {@code c} becomes {@code s =
     * fma(a[p], x[p], s)} over {@code p = c, c + C, c + 2 C …}, for the C elements of {@link #CHAINS} bytes.
     *
     * @param count of the rows, at most {@link #rows()}
     * @param n elements of a row, a multiple of C
     * @param chains of the rows, one row after another; those of all {@link #rows()} are written
     */
    void dots(
            MemorySegment a,
            long aOffset,
            long rowBytes,
            int count,
            int n,
            MemorySegment x,
            long xOffset,
            MemorySegment chains);

    /**
     * Adds multiples of {@code columns} lines to a line, one after another: {@code y = fma(x[p], a[p], y)}.
     *
     * @param n elements of a line, a multiple of {@link #lanes()}
     * @param columns {@link #COLUMNS} or 1
     */
    void addColumns(
            MemorySegment a,
            long aOffset,
            long columnBytes,
            int columns,
            int n,
            MemorySegment x,
            long xOffset,
            MemorySegment y,
            long yOffset);
}
