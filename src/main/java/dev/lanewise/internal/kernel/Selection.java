package dev.lanewise.internal.kernel;

import dev.lanewise.DType;
import java.lang.foreign.MemorySegment;
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

    /** Lines up to this length are partitioned in heap arrays; longer ones are read several times. */
    private static final int SHORT = 1 << 16;

    private static final int DIGIT_BITS = 16;
    private static final int DIGITS = 1 << DIGIT_BITS;
    private static final long NAN_KEY = Long.MAX_VALUE;

    private Selection() {}

    /**
     * Writes an INT64 position for each line.
     *
     * @param n elements of a line, at least 1
     */
    public static void run(Kind kind, long lines, long n, Operand x, Operand indices) {
        new Tiles(lines, n, 1).forTiles((start, width) -> {
            long position = find(
                    kind,
                    x.dtype(),
                    x.segment(),
                    x.byteOffset() + (start << x.dtype().shift()),
                    n);
            long to = indices.byteOffset() + start / n * Long.BYTES;
            indices.segment().set(ValueLayout.JAVA_LONG_UNALIGNED, to, position);
        });
    }

    private static long find(Kind kind, DType type, MemorySegment x, long at, long n) {
        if (kind == Kind.MODE) {
            return mode(keys(type, x, at, Math.toIntExact(n)), type.isFloatingPoint());
        }
        if (n > SHORT) {
            return ofLong(kind, type, x, at, n);
        }
        long[] keys = keys(type, x, at, (int) n);
        int ordered = keys.length;
        if (type.isFloatingPoint()) {
            for (int i = 0; i < keys.length; i++) {
                if (keys[i] == NAN_KEY) {
                    if (kind == Kind.MEDIAN) {
                        return i;
                    }
                    ordered--;
                }
            }
        }
        return NthElement.position(keys, Math.max(0, (ordered - 1) / 2));
    }

    /** Longs in the order of the elements; zeros of both signs are equal, and NaN is the greatest. */
    private static long[] keys(DType type, MemorySegment x, long at, int n) {
        long[] keys = new long[n];
        for (int done = 0; done < n; done += Strips.SIZE) {
            int count = Math.min(Strips.SIZE, n - done);
            load(type, x, at + ((long) done << type.shift()), count, keys, done);
        }
        return keys;
    }

    private static void load(DType type, MemorySegment x, long at, int count, long[] keys, int to) {
        Strips strips = Strips.local();
        strips.load(1, type, x, at, 1, count);
        if (!type.isFloatingPoint()) {
            System.arraycopy(strips.longs(1), 0, keys, to, count);
            return;
        }
        double[] values = strips.doubles(1);
        for (int i = 0; i < count; i++) {
            // Adding zero makes -0.0 positive. The bits of a negative double fall where the double rises.
            long bits = Double.doubleToRawLongBits(values[i] + 0.0);
            keys[to + i] = Double.isNaN(values[i]) ? NAN_KEY : bits ^ (bits >> 63 & Long.MAX_VALUE);
        }
    }

    private static long mode(long[] keys, boolean floating) {
        long[] sorted = keys.clone();
        Arrays.sort(sorted);
        long best = sorted[0];
        int most = 0;
        int run = 0;
        for (int i = 0; i < sorted.length; i++) {
            run++;
            // NaN equals nothing, not even NaN.
            boolean ends = i == sorted.length - 1 || sorted[i] != sorted[i + 1] || floating && sorted[i] == NAN_KEY;
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
    private static long ofLong(Kind kind, DType type, MemorySegment x, long at, long n) {
        long nans = type.isFloatingPoint() ? count(type, x, at, n, NAN_KEY, 0, new long[1]) : 0;
        if (nans > 0 && (kind == Kind.MEDIAN || nans == n)) {
            return first(type, x, at, n, NAN_KEY);
        }
        long rank = (n - nans - 1) / 2;
        long prefix = 0;
        for (int shift = Long.SIZE - DIGIT_BITS; shift >= 0; shift -= DIGIT_BITS) {
            long[] counts = new long[DIGITS];
            count(type, x, at, n, prefix, shift, counts);
            int digit = 0;
            while (rank >= counts[digit]) {
                rank -= counts[digit++];
            }
            prefix = prefix << DIGIT_BITS | digit;
        }
        return first(type, x, at, n, prefix ^ Long.MIN_VALUE);
    }

    /**
     * Counts the next digits of the keys that begin with a prefix, the sign bit turned over so that they are unsigned; or,
     * with one counter, the keys that equal the prefix.
     */
    private static long count(DType type, MemorySegment x, long at, long n, long prefix, int shift, long[] counts) {
        long[] keys = new long[Strips.SIZE];
        boolean all = shift == Long.SIZE - DIGIT_BITS;
        long found = 0;
        for (long done = 0; done < n; done += Strips.SIZE) {
            int count = (int) Math.min(Strips.SIZE, n - done);
            load(type, x, at + (done << type.shift()), count, keys, 0);
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

    private static long first(DType type, MemorySegment x, long at, long n, long key) {
        long[] keys = new long[Strips.SIZE];
        for (long done = 0; done < n; done += Strips.SIZE) {
            int count = (int) Math.min(Strips.SIZE, n - done);
            load(type, x, at + (done << type.shift()), count, keys, 0);
            for (int i = 0; i < count; i++) {
                if (keys[i] == key) {
                    return done + i;
                }
            }
        }
        throw new IllegalStateException("the element was changed while it was looked for");
    }
}
