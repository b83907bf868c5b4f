package dev.lanewise.internal.kernel;

/**
 * The inner loops of pools of floats, over lines of elements in arrays; the scalar form gives the same bits as vectors.
 *
 * <p>Window i's element j is {@code in[from + offsets[j] + i]}. Loops may run up to {@link #PADDING} - 1 elements beyond
 * their count, so arrays are longer by that.
 */
public interface WindowLoops {
    /** By how much arrays are longer than what is in them: the most lanes of a vector. */
    int PADDING = 16;

    /** Takes a line of pairs apart: {@code even[i] = line[2 i]}, {@code odd[i] = line[2 i + 1]}, for i below n. */
    void split(int n, float[] line, float[] out, int even, int odd);

    /** {@code out[at + i]}: the largest of window i, the first of equal ones, the last NaN if there are any. */
    void max(int n, float[] in, int from, int[] offsets, int count, float[] out, int at);

    /**
     * As {@link #max}, and the place of that element.
     *
     * @param places of the elements of window 0, less {@code base}; those of window i are {@code steps[i]} further
     * @param none place of a window whose elements are all minus infinity, less {@code base}
     */
    void maxAt(
            int n,
            float[] in,
            int from,
            int[] offsets,
            int[] places,
            int count,
            int[] steps,
            int[] none,
            int base,
            float[] out,
            int[] positions,
            int at);

    /** {@code out[at + i]}: the sum of window i from +0 on, in the order of the offsets. */
    void sum(int n, float[] in, int from, int[] offsets, int count, float[] out, int at);
}
