package dev.lanewise.internal.shape;

/**
 * A layout over a storage: sizes, strides and the offset of the first element, counted in elements.
 *
 * <p>The arrays are shared with whoever made the view and are never changed after that.
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of arrays for internal use; views are never compared
public record View(long[] shape, long[] strides, long offset) {
    /** A row-major view from the beginning of a storage. */
    public static View contiguous(long... shape) {
        return new View(shape, Shapes.contiguousStrides(shape), 0);
    }

    /** Number of dimensions. */
    public int rank() {
        return shape.length;
    }
}
