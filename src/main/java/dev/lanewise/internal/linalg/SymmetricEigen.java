package dev.lanewise.internal.linalg;

import java.util.Arrays;

/**
 * Eigenvalues, ascending, and eigenvectors of a symmetric matrix: reduced to tridiagonal form by reflections, then
 * diagonalised by QL steps with implicit shifts.
 *
 * <p>Source: Golub and Van Loan, Matrix Computations, sections 8.3.1 and 8.3.3.
 */
public final class SymmetricEigen {
    private static final int MOST_STEPS = 60;

    private final int n;
    private final double[] d;
    private final double[] e;
    private double[] rows;
    private double scale = 1;
    private boolean converged = true;

    /**
     * Decomposes; only the lower triangle is read, and the array is used up.
     *
     * @param vectors false if only the eigenvalues are wanted
     */
    public SymmetricEigen(double[] a, int n, boolean vectors) {
        this.n = n;
        this.d = new double[n];
        this.e = new double[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                a[j * n + i] = a[i * n + j];
            }
        }
        double largest = Dense.largest(a);
        if (!(largest <= Double.MAX_VALUE)) {
            converged = false;
            return;
        }
        if (largest > 0) {
            // A power of two, so that scaling does not round.
            scale = Math.scalb(1.0, Math.getExponent(largest));
            for (int i = 0; i < a.length; i++) {
                a[i] /= scale;
            }
        }
        double[] taus = tridiagonal(a);
        rows = vectors ? Dense.transposed(Reflections.product(a, taus, n, 1), n, n) : null;
        for (int l = 0; l < n && converged; l++) {
            converged = diagonalise(l);
        }
        sort();
    }

    /** False if the matrix has elements that are not finite, or the iteration did not end. */
    public boolean converged() {
        return converged;
    }

    /** The eigenvalues, ascending. */
    public double[] values() {
        double[] values = d.clone();
        Dense.scale(values, scale);
        return values;
    }

    /** The eigenvectors, one per column. */
    public double[] vectors() {
        return Dense.transposed(rows, n, n);
    }

    /** Reduces to tridiagonal form; the vector of reflection k is left in row k, right of the diagonal. */
    private double[] tridiagonal(double[] a) {
        double[] taus = new double[n];
        double[] p = new double[n];
        for (int k = 0; k < n - 1; k++) {
            d[k] = a[k * n + k];
            int size = n - k - 1;
            int v = k * n + k + 1;
            taus[k] = Reflections.make(a, v, size);
            e[k] = a[v];
            a[v] = 1;
            if (taus[k] != 0) {
                for (int i = 0; i < size; i++) {
                    p[i] = taus[k] * Dense.dot(size, a, (k + 1 + i) * n + k + 1, a, v);
                }
                double half = -taus[k] / 2 * Dense.dot(size, p, 0, a, v);
                Dense.axpy(size, half, a, v, p, 0);
                for (int i = 0; i < size; i++) {
                    int row = (k + 1 + i) * n + k + 1;
                    Dense.axpy(size, -a[v + i], p, 0, a, row);
                    Dense.axpy(size, -p[i], a, v, a, row);
                }
            }
        }
        if (n > 0) {
            d[n - 1] = a[n * n - 1];
        }
        return taus;
    }

    /** Steps until the element beside diagonal element l is negligible. */
    private boolean diagonalise(int l) {
        for (int step = 0; step < MOST_STEPS; step++) {
            int end = l;
            while (end < n - 1 && Math.abs(e[end]) > Math.ulp(1.0) / 2 * (Math.abs(d[end]) + Math.abs(d[end + 1]))) {
                end++;
            }
            if (end == l) {
                return true;
            }
            step(l, end);
        }
        return false;
    }

    /** One implicit QL step on the block from l to {@code end}, with Wilkinson's shift. */
    private void step(int l, int end) {
        double half = (d[l + 1] - d[l]) / (2 * e[l]);
        double shift = d[l] - e[l] / (half + Math.copySign(Math.hypot(half, 1), half));
        double g = d[end] - shift;
        double s = 1;
        double c = 1;
        double p = 0;
        for (int i = end - 1; i >= l; i--) {
            double f = s * e[i];
            double b = c * e[i];
            double r = Math.hypot(f, g);
            e[i + 1] = r;
            if (r == 0) {
                d[i + 1] -= p;
                e[end] = 0;
                return;
            }
            s = f / r;
            c = g / r;
            g = d[i + 1] - p;
            double t = (d[i] - g) * s + 2 * c * b;
            p = s * t;
            d[i + 1] = g + p;
            g = c * t - b;
            if (rows != null) {
                Dense.rotate(n, c, s, rows, i * n, (i + 1) * n);
            }
        }
        d[l] -= p;
        e[l] = g;
        e[end] = 0;
    }

    private void sort() {
        int[] order = Orders.by(d, false);
        double[] values = d.clone();
        for (int i = 0; i < n; i++) {
            d[i] = values[order[i]];
        }
        rows = rows == null ? null : Orders.rows(rows, n, order);
        Arrays.fill(e, 0);
    }
}
