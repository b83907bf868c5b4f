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

    /**
     * Combines elements that are neighbours into the first {@link FoldKernel#GROUP} results.
     *
     * <p>They are the rows of a matrix of {@link FoldKernel#LINE} columns, in blocks of {@link FoldKernel#BLOCK} rows. In a
     * block each column makes a chain as above, and the chains' halves are combined until {@link FoldKernel#GROUP} are left.
     * Those of all blocks, and then the elements behind the last whole row in groups, make one chain more, which begins with the
     * identity and goes to the results. All this is rounded as a chain is. Element i behind the last whole group goes to result
     * {@code i mod GROUP} by itself. Where something is subtracted, it is {@code shift[0]} everywhere.
     *
     * @param n at most {@link FoldKernel#PIECE}
     */
    void line(int n, MemorySegment x, long offset, Results results);
}
