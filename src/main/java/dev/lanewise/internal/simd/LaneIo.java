package dev.lanewise.internal.simd;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;

/**
 * Moves one vector of elements of a dtype between memory and lanes of the type it is computed in.
 *
 * <p>Loops hold one as a constant, from {@link LaneSpec#io()}: a copy of {@link DTypeLanes} that belongs to that loop alone.
 */
interface LaneIo {
    /** Reads a vector, widened to float, double, int or long lanes. */
    <E> Vector<E> load(MemorySegment from, long at);

    /** Writes a vector, rounded or wrapped to the dtype; BOOL becomes 0 or 1. */
    <E> void store(Vector<E> lanes, MemorySegment to, long at);

    /** Reads one BOOL per lane. */
    <E> VectorMask<E> loadMask(MemorySegment from, long at);

    /** Writes one BOOL per lane. */
    <E> void storeMask(VectorMask<E> mask, MemorySegment to, long at);
}
