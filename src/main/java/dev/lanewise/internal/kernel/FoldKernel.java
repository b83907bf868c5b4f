package dev.lanewise.internal.kernel;

/** A reduction for one op and dtype: the inner loop, and how results that are on their way are combined. */
public interface FoldKernel extends RowFold {
    /** Rows of one call at most: a chain of floats is no longer than this. */
    int ROWS = 32;

    /** Columns of a line. */
    int LINE = 64;

    /** Columns of a line that are combined in double. */
    int GROUP = 16;

    /**
     * Elements of a line at most, in chains of 64: each end of the chains stops the stream from memory for 40-50 ns, so that
     * 20 million floats took 2.2 ms in pieces of 2048, 1.9 in these.
     */
    int PIECE = 64 * LINE;

    /** Columns of one call at most. */
    int COLUMNS = Strips.SIZE;

    /** Combines {@code n} elements of {@code b} into those of {@code a}. */
    void merge(double[] a, int at, double[] b, int from, int n);

    /** Combines {@code n} elements of {@code b} into those of {@code a}. */
    void merge(long[] a, int at, long[] b, int from, int n);

    /** Combines {@code n} elements into the first, in a fixed tree: halves of the next power of two, again and again. */
    void tree(double[] a, int n);

    /** Combines {@code n} elements into the first, in a fixed tree: halves of the next power of two, again and again. */
    void tree(long[] a, int n);
}
