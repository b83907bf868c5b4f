package dev.lanewise.internal.linalg;

import dev.lanewise.internal.linalg.Products.Block;
import java.util.Arrays;

/**
 * {@code A = L Lᵀ} of a symmetric positive definite matrix, in blocks of columns.
 *
 * <p>Source: Golub and Van Loan, Matrix Computations, section 4.2.
 */
public final class Cholesky {
    private Cholesky() {}

    /**
     * Replaces A by L and zeros above; only the lower triangle of A is read.
     *
     * @return 0, or the order of the first leading minor that is not positive
     */
    public static int factor(double[] a, int n) {
        for (int i = 0; i < n; i++) {
            Arrays.fill(a, i * n + i + 1, (i + 1) * n, 0);
        }
        for (int from = 0; from < n; from += Triangular.BLOCK) {
            int to = Math.min(n, from + Triangular.BLOCK);
            for (int i = from; i < n; i++) {
                int info = row(a, n, i, from, Math.min(to, i + 1));
                if (info != 0) {
                    return info;
                }
            }
            Block below = Block.of(a, n, to, from);
            update(a, n, to, below, to - from);
        }
        return 0;
    }

    /** Finishes the elements {@code from} to {@code to} of a row; the rows before it are finished there. */
    private static int row(double[] a, int n, int i, int from, int to) {
        for (int j = from; j < to; j++) {
            double rest = a[i * n + j] - Dense.dot(j - from, a, i * n + from, a, j * n + from);
            if (i == j) {
                if (!(rest > 0)) {
                    return j + 1;
                }
                a[i * n + j] = Math.sqrt(rest);
            } else {
                a[i * n + j] = rest / a[j * n + j];
            }
        }
        return 0;
    }

    /** Takes the finished columns off the lower triangle that is left, one block of columns after the other. */
    private static void update(double[] a, int n, int start, Block below, int depth) {
        for (int from = start; from < n; from += Triangular.BLOCK) {
            int width = Math.min(Triangular.BLOCK, n - from);
            Block left = new Block(a, below.at() + (from - start) * n, n, 1);
            double[] part = new double[(n - from) * width];
            Products.add(1, left, left.transposed(), Block.of(part, width, 0, 0), n - from, width, depth);
            for (int i = from; i < n; i++) {
                int count = Math.min(width, i - from + 1);
                Dense.axpy(count, -1, part, (i - from) * width, a, i * n + from);
            }
        }
    }
}
