package dev.lanewise.internal.simd;

/**
 * The class data of a copy of {@link MoveLoop}.
 *
 * @param shift base-2 logarithm of the bytes of an element
 * @param bits of the widest vector
 */
record MoveSpec(int shift, int bits) {
    /**
     * Elements of a side of the squares that are transposed: eight where a vector holds that many; with four, 64-bit elements
     * take twice as many instructions.
     */
    int lanes() {
        return Math.min(8, bits / Byte.SIZE >> shift);
    }

    /** Two lanes to a vector are no better than single elements. */
    boolean isWorthwhile() {
        return lanes() >= 4;
    }
}
