package dev.lanewise.internal.kernel;

import java.util.Arrays;

/** Finds a key by its rank, by counting digits from the highest; only keys with the right digit are looked at again. */
final class KeyCounts {
    private static final int DIGIT = 11;

    /** Fewer keys than this are sorted. */
    private static final int FEW = 64;

    private final int[] counts = new int[1 << DIGIT];
    private long[] left = new long[0];

    /** The key that would be {@code rank}-th, from 0, of {@code n} sorted ones. */
    long kth(long[] keys, int n, int rank) {
        long[] from = keys;
        int count = n;
        int place = rank;
        while (count > FEW) {
            long least = Long.MAX_VALUE;
            long most = Long.MIN_VALUE;
            for (int i = 0; i < count; i++) {
                least = Math.min(least, from[i]);
                most = Math.max(most, from[i]);
            }
            if (least == most) {
                return least;
            }
            int shift = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(most - least) - DIGIT);
            count(from, count, least, shift);
            int digit = 0;
            while (place >= counts[digit]) {
                place -= counts[digit++];
            }
            count = keep(from, count, least, shift, digit);
            from = left;
        }
        if (left.length < count) {
            left = new long[FEW];
        }
        System.arraycopy(from, 0, left, 0, count);
        Arrays.sort(left, 0, count);
        return left[place];
    }

    private void count(long[] keys, int n, long least, int shift) {
        Arrays.fill(counts, 0);
        for (int i = 0; i < n; i++) {
            counts[(int) (keys[i] - least >>> shift)]++;
        }
    }

    /** Keeps the keys with a digit; they may be in {@link #left} already. */
    private int keep(long[] keys, int n, long least, int shift, int digit) {
        int size = Math.max(FEW, counts[digit] + 1);
        long[] to = left.length < size ? new long[size] : left;
        int kept = 0;
        for (int i = 0; i < n; i++) {
            // Written in any case and kept by the count, so that there is no branch to predict.
            to[kept] = keys[i];
            kept += (int) (keys[i] - least >>> shift) == digit ? 1 : 0;
        }
        left = to;
        return kept;
    }
}
