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
    private static final double UNIT_53 = 0x1p-53;

    private UniformFill() {}

    /** Fills the target, in memory order, with numbers from {@code [from, to)}. */
    public static void fill(Draws draws, Target target, double from, double to) {
        target.floating("uniform_");
        if (!(from <= to) || Double.isInfinite(to - from)) {
            throw Check.argument("uniform_", "from must not exceed to and to - from must be finite")
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
        WordLoops loops = draws.loops(target.numel());
        double[] out = new double[target.chunk()];
        int[] words = new int[2 * out.length];
        for (long at = 0; at < target.numel(); at += out.length) {
            int n = (int) Math.min(out.length, target.numel() - at);
            units(draws.engine(), loops, words, out, n);
            for (int i = 0; i < n; i++) {
                out[i] = Math.fma(out[i], range, from);
            }
            target.put(at, out, n);
        }
    }

    private static void floats(Draws draws, Target target, float from, float to) {
        DType dtype = target.dtype();
        WordLoops loops = draws.loops(target.numel());
        float low = dtype.isHalf() ? Halves.round(dtype, from) : from;
        float range = dtype.isHalf() ? Halves.round(dtype, Halves.round(dtype, to) - low) : to - low;
        float[] out = new float[target.chunk()];
        int[] words = new int[out.length];
        for (long at = 0; at < target.numel(); at += out.length) {
            int n = (int) Math.min(out.length, target.numel() - at);
            draws.engine().fill(words, n, loops);
            scaled(loops, dtype, words, out, n, range, low);
            target.put(at, out, n);
        }
    }

    /** Writes {@code n} uniforms of 53 bits in [0, 1); {@code words} is scratch for twice as many. */
    static void units(Mt19937 engine, WordLoops loops, int[] words, double[] out, int n) {
        engine.fill(words, 2 * n, loops);
        for (int i = 0; i < n; i++) {
            out[i] = Draws.bits53(words[2 * i], words[2 * i + 1]) * UNIT_53;
        }
    }

    /** Writes {@code n} uniforms in [0, 1) of the 24, 11 or 8 bits that the dtype has; {@code words} is scratch. */
    static void units(Mt19937 engine, WordLoops loops, DType dtype, int[] words, float[] out, int n) {
        engine.fill(words, n, loops);
        scaled(loops, dtype, words, out, n, 1, 0);
    }

    private static void scaled(WordLoops loops, DType dtype, int[] words, float[] out, int n, float range, float low) {
        int bits = significand(dtype);
        loops.uniforms(words, out, n, (1 << bits) - 1, 1f / (1 << bits), range, low);
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
