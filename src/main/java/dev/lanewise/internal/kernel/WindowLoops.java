package dev.lanewise.internal.kernel;

/**
 * The inner loops of pools of floats, over lines of elements in arrays; the scalar form gives the same bits as vectors.
 *
 * <p>Window i of row r has the elements {@code in[from + r * step + offsets[j] + i]} and its result at
 * {@code at + r * n + i}. Loops may run up to {@link #PADDING} - 1 elements beyond
 * their count, so arrays are longer by that.
 */
public interface WindowLoops {
    /** By how much arrays are longer than what is in them: the most lanes of a vector. */
    int PADDING = 16;

    /** Takes a line of pairs apart: {@code even[i] = line[2 i]}, {@code odd[i] = line[2 i + 1]}, for i below n. */
    void split(int n, float[] line, float[] out, int even, int odd);

    /** The largest element of each window, the first of equal ones, the last NaN if there are any. */
    void max(int rows, int n, float[] in, int from, int step, int[] offsets, int count, float[] out, int at);

    /**
     * As {@link #max}, and the place of that element.
     *
     * @param places of the elements of window 0 of row r, less {@code base + r * baseStep}; those of window i are
     *     {@code steps[i]} further
     * @param none place of a window whose elements are all minus infinity, less the same
     */
    void maxAt(
            int rows,
            int n,
            float[] in,
            int from,
            int step,
            int[] offsets,
            int[] places,
            int count,
            int[] steps,
            int[] none,
            int base,
            int baseStep,
            float[] out,
            int[] positions,
            int at);

    /** The sum of each window of one row from +0 on, in the order of the offsets. */
    void sum(int n, float[] in, int from, int[] offsets, int count, float[] out, int at);
}
