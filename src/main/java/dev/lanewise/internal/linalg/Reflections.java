package dev.lanewise.internal.linalg;

import java.util.Arrays;

/** Householder reflections {@code I - tau v vᵀ}, where v begins with 1. */
final class Reflections {
    private Reflections() {}

    /**
     * The reflection that makes all elements of a vector zero but the first.
     *
     * <p>Leaves the new first element in its place and the rest of v in the others. The new element has the sign opposite
     * to the old one, unless nothing has to be reflected.
     *
     * @return tau
     */
    static double make(double[] x, int at, int size) {
        double rest = 0;
        for (int i = 1; i < size; i++) {
            rest = Math.max(rest, Math.abs(x[at + i]));
        }
        if (rest == 0) {
            return 0;
        }
        double alpha = x[at];
        double largest = Math.max(rest, Math.abs(alpha));
        double sum = 0;
        for (int i = 0; i < size; i++) {
            double scaled = x[at + i] / largest;
            sum += scaled * scaled;
        }
        double beta = -Math.copySign(largest * Math.sqrt(sum), alpha);
        for (int i = 1; i < size; i++) {
            x[at + i] /= alpha - beta;
        }
        x[at] = beta;
        return (beta - alpha) / beta;
    }

    /**
     * Applies a reflection to the rows of a block: {@code C = C - tau v (vᵀ C)}.
     *
     * @param at place of v, which has as many elements as the block has rows
     * @param c the matrix, of the given width
     * @param first place of the block's first element
     * @param work room for {@code cols} elements
     */
    static void fromLeft(
            double[] v, int at, int rows, double tau, double[] c, int first, int width, int cols, double[] work) {
        if (tau == 0) {
            return;
        }
        Arrays.fill(work, 0, cols, 0);
        for (int i = 0; i < rows; i++) {
            Dense.axpy(cols, v[at + i], c, first + i * width, work, 0);
        }
        for (int i = 0; i < rows; i++) {
            Dense.axpy(cols, -tau * v[at + i], work, 0, c, first + i * width);
        }
    }

    /**
     * The product of reflections whose vectors lie in the rows of a square matrix.
     *
     * @param shift 0 if vector k begins on the diagonal, 1 if right of it
     */
    static double[] product(double[] vectors, double[] taus, int n, int shift) {
        double[] q = Dense.eye(n, n);
        double[] work = new double[n];
        for (int k = n - 1 - shift; k >= 0; k--) {
            int from = k + shift;
            fromLeft(vectors, k * n + from, n - from, taus[k], q, from * n + from, n, n - from, work);
        }
        return q;
    }
}
