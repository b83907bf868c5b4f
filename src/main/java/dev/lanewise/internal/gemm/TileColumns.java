package dev.lanewise.internal.gemm;

/**
 * Columns of a product by vectors: each vector's begin in B and in C, in elements, and how many columns of it are stored.
 *
 * <p>What B has beyond those must be memory that may be read.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record TileColumns(long[] from, long[] to, int[] width, int count) {
    TileColumns(long[] from, long[] to, int[] width) {
        this(from, to, width, from.length);
    }

    /** The first of them. */
    TileColumns first(int vectors) {
        return vectors == count ? this : new TileColumns(from, to, width, vectors);
    }
}
