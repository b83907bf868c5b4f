package dev.lanewise.internal.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** LU, Cholesky and QR decompositions and triangular systems: small residuals at all sizes around the blocks. */
class FactorsTest {
    @Test
    void lu() {
        for (int m : Samples.SIZES) {
            for (int n : new int[] {m, m / 2, m + 40}) {
                String what = "LU of " + m + " x " + n;
                double[] a = Samples.random(m, n, m);
                double[] factors = a.clone();
                int k = Math.min(m, n);
                int[] pivots = new int[k];
                assertEquals(0, Lu.factor(factors, m, n, pivots, true), what);
                Lu.exchange(pivots, a, n);
                double[] l = Samples.triangle(Dense.columns(factors, m, n, 0, k), m, k, false, true);
                double[] u = Samples.triangle(Arrays.copyOf(factors, k * n), k, n, true, false);
                Samples.near(what, a, Samples.product(l, u, m, n, k), n);
                for (double x : l) {
                    assertTrue(Math.abs(x) <= 1, what + ": a factor of L is larger than 1");
                }
            }
        }
    }

    @Test
    void luWithoutExchanges() {
        int n = 100;
        double[] a = Samples.definite(n, 3);
        double[] factors = a.clone();
        int[] pivots = new int[n];
        assertEquals(0, Lu.factor(factors, n, n, pivots, false));
        double[] l = Samples.triangle(factors, n, n, false, true);
        double[] u = Samples.triangle(factors, n, n, true, false);
        Samples.near("LU", a, Samples.product(l, u, n, n, n), 10 * n);
        assertEquals(1, Lu.sign(pivots));
    }

    @Test
    void luNamesTheFirstZero() {
        double[] a = {1, 2, 3, 2, 4, 6, 1, 0, 1};
        assertEquals(3, Lu.factor(a, 3, 3, new int[3], true));
        assertEquals(1, Lu.factor(new double[9], 3, 3, new int[3], true));
        double[] nan = {1, 2, Double.NaN, 4};
        assertEquals(0, Lu.factor(nan, 2, 2, new int[2], true));
        assertTrue(Double.isNaN(nan[3]));
    }

    @Test
    void systems() {
        for (int n : Samples.SIZES) {
            for (int k : new int[] {1, 3, 70}) {
                double[] a = Samples.definite(n, n);
                double[] b = Samples.random(n, k, n + 1);
                double[] factors = a.clone();
                int[] pivots = new int[n];
                Lu.factor(factors, n, n, pivots, true);
                double[] x = b.clone();
                Lu.solve(factors, n, pivots, x, k);
                double[] residual = Samples.product(a, x, n, k, n);
                double scale = Samples.norm(a) * Samples.norm(x) * Math.ulp(1.0) * 10 * Math.max(1, n);
                for (int i = 0; i < b.length; i++) {
                    assertEquals(b[i], residual[i], scale, "system of " + n);
                }
            }
        }
    }

    @Test
    void triangularSystems() {
        for (int n : Samples.SIZES) {
            for (boolean upper : new boolean[] {false, true}) {
                for (boolean unit : new boolean[] {false, true}) {
                    double[] t = Samples.random(n, n, n);
                    for (int i = 0; i < t.length; i++) {
                        t[i] = t[i] / n + (i % (n + 1) == 0 ? 2 : 0);
                    }
                    double[] x = Samples.random(n, 5, 9);
                    double[] b = Samples.product(Samples.triangle(t, n, n, upper, unit), x, n, 5, n);
                    Triangular.solve(t, n, upper, unit, b, 5);
                    Samples.near("triangular " + n + upper + unit, x, b, n);
                }
            }
        }
    }

    @Test
    void cholesky() {
        for (int n : Samples.SIZES) {
            double[] a = Samples.definite(n, n);
            double[] l = Samples.triangle(a, n, n, false, false);
            assertEquals(0, Cholesky.factor(l, n));
            Samples.near("Cholesky " + n, a, Samples.product(l, Samples.transposed(l, n, n), n, n, n), n);
            assertArrayEquals(Samples.triangle(l, n, n, false, false), l);
        }
    }

    @Test
    void choleskyNamesTheFirstMinor() {
        assertEquals(2, Cholesky.factor(new double[] {1, 0, 2, 1}, 2));
        assertEquals(1, Cholesky.factor(new double[] {Double.NaN}, 1));
        double[] a = Samples.definite(150, 1);
        a[130 * 150 + 130] = -1;
        assertEquals(131, Cholesky.factor(a, 150));
    }

    @Test
    void qr() {
        for (int m : Samples.SIZES) {
            for (int n : new int[] {m, m / 2, m + 40}) {
                String what = "QR of " + m + " x " + n;
                double[] a = Samples.random(m, n, m);
                Qr qr = new Qr(a.clone(), m, n);
                int k = Math.min(m, n);
                double[] q = qr.q(k);
                Samples.orthonormal(what, q, m, k);
                Samples.near(what, a, Samples.product(q, qr.r(k), m, n, k), m + n);
                double[] full = qr.q(m);
                Samples.orthonormal(what, full, m, m);
                Samples.near(what, a, Samples.product(full, qr.r(m), m, n, m), m + n);
            }
        }
    }

    @Test
    void qrOfExtremes() {
        double[] zero = new double[12];
        Qr qr = new Qr(zero.clone(), 4, 3);
        assertArrayEquals(new double[9], qr.r(3));
        Samples.orthonormal("Q of zero", qr.q(4), 4, 4);
        double[] huge = {1e300, 1e300, 1e300, -1e300};
        Samples.near("huge", new double[] {-Math.sqrt(2) * 1e300}, new double[] {new Qr(huge, 2, 2).r(2)[0]}, 1);
        // Nothing to reflect: signs stay.
        assertArrayEquals(new double[] {-2, 1, 0, 3}, new Qr(new double[] {-2, 1, 0, 3}, 2, 2).r(2));
    }

    @Test
    void largeProducts() {
        int m = 150;
        int n = 90;
        int k = 110;
        double[] a = Samples.random(m, k, 1);
        double[] b = Samples.random(k, n, 2);
        double[] expected = Samples.product(a, b, m, n, k);
        Samples.near("product", expected, Products.multiply(a, b, m, n, k), k);
        double[] c = expected.clone();
        Products.Block left =
                Products.Block.of(Samples.transposed(a, m, k), m, 0, 0).transposed();
        Products.Block right =
                Products.Block.of(Samples.transposed(b, k, n), k, 0, 0).transposed();
        Products.subtract(left, right, Products.Block.of(c, n, 0, 0), m, n, k);
        double error = Samples.norm(c);
        assertTrue(error <= 1e-12, "the difference of two equal products is " + error);
    }
}
