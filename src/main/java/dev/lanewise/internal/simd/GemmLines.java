package dev.lanewise.internal.simd;

import java.lang.foreign.MemorySegment;

/**
 * What surrounds the inner loop of a matrix product: operands are packed for {@link GemmKernel}, its tiles are stored.
 *
 * @param <T> {@code float[]} or {@code double[]}
 */
public interface GemmLines<T> {
    /** Whole vectors are read while packing, which are at most so many bytes. */
    int MOST_BYTES = 64;

    /**
     * Copies, or adds if {@code add}, the first rows of a tile to rows {@code rowBytes} apart: {@code cols} columns of each,
     * of which the first stands at {@code at} of the tile.
     */
    void store(T tile, int at, int rows, int cols, MemorySegment c, long cOffset, long rowBytes, boolean add);

    /** Adds one line of {@code cols} elements to each of {@code rows} native rows, {@code rowBytes} apart. */
    void addRow(MemorySegment x, long xOffset, int rows, int cols, MemorySegment c, long cOffset, long rowBytes);

    /** Adds element {@code r} of a line to the {@code cols} elements of native row {@code r}, {@code rowBytes} apart. */
    void addColumn(MemorySegment x, long xOffset, int rows, int cols, MemorySegment c, long cOffset, long rowBytes);

    /** Copies native rows of {@code n} elements, {@code fromRow} bytes apart, to rows {@code toRow} bytes apart. */
    void copyRows(
            MemorySegment from,
            long fromOffset,
            long fromRow,
            MemorySegment to,
            long toOffset,
            long toRow,
            int rows,
            int n);

    /**
     * Copies {@code rows} native rows, {@code rowBytes} apart, into slivers of B, {@code sliverBytes} apart, each of which
     * gets {@link GemmKernel#nr()} elements of every row.
     */
    void packRows(
            MemorySegment from,
            long fromOffset,
            long rowBytes,
            int rows,
            MemorySegment to,
            long toOffset,
            int slivers,
            long sliverBytes);

    /**
     * Copies {@code rows} native rows of {@code n} elements, {@code rowBytes} apart, into rows of A; reads and writes
     * whole vectors of at most {@link #MOST_BYTES}.
     */
    void packLines(MemorySegment from, long fromOffset, long rowBytes, int rows, int n, T to, int at);
}
