package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.internal.parallel.Parallel;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Values of linear algebra that recordings leave open: layouts, batches, broadcasting, sizes without elements. */
class LinalgTest {
    private static Tensor random(long... shape) {
        return Tensor.empty(DType.FLOAT64, shape).uniform_(-1, 1, new Generator().manualSeed(7));
    }

    /** Matrices far from singular. */
    private static Tensor regular(long... shape) {
        Tensor x = random(shape).mul(0.5);
        x.diagonal(0, -2, -1).add_(shape[shape.length - 1]);
        return x;
    }

    private static Tensor definite(long... shape) {
        Tensor x = regular(shape);
        return x.matmul(x.transpose(-2, -1));
    }

    private static void near(Tensor expected, Tensor got) {
        assertEquals(expected.shape(), got.shape());
        double[] wanted = expected.to(DType.FLOAT64).toDoubleArray();
        double[] values = got.to(DType.FLOAT64).toDoubleArray();
        double allowed = expected.dtype() == DType.FLOAT64 ? 1e-10 : 1e-4;
        for (int i = 0; i < wanted.length; i++) {
            assertEquals(wanted[i], values[i], allowed * Math.max(1, Math.abs(wanted[i])), "element " + i);
        }
    }

    private static Tensor eye(long... shape) {
        Tensor out = Tensor.zeros(DType.FLOAT64, shape);
        out.diagonal(0, -2, -1).fill_(1);
        return out;
    }

    // ------------------------------------------------------------------ layouts and batches

    @Test
    void resultsAreInColumnMajorOrder() {
        Tensor a = definite(2, 4, 4);
        assertArrayEquals(new long[] {16, 1, 4}, Linalg.inv(a).stride());
        assertArrayEquals(new long[] {16, 1, 4}, Linalg.cholesky(a).stride());
        assertArrayEquals(new long[] {8, 1, 4}, Linalg.solve(a, random(2, 4, 2)).stride());
        Tensor tall = random(5, 3);
        assertArrayEquals(new long[] {1, 5}, Linalg.qr(tall).q().stride());
        assertArrayEquals(new long[] {1, 3}, Linalg.qr(tall).r().stride());
        assertArrayEquals(new long[] {1, 5}, Linalg.svd(tall).u().stride());
        assertArrayEquals(
                new long[] {1, 4}, Linalg.eigh(a.select(0, 0)).eigenvectors().stride());
    }

    @Test
    void anyStrides() {
        Tensor plain = definite(3, 5, 5);
        Tensor stepped = Tensor.zeros(DType.FLOAT64, 3, 10, 5).slice(1, 0, 10, 2);
        stepped.copy_(plain);
        Tensor turned = plain.transpose(1, 2).contiguous().transpose(1, 2);
        Tensor moved = plain.permute(1, 2, 0).contiguous().permute(2, 0, 1);
        List<UnaryOperator<Tensor>> functions = List.of(
                Linalg::inv,
                Linalg::det,
                Linalg::cholesky,
                Linalg::svdvals,
                Linalg::eigvalsh,
                Linalg::matrixExp,
                a -> Linalg.qr(a).q(),
                a -> Linalg.luFactor(a).lu(),
                Linalg::pinv);
        for (UnaryOperator<Tensor> f : functions) {
            Tensor expected = f.apply(plain);
            for (Tensor other : List.of(stepped, turned, moved)) {
                assertArrayEquals(expected.toDoubleArray(), f.apply(other).toDoubleArray());
            }
        }
        Tensor one = plain.narrow(0, 0, 1).expand(4, 5, 5);
        near(Linalg.inv(plain.select(0, 0)), Linalg.inv(one).select(0, 3));
    }

    @Test
    void batchesDoNotDependOnThreads() {
        Tensor a = definite(40, 20, 20);
        Tensor large = definite(200, 200);
        int before = Parallel.threads();
        try {
            Parallel.setThreads(1);
            double[] inverse = Linalg.inv(a).toDoubleArray();
            double[] factor = Linalg.cholesky(large).toDoubleArray();
            double[] values = Linalg.svdvals(a).toDoubleArray();
            Parallel.setThreads(4);
            assertArrayEquals(inverse, Linalg.inv(a).toDoubleArray());
            assertArrayEquals(factor, Linalg.cholesky(large).toDoubleArray());
            assertArrayEquals(values, Linalg.svdvals(a).toDoubleArray());
        } finally {
            Parallel.setThreads(before);
        }
    }

    @Test
    void largeFloat32() {
        Tensor a = definite(200, 200).div(200).to(DType.FLOAT32);
        near(Tensor.eye(200), a.mm(Linalg.inv(a)));
        Tensor l = Linalg.cholesky(a);
        near(a, l.mm(l.t()));
        Qr qr = Linalg.qr(a);
        near(a, qr.q().mm(qr.r()));
        Svd svd = Linalg.svd(a);
        near(a, svd.u().mul(svd.s()).mm(svd.vh()));
    }

    @Test
    void nothingToCompute() {
        for (Tensor a : List.of(Tensor.zeros(0, 0), Tensor.zeros(0, 3, 3), Tensor.zeros(2, 0, 0))) {
            assertEquals(a.shape(), Linalg.inv(a).shape());
            assertEquals(a.shape(), Linalg.cholesky(a).shape());
            assertEquals(a.shape(), Linalg.matrixExp(a).shape());
            assertEquals(a.shape(), Linalg.pinv(a).shape());
            assertEquals(a.shape(), Linalg.qr(a).q().shape());
            assertEquals(a.shape(), Linalg.svd(a).vh().shape());
            assertEquals(a.shape(), Linalg.eigh(a).eigenvectors().shape());
            assertEquals(a.shape(), Linalg.lu(a).u().shape());
            assertEquals(a.shape(), Linalg.solve(a, a).shape());
            assertEquals(a.shape(), Linalg.lstsq(a, a).solution().shape());
            assertEquals(a.shape(), a.choleskySolve(a).shape());
        }
        assertEquals(1, Linalg.det(Tensor.zeros(0, 0)).item());
        assertEquals(0, Linalg.slogdet(Tensor.zeros(0, 0)).logabsdet().item());
        assertEquals(1, Linalg.slogdet(Tensor.zeros(0, 0)).sign().item());
        assertEquals(Shape.of(2, 3, 0), Linalg.pinv(Tensor.zeros(2, 0, 3)).shape());
        assertEquals(Shape.of(4, 4), Linalg.svd(Tensor.zeros(4, 0)).u().shape());
        near(eye(4, 4), Linalg.qr(Tensor.zeros(DType.FLOAT64, 4, 0), "complete").q());
        assertEquals(0, Linalg.matrixRank(Tensor.zeros(0, 3)).itemLong());
    }

    // ------------------------------------------------------------------ systems

    @Test
    void solveBroadcasts() {
        Tensor a = regular(2, 1, 3, 3);
        Tensor b = random(4, 3, 2);
        Tensor x = Linalg.solve(a, b);
        assertEquals(Shape.of(2, 4, 3, 2), x.shape());
        near(b.expand(2, 4, 3, 2), a.matmul(x));
        Tensor right = random(4, 2, 3);
        near(right.expand(2, 4, 2, 3), Linalg.solve(a, right, false).matmul(a));
        Tensor vector = random(3);
        Tensor y = Linalg.solve(a, vector);
        assertEquals(Shape.of(2, 1, 3), y.shape());
        near(vector.expand(2, 1, 3), a.matmul(y.unsqueeze(-1)).squeeze(-1));
        near(
                Linalg.solve(a.select(1, 0), random(2, 3)).select(0, 1),
                Linalg.solve(a.select(1, 0).select(0, 1), random(2, 3).select(0, 1)));
    }

    @Test
    void triangularSystems() {
        Tensor a = regular(2, 4, 4);
        Tensor upper = a.mul(Tensor.ones(DType.FLOAT64, 4, 4).sub(below(4)));
        Tensor lower = a.sub(upper).add(eye(4, 4));
        Tensor b = random(2, 4, 3);
        near(b, upper.matmul(Linalg.solveTriangular(a, b, true)));
        near(b, lower.matmul(Linalg.solveTriangular(a, b, false, true, true)));
        Tensor c = random(3, 4);
        near(c.expand(2, 3, 4), Linalg.solveTriangular(a, c, true, false, false).matmul(upper));
    }

    private static Tensor below(long n) {
        return Tensor.arange(n).unsqueeze(1).gt(Tensor.arange(n)).to(DType.FLOAT64);
    }

    @Test
    void luAndItsSystems() {
        Tensor a = random(2, 4, 4);
        Lu lu = Linalg.lu(a);
        near(a, lu.p().matmul(lu.l()).matmul(lu.u()));
        Lu wide = Linalg.lu(random(3, 5));
        near(random(3, 5), wide.p().matmul(wide.l()).matmul(wide.u()));
        Lu tall = Linalg.lu(random(5, 3));
        near(random(5, 3), tall.p().matmul(tall.l()).matmul(tall.u()));
        LuFactor factor = Linalg.luFactor(a);
        Tensor b = random(4, 3);
        Tensor turned = a.transpose(-2, -1);
        near(b.expand(2, 4, 3), a.matmul(Linalg.luSolve(factor.lu(), factor.pivots(), b, true, false)));
        near(b.expand(2, 4, 3), turned.matmul(Linalg.luSolve(factor.lu(), factor.pivots(), b, true, true)));
        Tensor c = random(3, 4);
        near(
                c.expand(2, 3, 4),
                Linalg.luSolve(factor.lu(), factor.pivots(), c, false, false).matmul(a));
        near(
                c.expand(2, 3, 4),
                Linalg.luSolve(factor.lu(), factor.pivots(), c, false, true).matmul(turned));
    }

    @Test
    void choleskyForms() {
        Tensor a = definite(3, 4, 4);
        Tensor upper = a.cholesky(true);
        near(a, upper.transpose(-2, -1).matmul(upper));
        near(Linalg.inv(a), a.cholesky().choleskyInverse());
        near(Linalg.inv(a), upper.choleskyInverse(true));
        Tensor b = random(4, 2);
        near(Linalg.solve(a, b), b.choleskySolve(a.cholesky()));
        near(Linalg.solve(a, b), b.choleskySolve(upper, true));
    }

    @Test
    void leastSquares() {
        Tensor a = random(6, 3);
        Tensor b = random(6, 2);
        Lstsq result = Linalg.lstsq(a, b, null, "gelsd");
        Tensor residual = a.mm(result.solution()).sub(b);
        near(Tensor.zeros(DType.FLOAT64, 3, 2), a.t().mm(residual));
        near(residual.square().sum(0), result.residuals());
        assertEquals(3, result.rank().itemLong());
        near(Linalg.svdvals(a), result.singularValues());
        Lstsq usual = Linalg.lstsq(a, b);
        assertEquals(Shape.of(0), usual.residuals().shape());
        assertEquals(Shape.of(0), usual.singularValues().shape());
        assertEquals(Shape.of(0), Linalg.lstsq(a, b, null, "gels").rank().shape());
        Tensor low = Tensor.cat(1, a, a);
        Lstsq least = Linalg.lstsq(low, b);
        assertEquals(3, least.rank().itemLong());
        near(Linalg.pinv(low).mm(b), least.solution());
        near(
                Linalg.lstsq(a, b).solution().select(1, 0),
                Linalg.lstsq(a, b.select(1, 0)).solution());
        assertEquals(
                Shape.of(4, 3, 2),
                Linalg.lstsq(random(4, 6, 3), b.expand(4, 6, 2)).solution().shape());
    }

    // ------------------------------------------------------------------ spectra

    @Test
    void trianglesOfSymmetricMatrices() {
        Tensor a = random(4, 4);
        Tensor lower = a.mul(below(4).add(eye(4, 4)));
        Tensor fromLower = lower.add(a.mul(below(4)).t());
        Tensor fromUpper = a.sub(a.mul(below(4)))
                .add(a.sub(a.mul(below(4))).sub(a.mul(eye(4, 4))).t());
        near(Linalg.eigvalsh(fromLower), Linalg.eigvalsh(a));
        near(Linalg.eigvalsh(fromUpper), Linalg.eigvalsh(a, "U"));
        near(Linalg.pinv(fromLower), Linalg.pinv(a, true));
        assertEquals(4, Linalg.matrixRank(a, true).itemLong());
    }

    @Test
    void ranksAndBounds() {
        Tensor a = Tensor.zeros(DType.FLOAT64, 2, 3, 3);
        a.diagonal(0, 1, 2).copy_(Tensor.of(DType.FLOAT64, new double[][] {{4, 2, 1}, {1, 1e-3, 0}}));
        assertArrayEquals(new long[] {3, 2}, Linalg.matrixRank(a).toLongArray());
        assertArrayEquals(
                new long[] {2, 0}, Linalg.matrixRank(a, 1, null, false).toLongArray());
        assertArrayEquals(
                new long[] {1, 1}, Linalg.matrixRank(a, null, 0.5, false).toLongArray());
        assertArrayEquals(
                new long[] {2, 1}, Linalg.matrixRank(a, 1e-4, 0.3, false).toLongArray());
        Tensor each = Tensor.of(DType.FLOAT64, 3, 1e-4);
        assertArrayEquals(
                new long[] {1, 2}, Linalg.matrixRank(a, each, null, false).toLongArray());
        Tensor inverse = Linalg.pinv(a, 1.5, null, false);
        assertArrayEquals(
                new double[] {0.25, 0.5, 0},
                inverse.select(0, 0).diagonal(0, 0, 1).toDoubleArray(),
                1e-15);
        assertEquals(0, inverse.select(0, 1).abs().max().item());
        assertEquals(0, Linalg.pinv(Tensor.zeros(2, 3)).abs().max().item());
    }

    @Test
    void singularAndExtremeDeterminants() {
        assertEquals(0, Linalg.det(Tensor.ones(3, 3)).item());
        assertEquals(
                Double.NEGATIVE_INFINITY,
                Linalg.slogdet(Tensor.ones(3, 3)).logabsdet().item());
        assertEquals(0, Linalg.slogdet(Tensor.ones(3, 3)).sign().item());
        assertEquals(Double.NEGATIVE_INFINITY, Tensor.ones(3, 3).logdet().item());
        Tensor flipped = Tensor.of(new double[][] {{0, 1}, {1, 0}});
        assertTrue(Double.isNaN(flipped.logdet().item()));
        assertEquals(-1, flipped.slogdet().sign().item());
        Tensor large = Tensor.eye(400).mul(1e10).to(DType.FLOAT64);
        assertEquals(Double.POSITIVE_INFINITY, Linalg.det(large).item());
        assertEquals(400 * Math.log(1e10), Linalg.slogdet(large).logabsdet().item(), 1e-6);
        assertTrue(Double.isNaN(Linalg.det(Tensor.full(Double.NaN, 2, 2)).item()));
    }

    @Test
    void resultsWithInfo() {
        Tensor a = Tensor.stack(0, Tensor.eye(2), Tensor.zeros(2, 2), Tensor.of(new double[][] {{1, 2}, {2, 1}}));
        assertArrayEquals(new int[] {0, 1, 0}, Linalg.invEx(a).info().toIntArray());
        assertArrayEquals(
                new int[] {0, 1, 2}, Linalg.choleskyEx(a, false).info().toIntArray());
        assertEquals(DType.INT32, Linalg.invEx(a).info().dtype());
        assertEquals(0, Linalg.invEx(Tensor.eye(2)).info().dim());
    }

    @Test
    void methodsOfTensors() {
        Tensor a = definite(3, 3);
        near(Linalg.inv(a), a.inverse());
        near(Linalg.pinv(a), a.pinverse());
        near(Linalg.matrixExp(a), a.matrixExp());
        near(a, a.svd().u().mul(a.svd().s()).mm(a.svd().vh()));
        assertEquals(Shape.of(4, 4), random(4, 2).qr(false).q().shape());
        assertEquals(Shape.of(4, 2), random(4, 2).qr(true).q().shape());
        LuFactor factor = Linalg.luFactor(a);
        near(Linalg.solve(a, eye(3, 3)), eye(3, 3).luSolve(factor.lu(), factor.pivots()));
    }

    @Test
    void crossProducts() {
        Tensor a = random(2, 3, 5);
        Tensor b = random(1, 3, 5).add(0.3);
        Tensor c = a.cross(b);
        assertEquals(Shape.of(2, 3, 5), c.shape());
        near(Tensor.zeros(DType.FLOAT64, 2, 5), c.mul(a).sum(1));
        near(Tensor.zeros(DType.FLOAT64, 2, 5), c.mul(b).sum(1));
        Tensor x = Tensor.of(1L, 0L, 0L);
        assertArrayEquals(new long[] {0, 0, 1}, x.cross(Tensor.of(0L, 1L, 0L)).toLongArray());
        assertArrayEquals(
                new long[] {0, 0, -1}, Linalg.cross(Tensor.of(0L, 1L, 0L), x).toLongArray());
    }

    // ------------------------------------------------------------------ elements that are not finite

    @Test
    void notFiniteElements() {
        Tensor bad = Tensor.stack(0, eye(3, 3), eye(3, 3));
        bad.select(0, 1).select(0, 1).select(0, 2).fill_(Double.NaN);
        List<Function<Tensor, Object>> refusing =
                List.of(Linalg::svd, Linalg::svdvals, Linalg::pinv, Linalg::matrixRank, a -> Linalg.eigh(a, "U"));
        for (Function<Tensor, Object> f : refusing) {
            String message = assertThrows(IllegalArgumentException.class, () -> f.apply(bad))
                    .getMessage();
            assertTrue(message.contains("in batch element [1]"), message);
        }
        assertTrue(Double.isNaN(Linalg.inv(bad).select(0, 1).sum().item()));
        assertFalse(Double.isNaN(Linalg.inv(bad).select(0, 0).sum().item()));
        assertTrue(Double.isNaN(Linalg.qr(bad).r().select(0, 1).sum().item()));
        assertTrue(Double.isNaN(Linalg.matrixExp(bad).select(0, 1).sum().item()));
    }
}
