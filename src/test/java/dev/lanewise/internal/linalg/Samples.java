package dev.lanewise.internal.linalg;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Matrices for tests, and the errors of what was made of them. */
final class Samples {
    /** Sizes around those of the blocks. */
    static final int[] SIZES = {0, 1, 2, 3, 31, 32, 33, 63, 64, 65, 129, 200};

    private Samples() {}

    static double[] random(int rows, int cols, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] a = new double[rows * cols];
        for (int i = 0; i < a.length; i++) {
            a[i] = random.nextDouble(-1, 1);
        }
        return a;
    }

    /** A symmetric positive definite matrix. */
    static double[] definite(int n, long seed) {
        double[] a = random(n, n, seed);
        double[] out = product(a, transposed(a, n, n), n, n, n);
        for (int i = 0; i < n; i++) {
            out[i * n + i] += 0.1;
        }
        return out;
    }

    static double[] symmetric(int n, long seed) {
        double[] a = random(n, n, seed);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                a[j * n + i] = a[i * n + j];
            }
        }
        return a;
    }

    static double[] diagonal(double... values) {
        double[] a = new double[values.length * values.length];
        for (int i = 0; i < values.length; i++) {
            a[i * values.length + i] = values[i];
        }
        return a;
    }

    static double[] product(double[] a, double[] b, int m, int n, int k) {
        double[] c = new double[m * n];
        for (int i = 0; i < m; i++) {
            for (int p = 0; p < k; p++) {
                for (int j = 0; j < n; j++) {
                    c[i * n + j] += a[i * k + p] * b[p * n + j];
                }
            }
        }
        return c;
    }

    static double[] transposed(double[] a, int rows, int cols) {
        double[] out = new double[a.length];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < cols; j++) {
                out[j * rows + i] = a[i * cols + j];
            }
        }
        return out;
    }

    static double norm(double[] a) {
        double sum = 0;
        for (double x : a) {
            sum += x * x;
        }
        return Math.sqrt(sum);
    }

    /** The elements of one triangle, zeros elsewhere, with ones on the diagonal if wanted. */
    static double[] triangle(double[] a, int rows, int cols, boolean upper, boolean unit) {
        double[] out = new double[rows * cols];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < cols; j++) {
                boolean inside = upper ? j >= i : j <= i;
                out[i * cols + j] = i == j && unit ? 1 : inside ? a[i * cols + j] : 0;
            }
        }
        return out;
    }

    /** Fails unless two matrices differ by less than {@code 10 n} roundings of the norm of the expected one. */
    static void near(String what, double[] expected, double[] got, int n) {
        double[] difference = new double[expected.length];
        for (int i = 0; i < difference.length; i++) {
            difference[i] = expected[i] - got[i];
        }
        double allowed = 10 * Math.max(1, n) * Math.ulp(1.0) * norm(expected);
        double error = norm(difference);
        assertTrue(error <= allowed, what + ": the error " + error + " is more than " + allowed);
    }

    /** Fails unless the columns are orthonormal. */
    static void orthonormal(String what, double[] q, int rows, int cols) {
        near(what, diagonal(ones(cols)), product(transposed(q, rows, cols), q, cols, cols, rows), rows);
    }

    private static double[] ones(int n) {
        double[] ones = new double[n];
        Arrays.fill(ones, 1);
        return ones;
    }
}
