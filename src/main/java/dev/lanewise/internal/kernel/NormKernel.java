package dev.lanewise.internal.kernel;

import java.lang.foreign.MemorySegment;

/**
 * The inner loops of normalisation, over elements that are neighbours, of FLOAT32 or FLOAT64.
 *
 * <p>Sums are formed of {@link #GROUP} columns of {@link #STRIP} elements, whose halves are added in the type computed in
 * until {@link #LAST} are left, which a tree adds in double; elements behind the last whole group are added one by one in
 * double. Each operation is rounded to the type computed in. All forms give the same bits.
 */
public interface NormKernel {
    /** Columns that elements are added in. */
    int GROUP = 64;

    /** Elements whose sums are not yet added in double. */
    int STRIP = 2048;

    /** Columns that are added in double. */
    int LAST = 16;

    /** Bytes of memory that a call needs. */
    int PAD = GROUP * Long.BYTES;

    /** {@code (x - mean) rstd w + b} of one line, whose mean and {@code rstd = 1 / √(variance + eps)} go into {@code stats}. */
    void layer(
            int n,
            MemorySegment x,
            long xo,
            MemorySegment w,
            long wo,
            MemorySegment b,
            long bo,
            MemorySegment out,
            long oo,
            double eps,
            double[] stats,
            MemorySegment pad);

    /**
     * The gradient {@code rstd (h - Σ h / n - y Σ h y / n)} of a line, with {@code h = g w} and {@code y = (x - mean) rstd}.
     *
     * @param sums {@code 2 n} elements: {@code g y} and {@code g} are added to them
     */
    void layerGrad(
            int n,
            MemorySegment g,
            long go,
            MemorySegment x,
            long xo,
            MemorySegment w,
            long wo,
            MemorySegment out,
            long oo,
            MemorySegment sums,
            double mean,
            double rstd,
            MemorySegment pad);

    /** {@code x scale + shift}. */
    void affine(int n, MemorySegment x, long xo, MemorySegment out, long oo, double scale, double shift);

    /** Adds {@code Σ g} and {@code Σ g (x - mean)} to the two numbers. */
    void products(
            int n, MemorySegment g, long go, MemorySegment x, long xo, double mean, double[] two, MemorySegment pad);

    /** {@code g a + (x b + c)}. */
    void blend(
            int n,
            MemorySegment g,
            long go,
            MemorySegment x,
            long xo,
            MemorySegment out,
            long oo,
            double a,
            double b,
            double c);
}
