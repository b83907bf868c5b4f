package dev.lanewise;

import java.util.Arrays;

/** Positions of all ways to pick some elements of a list. */
final class Combinations {
    private Combinations() {}

    /** For each of {@code r} places, what is picked there in all combinations of {@code n} elements, in their order. */
    static long[][] columns(long n, int r, boolean withReplacement) {
        int step = withReplacement ? 0 : 1;
        long[] picked = new long[r];
        for (int i = 0; i < r; i++) {
            picked[i] = (long) i * step;
        }
        int capacity = 16;
        long[][] columns = new long[r][capacity];
        int count = 0;
        boolean more = picked[r - 1] < n;
        while (more) {
            if (count == capacity) {
                capacity = Math.multiplyExact(capacity, 2);
                for (int i = 0; i < r; i++) {
                    columns[i] = Arrays.copyOf(columns[i], capacity);
                }
            }
            for (int i = 0; i < r; i++) {
                columns[i][count] = picked[i];
            }
            count++;
            more = advance(picked, n, step);
        }
        for (int i = 0; i < r; i++) {
            columns[i] = Arrays.copyOf(columns[i], count);
        }
        return columns;
    }

    /** The next combination in order; false if there is none. */
    private static boolean advance(long[] picked, long n, int step) {
        int r = picked.length;
        for (int i = r - 1; i >= 0; i--) {
            if (picked[i] < n - 1 - (long) (r - 1 - i) * step) {
                picked[i]++;
                for (int j = i + 1; j < r; j++) {
                    picked[j] = picked[j - 1] + step;
                }
                return true;
            }
        }
        return false;
    }
}
