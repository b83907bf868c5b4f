package dev.lanewise.internal.kernel;

/** A reduction for one op and dtype: the inner loop, and how results that are on their way are combined. */
public interface FoldKernel extends RowFold {
    /** Rows of one call at most: a chain of floats is no longer than this. */
    int ROWS = 32;

    /** Columns of a line. */
    int LINE = 64;

    /** Columns of a line that are combined in double. */
    int GROUP = 16;

    /** Rows of a line whose chains are combined to one group. */
    int BLOCK = 64;

    /**
     * Elements of a line at most. Each time that results go through memory stops the stream from memory for some 100 ns:
     * 20 million floats took 2.4 ms in pieces of one block, 2.0 in these, 1.4 without any.
     */
    int PIECE = 8 * BLOCK * LINE;

    /** Columns of one call at most. */
    int COLUMNS = Strips.SIZE;

    /** Makes of {@code n} elements what is combined, where the op maps. */
    void map(double[] x, int n);

    /** Makes of {@code n} elements what is combined, where the op maps. */
    void map(long[] x, int n);

    /** Combines {@code n} elements of {@code b} into those of {@code a}. */
    void merge(double[] a, int at, double[] b, int from, int n);

    /** Combines {@code n} elements of {@code b} into those of {@code a}. */
    void merge(long[] a, int at, long[] b, int from, int n);

    /** Combines {@code n} elements into the first, in a fixed tree: halves of the next power of two, again and again. */
    void tree(double[] a, int n);

    /** Combines {@code n} elements into the first, in a fixed tree: halves of the next power of two, again and again. */
    void tree(long[] a, int n);
}
