package dev.lanewise.internal.simd;

import java.lang.foreign.MemorySegment;

/** Transposes native lines of elements of 4 or 8 bytes. */
public interface TransposeKernel {
    /** Bytes of the scratch that a call needs. */
    int SCRATCH = 16 * 64;

    /** The elements of a vector: no line may be shorter. */
    int lanes();

    /**
     * Writes element {@code i} of line {@code l} to element {@code l} of row {@code i}.
     *
     * @param lineBytes from one line to the next
     * @param lines how many there are
     * @param length of a line, at least {@link #lanes()}
     * @param rowBytes from one row of the result to the next; whole vectors are written, so that a row may get up to {@code
     *     lanes() - 1} elements more
     * @param scratch of {@link #SCRATCH} bytes, on 64 bytes
     */
    void run(
            MemorySegment from,
            long fromOffset,
            long lineBytes,
            int lines,
            int length,
            MemorySegment to,
            long toOffset,
            long rowBytes,
            MemorySegment scratch);
}
