package dev.lanewise.internal.linalg;

/**
 * Singular values and vectors of a square matrix: reduced to upper bidiagonal form by reflections, then diagonalised by
 * QR steps with implicit shifts.
 *
 * <p>Source: Golub and Van Loan, Matrix Computations, sections 5.4.8 and 8.6.
 */
final class Bidiagonal {
    private static final int MOST_STEPS = 40;
    private static final double EPS = Math.ulp(1.0) / 2;
    /** What is smaller than the largest element by this factor counts as zero, so that squares do not vanish. */
    private static final double FLOOR = 0x1p-400;

    private final int n;
    private final double[] a;
    private final double[] d;
    private final double[] e;
    /** The left singular vectors and the right ones, in rows; null if they are not wanted. */
    private double[] u;

    private double[] v;
    private final boolean converged;

    /** Decomposes an n x n matrix, whose array is used up. */
    Bidiagonal(double[] a, int n, boolean vectors) {
        this.n = n;
        this.a = a;
        this.d = new double[n];
        this.e = new double[n];
        reduce(vectors);
        converged = diagonalise();
        for (int i = 0; i < n; i++) {
            if (d[i] < 0) {
                d[i] = -d[i];
                for (int j = 0; v != null && j < n; j++) {
                    v[i * n + j] = -v[i * n + j];
                }
            }
        }
    }

    boolean converged() {
        return converged;
    }

    /** The singular values in any order. */
    double[] values() {
        return d;
    }

    /** The left singular vectors in rows. */
    double[] left() {
        return u;
    }

    /** The right singular vectors in rows. */
    double[] right() {
        return v;
    }

    // ------------------------------------------------------------------ to bidiagonal form

    private void reduce(boolean vectors) {
        double[] lefts = new double[vectors ? n * n : n];
        double[] leftTaus = new double[n];
        double[] rightTaus = new double[n];
        double[] w = new double[n];
        for (int k = 0; k < n; k++) {
            int size = n - k;
            int at = vectors ? k * n + k : k;
            for (int i = 0; i < size; i++) {
                lefts[at + i] = a[(k + i) * n + k];
            }
            leftTaus[k] = Reflections.make(lefts, at, size);
            d[k] = lefts[at];
            lefts[at] = 1;
            Reflections.fromLeft(lefts, at, size, leftTaus[k], a, k * n + k + 1, n, size - 1, w);
            if (k < n - 1) {
                int row = k * n + k + 1;
                rightTaus[k] = Reflections.make(a, row, size - 1);
                e[k] = a[row];
                a[row] = 1;
                fromRight(row, size - 1, rightTaus[k], k + 1);
            }
        }
        if (vectors) {
            u = Dense.transposed(Reflections.product(lefts, leftTaus, n, 0), n, n);
            v = Dense.transposed(Reflections.product(a, rightTaus, n, 1), n, n);
        }
    }

    /** Applies the reflection of a row to the rows below it. */
    private void fromRight(int row, int size, double tau, int first) {
        if (tau != 0) {
            for (int i = first; i < n; i++) {
                int line = i * n + n - size;
                Dense.axpy(size, -tau * Dense.dot(size, a, line, a, row), a, row, a, line);
            }
        }
    }

    // ------------------------------------------------------------------ to diagonal form

    private boolean diagonalise() {
        double floor = FLOOR * Math.max(Dense.largest(d), Dense.largest(e));
        int end = n - 1;
        for (int step = 0; step <= MOST_STEPS * n; step++) {
            for (int i = 0; i < end; i++) {
                if (Math.abs(e[i]) <= Math.max(floor, EPS * (Math.abs(d[i]) + Math.abs(d[i + 1])))) {
                    e[i] = 0;
                }
            }
            while (end > 0 && e[end - 1] == 0) {
                end--;
            }
            if (end <= 0) {
                return true;
            }
            int start = end - 1;
            while (start > 0 && e[start - 1] != 0) {
                start--;
            }
            if (!separate(start, end, floor)) {
                step(start, end);
            }
        }
        return false;
    }

    /** Makes the element beside a zero of the diagonal zero too; false if there is none. */
    private boolean separate(int start, int end, double floor) {
        if (Math.abs(d[end]) <= floor) {
            d[end] = 0;
            upward(start, end);
            return true;
        }
        for (int i = start; i < end; i++) {
            if (Math.abs(d[i]) <= floor) {
                d[i] = 0;
                rightward(i, end);
                return true;
            }
        }
        return false;
    }

    /** Moves the element right of a zero diagonal element out at the end of its row. */
    private void rightward(int row, int end) {
        double moved = e[row];
        e[row] = 0;
        for (int j = row + 1; j <= end && moved != 0; j++) {
            double r = Math.hypot(d[j], moved);
            double c = d[j] / r;
            double s = moved / r;
            d[j] = r;
            turn(u, c, s, j, row);
            if (j < end) {
                moved = -s * e[j];
                e[j] *= c;
            }
        }
    }

    /** Moves the element above a zero last diagonal element out at the top of its column. */
    private void upward(int start, int end) {
        double moved = e[end - 1];
        e[end - 1] = 0;
        for (int j = end - 1; j >= start && moved != 0; j--) {
            double r = Math.hypot(d[j], moved);
            double c = d[j] / r;
            double s = moved / r;
            d[j] = r;
            turn(v, c, s, j, end);
            if (j > start) {
                moved = -s * e[j - 1];
                e[j - 1] *= c;
            }
        }
    }

    /** One implicit QR step on a block without zeros. */
    private void step(int start, int end) {
        double y = d[start] * d[start] - shift(start, end);
        double z = d[start] * e[start];
        for (int k = start; k < end; k++) {
            double r = Math.hypot(y, z);
            double c = r == 0 ? 1 : y / r;
            double s = r == 0 ? 0 : z / r;
            if (k > start) {
                e[k - 1] = r;
            }
            y = c * d[k] + s * e[k];
            e[k] = c * e[k] - s * d[k];
            z = s * d[k + 1];
            d[k + 1] *= c;
            turn(v, c, s, k, k + 1);
            r = Math.hypot(y, z);
            c = r == 0 ? 1 : y / r;
            s = r == 0 ? 0 : z / r;
            d[k] = r;
            y = c * e[k] + s * d[k + 1];
            d[k + 1] = c * d[k + 1] - s * e[k];
            turn(u, c, s, k, k + 1);
            if (k < end - 1) {
                z = s * e[k + 1];
                e[k + 1] *= c;
            }
        }
        e[end - 1] = y;
    }

    /** The eigenvalue of the last 2 x 2 block of BᵀB that is nearer to its last element. */
    private double shift(int start, int end) {
        double before = end - 1 > start ? e[end - 2] : 0;
        double first = d[end - 1] * d[end - 1] + before * before;
        double last = d[end] * d[end] + e[end - 1] * e[end - 1];
        double beside = d[end - 1] * e[end - 1];
        double half = (first - last) / 2;
        double root = half + Math.copySign(Math.hypot(half, beside), half);
        return root == 0 ? last : last - beside / root * beside;
    }

    /** Turns two rows of vectors: {@code x' = c x + s y}, {@code y' = c y - s x}. */
    private void turn(double[] rows, double c, double s, int x, int y) {
        if (rows != null) {
            Dense.rotate(n, c, -s, rows, x * n, y * n);
        }
    }
}
