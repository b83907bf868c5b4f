package dev.lanewise.internal.kernel;

import java.lang.foreign.MemorySegment;

/** Softmax of one row of floats in place. */
public interface SoftmaxKernel {
    /** Rows are padded to a multiple of so many elements, whatever the width of vectors. */
    int PADDING = 16;

    /**
     * Replaces a row by its softmax or the logarithm of it; the padding's results mean nothing.
     *
     * @param row native, the row from offset 0 on, padded with minus infinity
     * @param n elements with the padding, a multiple of {@link #PADDING}
     */
    void run(boolean log, MemorySegment row, int n);
}
