package dev.lanewise.internal.kernel;

import java.util.Arrays;

/**
 * Sorts the positions of one line by its keys, stable; the memory is used again for the next line.
 *
 * <p>Keys of 32 bits are packed with their position into one long, so that any sort is a stable one. Long lines are sorted
 * digit by digit from the lowest (LSD radix sort, Knuth, The Art of Computer Programming 3, 5.2.5), digits that are the
 * same everywhere are skipped.
 */
final class LineSort {
    /** From this length on a pass per digit is cheaper than comparing. */
    private static final int PACKED_RADIX_FROM = 512;

    /** Up to this length keys of 64 bits are inserted one by one. */
    private static final int INSERT_TO = 40;

    private final boolean packed;
    private long[] keys;
    private long[] spareKeys;
    private int[] order;
    private int[] spareOrder;

    /** A sorter for lines of at most {@code n} elements of a size of {@code 1 << shift} bytes. */
    LineSort(int n, int shift) {
        packed = shift < 3;
        keys = new long[n];
        boolean radix = packed ? n >= PACKED_RADIX_FROM : n > INSERT_TO;
        spareKeys = new long[radix ? n : 0];
        order = new int[packed ? 0 : n];
        spareOrder = new int[packed || !radix ? 0 : n];
    }

    /** Sorts the line of {@code n} elements that begins at a byte offset. */
    void sort(Operand x, long at, long step, int n, boolean descending) {
        SortKeys.load(x, at, step, n, descending ? -1 : 0, keys);
        if (packed) {
            for (int i = 0; i < n; i++) {
                keys[i] = keys[i] << 32 | i;
            }
            if (n < PACKED_RADIX_FROM) {
                Arrays.sort(keys, 0, n);
            } else {
                radix(n, 32, 11);
            }
        } else {
            for (int i = 0; i < n; i++) {
                order[i] = i;
            }
            if (n <= INSERT_TO) {
                insert(n);
            } else {
                radix(n, 0, 8);
            }
        }
    }

    /** The positions in order, as many as fit. */
    void positions(long[] out) {
        for (int i = 0; i < out.length; i++) {
            out[i] = packed ? (int) keys[i] : order[i];
        }
    }

    private void insert(int n) {
        for (int i = 1; i < n; i++) {
            long key = keys[i];
            int from = order[i];
            int j = i - 1;
            while (j >= 0 && keys[j] > key) {
                keys[j + 1] = keys[j];
                order[j + 1] = order[j];
                j--;
            }
            keys[j + 1] = key;
            order[j + 1] = from;
        }
    }

    /** Sorts by the bits from {@code low} on, in digits of {@code width} bits. */
    private void radix(int n, int low, int width) {
        int passes = (63 - low) / width + 1;
        int mask = (1 << width) - 1;
        int[][] counts = new int[passes][mask + 1];
        for (int i = 0; i < n; i++) {
            long bits = (keys[i] ^ Long.MIN_VALUE) >>> low;
            for (int p = 0; p < passes; p++) {
                counts[p][(int) (bits >>> p * width) & mask]++;
            }
        }
        for (int p = 0; p < passes; p++) {
            int shift = low + p * width;
            int[] places = counts[p];
            if (places[digit(keys[0], shift, mask)] == n) {
                continue;
            }
            int next = 0;
            for (int d = 0; d <= mask; d++) {
                int count = places[d];
                places[d] = next;
                next += count;
            }
            pass(n, shift, mask, places);
        }
    }

    private static int digit(long key, int shift, int mask) {
        return (int) ((key ^ Long.MIN_VALUE) >>> shift) & mask;
    }

    private void pass(int n, int shift, int mask, int[] places) {
        long[] from = keys;
        long[] to = spareKeys;
        if (packed) {
            for (int i = 0; i < n; i++) {
                to[places[digit(from[i], shift, mask)]++] = from[i];
            }
        } else {
            int[] fromOrder = order;
            int[] toOrder = spareOrder;
            for (int i = 0; i < n; i++) {
                int place = places[digit(from[i], shift, mask)]++;
                to[place] = from[i];
                toOrder[place] = fromOrder[i];
            }
            order = toOrder;
            spareOrder = fromOrder;
        }
        keys = to;
        spareKeys = from;
    }
}
