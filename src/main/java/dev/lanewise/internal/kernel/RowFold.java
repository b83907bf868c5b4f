package dev.lanewise.internal.kernel;

import java.lang.foreign.MemorySegment;

/**
 * The inner loop of a reduction: combines the rows of a small matrix into one row of results.
 *
 * <p>Column {@code w}: the chain {@code t = combine(t, map(x - shift[w]))} from the first row to the last, each step
 * rounded to the type that is computed in (float for FLOAT32 and the halves), and then
 * {@code results[w] = combine(results[w], t)} in double (long for integers). All forms give the same bits.
 */
public interface RowFold {
    /**
     * Combines rows that lie in one piece each.
     *
     * @param rows at least 1, at most {@link FoldKernel#ROWS}
     * @param rowBytes from one row to the next
     * @param results updated in {@code width} places from {@code at} on
     */
    void fold(int rows, int width, MemorySegment x, long offset, long rowBytes, Results results, int at);
}
