package dev.lanewise.internal.gemm;

import java.lang.foreign.MemorySegment;

/**
 * A matrix in native memory with any strides, or with rows that begin anywhere.
 *
 * @param segment native memory
 * @param byteOffset of element (0, 0) in the segment; with {@code lines}, of what they count from
 * @param rowStride from one row to the next, in elements
 * @param colStride from one column to the next, in elements
 * @param lines where each row begins, in bytes; null for rows that are {@code rowStride} apart
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Matrix(MemorySegment segment, long byteOffset, long rowStride, long colStride, long[] lines) {
    /** A matrix of two strides. */
    public Matrix(MemorySegment segment, long byteOffset, long rowStride, long colStride) {
        this(segment, byteOffset, rowStride, colStride, null);
    }

    /** A matrix whose rows are in one piece each and begin anywhere. */
    static Matrix ofLines(MemorySegment segment, long byteOffset, long[] lines) {
        return new Matrix(segment, byteOffset, 0, 1, lines);
    }

    /** The same memory with rows and columns exchanged; not for rows that begin anywhere. */
    public Matrix transposed() {
        return new Matrix(segment, byteOffset, colStride, rowStride);
    }

    /** The byte offset of an element of {@code 1 << shift} bytes. */
    long at(long row, long col, int shift) {
        long begin = lines == null ? row * rowStride << shift : lines[(int) row];
        return byteOffset + begin + (col * colStride << shift);
    }

    /** The same layout that begins {@code elements} further on. */
    Matrix shifted(long elements, int shift) {
        return new Matrix(segment, byteOffset + (elements << shift), rowStride, colStride, lines);
    }

    /** How many rows from {@code row} to before {@code end} are equally far apart. */
    int run(long row, long end) {
        if (lines == null) {
            return (int) (end - row);
        }
        int from = (int) row;
        int to = from + 1;
        while (to < end && lines[to] - lines[to - 1] == lines[from + 1] - lines[from]) {
            to++;
        }
        return to - from;
    }

    /** The distance of the first two rows of a run, in bytes. */
    long step(long row, int run, int shift) {
        return lines == null ? rowStride << shift : run < 2 ? 0 : lines[(int) row + 1] - lines[(int) row];
    }
}
