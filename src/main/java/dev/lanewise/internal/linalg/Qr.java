package dev.lanewise.internal.linalg;

import dev.lanewise.internal.linalg.Products.Block;

/**
 * {@code A = Q R} by Householder reflections in blocks: {@code I - V T Vᵀ} for up to 32 columns at a time.
 *
 * <p>Signs are those of LAPACK: a diagonal element of R has the sign opposite to what it replaces, unless nothing has to
 * be reflected. Source: Schreiber and Van Loan 1989, "A storage-efficient WY representation".
 */
public final class Qr {
    private static final int BLOCK = 32;

    private final double[] a;
    private final int m;
    private final int n;
    private final double[] taus;

    /** Factors an m x n matrix, whose array is used up. */
    public Qr(double[] a, int m, int n) {
        this.a = a;
        this.m = m;
        this.n = n;
        this.taus = new double[Math.min(m, n)];
        for (int from = 0; from < taus.length; from += BLOCK) {
            int to = Math.min(taus.length, from + BLOCK);
            for (int j = from; j < to; j++) {
                reflect(j, to);
            }
            if (to < n) {
                double[] v = vectors(from, to);
                Block trailing = Block.of(a, n, from, to);
                apply(
                        v,
                        Dense.transposed(triangle(v, from, to), to - from, to - from),
                        to - from,
                        trailing,
                        m - from,
                        n - to);
            }
        }
    }

    /** Makes column j zero below its diagonal and applies the reflection up to column {@code to}. */
    private void reflect(int j, int to) {
        double below = 0;
        for (int i = j + 1; i < m; i++) {
            below = Math.max(below, Math.abs(a[i * n + j]));
        }
        if (below == 0) {
            return;
        }
        double alpha = a[j * n + j];
        double scale = Math.max(below, Math.abs(alpha));
        double sum = 0;
        for (int i = j; i < m; i++) {
            double x = a[i * n + j] / scale;
            sum += x * x;
        }
        double beta = -Math.copySign(scale * Math.sqrt(sum), alpha);
        taus[j] = (beta - alpha) / beta;
        for (int i = j + 1; i < m; i++) {
            a[i * n + j] /= alpha - beta;
        }
        a[j * n + j] = beta;
        int width = to - j - 1;
        double[] w = new double[width];
        System.arraycopy(a, j * n + j + 1, w, 0, width);
        for (int i = j + 1; i < m; i++) {
            Dense.axpy(width, a[i * n + j], a, i * n + j + 1, w, 0);
        }
        Dense.axpy(width, -taus[j], w, 0, a, j * n + j + 1);
        for (int i = j + 1; i < m; i++) {
            Dense.axpy(width, -taus[j] * a[i * n + j], w, 0, a, i * n + j + 1);
        }
    }

    /** The vectors of a block of reflections, from row {@code from} on: ones on the diagonal, zeros above. */
    private double[] vectors(int from, int to) {
        int width = to - from;
        double[] v = new double[(m - from) * width];
        for (int i = from; i < m; i++) {
            for (int j = from; j < Math.min(to, i); j++) {
                v[(i - from) * width + j - from] = a[i * n + j];
            }
            if (i < to) {
                v[(i - from) * width + i - from] = 1;
            }
        }
        return v;
    }

    /** The upper triangle T with {@code H1 H2 … = I - V T Vᵀ}. */
    private double[] triangle(double[] v, int from, int to) {
        int width = to - from;
        double[] gram = new double[width * width];
        Block all = Block.of(v, width, 0, 0);
        Products.add(1, all.transposed(), all, Block.of(gram, width, 0, 0), width, width, m - from);
        double[] t = new double[width * width];
        for (int j = 0; j < width; j++) {
            double tau = taus[from + j];
            t[j * width + j] = tau;
            for (int i = 0; i < j; i++) {
                double sum = 0;
                for (int p = i; p < j; p++) {
                    sum += t[i * width + p] * gram[p * width + j];
                }
                t[i * width + j] = -tau * sum;
            }
        }
        return t;
    }

    /** {@code C = C - V T (Vᵀ C)} for a block C of the given rows and columns. */
    private static void apply(double[] v, double[] t, int width, Block c, int rows, int cols) {
        double[] inner = new double[width * cols];
        Block vectors = Block.of(v, width, 0, 0);
        Products.add(1, vectors.transposed(), c, Block.of(inner, cols, 0, 0), width, cols, rows);
        double[] turned = Products.multiply(t, inner, width, cols, width);
        Products.subtract(vectors, Block.of(turned, cols, 0, 0), c, rows, cols, width);
    }

    /** The first {@code rows} rows of R, zero below the diagonal. */
    public double[] r(int rows) {
        double[] r = new double[rows * n];
        for (int i = 0; i < Math.min(rows, taus.length); i++) {
            System.arraycopy(a, i * n + i, r, i * n + i, n - i);
        }
        return r;
    }

    /** The first {@code cols} columns of Q, which has as many rows as A. */
    public double[] q(int cols) {
        double[] q = Dense.eye(m, cols);
        for (int from = (taus.length - 1) / BLOCK * BLOCK; from >= 0 && taus.length > 0; from -= BLOCK) {
            int to = Math.min(taus.length, from + BLOCK);
            double[] v = vectors(from, to);
            Block rest = Block.of(q, cols, from, from);
            apply(v, triangle(v, from, to), to - from, rest, m - from, Math.max(0, cols - from));
        }
        return q;
    }
}
