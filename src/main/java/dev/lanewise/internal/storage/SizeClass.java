package dev.lanewise.internal.storage;

/**
 * The block sizes of the pool, as pure functions.
 *
 * <p>Up to 1 MB there are four sizes per power of two, above it sixteen, so that rounding wastes at most a quarter of a
 * small block and a sixteenth of a large one. Every size is a multiple of 64 bytes.
 */
final class SizeClass {
    /** Number of class indices; not every index below it is a class. */
    static final int COUNT = 16 * 48;

    /** Blocks up to this size share a chunk with others of their class. */
    static final int LARGEST_SHARED = 64 << 10;

    private static final int SMALLEST = 512;
    private static final int FINE_FROM = 1 << 20;

    private SizeClass() {}

    /** The smallest block size that holds that many bytes. */
    static long roundUp(long bytes) {
        if (bytes <= SMALLEST) {
            return SMALLEST;
        }
        int exponent = 63 - Long.numberOfLeadingZeros(bytes);
        long step = 1L << (exponent - (bytes < FINE_FROM ? 2 : 4));
        return (bytes + step - 1) & -step;
    }

    /** The class index of a size that {@link #roundUp} returned; larger sizes have larger indices. */
    static int index(long size) {
        int exponent = 63 - Long.numberOfLeadingZeros(size);
        return 16 * exponent + (int) ((size - (1L << exponent)) >> (exponent - 4));
    }
}
