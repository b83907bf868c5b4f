package dev.lanewise.internal.linalg;

import java.util.Arrays;

/**
 * The exponential of a square matrix by scaling, a Padé approximant, and squaring.
 *
 * <p>Source: Higham 2005, "The scaling and squaring method for the matrix exponential revisited".
 */
public final class MatrixExp {
    /** Degrees of the approximants, each with the largest 1-norm that it serves in double precision. */
    private static final int[] DEGREES = {3, 5, 7, 9, 13};

    private static final double[] BOUNDS = {
        1.495585217958292e-2, 2.539398330063230e-1, 9.504178996162932e-1, 2.097847961257068, 5.371920351148152
    };

    private MatrixExp() {}

    /** The exponential of an n x n matrix, as a new array; NaN everywhere if an element is not finite. */
    public static double[] exp(double[] a, int n) {
        double norm = norm(a, n);
        if (!(norm <= Double.MAX_VALUE)) {
            double[] nothing = new double[a.length];
            Arrays.fill(nothing, Double.NaN);
            return nothing;
        }
        for (int i = 0; i < DEGREES.length; i++) {
            if (norm <= BOUNDS[i]) {
                return approximant(a, n, DEGREES[i]);
            }
        }
        double most = BOUNDS[BOUNDS.length - 1];
        int squarings = Math.max(0, Math.getExponent(norm / most) + 1);
        double[] scaled = a.clone();
        Dense.scale(scaled, Math.scalb(1.0, -squarings));
        double[] out = approximant(scaled, n, DEGREES[DEGREES.length - 1]);
        for (int i = 0; i < squarings; i++) {
            out = Products.multiply(out, out, n, n, n);
        }
        return out;
    }

    private static double norm(double[] a, int n) {
        double largest = 0;
        for (int j = 0; j < n; j++) {
            double sum = 0;
            for (int i = 0; i < n; i++) {
                sum += Math.abs(a[i * n + j]);
            }
            largest = Math.max(largest, sum);
        }
        return largest;
    }

    /** The quotient of the numerator V + U and the denominator V - U, the even and the odd terms. */
    private static double[] approximant(double[] a, int n, int degree) {
        double[] c = coefficients(degree);
        double[] square = Products.multiply(a, a, n, n, n);
        double[] power = Dense.eye(n, n);
        double[] odd = new double[n * n];
        double[] even = new double[n * n];
        for (int k = 0; k <= degree; k += 2) {
            Dense.axpy(n * n, c[k], power, 0, even, 0);
            Dense.axpy(n * n, c[k + 1], power, 0, odd, 0);
            power = k + 2 <= degree ? Products.multiply(power, square, n, n, n) : power;
        }
        odd = Products.multiply(a, odd, n, n, n);
        double[] numerator = even.clone();
        Dense.axpy(n * n, 1, odd, 0, numerator, 0);
        Dense.axpy(n * n, -1, odd, 0, even, 0);
        int[] pivots = new int[n];
        Lu.factor(even, n, n, pivots, true);
        Lu.solve(even, n, pivots, numerator, n);
        return numerator;
    }

    /** The coefficients of x to the k in the numerator of degree q: (2q - k)! q! / ((2q)! k! (q - k)!). */
    private static double[] coefficients(int degree) {
        double[] c = new double[degree + 1];
        c[0] = 1;
        for (int k = 1; k <= degree; k++) {
            c[k] = c[k - 1] * (degree - k + 1) / ((double) k * (2 * degree - k + 1));
        }
        return c;
    }
}
