package dev.lanewise.internal.random;

import dev.lanewise.DType;
import dev.lanewise.internal.error.Check;
import java.util.function.LongSupplier;

/** Whole numbers and permutations by PyTorch's rules: a word, or two, modulo the size of the range. */
public final class IntegerFill {
    private static final long WORD_RANGE = 1L << 32;
    private static final long HALF_MAX = 65504;

    private IntegerFill() {}

    /**
     * Fills with whole numbers from {@code [low, high)}: {@code low + bits % (high - low)}, unsigned.
     *
     * <p>Ranges of 2^32 and more take 64 bits for the dtypes that hold them, everything else takes 32.
     */
    public static void range(Draws draws, Target target, long low, long high) {
        DType dtype = target.dtype();
        checkRange(dtype, low, high);
        long from = dtype.isFloatingPoint() ? lowest(dtype, low) : low;
        long to = dtype.isFloatingPoint() ? highest(dtype, high) : high;
        spread(draws, target, from, to - from);
    }

    /** Fills with whole numbers from {@code low} to the dtype's largest whole number of {@link #all}, included. */
    public static void from(Draws draws, Target target, long low) {
        DType dtype = target.dtype();
        if (dtype == DType.INT64 && low == Long.MIN_VALUE) {
            fill(target, () -> draws.engine().nextLong());
            return;
        }
        long last = count(dtype) - 1;
        if (low > last) {
            throw Check.argument("random_", "low must not be above the dtype's largest number")
                    .expected("at most " + last)
                    .got(low)
                    .error();
        }
        spread(draws, target, low, last - low + 1);
    }

    /**
     * Fills with whole numbers from the dtype's whole range: 0 to the largest integer, 0 or 1 for BOOL, 0 to 2^p for
     * a floating-point dtype with p bits of significand.
     */
    public static void all(Draws draws, Target target) {
        DType dtype = target.dtype();
        boolean wide = dtype == DType.INT64 || dtype == DType.FLOAT64;
        modulo(draws, target, 0, count(dtype), wide);
    }

    private static void spread(Draws draws, Target target, long low, long range) {
        boolean wide = Long.compareUnsigned(range, WORD_RANGE) >= 0 && takesLongs(target.dtype());
        modulo(draws, target, low, range, wide);
    }

    private static void modulo(Draws draws, Target target, long low, long range, boolean wide) {
        Mt19937 engine = draws.engine();
        if (wide) {
            fill(target, () -> low + Long.remainderUnsigned(engine.nextLong(), range));
        } else {
            fill(target, () -> low + Long.remainderUnsigned(Integer.toUnsignedLong(engine.next()), range));
        }
    }

    private static void fill(Target target, LongSupplier next) {
        long[] out = new long[target.chunk()];
        for (long at = 0; at < target.numel(); at += out.length) {
            int n = (int) Math.min(out.length, target.numel() - at);
            for (int i = 0; i < n; i++) {
                out[i] = next.getAsLong();
            }
            target.put(at, out, n);
        }
    }

    private static void checkRange(DType dtype, long low, long high) {
        if (low >= high) {
            throw Check.argument("randint", "low must be below high")
                    .got("low " + low + ", high " + high)
                    .error();
        }
        long least = least(dtype);
        long most = most(dtype);
        if (low < least || high - 1 > most) {
            throw Check.argument("randint", "the numbers must fit the dtype")
                    .expected(least + " to " + most + " for " + dtype.shortName())
                    .got(low + " to " + (high - 1))
                    .error();
        }
    }

    private static long least(DType dtype) {
        return switch (dtype) {
            case INT8, INT16, INT32 -> -1L << (8 * dtype.byteSize() - 1);
            case BOOL, UINT8 -> 0;
            case FLOAT16 -> -HALF_MAX;
            default -> Long.MIN_VALUE;
        };
    }

    private static long most(DType dtype) {
        return switch (dtype) {
            case BOOL -> 1;
            case UINT8 -> 255;
            case FLOAT16 -> HALF_MAX;
            default -> -1 - least(dtype);
        };
    }

    // Bounds that a floating-point dtype would round outwards move inwards.
    private static long lowest(DType dtype, long low) {
        long rounded = (long) inDType(dtype, low + 1);
        return rounded >= low ? low : rounded + spacing(dtype, low + 1);
    }

    private static long highest(DType dtype, long high) {
        long rounded = (long) inDType(dtype, high - 1);
        return rounded < high ? high : rounded - spacing(dtype, high - 1);
    }

    private static double inDType(DType dtype, long value) {
        return switch (dtype) {
            case FLOAT64 -> (double) value;
            case FLOAT32 -> (float) value;
            default -> Halves.round(dtype, (float) value);
        };
    }

    private static long spacing(DType dtype, long value) {
        int bits = 64 - Long.numberOfLeadingZeros(Math.abs(value));
        return 1L << Math.max(0, bits - UniformFill.significand(dtype));
    }

    /** The numbers 0 to n - 1 in random order, drawn from the front: n - 1 words. */
    public static long[] permutation(Draws draws, long n) {
        if (n < 0 || n > Integer.MAX_VALUE - 8) {
            throw Check.argument("randperm", "n must be in [0, 2147483639]")
                    .got(n)
                    .error();
        }
        long[] out = new long[(int) n];
        for (int i = 0; i < out.length; i++) {
            out[i] = i;
        }
        for (int i = 0; i < out.length - 1; i++) {
            int j = i + Integer.remainderUnsigned(draws.engine().next(), out.length - i);
            long swapped = out[j];
            out[j] = out[i];
            out[i] = swapped;
        }
        return out;
    }

    private static boolean takesLongs(DType dtype) {
        return switch (dtype) {
            case INT64, FLOAT64, FLOAT32, BFLOAT16 -> true;
            default -> false;
        };
    }

    // As an unsigned number: 2^63 for INT64.
    private static long count(DType dtype) {
        return switch (dtype) {
            case BOOL -> 2;
            case UINT8 -> 1L << 8;
            case INT8, INT16, INT32, INT64 -> 1L << (8 * dtype.byteSize() - 1);
            default -> (1L << UniformFill.significand(dtype)) + 1;
        };
    }
}
