package dev.lanewise.internal.kernel;

import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/** Positions of the median and the mode along lines that lie in one piece each. */
public final class Selection {
    /** What is looked for. */
    public enum Kind {
        /** The lower median; the first NaN if there is one. */
        MEDIAN,
        /** The lower median of what is not NaN. */
        NAN_MEDIAN,
        /** The smallest of the most frequent elements, where it stands last. */
        MODE
    }

    /** Of equal elements in lines up to this length that one is found that PyTorch's exchanges lead to. */
    private static final int SHORT = 1 << 16;

    /** Lines up to this length have their keys loaded; longer ones are read several times. */
    private static final int LOADED = 1 << 22;

    private static final int DIGIT_BITS = 16;
    private static final int DIGITS = 1 << DIGIT_BITS;

    private Selection() {}

    /**
     * Writes an INT64 position for each line.
     *
     * @param n elements of a line, at least 1
     */
    public static void run(Kind kind, long lines, long n, Operand x, Operand indices) {
        new Tiles(lines, n, 1).forTiles((start, width) -> {
            long position = find(kind, x, x.byteOffset() + (start << x.dtype().shift()), n);
            long to = indices.byteOffset() + start / n * Long.BYTES;
            indices.segment().set(ValueLayout.JAVA_LONG_UNALIGNED, to, position);
        });
    }

    private static long find(Kind kind, Operand x, long at, long n) {
        boolean floating = x.dtype().isFloatingPoint();
        if (kind == Kind.MODE) {
            return mode(keys(x, at, Math.toIntExact(n)), floating ? SortKeys.nan(x.dtype()) : 0, floating);
        }
        if (n > LOADED) {
            return ofLong(kind, x, at, n);
        }
        long[] keys = keys(x, at, (int) n);
        int ordered = keys.length;
        if (floating) {
            long nan = SortKeys.nan(x.dtype());
            int nans = 0;
            for (long key : keys) {
                nans += key == nan ? 1 : 0;
            }
            if (nans > 0 && kind == Kind.MEDIAN) {
                return first(keys, nan);
            }
            ordered -= nans;
        }
        return atRank(keys, Math.max(0, (ordered - 1) / 2));
    }

    /** Where the key of a rank stands: the first one in a long line, as exchanges leave it in a short one. */
    private static int atRank(long[] keys, int rank) {
        long key = new KeyCounts().kth(keys, keys.length, rank);
        int count = 0;
        for (long other : keys) {
            count += other == key ? 1 : 0;
        }
        return count == 1 || keys.length > SHORT ? first(keys, key) : NthElement.position(keys, rank);
    }

    private static int first(long[] keys, long key) {
        int place = 0;
        while (keys[place] != key) {
            place++;
        }
        return place;
    }

    private static long[] keys(Operand x, long at, int n) {
        long[] keys = new long[n];
        SortKeys.load(x, at, x.dtype().byteSize(), n, 0, keys);
        return keys;
    }

    private static long mode(long[] keys, long nan, boolean floating) {
        long[] sorted = keys.clone();
        Arrays.sort(sorted);
        long best = sorted[0];
        int most = 0;
        int run = 0;
        for (int i = 0; i < sorted.length; i++) {
            run++;
            // NaN equals nothing, not even NaN.
            boolean ends = i == sorted.length - 1 || sorted[i] != sorted[i + 1] || floating && sorted[i] == nan;
            if (ends) {
                best = run > most ? sorted[i] : best;
                most = Math.max(most, run);
                run = 0;
            }
        }
        int position = keys.length - 1;
        while (keys[position] != best) {
            position--;
        }
        return position;
    }

    /** Finds the element's key digit by digit, in one pass over the line for each, and then its first position. */
    private static long ofLong(Kind kind, Operand x, long at, long n) {
        boolean floating = x.dtype().isFloatingPoint();
        long nan = floating ? SortKeys.nan(x.dtype()) : 0;
        long nans = floating ? count(x, at, n, nan, 0, new long[1]) : 0;
        if (nans > 0 && (kind == Kind.MEDIAN || nans == n)) {
            return first(x, at, n, nan);
        }
        long rank = (n - nans - 1) / 2;
        long prefix = 0;
        for (int shift = Long.SIZE - DIGIT_BITS; shift >= 0; shift -= DIGIT_BITS) {
            long[] counts = new long[DIGITS];
            count(x, at, n, prefix, shift, counts);
            int digit = 0;
            while (rank >= counts[digit]) {
                rank -= counts[digit++];
            }
            prefix = prefix << DIGIT_BITS | digit;
        }
        return first(x, at, n, prefix ^ Long.MIN_VALUE);
    }

    /**
     * Counts the next digits of the keys that begin with a prefix, the sign bit turned over so that they are unsigned; or,
     * with one counter, the keys that equal the prefix.
     */
    private static long count(Operand x, long at, long n, long prefix, int shift, long[] counts) {
        long[] keys = new long[Strips.SIZE];
        boolean all = shift == Long.SIZE - DIGIT_BITS;
        long found = 0;
        for (long done = 0; done < n; done += Strips.SIZE) {
            int count = (int) Math.min(Strips.SIZE, n - done);
            SortKeys.load(x, at + (done << x.dtype().shift()), x.dtype().byteSize(), count, 0, keys);
            for (int i = 0; i < count; i++) {
                if (counts.length == 1) {
                    found += keys[i] == prefix ? 1 : 0;
                    continue;
                }
                long key = keys[i] ^ Long.MIN_VALUE;
                if (all || key >>> shift + DIGIT_BITS == prefix) {
                    counts[(int) (key >>> shift) & DIGITS - 1]++;
                }
            }
        }
        return found;
    }

    private static long first(Operand x, long at, long n, long key) {
        long[] keys = new long[Strips.SIZE];
        for (long done = 0; done < n; done += Strips.SIZE) {
            int count = (int) Math.min(Strips.SIZE, n - done);
            SortKeys.load(x, at + (done << x.dtype().shift()), x.dtype().byteSize(), count, 0, keys);
            for (int i = 0; i < count; i++) {
                if (keys[i] == key) {
                    return done + i;
                }
            }
        }
        throw new IllegalStateException("the element was changed while it was looked for");
    }
}
