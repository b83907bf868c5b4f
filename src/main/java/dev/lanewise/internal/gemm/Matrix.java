package dev.lanewise.internal.gemm;

import java.lang.foreign.MemorySegment;

/**
 * A matrix in native memory with any strides.
 *
 * @param segment native memory
 * @param byteOffset of element (0, 0) in the segment
 * @param rowStride from one row to the next, in elements
 * @param colStride from one column to the next, in elements
 */
public record Matrix(MemorySegment segment, long byteOffset, long rowStride, long colStride) {
    /** The same memory with rows and columns exchanged. */
    public Matrix transposed() {
        return new Matrix(segment, byteOffset, colStride, rowStride);
    }

    /** The byte offset of an element of {@code 1 << shift} bytes. */
    long at(long row, long col, int shift) {
        return byteOffset + ((row * rowStride + col * colStride) << shift);
    }

    /** The same layout that begins {@code elements} further on. */
    Matrix shifted(long elements, int shift) {
        return new Matrix(segment, byteOffset + (elements << shift), rowStride, colStride);
    }
}
