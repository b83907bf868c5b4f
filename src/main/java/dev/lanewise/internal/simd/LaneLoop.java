package dev.lanewise.internal.simd;

import dev.lanewise.internal.kernel.Scratch;
import java.lang.foreign.MemorySegment;

/**
 * The inner loop of a vector kernel over whole vectors.
 *
 * <p>Each implementation is a template: it is never used itself but copied per op and dtype. What it calls for each vector
 * must be in itself or in a copy that it holds as a constant, no local vector may be null or merge with null, and it checks
 * the class of its segments first, because compiled code is several times slower without.
 */
interface LaneLoop {
    /**
     * Computes {@code n} elements, a multiple of the lanes; the offsets are in bytes. An input that stands still is a whole
     * vector of copies of its element.
     */
    void run(
            int n,
            MemorySegment out,
            long oo,
            MemorySegment a,
            long ao,
            MemorySegment b,
            long bo,
            MemorySegment c,
            long co);

    /** The segment itself, whose exact class C2 knows from here on; an error for one that the loops must not see. */
    static MemorySegment nat(MemorySegment segment) {
        if (segment.getClass() != Scratch.NATIVE) {
            throw new IllegalArgumentException("kernels take native segments only, got " + segment);
        }
        return segment;
    }
}
