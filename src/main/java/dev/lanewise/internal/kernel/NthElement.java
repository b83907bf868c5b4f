package dev.lanewise.internal.kernel;

import java.util.Arrays;

/**
 * The element that would stand at a place if a line were sorted, in O(n) expected: quickselect with the median of three
 * as pivot (Musser, Introspective Sorting and Selection Algorithms, 1997).
 *
 * <p>Which of several equal elements is found follows from the order of the exchanges, which is that of the C++ library
 * that PyTorch is built with, so that positions agree.
 */
final class NthElement {
    private static final int FEW = 3;

    private final long[] keys;
    private final int[] order;

    private NthElement(long[] keys) {
        this.keys = keys;
        order = new int[keys.length];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
    }

    /** The position of the key with the given rank. */
    static int position(long[] keys, int rank) {
        return new NthElement(keys).select(rank);
    }

    private int select(int rank) {
        int from = 0;
        int to = order.length;
        int partitions = 2 * (Integer.SIZE - 1 - Integer.numberOfLeadingZeros(Math.max(1, to)));
        while (to - from > FEW) {
            if (partitions-- == 0) {
                return bySorting(from, to, rank);
            }
            int cut = partition(from, to);
            if (cut <= rank) {
                from = cut;
            } else {
                to = cut;
            }
        }
        sortFew(from, to);
        return order[rank];
    }

    private boolean less(int i, int j) {
        return keys[order[i]] < keys[order[j]];
    }

    private void swap(int i, int j) {
        int kept = order[i];
        order[i] = order[j];
        order[j] = kept;
    }

    /** Splits a range at the median of three of its elements, and gives where the upper part begins. */
    private int partition(int from, int to) {
        swap(from, middle(from + 1, from + (to - from) / 2, to - 1));
        int low = from + 1;
        int high = to;
        while (true) {
            while (less(low, from)) {
                low++;
            }
            high--;
            while (less(from, high)) {
                high--;
            }
            if (low >= high) {
                return low;
            }
            swap(low, high);
            low++;
        }
    }

    private int middle(int a, int b, int c) {
        if (less(a, b)) {
            return less(b, c) ? b : less(a, c) ? c : a;
        }
        return less(a, c) ? a : less(b, c) ? c : b;
    }

    private void sortFew(int from, int to) {
        for (int i = from + 1; i < to; i++) {
            for (int j = i; j > from && less(j, j - 1); j--) {
                swap(j, j - 1);
            }
        }
    }

    /** Where the pivots were bad again and again, sorting bounds the time. */
    private int bySorting(int from, int to, int rank) {
        long[] sorted = new long[to - from];
        for (int i = from; i < to; i++) {
            sorted[i - from] = keys[order[i]];
        }
        Arrays.sort(sorted);
        int at = from;
        while (keys[order[at]] != sorted[rank - from]) {
            at++;
        }
        return order[at];
    }
}
