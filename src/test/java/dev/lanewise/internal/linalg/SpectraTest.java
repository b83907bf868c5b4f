package dev.lanewise.internal.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Eigenvalues, singular values and exponentials, of ordinary and of difficult matrices. */
class SpectraTest {
    @Test
    void eigenvectors() {
        for (int n : Samples.SIZES) {
            checkEigen("random " + n, Samples.symmetric(n, n), n);
            checkEigen("definite " + n, Samples.definite(n, n), n);
        }
    }

    @Test
    void difficultEigenvalues() {
        int n = 70;
        checkEigen("zero", new double[n * n], n);
        checkEigen("unit", Dense.eye(n, n), n);
        double[] ones = new double[n * n];
        Arrays.fill(ones, 1);
        checkEigen("ones", ones, n);
        double[] wilkinson = new double[21 * 21];
        for (int i = 0; i < 21; i++) {
            wilkinson[i * 21 + i] = Math.abs(i - 10);
            if (i > 0) {
                wilkinson[i * 21 + i - 1] = 1;
                wilkinson[(i - 1) * 21 + i] = 1;
            }
        }
        checkEigen("Wilkinson", wilkinson, 21);
        double[] small = Samples.symmetric(n, 5);
        Dense.scale(small, 1e-300);
        checkEigen("tiny", small, n);
        Dense.scale(small, 1e300);
        Dense.scale(small, 1e300);
        checkEigen("huge", small, n);
        double[] graded = Samples.symmetric(n, 6);
        for (int i = 0; i < n * n; i++) {
            graded[i] *= Math.pow(10, -(i / n + i % n) / 5.0);
        }
        checkEigen("graded", graded, n);
    }

    private static void checkEigen(String what, double[] a, int n) {
        SymmetricEigen eigen = new SymmetricEigen(Samples.triangle(a, n, n, false, false), n, true);
        assertTrue(eigen.converged(), what);
        double[] v = eigen.vectors();
        double[] values = eigen.values();
        Samples.orthonormal(what, v, n, n);
        double[] scaled = Samples.product(v, Samples.diagonal(values), n, n, n);
        Samples.near(what, a, Samples.product(scaled, Samples.transposed(v, n, n), n, n, n), 4 * n);
        for (int i = 1; i < n; i++) {
            assertTrue(values[i - 1] <= values[i], what + ": not ascending");
        }
        double[] alone = new SymmetricEigen(Samples.triangle(a, n, n, false, false), n, false).values();
        assertArrayEquals(values, alone, what);
    }

    @Test
    void singularVectors() {
        for (int m : Samples.SIZES) {
            for (int n : new int[] {m, m / 2, m + 40}) {
                checkSvd("random " + m + " x " + n, Samples.random(m, n, m), m, n);
            }
        }
    }

    @Test
    void difficultSingularValues() {
        for (int n : new int[] {40, 90}) {
            checkSvd("zero", new double[n * n], n, n);
            checkSvd("unit", Dense.eye(n, n), n, n);
            double[] thin = Samples.random(n, 3, 1);
            checkSvd("rank 3", Samples.product(thin, Samples.transposed(thin, n, 3), n, n, 3), n, n);
            checkSvd("rank 3, tall", Samples.product(thin, Samples.random(3, 20, 2), n, 20, 3), n, 20);
            double[] hilbert = new double[n * n];
            for (int i = 0; i < n * n; i++) {
                hilbert[i] = 1.0 / (i / n + i % n + 1);
            }
            checkSvd("Hilbert", hilbert, n, n);
            double[] holes = Samples.random(n, n, 3);
            for (int i = 0; i < n * n; i++) {
                holes[i] = i % n % 3 == 0 || i / n % 4 == 1 ? 0 : holes[i];
            }
            checkSvd("zero rows and columns", holes, n, n);
            double[] scaled = Samples.random(n, n, 4);
            Dense.scale(scaled, 1e-300);
            checkSvd("tiny", scaled, n, n);
            Dense.scale(scaled, 1e300);
            Dense.scale(scaled, 1e300);
            checkSvd("huge", scaled, n, n);
        }
    }

    @Test
    void smallSingularValuesOfAGradedMatrixAreAccurate() {
        int n = 12;
        double[] sizes = new double[n];
        double[] a = Dense.eye(n, n);
        for (int i = 0; i < n; i++) {
            sizes[i] = Math.pow(10, -2 * i);
            for (int j = i; j < n; j++) {
                a[i * n + j] += 0.01 * (i + 1) / (j + 1);
                a[i * n + j] *= sizes[i];
            }
        }
        double product = 1;
        for (int i = 0; i < n; i++) {
            product *= a[i * n + i];
        }
        double found = 1;
        for (double s : new Svd(a.clone(), n, n, false).values()) {
            found *= s;
        }
        assertEquals(1, found / product, 1e-12);
    }

    private static void checkSvd(String what, double[] a, int m, int n) {
        int k = Math.min(m, n);
        Svd svd = new Svd(a.clone(), m, n, true);
        assertTrue(svd.converged(), what);
        double[] s = svd.values();
        for (int i = 1; i < k; i++) {
            assertTrue(s[i - 1] >= s[i] && s[i] >= 0, what + ": not descending");
        }
        Samples.orthonormal(what + ", U", svd.u(false), m, k);
        Samples.orthonormal(what + ", V", Samples.transposed(svd.vh(false), k, n), n, k);
        Samples.orthonormal(what + ", full U", svd.u(true), m, m);
        Samples.orthonormal(what + ", full V", Samples.transposed(svd.vh(true), n, n), n, n);
        double[] left = Samples.product(svd.u(false), Samples.diagonal(s), m, k, k);
        Samples.near(what, a, Samples.product(left, svd.vh(false), m, n, k), m + n);
        double[] alone = new Svd(a.clone(), m, n, false).values();
        for (int i = 0; i < k; i++) {
            assertEquals(s[i], alone[i], 1e-13 * s[0], what);
        }
    }

    @Test
    void notFiniteElementsEnd() {
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            for (int n : new int[] {1, 5, 90}) {
                double[] a = Samples.random(n, n, 1);
                a[n / 2 * n + n / 2] = bad;
                assertFalse(new Svd(a.clone(), n, n, true).converged());
                assertFalse(new SymmetricEigen(a.clone(), n, true).converged());
                for (double x : MatrixExp.exp(a, n)) {
                    assertTrue(Double.isNaN(x));
                }
            }
        }
    }

    @Test
    void exponentials() {
        assertArrayEquals(new double[0], MatrixExp.exp(new double[0], 0));
        Samples.near("zero", Dense.eye(3, 3), MatrixExp.exp(new double[9], 3), 1);
        for (double size : new double[] {1e-3, 0.1, 0.7, 1.5, 4, 20, 200}) {
            double[] turn = {0, -size, size, 0};
            double[] expected = {Math.cos(size), -Math.sin(size), Math.sin(size), Math.cos(size)};
            Samples.near("rotation by " + size, expected, MatrixExp.exp(turn, 2), (int) (10 + size));
            double[] diagonal = Samples.diagonal(size, -size, size / 2);
            double[] powers = Samples.diagonal(Math.exp(size), Math.exp(-size), Math.exp(size / 2));
            Samples.near("diagonal " + size, powers, MatrixExp.exp(diagonal, 3), (int) (10 + size));
            double[] nilpotent = {0, size, 0, 0, 0, size, 0, 0, 0};
            double[] series = {1, size, size * size / 2, 0, 1, size, 0, 0, 1};
            Samples.near("nilpotent " + size, series, MatrixExp.exp(nilpotent, 3), 10);
        }
    }

    @Test
    void exponentialsOfOppositeMatricesAreInverse() {
        for (int n : new int[] {2, 33, 100}) {
            double[] a = Samples.random(n, n, n);
            Dense.scale(a, 3.0 / n);
            double[] opposite = a.clone();
            Dense.scale(opposite, -1);
            double[] product = Samples.product(MatrixExp.exp(a, n), MatrixExp.exp(opposite, n), n, n, n);
            Samples.near("exp(A) exp(-A)", Dense.eye(n, n), product, 10 * n);
        }
    }
}
