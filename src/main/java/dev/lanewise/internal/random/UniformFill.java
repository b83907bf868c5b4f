package dev.lanewise.internal.random;

import dev.lanewise.DType;
import dev.lanewise.internal.error.Check;

/**
 * Fills with uniform numbers: {@code fma(x, to - from, from)}, x from as many bits as the dtype's significand has.
 *
 * <p>The bounds and their difference are rounded to the dtype first. Source: PyTorch's {@code
 * uniform_real_distribution} as compiled for AVX2, where the multiply and the add are one fused operation.
 */
public final class UniformFill {
    private UniformFill() {}

    /** Fills the target, in memory order, with numbers from {@code [from, to)}. */
    public static void fill(Draws draws, Target target, double from, double to) {
        target.floating("uniform");
        if (!(from <= to) || Double.isInfinite(to - from)) {
            throw Check.argument("uniform", "from must not exceed to and to - from must be finite")
                    .got("from " + from + ", to " + to)
                    .error();
        }
        if (target.dtype() == DType.FLOAT64) {
            doubles(draws, target, from, to - from);
        } else {
            floats(draws, target, (float) from, (float) to);
        }
    }

    private static void doubles(Draws draws, Target target, double from, double range) {
        double[] out = new double[target.chunk()];
        for (long at = 0; at < target.numel(); at += out.length) {
            int n = (int) Math.min(out.length, target.numel() - at);
            units(draws.engine(), out, n);
            for (int i = 0; i < n; i++) {
                out[i] = Math.fma(out[i], range, from);
            }
            target.put(at, out, n);
        }
    }

    private static void floats(Draws draws, Target target, float from, float to) {
        DType dtype = target.dtype();
        float low = dtype.isHalf() ? Halves.round(dtype, from) : from;
        float range = dtype.isHalf() ? Halves.round(dtype, Halves.round(dtype, to) - low) : to - low;
        float[] out = new float[target.chunk()];
        int[] words = new int[out.length];
        for (long at = 0; at < target.numel(); at += out.length) {
            int n = (int) Math.min(out.length, target.numel() - at);
            units(draws.engine(), dtype, words, out, n);
            for (int i = 0; i < n; i++) {
                out[i] = Math.fma(out[i], range, low);
            }
            target.put(at, out, n);
        }
    }

    /** Writes {@code n} uniforms of 53 bits in [0, 1). */
    static void units(Mt19937 engine, double[] out, int n) {
        for (int i = 0; i < n; i++) {
            out[i] = Draws.unit53(engine.nextLong());
        }
    }

    /** Writes {@code n} uniforms in [0, 1) of the 24, 11 or 8 bits that the dtype has; {@code words} is scratch. */
    static void units(Mt19937 engine, DType dtype, int[] words, float[] out, int n) {
        int bits = significand(dtype);
        int mask = (1 << bits) - 1;
        float unit = 1f / (1 << bits);
        engine.fill(words, n);
        for (int i = 0; i < n; i++) {
            out[i] = (words[i] & mask) * unit;
        }
    }

    /** Bits of a floating-point dtype's significand, the hidden one included. */
    static int significand(DType dtype) {
        return switch (dtype) {
            case FLOAT64 -> 53;
            case FLOAT32 -> 24;
            case FLOAT16 -> 11;
            case BFLOAT16 -> 8;
            default ->
                throw Check.dtype("random", "dtype must be floating point")
                        .got(dtype)
                        .error();
        };
    }
}
