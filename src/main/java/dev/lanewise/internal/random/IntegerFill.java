package dev.lanewise.internal.random;

import dev.lanewise.DType;
import dev.lanewise.internal.error.Check;

/** Whole numbers and permutations by PyTorch's rules: a word, or two, modulo the size of the range. */
public final class IntegerFill {
    private static final long WORD_RANGE = 1L << 32;

    private IntegerFill() {}

    /**
     * Fills with whole numbers from {@code [low, high)}: {@code low + bits % (high - low)}, unsigned.
     *
     * <p>Ranges of 2^32 and more take 64 bits for the dtypes that hold them, everything else takes 32.
     */
    public static void range(Draws draws, Target target, long low, long high) {
        if (low >= high) {
            throw Check.argument("randint", "low must be below high")
                    .got("low " + low + ", high " + high)
                    .error();
        }
        long range = high - low;
        boolean wide = Long.compareUnsigned(range, WORD_RANGE) >= 0 && takesLongs(target.dtype());
        long[] out = new long[target.chunk()];
        for (long at = 0; at < target.numel(); at += out.length) {
            int n = (int) Math.min(out.length, target.numel() - at);
            for (int i = 0; i < n; i++) {
                long bits = wide
                        ? draws.engine().nextLong()
                        : Integer.toUnsignedLong(draws.engine().next());
                out[i] = low + Long.remainderUnsigned(bits, range);
            }
            target.put(at, out, n);
        }
    }

    /**
     * Fills with whole numbers from the dtype's whole range: 0 to the largest integer, 0 or 1 for BOOL, 0 to 2^p for
     * a floating-point dtype with p bits of significand.
     */
    public static void all(Draws draws, Target target) {
        DType dtype = target.dtype();
        boolean wide = dtype == DType.INT64 || dtype == DType.FLOAT64;
        long[] out = new long[target.chunk()];
        for (long at = 0; at < target.numel(); at += out.length) {
            int n = (int) Math.min(out.length, target.numel() - at);
            for (int i = 0; i < n; i++) {
                long bits = wide
                        ? draws.engine().nextLong()
                        : Integer.toUnsignedLong(draws.engine().next());
                out[i] = Long.remainderUnsigned(bits, count(dtype));
            }
            target.put(at, out, n);
        }
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
