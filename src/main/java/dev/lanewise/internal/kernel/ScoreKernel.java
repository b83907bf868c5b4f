package dev.lanewise.internal.kernel;

import java.lang.foreign.MemorySegment;

/**
 * The weights of attention, made of rows of scores s in their place: {@code p = e^((s - m) c) / Σ e^((s - m) c)}, with m the
 * largest score of a row and c a factor; and the derivative.
 *
 * <p>A row is {@code width} elements, a multiple of {@link #GROUP}, and the next one follows it; where there is no key, the
 * score is minus infinity. Of each row m and the reciprocal of the sum are kept, so that the weights can be made again in one
 * pass. Sums are formed as those of {@link SoftmaxKernel}.
 */
public interface ScoreKernel {
    /** Rows are a multiple of so many elements wide. */
    int GROUP = SoftmaxKernel.GROUP;

    /** Elements whose sums are not yet added in double. */
    int STRIP = SoftmaxKernel.STRIP;

    /** The most rows of a call: 16 KB of weights for 128 keys, which stay in L1. */
    int ROWS = 32;

    /** Bytes of memory that a call needs. */
    int PAD = ROWS * (GROUP + 1) * Long.BYTES;

    /**
     * Makes weights of scores.
     *
     * @param rows at most {@link #ROWS}
     * @param kept two numbers for each row
     * @param pad {@link #PAD} bytes to compute in
     */
    void weigh(
            int rows,
            int width,
            double factor,
            MemorySegment scores,
            long at,
            MemorySegment kept,
            long keptAt,
            MemorySegment pad);

    /**
     * Makes weights of scores again, and of their gradient g that of the scores: {@code (g - Σ g p) p c}.
     *
     * @param kept what {@link #weigh} kept
     * @param change rows of the gradient, with zeros where there is no key
     */
    void soften(
            int rows,
            int width,
            double factor,
            MemorySegment scores,
            long at,
            MemorySegment change,
            long changeAt,
            MemorySegment kept,
            long keptAt,
            MemorySegment pad);
}
