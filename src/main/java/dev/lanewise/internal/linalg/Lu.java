package dev.lanewise.internal.linalg;

import dev.lanewise.internal.linalg.Products.Block;

/**
 * {@code P A = L U} with row exchanges: L has ones on its diagonal and lies below it, U on and above it, in place of A.
 *
 * <p>Source: Golub and Van Loan, Matrix Computations, section 3.4, in blocks of columns.
 */
public final class Lu {
    private Lu() {}

    /**
     * Factors an m x n matrix in place.
     *
     * @param pivots row that was exchanged with row i, for every i below min(m, n)
     * @param pivot false to take the diagonal elements as they come
     * @return 0, or the number (from 1) of the first diagonal element of U that is zero
     */
    public static int factor(double[] a, int m, int n, int[] pivots, boolean pivot) {
        int k = Math.min(m, n);
        int info = 0;
        for (int from = 0; from < k; from += Triangular.BLOCK) {
            int to = Math.min(k, from + Triangular.BLOCK);
            int zero = panel(a, m, n, from, to, pivots, pivot);
            info = info == 0 ? zero : info;
            for (int i = from + 1; i < to; i++) {
                for (int p = from; p < i; p++) {
                    Dense.axpy(n - to, -a[i * n + p], a, p * n + to, a, i * n + to);
                }
            }
            Products.subtract(
                    Block.of(a, n, to, from),
                    Block.of(a, n, from, to),
                    Block.of(a, n, to, to),
                    m - to,
                    n - to,
                    to - from);
        }
        return info;
    }

    /** Factors the columns {@code from} to {@code to}; rows are exchanged over their whole length. */
    private static int panel(double[] a, int m, int n, int from, int to, int[] pivots, boolean pivot) {
        int info = 0;
        for (int j = from; j < to; j++) {
            int best = pivot ? largest(a, m, n, j) : j;
            pivots[j] = best;
            if (best != j) {
                Dense.swap(a, j * n, best * n, n);
            }
            double diagonal = a[j * n + j];
            if (diagonal == 0) {
                info = info == 0 ? j + 1 : info;
                if (pivot) {
                    continue;
                }
            }
            for (int i = j + 1; i < m; i++) {
                double factor = a[i * n + j] / diagonal;
                a[i * n + j] = factor;
                Dense.axpy(to - j - 1, -factor, a, j * n + j + 1, a, i * n + j + 1);
            }
        }
        return info;
    }

    private static int largest(double[] a, int m, int n, int j) {
        int best = j;
        for (int i = j + 1; i < m; i++) {
            // A NaN is taken, so that it spreads.
            if (!(Math.abs(a[i * n + j]) <= Math.abs(a[best * n + j]))) {
                best = i;
            }
        }
        return best;
    }

    /** Exchanges the rows of B, of the given width, as the factorisation did. */
    public static void exchange(int[] pivots, double[] b, int width) {
        for (int i = 0; i < pivots.length; i++) {
            if (pivots[i] != i) {
                Dense.swap(b, i * width, pivots[i] * width, width);
            }
        }
    }

    /** Replaces B (n x k) by the solution of {@code A X = B} for a factored square A. */
    public static void solve(double[] lu, int n, int[] pivots, double[] b, int k) {
        exchange(pivots, b, k);
        Triangular.solve(lu, n, false, true, b, k);
        Triangular.solve(lu, n, true, false, b, k);
    }

    /** 1 or -1: the determinant of the exchanges. */
    public static int sign(int[] pivots) {
        int sign = 1;
        for (int i = 0; i < pivots.length; i++) {
            sign = pivots[i] == i ? sign : -sign;
        }
        return sign;
    }
}
