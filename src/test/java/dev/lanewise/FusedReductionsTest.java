package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.internal.parallel.Parallel;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Norms, truths and logsumexp in one pass: special values, the edges of their pieces, and threads. */
class FusedReductionsTest {
    private static final double INF = Double.POSITIVE_INFINITY;
    private static final double NAN = Double.NaN;
    private static final List<DType> FLOATING = List.of(DType.FLOAT32, DType.FLOAT64, DType.FLOAT16, DType.BFLOAT16);
    private static final int MANY = 200_000;

    @Test
    void oneElementDecidesWhereverItStands() {
        for (DType type : DType.values()) {
            Tensor zeros = Tensor.zeros(type, MANY);
            Tensor ones = Tensor.ones(type, MANY);
            assertFalse(zeros.any().item() != 0, type.toString());
            assertTrue(ones.all().item() != 0, type.toString());
            for (int at : new int[] {0, 63, 64, 32_767, 32_768, 65_535, 65_536, 131_072, MANY - 1}) {
                zeros.narrow(0, at, 1).fill_(1);
                ones.narrow(0, at, 1).fill_(0);
                assertTrue(zeros.any().item() != 0, type + " at " + at);
                assertFalse(ones.all().item() != 0, type + " at " + at);
                assertTrue(zeros.reshape(4, MANY / 4).any(1).any().item() != 0, type + " in rows, at " + at);
                assertTrue(zeros.reshape(MANY / 4, 4).any(0).any().item() != 0, type + " in columns, at " + at);
                zeros.narrow(0, at, 1).fill_(0);
                ones.narrow(0, at, 1).fill_(1);
            }
        }
    }

    @Test
    void nanIsTrueAndMinusZeroIsNot() {
        for (DType type : FLOATING) {
            Tensor x = Tensor.of(new double[][] {{-0.0, NAN}, {0.0, -0.0}}).to(type);
            assertArrayEquals(new boolean[] {true, false}, x.any(1).toBooleanArray());
            assertArrayEquals(new boolean[] {false, false}, x.all(1).toBooleanArray());
            assertArrayEquals(new boolean[] {false, true}, x.any(0).toBooleanArray());
        }
        // The number of true elements wraps to 0 in a byte.
        Tensor bytes = Tensor.ones(DType.UINT8, 256);
        assertEquals(1, bytes.any().item());
        assertEquals(DType.UINT8, bytes.all().dtype());
        assertFalse(Tensor.ones(2).requiresGrad_().any().requiresGrad());
    }

    @Test
    void specialsOfNorms() {
        for (DType type : FLOATING) {
            for (int n : new int[] {3, 70, 1000, MANY}) {
                Tensor x = Tensor.full(type, -0.0, n);
                x.narrow(0, n - 2, 1).fill_(NAN);
                assertEquals(1, x.norm(0).item());
                for (double p : new double[] {1, 2, 3, INF, -INF}) {
                    assertEquals(NAN, x.norm(p).item(), type + " " + n + " " + p);
                }
                x.narrow(0, n - 2, 1).fill_(-INF);
                assertEquals(INF, x.norm().item());
                assertEquals(INF, x.norm(INF).item());
                assertEquals(0.0, x.norm(-INF).item(), "not -0");
            }
        }
    }

    @Test
    void specialsOfLogsumexp() {
        for (DType type : FLOATING) {
            for (int n : new int[] {1, 5, 64, 65, 1000, MANY}) {
                Tensor x = Tensor.full(type, -INF, n);
                assertEquals(-INF, x.logsumexp().item(), type + " " + n);
                x.narrow(0, n / 2, 1).fill_(2);
                assertEquals(2.0, x.logsumexp().item(), type + " " + n);
                x.narrow(0, n / 2, 1).fill_(INF);
                assertEquals(INF, x.logsumexp().item(), type + " " + n);
                x.narrow(0, n / 2, 1).fill_(NAN);
                assertEquals(NAN, x.logsumexp().item(), type + " " + n);
            }
        }
        assertEquals(
                1000 + Math.log(2),
                Tensor.of(DType.FLOAT64, 1000, 1000).logsumexp().item());
        assertEquals(-INF, Tensor.zeros(0).logsumexp().item());
    }

    @Test
    void logsumexpOfAnyLayoutAndDims() {
        Tensor x = Tensor.arange(0, 2 * 37 * 70, 1)
                .to(DType.FLOAT64)
                .mul(0.7)
                .sin()
                .mul(9)
                .reshape(2, 37, 70);
        int checked = 0;
        for (DType type : List.of(DType.FLOAT32, DType.FLOAT64)) {
            Tensor whole = x.to(type);
            for (Tensor in : List.of(whole, whole.transpose(0, 2), whole.permute(1, 2, 0), whole.slice(2, 1, 60, 3))) {
                for (int[] dims : new int[][] {{0}, {1}, {2}, {0, 1}, {0, 2}, {1, 2}, {0, 1, 2}}) {
                    double[] expected =
                            in.to(DType.FLOAT64).exp().sum(dims).log().toDoubleArray();
                    double[] got = in.logsumexp(dims).toDoubleArray();
                    assertArrayEquals(expected, got, 3e-6, Arrays.toString(dims));
                    checked += got.length;
                }
            }
        }
        assertTrue(checked > 10_000, "only " + checked + " results were compared");
    }

    @Test
    void sameBitsForAnyNumberOfThreads() {
        Tensor x = Tensor.arange(0, 600_000, 1).mul(0.37).sin().reshape(600, 1000);
        List<Function<Tensor, Tensor>> all = List.of(
                Tensor::logsumexp,
                y -> y.logsumexp(0),
                y -> y.logsumexp(1),
                Tensor::norm,
                y -> y.norm(1, 0),
                y -> y.norm(3),
                y -> y.any(1),
                Tensor::all);
        int before = Parallel.threads();
        try {
            for (Function<Tensor, Tensor> f : all) {
                Parallel.setThreads(1);
                double[] alone = f.apply(x).toDoubleArray();
                Parallel.setThreads(3);
                assertArrayEquals(alone, f.apply(x).toDoubleArray());
            }
        } finally {
            Parallel.setThreads(before);
        }
    }

    @Test
    void gradientsWithAndWithoutAGraph() {
        Tensor x = Tensor.of(DType.FLOAT64, 0.5, -1, 2).requiresGrad_();
        x.logsumexp().backward();
        assertArrayEquals(
                x.detach().sub(x.detach().logsumexp()).exp().toDoubleArray(),
                x.grad().toDoubleArray(),
                1e-15);
        Tensor rows = Tensor.ones(2, 3).requiresGrad_();
        rows.logsumexp(1).sum().backward();
        assertArrayEquals(
                new double[] {1 / 3.0, 1 / 3.0, 1 / 3.0, 1 / 3.0, 1 / 3.0, 1 / 3.0},
                rows.grad().toDoubleArray(),
                1e-6);
    }
}
