package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.internal.parallel.Parallel;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Variances, norms, medians, modes and counts where the recorded cases say nothing: specials, empties, many elements. */
class TensorStatisticsTest {
    private static final double NAN = Double.NaN;
    private static final double INF = Double.POSITIVE_INFINITY;

    private final int before = Parallel.threads();

    @AfterEach
    void restoreThreads() {
        Parallel.setThreads(before);
    }

    private static void values(Tensor got, double... expected) {
        assertArrayEquals(expected, got.toDoubleArray(), 1e-6);
    }

    private static void longs(Tensor got, long... expected) {
        assertEquals(DType.INT64, got.dtype());
        assertArrayEquals(expected, got.toLongArray());
    }

    private static void refused(Class<? extends RuntimeException> type, String message, Executable call) {
        assertEquals(message, assertThrows(type, call).getMessage());
    }

    private static Tensor gradOf(Function<Tensor, Tensor> f, double... x) {
        Tensor leaf = Tensor.of(DType.FLOAT64, x).requiresGrad_();
        f.apply(leaf).sum().backward();
        return leaf.grad();
    }

    private static double[] random(int n, double shift) {
        Random random = new Random(n);
        return random.doubles(n).map(x -> x + shift).toArray();
    }

    // ------------------------------------------------------------------ variance

    @Test
    void nothingCancelsFarFromZero() {
        double[] x = random(200_000, 1e6);
        double mean = Arrays.stream(x).average().orElseThrow();
        double expected = Arrays.stream(x).map(v -> (v - mean) * (v - mean)).sum() / (x.length - 1);
        assertEquals(expected, Tensor.of(DType.FLOAT64, x).var().item(), 1e-9);
        assertEquals(Math.sqrt(expected), Tensor.of(DType.FLOAT64, x).std().item(), 1e-9);
        Tensor columns = Tensor.of(DType.FLOAT64, x).reshape(50_000, 4);
        for (int column = 0; column < 4; column++) {
            double one = columns.select(1, column).var().item();
            assertEquals(one, columns.var(0).getDouble(column), 1e-9);
            assertEquals(one, columns.t().var(1).getDouble(column), 1e-9);
        }
    }

    @Test
    void threadsDoNotChangeBits() {
        Tensor x = Tensor.of(DType.FLOAT32, random(300_000, 3));
        Parallel.setThreads(1);
        double[] one = bits(x);
        Parallel.setThreads(3);
        assertArrayEquals(one, bits(x));
    }

    private static double[] bits(Tensor x) {
        Tensor wide = x.reshape(3000, 100);
        return Tensor.cat(
                        0,
                        x.var().reshape(1),
                        wide.std(0),
                        wide.var(1),
                        x.norm(3).reshape(1),
                        wide.logsumexp(0),
                        wide.median(0).values())
                .toDoubleArray();
    }

    @Test
    void correctionAndFewElements() {
        values(Tensor.of(1.0, 3.0).var(new int[] {0}, 0, true), 1);
        values(Tensor.of(1.0, 3.0).var(true), 2);
        values(Tensor.of(1.0, 3.0).var(false), 1);
        values(Tensor.of(1.0, 3.0).var(new int[] {0}, 2, false), INF);
        values(Tensor.of(1.0, 3.0).var(null, 5, false), INF);
        values(Tensor.scalar(2.0).var(), NAN);
        values(Tensor.zeros(0).std(), NAN);
        values(Tensor.zeros(0, 2).var(0), NAN, NAN);
        assertEquals(Shape.of(0), Tensor.zeros(2, 0).var(0).shape());
        values(Tensor.of(1.0, INF).var(), NAN);
        StdMean both = Tensor.of(new double[][] {{1, 3}, {2, 2}}).stdMean(1);
        values(both.std(), Math.sqrt(2), 0);
        values(both.mean(), 2, 2);
        values(Tensor.of(DType.FLOAT16, 1000, 1002).var(), 2);
    }

    @Test
    void derivativesWhereTheDivisorIsZero() {
        values(gradOf(x -> x.var(null, 2, false), 1, 2), INF, INF);
        values(gradOf(x -> x.var(null, 2, false), 1, 1), NAN, NAN);
        values(gradOf(Tensor::std, 1, 1), 0, 0);
    }

    // ------------------------------------------------------------------ sums

    @Test
    void logsumexpOfExtremes() {
        values(Tensor.of(DType.FLOAT64, 1000, 1000).logsumexp(0), 1000 + Math.log(2));
        values(Tensor.of(-INF, -INF).logsumexp(0), -INF);
        values(Tensor.of(INF, -INF).logsumexp(), INF);
        values(Tensor.of(NAN, 1.0).logsumexp(), NAN);
        values(Tensor.zeros(0, 2).logsumexp(0), -INF, -INF);
        values(Tensor.of(0, 0).logsumexp(), Math.log(2));
        values(Tensor.scalar(3.0).logsumexpKeepDim(0), 3);
    }

    @Test
    void nanIsLeftOut() {
        Tensor x = Tensor.of(new double[][] {{1, NAN}, {NAN, NAN}});
        values(x.nansum(), 1);
        values(x.nansum(1), 1, 0);
        values(x.nanmean(1), 1, NAN);
        values(x.nanmeanKeepDim(0), 1, NAN);
        assertEquals(DType.FLOAT64, x.nansum(DType.FLOAT64, 0).dtype());
        longs(Tensor.of(1, 2).nansum(), 3);
        values(gradOf(Tensor::nansum, 1, NAN), 1, 0);
    }

    @Test
    void dtypesAsAsked() {
        Tensor x = Tensor.of(100, 100, 100).to(DType.INT8);
        assertEquals(DType.INT8, x.sum(DType.INT8).dtype());
        assertEquals(44, x.sum(DType.INT8).itemLong());
        assertEquals(DType.FLOAT64, x.meanKeepDim(DType.FLOAT64, 0).dtype());
        assertEquals(1_000_000, x.prod().itemLong());
        assertEquals(1e6, x.prod(DType.FLOAT32).item());
        assertEquals(Shape.of(1), x.prodKeepDim(DType.FLOAT32, 0).shape());
        assertEquals(Shape.of(1, 1), Tensor.zeros(2, 2).argmaxKeepDim().shape());
    }

    @Test
    void productsWithZeros() {
        values(gradOf(Tensor::prod, 2, 3, 4), 12, 8, 6);
        values(gradOf(Tensor::prod, 2, 0, 4), 0, 8, 0);
        values(gradOf(Tensor::prod, 0, 0, 4), 0, 0, 0);
        Tensor x = Tensor.of(new double[][] {{0, 2}, {3, 0}}).requiresGrad_();
        x.prod().backward();
        values(x.grad(), 0, 0, 0, 0);
        x.setGrad(null);
        x.prodKeepDim(1).sum().backward();
        values(x.grad(), 2, 0, 0, 3);
        values(Tensor.zeros(0).prod(), 1);
    }

    // ------------------------------------------------------------------ medians and modes

    @Test
    void mediansOfAllLengths() {
        int checked = 0;
        for (int n : new int[] {1, 2, 3, 4, 5, 17, 100, 1023, 1025, 65_537, 200_000}) {
            double[] x = random(n, -0.5);
            double[] sorted = x.clone();
            Arrays.sort(sorted);
            Tensor tensor = Tensor.of(DType.FLOAT64, x);
            assertEquals(sorted[(n - 1) / 2], tensor.median().item());
            ValuesIndices found = tensor.median(0);
            assertEquals(sorted[(n - 1) / 2], found.values().item());
            assertEquals(sorted[(n - 1) / 2], x[(int) found.indices().itemLong()]);
            long[] few = Arrays.stream(x).mapToLong(v -> Math.round(10 * v)).toArray();
            long[] fewSorted = few.clone();
            Arrays.sort(fewSorted);
            found = Tensor.of(few).median(0);
            assertEquals(fewSorted[(n - 1) / 2], found.values().itemLong());
            assertEquals(fewSorted[(n - 1) / 2], few[(int) found.indices().itemLong()]);
            checked++;
        }
        assertEquals(11, checked);
    }

    @Test
    void mediansOfSortedAndEqualElementsTakeNoLonger() {
        Tensor rising = Tensor.arange(60_000).to(DType.FLOAT32);
        assertEquals(29_999, rising.median(0).indices().itemLong());
        assertEquals(0, Tensor.zeros(60_000).median(0).values().item());
        Tensor organ = Tensor.cat(0, rising, rising.neg());
        values(organ.narrow(0, 30_000, 60_000).median(0).values(), 0);
    }

    @Test
    void mediansWithNan() {
        Tensor x = Tensor.of(new double[][] {{3, NAN, 1, NAN}, {NAN, NAN, NAN, NAN}, {4, 2, 1, 3}});
        values(x.median(1).values(), NAN, NAN, 2);
        longs(x.median(1).indices(), 1, 0, 1);
        values(x.nanmedian(1).values(), 1, NAN, 2);
        assertEquals(2, x.nanmedian(1).indices().getLong(0));
        values(x.median(), NAN);
        values(x.nanmedian(), 2);
        double[] many = random(70_000, 0);
        many[5] = NAN;
        Tensor line = Tensor.of(DType.FLOAT64, many);
        longs(line.median(0).indices(), 5);
        double[] sorted = many.clone();
        Arrays.sort(sorted);
        assertEquals(sorted[(many.length - 2) / 2], line.nanmedian(0).values().item());
        values(Tensor.full(DType.FLOAT64, NAN, 70_000).nanmedian(), NAN);
    }

    @Test
    void mediansOfLargeIntegersAndOtherDims() {
        long[] large = {Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE - 1};
        longs(Tensor.of(large).median(0).values(), Long.MAX_VALUE - 1);
        longs(Tensor.of(large).mode().values(), Long.MIN_VALUE);
        Tensor x = Tensor.arange(24).reshape(2, 3, 4);
        longs(x.median(1).values(), 4, 5, 6, 7, 16, 17, 18, 19);
        longs(x.median(1).indices(), 1, 1, 1, 1, 1, 1, 1, 1);
        assertTrue(x.median(0).indices().isContiguous());
        assertEquals(Shape.of(2, 1, 4), x.medianKeepDim(1).values().shape());
        assertEquals(3, Tensor.scalar(3).median(0).values().itemLong());
        assertEquals(0, Tensor.scalar(3).mode().indices().itemLong());
        values(Tensor.of(1.0, -0.0, 0.0).median(), 0);
    }

    @Test
    void medianSharesTheGradient() {
        values(gradOf(Tensor::median, 2, 2, 5), 0.5, 0.5, 0);
        values(gradOf(Tensor::median, NAN, 2, NAN), 0.5, 0, 0.5);
        values(gradOf(Tensor::nanmedian, NAN, 2, 3), 0, 1, 0);
        values(gradOf(x -> x.median(0).values(), 2, 1, 5), 1, 0, 0);
    }

    @Test
    void modes() {
        longs(Tensor.of(3, 1, 3, 1, 2).mode().values(), 1);
        longs(Tensor.of(3, 1, 3, 1, 2).mode().indices(), 3);
        values(Tensor.of(NAN, NAN, 1.0).mode().values(), 1);
        values(Tensor.of(NAN, NAN).mode().values(), NAN);
        Tensor x = Tensor.of(new double[][] {{1, 2}, {1, 3}, {0, 3}});
        values(x.modeKeepDim(0).values(), 1, 3);
        longs(x.mode(0).indices(), 1, 2);
        long[] many = new long[100_000];
        for (int i = 0; i < many.length; i++) {
            many[i] = i % 3 == 0 ? 7 : i;
        }
        longs(Tensor.of(many).mode().values(), 7);
    }

    // ------------------------------------------------------------------ norms

    @Test
    void normsOfExtremes() {
        Tensor x = Tensor.of(-3.0, 0.0, 4.0);
        values(x.norm(), 5);
        values(x.norm(0), 2);
        values(x.norm(1), 7);
        values(x.norm(INF), 4);
        values(x.norm(-INF), 0);
        values(x.normKeepDim(2, 0), 5);
        values(x.norm(-1), 0);
        values(Tensor.of(NAN, 1.0).norm(INF), NAN);
        values(Tensor.zeros(0).norm(3), 0);
        values(Tensor.zeros(0, 2).norm(0.5, 0), 0, 0);
        values(Tensor.scalar(-2.0).norm(), 2);
        assertEquals(
                DType.FLOAT64,
                Tensor.of(1, 2).norm(2, null, false, DType.FLOAT64).dtype());
        values(Tensor.of(DType.FLOAT16, 300, 400).norm(), 500);
        values(x.dist(Tensor.scalar(1.0), 1), 8);
        values(Linalg.vectorNorm(x), 5);
    }

    @Test
    void derivativesOfNormsAtZeroAndTies() {
        values(gradOf(Tensor::norm, 0, 0), 0, 0);
        values(gradOf(x -> x.norm(1), 0, -2), 0, -1);
        values(gradOf(x -> x.norm(0), 1, 2), 0, 0);
        values(gradOf(x -> x.norm(0.5), 0, 4), 0, 1);
        values(gradOf(x -> x.norm(1.5), 0, 0), 0, 0);
        values(gradOf(x -> x.norm(3), 0, 2), 0, 1);
        values(gradOf(x -> x.norm(INF), 2, -2, 1), 0.5, -0.5, 0);
    }

    @Test
    void renormScalesWhatIsTooLong() {
        Tensor x = Tensor.of(new double[][] {{3, 4}, {0.3, 0.4}});
        values(x.renorm(2, 0, 1), 0.6, 0.8, 0.3, 0.4);
        assertEquals(x, x.renorm_(2, 0, 1));
        values(x, 0.6, 0.8, 0.3, 0.4);
    }

    // ------------------------------------------------------------------ truth and counts

    @Test
    void truth() {
        assertTrue(Tensor.zeros(0).all().itemBoolean());
        assertEquals(DType.BOOL, Tensor.of(0.5, NAN).all().dtype());
        assertTrue(Tensor.of(0.5, NAN).all().itemBoolean());
        assertArrayEquals(
                new boolean[] {true, false},
                Tensor.of(new double[][] {{0, 2}, {0, 0}}).any(1).toBooleanArray());
        assertEquals(DType.UINT8, Tensor.of(1, 2).to(DType.UINT8).anyKeepDim(0).dtype());
        longs(Tensor.of(new double[][] {{0, 2}, {NAN, 1}}).countNonzero(1), 1, 2);
        assertEquals(200_000, Tensor.ones(DType.BOOL, 400, 500).countNonzero().itemLong());
        MinMax both = Tensor.of(new double[][] {{0, 2}, {3, 1}}).aminmax(0);
        values(both.min(), 0, 1);
        values(both.max(), 3, 2);
    }

    @Test
    void counts() {
        longs(Tensor.of(3, 1, 1).bincount(), 0, 2, 0, 1);
        longs(Tensor.of(1).bincount(null, 4), 0, 1, 0, 0);
        longs(Tensor.of(new long[0]).bincount(null, 2), 0, 0);
        Tensor weighted = Tensor.of(1, 1).to(DType.INT8).bincount(Tensor.of(2, 3));
        assertEquals(DType.FLOAT64, weighted.dtype());
        values(weighted, 0, 5);
        values(Tensor.of(0.0, 1.0, 2.0, 2.0, NAN, 5.0).histc(2, 0, 2), 1, 3);
        values(Tensor.of(7.0, 7.0).histc(2), 0, 2);
        values(Tensor.zeros(0).histc(3), 0, 0, 0);
        assertEquals(100, Tensor.of(1.0).histc().numel());
        assertEquals(200_000, Tensor.rand(200_000).histc(10).sum().item());
    }

    // ------------------------------------------------------------------ refusals

    @Test
    void refusals() {
        Tensor whole = Tensor.of(1, 2);
        refused(
                DTypeException.class,
                "var: the dtype must be floating point, got int64 [self: int64[2]]. Convert with to(DType.FLOAT32) first.",
                whole::var);
        refused(
                DTypeException.class,
                "norm: the dtype must be floating point, got int64 [self: int64[2]]. Convert with to(DType.FLOAT32) first.",
                whole::norm);
        refused(
                IndexException.class,
                "std: dim must be within the rank 1, expected -1 to 0, got 1.",
                () -> Tensor.zeros(2).std(1));
        refused(
                IndexException.class,
                "amax: there must be an element to choose, expected a dimension whose size is not 0, got dim 0"
                        + " [self: float32[0, 3]].",
                () -> Tensor.zeros(0, 3).amax(0));
        refused(
                IndexException.class,
                "median: there must be an element to choose, expected a dimension whose size is not 0, got dim 0"
                        + " [self: float32[0]].",
                () -> Tensor.zeros(0).median(0));
        refused(
                ShapeException.class,
                "norm: there must be an element for this order, expected an order in [0, Infinity), got Infinity"
                        + " [self: float32[0]]. Name a dimension whose size is not 0.",
                () -> Tensor.zeros(0).norm(INF));
        refused(
                IllegalArgumentException.class,
                "renorm: p must be above 0 and maxnorm not below, got p = 0, maxnorm = 1.",
                () -> Tensor.zeros(2, 2).renorm(0, 0, 1));
    }

    @Test
    void refusalsOfCounts() {
        refused(
                IllegalArgumentException.class,
                "bincount: there must be no number below 0, got -1 [self: int64[2]].",
                () -> Tensor.of(-1, 2).bincount());
        refused(
                DTypeException.class,
                "bincount: the numbers must be whole, got float32 [self: float32[1]]. Convert them with"
                        + " to(DType.INT64).",
                () -> Tensor.zeros(1).bincount());
        refused(
                ShapeException.class,
                "bincount: there must be a weight for each number [self: int64[2], weights: float32[3]].",
                () -> Tensor.of(1, 2).bincount(Tensor.zeros(3)));
        refused(
                IllegalArgumentException.class,
                "histc: the ends must be finite, and max not below min, got [2.0, 1.0] [self: float32[3]].",
                () -> Tensor.zeros(3).histc(4, 2, 1));
        refused(
                IllegalArgumentException.class,
                "histc: there must be at least one interval, got 0.",
                () -> Tensor.zeros(3).histc(0));
    }
}
