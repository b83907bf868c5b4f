package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.autograd.Autograd;
import dev.lanewise.autograd.GradCheck;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Derivatives of first and second order of every result alone, in functions that do not depend on free signs. */
class LinalgGradientTest {
    private static Tensor random(long seed, long... shape) {
        return Tensor.empty(DType.FLOAT64, shape).uniform_(-1, 1, new Generator().manualSeed(seed));
    }

    private static void check(UnaryOperator<Tensor> f, Tensor x) {
        GradCheck.check(in -> f.apply(in[0]), x);
        GradCheck.checkSecondOrder(in -> f.apply(in[0]), x);
    }

    /** Columns with different weights times themselves: signs do not matter, and columns are not mixed. */
    private static Tensor weighted(Tensor columns) {
        Tensor weights = Tensor.linspace(DType.FLOAT64, 1, 2, columns.size(-1));
        return columns.mul(weights).matmul(columns.transpose(-2, -1));
    }

    @Test
    void singularVectors() {
        for (long[] shape : new long[][] {{4, 4}, {5, 3}, {3, 5}, {2, 4, 3}}) {
            Tensor a = random(3, shape);
            check(x -> weighted(Linalg.svd(x, false).u()), a);
            check(x -> weighted(Linalg.svd(x, false).vh().transpose(-2, -1)), a);
            check(Linalg::svdvals, a);
        }
        check(x -> weighted(Linalg.svd(x).u().narrow(-1, 0, 3)), random(4, 5, 3));
    }

    @Test
    void eigenvectors() {
        for (String triangle : new String[] {"L", "U"}) {
            Tensor a = random(5, 2, 4, 4);
            check(x -> weighted(Linalg.eigh(symmetric(x), triangle).eigenvectors()), a);
            check(x -> Linalg.eigvalsh(symmetric(x), triangle), a);
        }
    }

    private static Tensor symmetric(Tensor x) {
        return x.add(x.transpose(-2, -1));
    }

    @Test
    void qr() {
        for (long[] shape : new long[][] {{4, 4}, {5, 3}, {3, 5}, {2, 4, 3}}) {
            Tensor a = random(6, shape);
            check(x -> Linalg.qr(x).q(), a);
            check(x -> Linalg.qr(x).r(), a);
            check(x -> Linalg.qr(x, "r").r(), a);
        }
        check(x -> Linalg.qr(x, "complete").q(), random(7, 3, 4));
        Tensor tall = random(7, 4, 2).requiresGrad_();
        Tensor q = Linalg.qr(tall, "complete").q().sum();
        assertEquals(
                "qr: the complete decomposition of tall matrices has no derivative [self: float64[4, 2]]."
                        + " Use mode reduced.",
                assertThrows(GradException.class, q::backward).getMessage());
    }

    @Test
    void luAndItsSystems() {
        for (long[] shape : new long[][] {{4, 4}, {5, 3}, {3, 5}, {2, 3, 3}}) {
            Tensor a = random(8, shape);
            check(x -> Linalg.luFactor(x).lu(), a);
            check(x -> Linalg.lu(x).l(), a);
            check(x -> Linalg.lu(x).u(), a);
        }
        Tensor b = random(9, 3, 2);
        for (boolean adjoint : new boolean[] {false, true}) {
            check(
                    x -> {
                        LuFactor factor = Linalg.luFactor(x);
                        return Linalg.luSolve(factor.lu(), factor.pivots(), b, true, adjoint);
                    },
                    random(8, 3, 3));
        }
        check(
                x -> Linalg.luFactor(x, false).lu(),
                random(8, 3, 3).add(Tensor.eye(3).mul(3)));
    }

    @Test
    void pseudoInverses() {
        // Of rank 2: the derivative along matrices of that rank.
        Tensor left = random(10, 4, 2);
        check(x -> Linalg.pinv(left.mm(x), null, 1e-10, false), random(11, 2, 3));
        check(x -> Linalg.pinv(symmetric(x), true), random(12, 3, 3));
        check(x -> Linalg.lstsq(x, random(13, 5, 2)).solution(), random(14, 5, 3));
        check(x -> Linalg.lstsq(x, random(13, 3)).solution(), random(14, 3, 5));
        check(x -> Linalg.lstsq(random(14, 5, 3), x).solution(), random(13, 5, 2));
    }

    @Test
    void norms() {
        Tensor a = random(15, 2, 3, 4);
        for (double p : new double[] {1, -1, 2, -2, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            check(x -> Linalg.matrixNorm(x, p, true, 2, 0), a);
            check(x -> Linalg.cond(x, p), random(16, 2, 3, 3));
            check(x -> Linalg.norm(x, p, false, 1), a);
        }
        for (String p : new String[] {"fro", "nuc"}) {
            check(x -> Linalg.norm(x, p, false, -1, -2), a);
            check(x -> Linalg.cond(x, p), random(16, 2, 3, 3));
        }
        check(Linalg::norm, a);
        check(x -> Linalg.norm(x, 3, true, 0), a);
        check(x -> Linalg.norm(x, 0.5, true, 0), a);
        check(x -> Linalg.norm(x, -1.5, true, 0), a);
    }

    @Test
    void normsOfZerosHaveTheGradientZero() {
        for (double p : new double[] {1, 2, 0.5, 3, Double.POSITIVE_INFINITY}) {
            Tensor x = Tensor.zeros(3).requiresGrad_();
            Tensor norm = Linalg.norm(x, p);
            assertEquals(0, norm.item());
            norm.backward();
            assertArrayEquals(new double[3], x.grad().toDoubleArray(), 0.0, "p = " + p);
        }
    }

    @Test
    void others() {
        Tensor a = random(17, 2, 3, 3).add(Tensor.eye(3).mul(2));
        check(Linalg::inv, a);
        check(Linalg::det, a);
        check(x -> Linalg.slogdet(x).logabsdet(), a);
        check(x -> Tensor.eye(3).to(DType.FLOAT64).choleskySolve(lower(x)), a);
        check(x -> lower(x).choleskyInverse(), a);
        check(x -> x.cross(random(18, 1, 3, 3), -1), a);
        check(x -> Linalg.solve(x, random(18, 3)), a);
        check(x -> Linalg.solve(x, random(18, 4, 3), false), a);
        check(x -> Linalg.cholesky(symmetric(x), true), a);
        check(Tensor::logdet, a.add(Tensor.eye(3).mul(2)));
        check(Linalg::matrixExp, random(19, 2, 4, 4).mul(3));
    }

    private static Tensor lower(Tensor x) {
        return x.mul(Tensor.arange(3).unsqueeze(1).ge(Tensor.arange(3)).to(DType.FLOAT64));
    }

    @Test
    void determinantsOfSingularMatrices() {
        Tensor a = Tensor.of(DType.FLOAT64, new double[][][] {{{1, 2}, {2, 4}}, {{1, 2}, {3, 4}}})
                .requiresGrad_();
        Linalg.det(a).sum().backward();
        assertArrayEquals(new double[] {0, 0, 0, 0, 4, -3, -2, 1}, a.grad().toDoubleArray(), 1e-14);
        Tensor g = Autograd.gradWithGraph(Linalg.det(a).sum(), a)[0];
        assertArrayEquals(new double[] {4, -2, -2, 1, 4, -3, -2, 1}, g.toDoubleArray(), 1e-14);
        Tensor second = Autograd.grad(g.select(0, 0).select(0, 0).select(0, 0), a)[0];
        assertArrayEquals(new double[] {0, 0, 0, 1, 0, 0, 0, 0}, second.toDoubleArray(), 1e-12);
    }

    @Test
    void changedResultsAreRefused() {
        Tensor a = random(20, 3, 3).requiresGrad_();
        Qr qr = Linalg.qr(a);
        Tensor loss = qr.r().sum();
        try (var mode = GradMode.off()) {
            qr.q().zero_();
        }
        assertTrue(
                assertThrows(GradException.class, loss::backward).getMessage().contains("version"));
    }
}
