package dev.lanewise.internal.kernel;

import java.util.Arrays;

/**
 * Chooses the first elements of one line in the order of its keys, without sorting the rest.
 *
 * <p>Which of several equal elements are chosen, and in what order, follows from the steps taken. They are those that
 * PyTorch's results follow from: selection by partition around a median of three, and by a heap where few of many are
 * wanted (Musser, Introspective sorting and selection algorithms, 1997); for the k-th element Hoare's quickselect. Where no
 * equal elements are in question the result is the same by any steps, and the cheapest are taken.
 */
final class LineSelect {
    /** Elements whose keys are computed at once. */
    private static final int STRIP = 1024;

    /** Up to this length a line is tried with a bound for its first elements. */
    private static final int BOUNDED_TO = 1 << 14;

    /** More candidates than this many times those wanted are a sign of equal elements. */
    private static final int MANY = 4;

    /** A heap is used if at least this many times more elements are there than wanted. */
    private static final int HEAP_FACTOR = 64;

    /** Lines of more elements than this are not kept in memory for. */
    private static final int MOST_KEPT = 1 << 20;

    private int[] strip = new int[0];
    private int[] found = new int[0];
    private long[] wide = new long[0];
    private long[] candidates = new long[0];
    private final KeyHeap heap = new KeyHeap();
    private final KeyPartition parts = new KeyPartition();
    private KeyFilter filter = KeyFilter.SCALAR;
    private final KeyCounts counts = new KeyCounts();

    /** True if the memory is small enough to be kept for other calls. */
    boolean isModest() {
        return parts.capacity() <= MOST_KEPT;
    }

    /** Uses vectors, or not, from now on. */
    void filterBy(KeyFilter keyFilter) {
        filter = keyFilter;
    }

    /** The positions of the first {@code k} of {@code n} elements, in order if {@code sorts}. */
    void first(Operand x, long at, long step, int n, boolean descending, int k, boolean sorts, long[] out) {
        int flip = descending ? -1 : 0;
        if ((long) k * HEAP_FACTOR > n) {
            parts.load(x, at, step, n, flip);
            parts.first(k, n, sorts);
            parts.positions(0, k, out);
        } else if (x.dtype().shift() == 3) {
            heapOfLongs(x, at, step, n, flip, k);
            heap.sorted(out);
        } else if (n > BOUNDED_TO || !bounded(x, at, step, n, flip, k, out)) {
            heapOfInts(x, at, step, n, flip, k);
            heap.sorted(out);
        }
    }

    /** The position of the element that comes {@code k}-th, from 0. */
    long kth(Operand x, long at, long step, int n, int k) {
        parts.load(x, at, step, n, 0);
        long key = counts.kth(parts.keys(), n, k);
        int place = parts.only(key, n);
        return place >= 0 ? place : parts.kth(k, n);
    }

    private void ensure(int n) {
        if (strip.length < n) {
            strip = new int[n];
            found = new int[n];
        }
    }

    private void load(Operand x, long at, long step, int n, int flip) {
        SortKeys.ints(x, at, step, n, flip, strip, 0);
        Arrays.fill(strip, n, KeyFilter.padded(n), KeyFilter.NONE);
    }

    /** From what is not above a bound; false if there is none or equal elements would have to be chosen from. */
    private boolean bounded(Operand x, long at, long step, int n, int flip, int k, long[] out) {
        int padded = KeyFilter.padded(n);
        ensure(padded);
        load(x, at, step, n, flip);
        int bound = filter.bound(strip, padded, k);
        if (bound == KeyFilter.NONE) {
            return false;
        }
        int count = filter.below(strip, padded, bound + 1, found);
        if (count > MANY * k + KeyFilter.PADDING) {
            return false;
        }
        candidates = candidates.length < count ? new long[2 * count] : candidates;
        for (int i = 0; i < count; i++) {
            candidates[i] = (long) strip[found[i]] << 32 | found[i];
        }
        Arrays.sort(candidates, 0, count);
        for (int i = 1; i < Math.min(count, k + 1); i++) {
            if (candidates[i] >> 32 == candidates[i - 1] >> 32) {
                return false;
            }
        }
        for (int i = 0; i < k; i++) {
            out[i] = (int) candidates[i];
        }
        return true;
    }

    private void heapOfInts(Operand x, long at, long step, int n, int flip, int k) {
        heap.start(x, at, step, flip, k);
        ensure(STRIP);
        for (int from = k; from < n; from += STRIP) {
            int count = Math.min(STRIP, n - from);
            load(x, at + from * step, step, count, flip);
            int below = filter.below(strip, KeyFilter.padded(count), (int) heap.last(), found);
            for (int i = 0; i < below; i++) {
                heap.offer(strip[found[i]], from + found[i]);
            }
        }
    }

    private void heapOfLongs(Operand x, long at, long step, int n, int flip, int k) {
        heap.start(x, at, step, flip, k);
        wide = wide.length == 0 ? new long[STRIP] : wide;
        for (int from = k; from < n; from += STRIP) {
            int count = Math.min(STRIP, n - from);
            SortKeys.longs(x, at + from * step, step, count, flip, wide, 0);
            for (int i = 0; i < count; i++) {
                if (wide[i] < heap.last()) {
                    heap.offer(wide[i], from + i);
                }
            }
        }
    }
}
