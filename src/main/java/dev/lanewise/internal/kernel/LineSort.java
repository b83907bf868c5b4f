package dev.lanewise.internal.kernel;

import java.util.Arrays;

/**
 * Sorts the positions of one line by its keys, stable; the memory is used again for the next line.
 *
 * <p>Keys that differ by less than 2³² are packed with their position into one long, so that any sort is a stable one. Long
 * lines are sorted digit by digit from the lowest (LSD radix sort, Knuth, The Art of Computer Programming 3, 5.2.5); the
 * smallest key is subtracted first, so that there are no more digits than the keys' range needs.
 */
final class LineSort {
    /** From this length on a pass per digit is cheaper than comparing. */
    private static final int PACKED_RADIX_FROM = 160;

    /** Up to this length keys of 64 bits are inserted one by one. */
    private static final int INSERT_TO = 40;

    /** From this length on the counters of wide digits are worth their clearing. */
    private static final int WIDE_DIGITS_FROM = 1 << 13;

    private static final int WIDE_DIGIT = 11;
    private static final int DIGIT = 8;

    /** Lines of more elements than this are not kept in memory for. */
    private static final int MOST_KEPT = 1 << 21;

    private int[] narrow = new int[0];
    private long[] keys = new long[0];
    private long[] spareKeys = new long[0];
    private int[] order = new int[0];
    private int[] spareOrder = new int[0];
    private final int[][] counts = new int[4][1 << WIDE_DIGIT];
    private boolean packed;
    private int length;

    /** True if the memory is small enough to be kept for other calls. */
    boolean isModest() {
        return keys.length <= MOST_KEPT;
    }

    /** Sorts the line of {@code n} elements that begins at a byte offset. */
    void sort(Operand x, long at, long step, int n, boolean descending) {
        length = n;
        if (keys.length < n) {
            keys = new long[n];
            spareKeys = new long[n];
        }
        if (x.dtype().shift() < 3) {
            if (narrow.length < n) {
                narrow = new int[n];
            }
            SortKeys.ints(x, at, step, n, descending ? -1 : 0, narrow, 0);
            sortNarrow(n);
        } else {
            SortKeys.longs(x, at, step, n, descending ? -1 : 0, keys, 0);
            sortWide(n);
        }
    }

    /** The positions in order, in memory that the next line uses. */
    long[] positions() {
        long[] result = spareKeys;
        if (packed) {
            for (int i = 0; i < length; i++) {
                result[i] = keys[i] & 0xFFFFFFFFL;
            }
        } else {
            for (int i = 0; i < length; i++) {
                result[i] = order[i];
            }
        }
        return result;
    }

    // ------------------------------------------------------------------ keys packed with their position

    private void sortNarrow(int n) {
        packed = true;
        if (n < PACKED_RADIX_FROM) {
            for (int i = 0; i < n; i++) {
                keys[i] = (long) narrow[i] << 32 | i;
            }
            Arrays.sort(keys, 0, n);
            return;
        }
        int least = Integer.MAX_VALUE;
        int most = Integer.MIN_VALUE;
        for (int i = 0; i < n; i++) {
            least = Math.min(least, narrow[i]);
            most = Math.max(most, narrow[i]);
        }
        for (int i = 0; i < n; i++) {
            keys[i] = (long) (narrow[i] - least) << 32 | i;
        }
        radixPacked(n, Integer.SIZE - Integer.numberOfLeadingZeros(most - least));
    }

    /** Sorts by {@code bits} bits from bit 32 on. */
    private void radixPacked(int n, int bits) {
        int widest = n < WIDE_DIGITS_FROM ? DIGIT : WIDE_DIGIT;
        int passes = (bits + widest - 1) / widest;
        int width = passes == 0 ? 0 : (bits + passes - 1) / passes;
        int mask = (1 << width) - 1;
        for (int p = 0; p < passes; p++) {
            Arrays.fill(counts[p], 0, mask + 1, 0);
        }
        count(keys, n, width, mask, passes);
        for (int p = 0; p < passes; p++) {
            if (toPlaces(counts[p], mask, n)) {
                move(keys, spareKeys, n, 32 + p * width, mask, counts[p]);
                long[] moved = spareKeys;
                spareKeys = keys;
                keys = moved;
            }
        }
    }

    private void count(long[] from, int n, int width, int mask, int passes) {
        int p = 0;
        for (; p + 2 <= passes; p += 2) {
            int[] low = counts[p];
            int[] high = counts[p + 1];
            int shift = 32 + p * width;
            for (int i = 0; i < n; i++) {
                int digits = (int) (from[i] >>> shift);
                low[digits & mask]++;
                high[digits >>> width & mask]++;
            }
        }
        if (p < passes) {
            countOne(from, n, 32 + p * width, mask, counts[p]);
        }
    }

    private static void countOne(long[] from, int n, int shift, int mask, int[] counts) {
        for (int i = 0; i < n; i++) {
            counts[(int) (from[i] >>> shift) & mask]++;
        }
    }

    /** Makes counts to first places; false if one digit is everywhere, so that nothing needs to move. */
    private static boolean toPlaces(int[] counts, int mask, int n) {
        int next = 0;
        for (int d = 0; d <= mask; d++) {
            int count = counts[d];
            if (count == n) {
                return false;
            }
            counts[d] = next;
            next += count;
        }
        return true;
    }

    private static void move(long[] from, long[] to, int n, int shift, int mask, int[] places) {
        for (int i = 0; i < n; i++) {
            long key = from[i];
            to[places[(int) (key >>> shift) & mask]++] = key;
        }
    }

    // ------------------------------------------------------------------ keys of 64 bits

    private void sortWide(int n) {
        packed = false;
        long least = Long.MAX_VALUE;
        long most = Long.MIN_VALUE;
        for (int i = 0; i < n; i++) {
            least = Math.min(least, keys[i]);
            most = Math.max(most, keys[i]);
        }
        int bits = Long.SIZE - Long.numberOfLeadingZeros(n == 0 ? 0 : most - least);
        if (bits <= Integer.SIZE && n > INSERT_TO) {
            packed = true;
            for (int i = 0; i < n; i++) {
                keys[i] = keys[i] - least << 32 | i;
            }
            if (n < PACKED_RADIX_FROM) {
                // The sign bit belongs to the key, which has none here.
                sortUnsigned(n);
            } else {
                radixPacked(n, bits);
            }
            return;
        }
        if (order.length < n) {
            order = new int[n];
            spareOrder = new int[n];
        }
        for (int i = 0; i < n; i++) {
            order[i] = i;
        }
        if (n <= INSERT_TO) {
            insert(n);
        } else {
            radixWide(n, least, bits);
        }
    }

    private void sortUnsigned(int n) {
        for (int i = 0; i < n; i++) {
            keys[i] ^= Long.MIN_VALUE;
        }
        Arrays.sort(keys, 0, n);
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

    private void radixWide(int n, long least, int bits) {
        for (int i = 0; i < n; i++) {
            keys[i] -= least;
        }
        int widest = n < WIDE_DIGITS_FROM ? DIGIT : WIDE_DIGIT;
        int passes = (bits + widest - 1) / widest;
        int width = (bits + passes - 1) / passes;
        int mask = (1 << width) - 1;
        int[] places = counts[0];
        for (int shift = 0; shift < bits; shift += width) {
            Arrays.fill(places, 0, mask + 1, 0);
            countOne(keys, n, shift, mask, places);
            if (toPlaces(places, mask, n)) {
                moveWide(keys, order, spareKeys, spareOrder, n, shift, mask, places);
                long[] movedKeys = spareKeys;
                spareKeys = keys;
                keys = movedKeys;
                int[] movedOrder = spareOrder;
                spareOrder = order;
                order = movedOrder;
            }
        }
    }

    private static void moveWide(
            long[] from, int[] fromOrder, long[] to, int[] toOrder, int n, int shift, int mask, int[] places) {
        for (int i = 0; i < n; i++) {
            long key = from[i];
            int place = places[(int) (key >>> shift) & mask]++;
            to[place] = key;
            toOrder[place] = fromOrder[i];
        }
    }
}
