package dev.lanewise.internal.linalg;

import dev.lanewise.internal.linalg.Products.Block;

/** Solutions of triangular systems, by substitution in blocks. */
public final class Triangular {
    /** Rows that are substituted one by one; what they contribute to the other rows is a product. */
    static final int BLOCK = 64;

    private Triangular() {}

    /**
     * Replaces B by the solution X of {@code T X = B}; only one triangle of T is read.
     *
     * @param t n x n
     * @param unit takes the diagonal of T as ones
     * @param b n x k
     */
    public static void solve(double[] t, int n, boolean upper, boolean unit, double[] b, int k) {
        solve(t, n, n, upper, unit, b, k);
    }

    /** The same for the leading n x n block of a matrix of the given width. */
    static void solve(double[] t, int width, int n, boolean upper, boolean unit, double[] b, int k) {
        int blocks = (n + BLOCK - 1) / BLOCK;
        for (int step = 0; step < blocks; step++) {
            int from = (upper ? blocks - 1 - step : step) * BLOCK;
            int to = Math.min(n, from + BLOCK);
            if (upper) {
                backward(t, width, from, to, unit, b, k);
                Products.subtract(
                        Block.of(t, width, 0, from), Block.of(b, k, from, 0), Block.of(b, k, 0, 0), from, k, to - from);
            } else {
                forward(t, width, from, to, unit, b, k);
                Products.subtract(
                        Block.of(t, width, to, from),
                        Block.of(b, k, from, 0),
                        Block.of(b, k, to, 0),
                        n - to,
                        k,
                        to - from);
            }
        }
    }

    private static void forward(double[] t, int width, int from, int to, boolean unit, double[] b, int k) {
        for (int i = from; i < to; i++) {
            for (int p = from; p < i; p++) {
                Dense.axpy(k, -t[i * width + p], b, p * k, b, i * k);
            }
            divide(t[i * width + i], unit, b, i, k);
        }
    }

    private static void backward(double[] t, int width, int from, int to, boolean unit, double[] b, int k) {
        for (int i = to - 1; i >= from; i--) {
            for (int p = i + 1; p < to; p++) {
                Dense.axpy(k, -t[i * width + p], b, p * k, b, i * k);
            }
            divide(t[i * width + i], unit, b, i, k);
        }
    }

    private static void divide(double by, boolean unit, double[] b, int row, int k) {
        if (!unit) {
            for (int j = row * k; j < (row + 1) * k; j++) {
                b[j] /= by;
            }
        }
    }
}
