package dev.lanewise.internal.kernel;

import dev.lanewise.DType;

/** Counts of elements by value or by interval. */
public final class Counting {
    private Counting() {}

    /**
     * The smallest and the largest of integers that lie in one piece.
     *
     * @param n at least 1
     */
    public static long[] range(Operand x, long n) {
        long[] ends = {Long.MAX_VALUE, Long.MIN_VALUE};
        forStrips(x, n, (strips, first, count) -> {
            for (int i = 0; i < count; i++) {
                ends[0] = Math.min(ends[0], strips.longs(1)[i]);
                ends[1] = Math.max(ends[1], strips.longs(1)[i]);
            }
        });
        return ends;
    }

    /** Adds 1 to {@code counts} at the place of each element; the elements lie in one piece. */
    public static void count(Operand x, long n, long[] counts) {
        forStrips(x, n, (strips, first, count) -> {
            long[] values = strips.longs(1);
            for (int i = 0; i < count; i++) {
                counts[Math.toIntExact(values[i])]++;
            }
        });
    }

    /** Adds the weight of each element to {@code sums} at its place; both lie in one piece. */
    public static void sum(Operand x, Operand weights, long n, double[] sums) {
        DType type = weights.dtype();
        forStrips(x, n, (strips, first, count) -> {
            strips.load(2, type, weights.segment(), weights.byteOffset() + (first << type.shift()), 1, count);
            for (int i = 0; i < count; i++) {
                double weight = type.isFloatingPoint() ? strips.doubles(2)[i] : strips.longs(2)[i];
                sums[Math.toIntExact(strips.longs(1)[i])] += weight;
            }
        });
    }

    /**
     * Adds 1 to {@code counts} at the place of the interval that each element of [low, high] is in; the intervals are of
     * equal width, and the last includes its end. Places are computed in float unless the dtype is FLOAT64.
     */
    public static void histogram(Operand x, long n, double low, double high, long[] counts) {
        boolean wide = x.dtype() == DType.FLOAT64;
        int bins = counts.length;
        forStrips(x, n, (strips, first, count) -> {
            double[] values = strips.doubles(1);
            for (int i = 0; i < count; i++) {
                double value = values[i];
                if (value >= low && value <= high) {
                    double place = wide
                            ? (value - low) * bins / (high - low)
                            : ((float) value - (float) low) * bins / ((float) high - (float) low);
                    counts[Math.min(bins - 1, (int) place)]++;
                }
            }
        });
    }

    private interface Body {
        void run(Strips strips, long first, int count);
    }

    private static void forStrips(Operand x, long n, Body body) {
        Strips strips = Strips.local();
        for (long first = 0; first < n; first += Strips.SIZE) {
            int count = (int) Math.min(Strips.SIZE, n - first);
            strips.load(
                    1,
                    x.dtype(),
                    x.segment(),
                    x.byteOffset() + (first << x.dtype().shift()),
                    1,
                    count);
            body.run(strips, first, count);
        }
    }
}
