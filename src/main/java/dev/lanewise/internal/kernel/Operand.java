package dev.lanewise.internal.kernel;

import dev.lanewise.DType;
import java.lang.foreign.MemorySegment;

/**
 * A tensor as the drivers see it: where its first element is and how far apart the elements are.
 *
 * @param segment native memory
 * @param byteOffset of the first element in the segment
 * @param strides in elements, one per dimension of the shape it is used with; 0 where it is expanded
 */
public record Operand(MemorySegment segment, long byteOffset, DType dtype, long[] strides) {
    /** The strides in bytes. */
    long[] byteStrides() {
        long[] bytes = new long[strides.length];
        for (int d = 0; d < bytes.length; d++) {
            bytes[d] = strides[d] << dtype.shift();
        }
        return bytes;
    }
}
