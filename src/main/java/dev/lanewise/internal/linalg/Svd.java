package dev.lanewise.internal.linalg;

import java.util.Arrays;

/**
 * {@code A = U S Vᵀ} with singular values descending: a QR decomposition, then the decomposition of R.
 *
 * <p>Small R: one-sided Jacobi rotations until its rows are orthogonal, which gives small singular values of graded
 * matrices with full relative accuracy. Source: Demmel and Veselić 1992, "Jacobi's method is more accurate than QR"; the
 * order of the pivots is de Rijk's (1989). Large R: {@link Bidiagonal}.
 */
public final class Svd {
    private static final int MOST_SWEEPS = 60;
    /** Up to so many columns rotations are as fast as the way by the bidiagonal form, and more accurate. */
    private static final int JACOBI = 64;

    private static final double NOTHING = 0x1p-960;

    private final int m;
    private final int n;
    private final boolean turned;
    private final double[] s;
    private Qr qr;
    private double[] r;
    private double[] w;
    private boolean converged = true;

    /**
     * Decomposes a rows x cols matrix, whose array is used up.
     *
     * @param vectors false if only the singular values are wanted
     */
    public Svd(double[] a, int rows, int cols, boolean vectors) {
        turned = rows < cols;
        m = Math.max(rows, cols);
        n = Math.min(rows, cols);
        s = new double[n];
        double largest = Dense.largest(a);
        if (!(largest <= Double.MAX_VALUE)) {
            converged = false;
            return;
        }
        double scale = largest > 0 ? Math.scalb(1.0, Math.getExponent(largest)) : 1;
        double[] tall = turned ? Dense.transposed(a, rows, cols) : a;
        for (int i = 0; i < tall.length; i++) {
            tall[i] /= scale;
        }
        qr = new Qr(tall, m, n);
        r = qr.r(n);
        if (n > JACOBI) {
            steps(vectors, scale);
        } else {
            w = vectors ? Dense.eye(n, n) : null;
            converged = sweeps();
            finish(scale);
        }
    }

    /** False if the matrix has elements that are not finite, or the rotations did not end. */
    public boolean converged() {
        return converged;
    }

    /** The singular values, descending. */
    public double[] values() {
        return s;
    }

    /** The left singular vectors in the columns: all of them, or as many as there are singular values. */
    public double[] u(boolean full) {
        return turned ? Dense.transposed(right(), n, n) : left(full);
    }

    /** The right singular vectors in the rows: all of them, or as many as there are singular values. */
    public double[] vh(boolean full) {
        return turned ? Dense.transposed(left(full), m, full ? m : n) : right();
    }

    /** The way by the bidiagonal form. */
    private void steps(boolean vectors, double scale) {
        Bidiagonal bidiagonal = new Bidiagonal(r, n, vectors);
        converged = bidiagonal.converged();
        int[] order = Orders.by(bidiagonal.values(), true);
        for (int i = 0; i < n; i++) {
            s[i] = bidiagonal.values()[order[i]] * scale;
        }
        if (vectors) {
            w = Orders.rows(bidiagonal.left(), n, order);
            r = Orders.rows(bidiagonal.right(), n, order);
        }
    }

    private boolean sweeps() {
        double tolerance = Math.ulp(1.0) * Math.max(4, Math.sqrt(n));
        double[] squares = new double[n];
        for (int sweep = 0; sweep < MOST_SWEEPS; sweep++) {
            for (int i = 0; i < n; i++) {
                squares[i] = Dense.dot(n, r, i * n, r, i * n);
            }
            boolean rotated = false;
            for (int p = 0; p < n - 1; p++) {
                for (int q = p + 1; q < n; q++) {
                    rotated |= orthogonalise(p, q, squares, tolerance);
                }
            }
            if (!rotated) {
                return true;
            }
        }
        return false;
    }

    /** Makes two rows orthogonal, the longer one first; false if they were. */
    private boolean orthogonalise(int p, int q, double[] squares, double tolerance) {
        flush(p, squares);
        flush(q, squares);
        boolean swapped = squares[p] < squares[q];
        if (swapped) {
            Dense.swap(r, p * n, q * n, n);
            if (w != null) {
                Dense.swap(w, p * n, q * n, n);
            }
            double kept = squares[p];
            squares[p] = squares[q];
            squares[q] = kept;
        }
        double dot = Dense.dot(n, r, p * n, r, q * n);
        if (Math.abs(dot) <= tolerance * Math.sqrt(squares[p]) * Math.sqrt(squares[q])) {
            return false;
        }
        double zeta = (squares[q] - squares[p]) / (2 * dot);
        double t = Math.copySign(1, zeta) / (Math.abs(zeta) + Math.hypot(1, zeta));
        double c = 1 / Math.hypot(1, t);
        Dense.rotate(n, c, c * t, r, p * n, q * n);
        if (w != null) {
            Dense.rotate(n, c, c * t, w, p * n, q * n);
        }
        squares[p] -= t * dot;
        double shorter = squares[q] + t * dot;
        // What is left of a difference of nearly equal numbers is not exact enough.
        squares[q] = shorter > squares[q] / 8 ? shorter : Dense.dot(n, r, q * n, r, q * n);
        return true;
    }

    /** Makes a row zero whose square is so small that inner products with it are no longer accurate. */
    private void flush(int row, double[] squares) {
        if (squares[row] < NOTHING) {
            Arrays.fill(r, row * n, (row + 1) * n, 0);
            squares[row] = 0;
        }
    }

    /** Takes the lengths of the rows as singular values, and the rows themselves to length 1. */
    private void finish(double scale) {
        double[] lengths = new double[n];
        for (int i = 0; i < n; i++) {
            lengths[i] = Math.sqrt(Dense.dot(n, r, i * n, r, i * n));
        }
        int[] order = Orders.by(lengths, true);
        r = Orders.rows(r, n, order);
        w = w == null ? null : Orders.rows(w, n, order);
        int rank = 0;
        for (int i = 0; i < n; i++) {
            double length = lengths[order[i]];
            s[i] = length * scale;
            if (length > 0) {
                rank++;
                for (int j = i * n; j < (i + 1) * n; j++) {
                    r[j] /= length;
                }
            }
        }
        if (rank < n && w != null) {
            complete(rank);
        }
    }

    /** Replaces the zero rows by any that are orthogonal to the others and to each other. */
    private void complete(int rank) {
        double[] known = Dense.transposed(Arrays.copyOf(r, rank * n), rank, n);
        double[] basis = Dense.transposed(new Qr(known, n, rank).q(n), n, n);
        System.arraycopy(basis, rank * n, r, rank * n, (n - rank) * n);
    }

    private double[] left(boolean full) {
        int cols = full ? m : n;
        double[] q = qr.q(cols);
        double[] turnedColumns = Products.multiply(Dense.columns(q, m, cols, 0, n), Dense.transposed(w, n, n), m, n, n);
        for (int i = 0; i < m; i++) {
            System.arraycopy(turnedColumns, i * n, q, i * cols, n);
        }
        return q;
    }

    private double[] right() {
        return r;
    }
}
