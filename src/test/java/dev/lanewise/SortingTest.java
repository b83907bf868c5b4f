package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Order where the recorded cases do not look: specials, lengths at which the way of sorting changes, layouts, searches. */
class SortingTest {
    private static final double[] SPECIALS = {
        Double.NaN,
        0.0,
        -0.0,
        1,
        -1,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        0x1p-20,
        -0x1p-20,
        60000,
        -60000
    };

    private static Tensor tensor(DType type, int n, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            boolean special = type.isFloatingPoint() && random.nextInt(4) == 0;
            values[i] = special ? SPECIALS[random.nextInt(SPECIALS.length)] : random.nextInt(-300, 300);
        }
        return type.isFloatingPoint()
                ? Tensor.of(type, values)
                : Tensor.of(DType.FLOAT64, values).to(DType.INT64).to(type);
    }

    /** The stable order by the library of Java. */
    private static long[] order(double[] values, boolean descending) {
        Comparator<Integer> rising = Comparator.comparingDouble(i -> values[i] + 0.0);
        return IntStream.range(0, values.length)
                .boxed()
                .sorted(descending ? rising.reversed() : rising)
                .mapToLong(Integer::longValue)
                .toArray();
    }

    private static void refused(Class<? extends RuntimeException> type, String message, Executable call) {
        assertEquals(message, assertThrows(type, call).getMessage());
    }

    @Test
    void sortsEveryDtypeAtEveryLength() {
        int checked = 0;
        for (DType type : DType.values()) {
            for (int n : new int[] {0, 1, 2, 7, 39, 40, 41, 159, 160, 161, 513, 8193}) {
                Tensor x = tensor(type, n, n);
                double[] values = x.to(DType.FLOAT64).toDoubleArray();
                for (boolean descending : new boolean[] {false, true}) {
                    ValuesIndices sorted = x.sort(0, descending);
                    long[] expected = order(values, descending);
                    assertArrayEquals(expected, sorted.indices().toLongArray(), type + " " + n);
                    double[] got = sorted.values().to(DType.FLOAT64).toDoubleArray();
                    for (int i = 0; i < n; i++) {
                        assertEquals(
                                Double.doubleToLongBits(values[(int) expected[i]]), Double.doubleToLongBits(got[i]));
                    }
                    checked++;
                }
            }
        }
        assertEquals(240, checked);
    }

    @Test
    void sortsWideKeysWithAllTheirBits() {
        SplittableRandom random = new SplittableRandom(5);
        long[] longs = random.longs(20_000).toArray();
        longs[3] = Long.MIN_VALUE;
        longs[4] = Long.MAX_VALUE;
        long[] sorted = longs.clone();
        Arrays.sort(sorted);
        assertArrayEquals(sorted, Tensor.of(longs).sort().values().toLongArray());
        double[] doubles = random.doubles(20_000, -1e300, 1e300).toArray();
        double[] rising = doubles.clone();
        Arrays.sort(rising);
        assertArrayEquals(
                rising, Tensor.of(DType.FLOAT64, doubles).sort().values().toDoubleArray());
    }

    @Test
    void sortsLargeTensorsOfAnyLayoutAlongAnyDimension() {
        Tensor x = tensor(DType.FLOAT32, 240_000, 7).reshape(400, 600);
        for (Tensor y : new Tensor[] {x, x.t(), x.reshape(40, 10, 600).transpose(0, 1)}) {
            for (int dim = 0; dim < y.dim(); dim++) {
                Tensor last = y.transpose(dim, -1).contiguous();
                ValuesIndices sorted = y.sort(dim, false);
                double[] lines = last.toDoubleArray();
                long[] got = sorted.indices().transpose(dim, -1).toLongArray();
                int n = (int) last.size(-1);
                for (int line = 0; line < lines.length / n; line += 17) {
                    double[] one = Arrays.copyOfRange(lines, line * n, line * n + n);
                    assertArrayEquals(order(one, false), Arrays.copyOfRange(got, line * n, line * n + n));
                }
                assertArrayEquals(y.stride(), sorted.values().stride());
                assertArrayEquals(y.stride(), sorted.indices().stride());
                assertArrayEquals(
                        sorted.values().toDoubleArray(),
                        y.gather(dim, sorted.indices()).toDoubleArray());
            }
        }
    }

    @Test
    void selectionsAgreeWithTheSort() {
        int checked = 0;
        for (DType type : new DType[] {DType.FLOAT32, DType.FLOAT64, DType.INT8, DType.INT64, DType.BFLOAT16}) {
            Tensor x = tensor(type, 3000, 11).reshape(3, 1000);
            for (boolean largest : new boolean[] {true, false}) {
                double[] all = doubles(x.sort(1, largest).values());
                for (int k : new int[] {0, 1, 2, 10, 15, 16, 500, 1000}) {
                    String what = type + " " + k;
                    ValuesIndices some = x.topk(k, -1, largest);
                    assertArrayEquals(
                            doubles(Tensor.of(DType.FLOAT64, all)
                                    .reshape(3, 1000)
                                    .narrow(1, 0, k)),
                            doubles(some.values()),
                            what);
                    pointAtDifferentElements(x, some, what);
                    ValuesIndices unsorted = x.topk(k, -1, largest, false);
                    assertArrayEquals(
                            doubles(some.values()),
                            doubles(unsorted.values().sort(1, largest).values()),
                            what);
                    pointAtDifferentElements(x, unsorted, what);
                    checked++;
                }
            }
            for (int k : new int[] {1, 5, 62, 63, 700, 1000}) {
                ValuesIndices one = x.kthvalueKeepDim(k, 1);
                assertArrayEquals(doubles(x.sort().values().narrow(1, k - 1, 1)), doubles(one.values()));
                assertArrayEquals(doubles(x.gather(1, one.indices())), doubles(one.values()));
                assertEquals(Shape.of(3), x.kthvalue(k).indices().shape());
                checked++;
            }
        }
        assertEquals(110, checked);
    }

    /** The elements, with -0.0 as 0.0. */
    private static double[] doubles(Tensor x) {
        return x.to(DType.FLOAT64).add(0.0).toDoubleArray();
    }

    private static void pointAtDifferentElements(Tensor x, ValuesIndices some, String what) {
        assertArrayEquals(doubles(some.values()), doubles(x.gather(1, some.indices())), what);
        Tensor times = Tensor.zeros(DType.INT64, x.shape().toArray())
                .scatterAdd(1, some.indices(), Tensor.onesLike(some.indices()));
        assertTrue(times.max().itemLong() <= 1, what);
    }

    /** Which of equal elements are chosen follows from the steps of PyTorch's selection. */
    @Test
    void equalElementsAreChosenAsByPyTorch() {
        Tensor x0 = Tensor.of(0L, 0L, 0L, 0L, 2L, 2L, 3L, 2L, 0L, 3L, 3L, 1L, 3L, 0L, 2L, 2L, 3L, 2L);
        assertArrayEquals(
                new long[] {12, 9, 6, 10, 15, 16, 17, 14},
                x0.topk(8, 0, true, false).indices().toLongArray());
        assertEquals(17, x0.kthvalue(8).indices().itemLong());
        Tensor x1 = Tensor.of(0L, 2L, 0L, 2L, 1L, 0L, 2L, 0L, 2L, 0L, 1L, 1L, 0L, 1L, 2L, 0L, 2L, 0L, 2L, 1L, 0L);
        assertArrayEquals(
                new long[] {0, 7, 9, 15, 12},
                x1.topk(5, 0, false, true).indices().toLongArray());
        assertEquals(20, x1.kthvalue(5).indices().itemLong());
        Tensor x2 = Tensor.of(0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L);
        assertArrayEquals(
                new long[] {17, 12, 13, 14, 15, 16, 19, 21},
                x2.topk(8, 0, true, true).indices().toLongArray());
        assertEquals(10, x2.kthvalue(8).indices().itemLong());
    }

    @Test
    void zeroDimensionalTensors() {
        Tensor x = Tensor.scalar(3.0).requiresGrad_();
        assertEquals(Shape.of(), x.sort().values().shape());
        assertEquals("tensor(0)", x.argsort(-1).toString());
        assertEquals(Shape.of(), x.topk(1).indices().shape());
        assertEquals(Shape.of(), x.kthvalue(1, 0).values().shape());
        x.sort(0, true).values().mul(2).backward();
        assertEquals(2, x.grad().item());
        assertEquals(Shape.of(1), x.unique().shape());
        assertEquals(Shape.of(), x.unique(true, true, true).inverse().shape());
    }

    @Test
    void refusals() {
        Tensor x = Tensor.zeros(2, 3);
        refused(
                IllegalArgumentException.class,
                "topk: k must not be larger than the dimension, expected 0 to 3, got 4 [self: float32[2, 3]].",
                () -> x.topk(4));
        refused(
                IllegalArgumentException.class,
                "kthvalue: k must be a position in the dimension, counted from 1, expected 1 to 3, got 0 [self: float32[2, "
                        + "3]].",
                () -> x.kthvalue(0));
        refused(IndexException.class, "sort: dim must be within the rank 2, expected -2 to 1, got 2.", () -> x.sort(2));
        refused(
                ShapeException.class,
                "unique: no other dimension may be empty [self: float32[2, 0]].",
                () -> Tensor.zeros(2, 0).unique(0));
        refused(
                ShapeException.class,
                "searchsorted: the sorted tensor must be 1-d or have the sizes of the values but in the last dimension "
                        + "[sorted: float32[2, 3], values: float32[3, 3]].",
                () -> Tensor.searchsorted(x, Tensor.zeros(3, 3)));
        refused(
                ShapeException.class,
                "bucketize: the boundaries must be 1-d [boundaries: float32[2, 3]].",
                () -> x.bucketize(x));
        refused(
                IndexException.class,
                "searchsorted: index out of range, expected an index in [0, 2) for dimension 0, got 2.",
                () -> Tensor.searchsorted(Tensor.of(1.0, 2.0), x, false, Tensor.of(0L, 2L), false));
    }

    @Test
    void distinctElements() {
        Tensor x = Tensor.of(3L, 1L, 3L, 2L, 1L, 3L).reshape(2, 3);
        UniqueValues all = x.unique(true, true, true);
        assertArrayEquals(new long[] {1, 2, 3}, all.values().toLongArray());
        assertArrayEquals(new long[] {2, 0, 2, 1, 0, 2}, all.inverse().toLongArray());
        assertEquals(Shape.of(2, 3), all.inverse().shape());
        assertArrayEquals(new long[] {2, 1, 3}, all.counts().toLongArray());
        assertNull(x.unique(false, false, false).inverse());
        UniqueValues runs = Tensor.of(1L, 1L, 2L, 2L, 2L, 1L).uniqueConsecutive(true, true);
        assertArrayEquals(new long[] {1, 2, 1}, runs.values().toLongArray());
        assertArrayEquals(new long[] {0, 0, 1, 1, 1, 2}, runs.inverse().toLongArray());
        assertArrayEquals(new long[] {2, 3, 1}, runs.counts().toLongArray());
        Tensor odd = Tensor.of(Double.NaN, 0.0, -0.0, Double.NaN);
        assertEquals("tensor([0., nan, nan])", odd.unique().toString());
        assertEquals(Shape.of(0), Tensor.zeros(0, 3).unique().shape());
        assertEquals(Shape.of(0, 3), Tensor.zeros(0, 3).unique(0).shape());
    }

    @Test
    void distinctSlicesOfLargeTensors() {
        SplittableRandom random = new SplittableRandom(13);
        long[] values = random.longs(30_000, 0, 3).toArray();
        Tensor x = Tensor.of(values).reshape(5000, 3, 2);
        UniqueValues found = x.unique(true, true, true, 0);
        Tensor back = found.values().indexSelect(0, found.inverse());
        assertArrayEquals(values, back.toLongArray());
        long[] keys = new long[(int) found.values().size(0)];
        long[] flat = found.values().toLongArray();
        for (int i = 0; i < flat.length; i++) {
            keys[i / 6] = keys[i / 6] * 3 + flat[i];
        }
        for (int i = 1; i < keys.length; i++) {
            assertTrue(keys[i - 1] < keys[i], "slices must be in lexicographic order");
        }
        assertEquals(5000, found.counts().sum().itemLong());
        Tensor turned = x.permute(1, 2, 0);
        UniqueValues same = turned.unique(true, true, false, 2);
        assertArrayEquals(found.inverse().toLongArray(), same.inverse().toLongArray());
        assertArrayEquals(flat, same.values().permute(2, 0, 1).toLongArray());
        UniqueValues runs = found.values().indexSelect(0, 0, 0, 1, 1, 0).uniqueConsecutive(true, true, 0);
        assertArrayEquals(new long[] {0, 0, 1, 1, 2}, runs.inverse().toLongArray());
        assertArrayEquals(new long[] {2, 2, 1}, runs.counts().toLongArray());
    }

    @Test
    void searches() {
        Tensor line = Tensor.of(1.0, 3.0, 3.0, 7.0);
        Tensor values = Tensor.of(0.0, 1.0, 3.0, 8.0, Double.NaN, Double.NEGATIVE_INFINITY);
        assertArrayEquals(
                new long[] {0, 0, 1, 4, 4, 0}, Tensor.searchsorted(line, values).toLongArray());
        assertArrayEquals(
                new long[] {0, 1, 3, 4, 4, 0}, values.bucketize(line, true).toLongArray());
        assertEquals(DType.INT32, values.bucketize(line, false, true).dtype());
        assertEquals(3, Tensor.searchsorted(line, 3, true).itemLong());
        Tensor mixed = Tensor.of(3.0, 7.0, 1.0, 3.0);
        Tensor sorter = mixed.argsort();
        assertArrayEquals(
                Tensor.searchsorted(line, values).toLongArray(),
                Tensor.searchsorted(mixed, values, false, sorter, false).toLongArray());
        Tensor lines = Tensor.of(1L, 5L, 9L, 2L, 4L, 6L).reshape(2, 3);
        Tensor each = Tensor.of(5L, 10L, 5L, 0L).reshape(2, 2);
        assertArrayEquals(
                new long[] {1, 3, 2, 0}, Tensor.searchsorted(lines, each).toLongArray());
        assertArrayEquals(
                new long[] {1, 3, 2, 0},
                Tensor.searchsorted(
                                lines.t().contiguous().t(),
                                each.t().contiguous().t())
                        .toLongArray());
        long[] large = {(1L << 53) + 1};
        assertEquals(
                1, Tensor.searchsorted(Tensor.of(1L << 53), Tensor.of(large)).itemLong());
        assertEquals(
                Shape.of(2, 0), Tensor.searchsorted(line, Tensor.zeros(2, 0)).shape());
    }

    @Test
    void members() {
        Tensor x = Tensor.of(1L, 2L, 3L, 2L).reshape(2, 2).t();
        assertArrayEquals(new boolean[] {false, true, true, true}, isin(x, Tensor.of(2L, 3L), false));
        assertArrayEquals(new boolean[] {true, false, false, false}, isin(x, Tensor.of(2.0, 3.0), true));
        Tensor odd = Tensor.of(DType.FLOAT64, Double.NaN, -0.0, 0.1);
        assertArrayEquals(
                new boolean[] {false, true, true}, isin(odd, Tensor.of(DType.FLOAT64, 0, Double.NaN, 0.1), false));
        assertArrayEquals(
                new boolean[] {false, false, true}, Tensor.isin(odd, 0.1, false).toBooleanArray());
        assertTrue(Tensor.isin(2, x, false).itemBoolean());
        Tensor many = Tensor.arange(200_000);
        assertEquals(
                100,
                Tensor.isin(many, Tensor.arange(0, 1000, 10))
                        .to(DType.INT64)
                        .sum()
                        .itemLong());
    }

    private static boolean[] isin(Tensor x, Tensor set, boolean invert) {
        return Tensor.isin(x, set, invert).toBooleanArray();
    }
}
