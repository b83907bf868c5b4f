package dev.lanewise.internal.random;

import dev.lanewise.DType;
import dev.lanewise.internal.error.Check;

/**
 * Fills with normal numbers by PyTorch's two algorithms.
 *
 * <p>Fewer than 16 elements, or any number that do not lie side by side, are drawn one by one in double precision
 * ({@link Draws#normal()}). Otherwise uniforms of the dtype are drawn for all elements and turned into normals in
 * blocks of 16 ({@link BoxMuller}); a rest is covered by 16 new uniforms over the last 16 elements. Source: PyTorch's
 * {@code normal_fill}.
 */
public final class NormalFill {
    private static final int BLOCK = 16;

    private NormalFill() {}

    /** Fills the target as PyTorch fills a contiguous tensor. */
    public static void fill(Draws draws, Target target, double mean, double std) {
        if (target.numel() < BLOCK) {
            elements(draws, target, mean, std);
            return;
        }
        check(target, std);
        if (target.dtype() == DType.FLOAT64) {
            doubles(draws, target, mean, std);
        } else {
            floats(draws, target, (float) mean, (float) std);
        }
    }

    /** Fills the target one by one, as PyTorch fills a tensor whose elements do not lie side by side. */
    public static void elements(Draws draws, Target target, double mean, double std) {
        check(target, std);
        double[] out = new double[target.chunk()];
        for (long at = 0; at < target.numel(); at += out.length) {
            int n = (int) Math.min(out.length, target.numel() - at);
            for (int i = 0; i < n; i++) {
                out[i] = Math.fma(draws.normal(), std, mean);
            }
            target.put(at, out, n);
        }
    }

    private static void check(Target target, double std) {
        target.floating("normal_");
        if (!(std >= 0)) {
            throw Check.argument("normal_", "std must not be negative").got(std).error();
        }
    }

    private static void doubles(Draws draws, Target target, double mean, double std) {
        WordLoops loops = draws.loops(target.numel());
        double[] out = new double[target.chunk()];
        int[] words = new int[2 * out.length];
        long whole = target.numel() & -BLOCK;
        for (long at = 0; at < whole; at += out.length) {
            int n = (int) Math.min(out.length, whole - at);
            UniformFill.units(draws.engine(), loops, words, out, n);
            BoxMuller.doubles(out, n, mean, std);
            target.put(at, out, n);
        }
        int rest = (int) (target.numel() - whole);
        if (rest != 0) {
            // The rest was given uniforms of its own, which the last block replaces.
            UniformFill.units(draws.engine(), loops, words, out, rest);
            UniformFill.units(draws.engine(), loops, words, out, BLOCK);
            BoxMuller.doubles(out, BLOCK, mean, std);
            target.put(target.numel() - BLOCK, out, BLOCK);
        }
    }

    private static void floats(Draws draws, Target target, float mean, float std) {
        DType dtype = target.dtype();
        WordLoops loops = draws.loops(target.numel());
        float[] out = new float[target.chunk()];
        int[] words = new int[out.length];
        long whole = target.numel() & -BLOCK;
        for (long at = 0; at < whole; at += out.length) {
            int n = (int) Math.min(out.length, whole - at);
            UniformFill.units(draws.engine(), loops, dtype, words, out, n);
            boxMuller(loops, dtype, out, n, mean, std);
            target.put(at, out, n);
        }
        int rest = (int) (target.numel() - whole);
        if (rest != 0) {
            UniformFill.units(draws.engine(), loops, dtype, words, out, rest);
            UniformFill.units(draws.engine(), loops, dtype, words, out, BLOCK);
            boxMuller(loops, dtype, out, BLOCK, mean, std);
            target.put(target.numel() - BLOCK, out, BLOCK);
        }
    }

    private static void boxMuller(WordLoops loops, DType dtype, float[] out, int n, float mean, float std) {
        if (dtype == DType.FLOAT32) {
            loops.normals(out, n, mean, std);
        } else {
            BoxMuller.halves(dtype, out, n, mean, std);
        }
    }
}
