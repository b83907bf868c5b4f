package dev.lanewise.testing;

import dev.lanewise.DType;
import dev.lanewise.testing.reference.Ref;
import java.util.SplittableRandom;

/** Elements for test tensors, a function of a seed. */
public final class Values {
    private static final double[] SPECIAL_DOUBLES = {
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        0.0,
        -0.0,
        1,
        -1,
        Double.MIN_VALUE,
        Float.MIN_VALUE,
        -0x1p-130,
        0x1p-24,
        65504,
        Float.MAX_VALUE,
        -Float.MAX_VALUE
    };
    private static final long[] SPECIAL_LONGS = {
        0, 1, -1, 127, -128, 255, 32767, -32768, Integer.MAX_VALUE, Integer.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE
    };

    private Values() {}

    /** Values in [low, high], as far as the dtype has some: whole ones for integers, none below 0 for unsigned ones. */
    public static Ref within(DType dtype, long[] shape, double low, double high, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int n = numel(shape);
        if (dtype.isFloatingPoint()) {
            double[] values = new double[n];
            for (int i = 0; i < n; i++) {
                values[i] = random.nextDouble(low, Math.nextUp(high));
            }
            return Ref.floating(dtype, shape, values);
        }
        boolean unsigned = dtype == DType.UINT8 || dtype == DType.BOOL;
        long least = (long) Math.ceil(unsigned ? Math.max(0, low) : low);
        long most = Math.max(least, (long) Math.floor(high));
        long[] values = new long[n];
        for (int i = 0; i < n; i++) {
            values[i] = random.nextLong(least, most + 1);
        }
        return Ref.integral(dtype, shape, values);
    }

    /** Like {@link #within}, but about every third value is one that code likes to get wrong: NaN, -0.0, MIN_VALUE … */
    public static Ref special(DType dtype, long[] shape, double low, double high, long seed) {
        SplittableRandom random = new SplittableRandom(seed ^ 0x5EED);
        Ref plain = within(dtype, shape, low, high, seed);
        int n = plain.numel();
        double[] doubles = new double[n];
        long[] longs = new long[n];
        for (int i = 0; i < n; i++) {
            boolean special = random.nextInt(3) == 0;
            doubles[i] = special ? SPECIAL_DOUBLES[random.nextInt(SPECIAL_DOUBLES.length)] : plain.get(i);
            longs[i] = special ? SPECIAL_LONGS[random.nextInt(SPECIAL_LONGS.length)] : plain.getLong(i);
        }
        return dtype.isFloatingPoint() ? Ref.floating(dtype, shape, doubles) : Ref.integral(dtype, shape, longs);
    }

    /**
     * FLOAT64 values in [low, high], no two equal and none near 0: where functions with a kink or a choice are smooth.
     */
    public static Ref smooth(long[] shape, double low, double high, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int n = numel(shape);
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            // One value in the middle half of each of n cells; cells are an even number, so 0 is an edge of [-3, 3].
            int cells = n + n % 2;
            values[i] = low + (i + random.nextDouble(0.25, 0.75)) * (high - low) / cells;
        }
        for (int i = n - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            double moved = values[i];
            values[i] = values[j];
            values[j] = moved;
        }
        return Ref.floating(DType.FLOAT64, shape, values);
    }

    private static int numel(long[] shape) {
        long n = 1;
        for (long size : shape) {
            n *= size;
        }
        return Math.toIntExact(n);
    }
}
