package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.autograd.Autograd;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Reading and writing at positions where the recorded cases do not look: large and odd sizes, threads, history. */
class IndexingTest {
    private static final int LARGE = 300_000;

    private final Tensor x = Tensor.arange(12).reshape(3, 4);

    private static Tensor list(long... positions) {
        return Tensor.of(positions);
    }

    private static void refused(Class<? extends RuntimeException> type, String message, Executable call) {
        assertEquals(message, assertThrows(type, call).getMessage());
    }

    // ------------------------------------------------------------------ reading

    @Test
    void dimensionsOfListsStandWhereTheListsStandOrInFront() {
        Tensor y = Tensor.arange(120).reshape(2, 3, 4, 5);
        assertEquals(
                Shape.of(2, 7, 5),
                y.index(Index.all(), Index.of(zeros(7)), Index.of(zeros(7))).shape());
        assertEquals(
                Shape.of(7, 3, 5),
                y.index(Index.of(zeros(7)), Index.all(), Index.of(zeros(7))).shape());
        assertEquals(
                Shape.of(7, 1, 4, 5),
                y.index(Index.of(zeros(7)), Index.newAxis(), Index.of(zeros(7))).shape());
        assertEquals(
                Shape.of(3, 7, 5),
                y.index(Index.at(0), Index.all(), Index.of(zeros(7))).shape());
        assertEquals(
                Shape.of(2, 6, 7, 5),
                y.index(Index.all(), Index.of(zeros(6).reshape(6, 1)), Index.of(zeros(7)))
                        .shape());
        assertEquals(
                Shape.of(2, 0, 4, 5),
                y.index(Index.all(), Index.at(new long[0])).shape());
        Index none = Index.ellipsis();
        assertEquals(
                Shape.of(2, 7, 5),
                y.index(Index.all(), Index.of(zeros(7)), none, Index.of(zeros(7)), Index.all())
                        .shape(),
                "an ellipsis for no dimension does not part the lists");
        Tensor mask = y.get(0).select(2, 0).ge(0);
        assertEquals(
                Shape.of(2, 12),
                y.index(Index.ellipsis(), Index.of(mask), Index.at(new long[] {0}))
                        .shape());
    }

    @Test
    void listsOfTruthsAreMasks() {
        assertArrayEquals(
                new long[] {0, 1, 2, 3, 8, 9, 10, 11},
                x.index("[True, False, True]").toLongArray());
        assertArrayEquals(
                new long[] {1, 5, 9},
                x.index(Index.all(), Index.mask(false, true, false, false)).toLongArray());
        refused(
                IndexException.class,
                "index: a list must hold integers or truths alone, expected True or False, got '1' at position 7 [text: "
                        + "\"[True, 1]\"].",
                () -> Index.parse("[True, 1]"));
        refused(
                IndexException.class,
                "index: a list must be closed, expected a comma or ], got the end at position 5 [text: \"[True\"].",
                () -> Index.parse("[True"));
    }

    private static Tensor zeros(long n) {
        return Tensor.zeros(DType.INT64, n);
    }

    @Test
    void truthsBytesAndSinglePositions() {
        assertEquals(Shape.of(1, 3, 4), x.index(Index.of(Tensor.scalar(true))).shape());
        assertEquals(Shape.of(0, 3, 4), x.index(Index.of(Tensor.scalar(false))).shape());
        Tensor bytes = Tensor.of(1L, 0L, 5L).to(DType.UINT8);
        assertEquals(
                "tensor([[ 0,  1,  2,  3],\n        [ 8,  9, 10, 11]])",
                x.index(Index.of(bytes)).toString());
        Tensor row = x.index(Index.of(Tensor.scalar(-1)));
        row.fill_(0);
        assertEquals(0, x.getLong(2, 3), "a 0-d tensor of integers gives a view");
    }

    @Test
    void zeroDimensionalTensors() {
        Tensor one = Tensor.scalar(5.0);
        Tensor at = Tensor.scalar(0);
        assertEquals(Shape.of(), one.gather(0, at).shape());
        assertEquals(Shape.of(), one.indexSelect(0, at).shape());
        assertEquals(Shape.of(), one.scatter(0, at, Tensor.scalar(2.0)).shape());
        assertEquals(7, one.scatterAdd(0, list(0, 0), Tensor.of(1.0, 1.0)).item());
        assertEquals(3, one.clone().indexFill_(-1, at, 3).item());
        assertEquals(
                9, one.clone().scatterReduce_(0, at, Tensor.scalar(9.0), "amax").item());
        assertEquals(6, one.indexAdd(0, at, Tensor.scalar(1.0)).item());
        assertEquals(Shape.of(2), one.take(list(0, -1)).shape());
        assertEquals(Shape.of(1, 0), one.nonzero().shape());
        assertEquals(Shape.of(0, 0), Tensor.scalar(0).nonzero().shape());
        assertEquals(1, one.nonzeroTuple().size());
        assertEquals(Shape.of(1), one.maskedSelect(Tensor.scalar(true)).shape());
        Tensor changed = one.clone();
        assertSame(changed, changed.maskedScatter_(Tensor.scalar(true), Tensor.of(4.0)));
        assertEquals(4, changed.item());
    }

    @Test
    void largeSelectionsOfAnyLayout() {
        SplittableRandom random = new SplittableRandom(1);
        Tensor wide = Tensor.arange(600 * 500).reshape(600, 500).t();
        long[] rows = random.longs(LARGE, -500, 500).toArray();
        long[] columns = random.longs(LARGE, -600, 600).toArray();
        long[] picked = wide.index(Index.at(rows), Index.at(columns)).toLongArray();
        long[] gathered = wide.contiguous()
                .reshape(500 * 600)
                .take(list(flat(rows, columns)))
                .toLongArray();
        assertArrayEquals(gathered, picked);
        for (int i = 0; i < LARGE; i++) {
            assertEquals(Math.floorMod(columns[i], 600) * 500 + Math.floorMod(rows[i], 500), picked[i]);
        }
        Tensor slices = wide.indexSelect(1, random.longs(900, 0, 600).toArray());
        assertEquals(Shape.of(500, 900), slices.shape());
        assertEquals(slices.getLong(3, 5) + 7, slices.getLong(10, 5));
    }

    private static long[] flat(long[] rows, long[] columns) {
        long[] flat = new long[rows.length];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = Math.floorMod(rows[i], 500) * 600L + Math.floorMod(columns[i], 600);
        }
        return flat;
    }

    @Test
    void nonzeroOfLargeStridedTensors() {
        Tensor y = Tensor.arange(700 * 500).reshape(500, 700).t();
        Tensor hits = y.sub(y.div(3).to(DType.INT64).mul(3)).eq(0);
        long[] positions = hits.nonzero().toLongArray();
        int next = 0;
        for (long i = 0; i < 700; i++) {
            for (long j = 0; j < 500; j++) {
                if ((j * 700 + i) % 3 == 0) {
                    assertEquals(i, positions[next++]);
                    assertEquals(j, positions[next++]);
                }
            }
        }
        assertEquals(positions.length, next);
        assertEquals(next / 2, y.index(hits).numel());
        Tensor odd = Tensor.of(DType.FLOAT16, 0, -0.0, Double.NaN, 1e-7, Double.NEGATIVE_INFINITY);
        assertArrayEquals(new long[] {2, 3, 4}, odd.nonzero().toLongArray());
    }

    @Test
    void triangles() {
        for (long rows : new long[] {0, 1, 3, 5}) {
            for (long columns : new long[] {0, 1, 4}) {
                for (long offset : new long[] {-9, -2, 0, 1, 3, 9, Long.MAX_VALUE, Long.MIN_VALUE}) {
                    triangle(rows, columns, offset);
                }
            }
        }
        assertEquals(DType.INT32, Tensor.triuIndices(DType.INT32, 2, 2, 0).dtype());
        refused(
                DTypeException.class,
                "trilIndices: positions must be int64 or int32, got float32.",
                () -> Tensor.trilIndices(DType.FLOAT32, 2, 2, 0));
    }

    private static void triangle(long rows, long columns, long offset) {
        List<Long> lower = new ArrayList<>();
        List<Long> upper = new ArrayList<>();
        for (int part = 0; part < 2; part++) {
            for (long i = 0; i < rows; i++) {
                for (long j = 0; j < columns; j++) {
                    long number = part == 0 ? i : j;
                    if (j - i <= offset) {
                        lower.add(number);
                    }
                    if (j - i >= offset) {
                        upper.add(number);
                    }
                }
            }
        }
        long[] below = Tensor.trilIndices(DType.INT64, rows, columns, offset).toLongArray();
        long[] above = Tensor.triuIndices(DType.INT64, rows, columns, offset).toLongArray();
        assertArrayEquals(lower.stream().mapToLong(Long::longValue).toArray(), below);
        assertArrayEquals(upper.stream().mapToLong(Long::longValue).toArray(), above);
    }

    // ------------------------------------------------------------------ writing

    @Test
    void assignmentsOfEveryKind() {
        assertSame(x, x.indexPut_(Tensor.zeros(1, 1, 4), Index.at(0)));
        assertArrayEquals(new long[] {0, 0, 0, 0}, x.get(0).toLongArray());
        x.indexPut_(-1.75, Index.of(x.gt(9)));
        assertArrayEquals(new long[] {8, 9, -1, -1}, x.get(2).toLongArray());
        x.indexPut_(list(70, 71), Index.from(1), Index.at(-1));
        assertArrayEquals(new long[] {0, 70, 71}, x.select(1, 3).toLongArray());
        x.indexPut_(list(1, 2).reshape(1, 2), Index.range(0, 2), Index.at(0, 2));
        assertArrayEquals(
                new long[] {1, 0, 2, 0, 1, 5, 2, 70}, x.narrow(0, 0, 2).toLongArray());
        x.indexPut_(list(5), Index.ellipsis(), Index.of(Tensor.of(true, false, false, true)));
        assertArrayEquals(new long[] {5, 0, 2, 5, 5, 5, 2, 5, 5, 9, -1, 5}, x.toLongArray());
        x.indexPut_(new Tensor[] {null, list(1, 1, 1)}, list(1, 10, 100), true);
        assertArrayEquals(new long[] {111, 116, 120}, x.select(1, 1).toLongArray());
        x.indexPut_(new Tensor[] {}, list(1), true);
        assertEquals(112, x.getLong(0, 1));
        x.put_(list(0, -1), list(-7, -8), false);
        assertEquals(-7, x.getLong(0, 0));
        assertEquals(-8, x.getLong(2, 3));
        Tensor turned = x.t();
        turned.put_(list(1), list(55), true);
        assertEquals(x.getLong(1, 0), turned.getLong(0, 1));
        assertEquals(61, x.getLong(1, 0));
    }

    @Test
    void sourcesThatShareMemoryAreReadFirst() {
        Tensor y = Tensor.arange(6);
        y.indexCopy_(0, list(5, 4, 3, 2, 1, 0), y);
        assertArrayEquals(new long[] {5, 4, 3, 2, 1, 0}, y.toLongArray());
        y.scatter_(0, y, y.narrow(0, 0, 6));
        assertArrayEquals(new long[] {0, 1, 2, 3, 4, 5}, y.toLongArray());
        y.narrow(0, 1, 5).indexPut_(y.narrow(0, 0, 5), Index.at(0, 1, 2, 3, 4));
        assertArrayEquals(new long[] {0, 0, 1, 2, 3, 4}, y.toLongArray());
    }

    @Test
    void sourcesMayBeLargerThanTheIndex() {
        Tensor source = Tensor.of(DType.FLOAT64, 1, 2, 3, 4).reshape(2, 2).requiresGrad_();
        Tensor y = Tensor.zeros(DType.FLOAT64, 1, 3).scatterAdd(1, list(2).reshape(1, 1), source);
        assertArrayEquals(new double[] {0, 0, 1}, y.toDoubleArray());
        y.sum().backward();
        assertArrayEquals(new double[] {1, 0, 0, 0}, source.grad().toDoubleArray());
        Tensor none = x.scatter(1, Tensor.zeros(DType.INT64, 3, 0), x);
        assertArrayEquals(x.toLongArray(), none.toLongArray());
    }

    @Test
    void extremesAndMeansOfEveryDtype() {
        int checked = 0;
        for (DType type : DType.values()) {
            Tensor self = Tensor.of(0L, 1L, 1L).to(type);
            Tensor source = Tensor.of(1L, 0L, 1L).to(type);
            Tensor at = list(0, 0, 1);
            assertArrayEquals(
                    new double[] {1, 1, 1},
                    self.scatterReduce(0, at, source, "amax", false)
                            .to(DType.FLOAT64)
                            .toDoubleArray());
            assertArrayEquals(
                    new double[] {0, 1, 1},
                    self.scatterReduce(0, at, source, "amin", false)
                            .to(DType.FLOAT64)
                            .toDoubleArray());
            assertArrayEquals(
                    new double[] {0, 1, 1},
                    self.indexReduce(0, at, source, "prod", true)
                            .to(DType.FLOAT64)
                            .toDoubleArray());
            checked++;
        }
        assertEquals(10, checked);
        Tensor negative = Tensor.of(DType.INT32, -7, 0);
        assertArrayEquals(
                new long[] {-3, 0},
                negative.scatterReduce(0, list(0, 0), Tensor.of(DType.INT32, 0, 0), "mean")
                        .toLongArray());
        Tensor nan = Tensor.of(Double.NaN, 1).scatterReduce(0, list(0, 1), Tensor.of(5, Double.NaN), "amax");
        assertTrue(Double.isNaN(nan.getDouble(0)) && Double.isNaN(nan.getDouble(1)));
    }

    @Test
    void sumsHaveTheSameBitsWithAnyNumberOfThreads() {
        SplittableRandom random = new SplittableRandom(3);
        Tensor source = Tensor.rand(LARGE);
        Tensor at = list(random.longs(LARGE, 0, 1000).toArray());
        Tensor rows = source.reshape(LARGE / 10, 10);
        Tensor few = at.narrow(0, 0, LARGE / 10);
        Tensor wide = source.reshape(100, LARGE / 100);
        Tensor across = at.narrow(0, 0, LARGE / 100);
        List<Supplier<Tensor>> calls = List.of(
                () -> Tensor.zeros(1000).scatterAdd(0, at, source),
                () -> Tensor.zeros(1000).indexAdd(0, at, source),
                () -> Tensor.zeros(1000, 10).indexAdd(0, few, rows),
                () -> Tensor.zeros(100, 1000).indexAdd(1, across, wide),
                () -> Tensor.zeros(10, 1000)
                        .t()
                        .scatterAdd(0, few.reshape(LARGE / 10, 1).expand(LARGE / 10, 10), rows),
                () -> Tensor.zeros(1000).indexPut(new Tensor[] {at}, source, true),
                () -> Tensor.ones(1000).scatterReduce(0, at, source, "prod"));
        int before = Lanewise.numThreads();
        try {
            for (Supplier<Tensor> call : calls) {
                Lanewise.setNumThreads(1);
                double[] alone = call.get().toDoubleArray();
                Lanewise.setNumThreads(5);
                assertArrayEquals(alone, call.get().toDoubleArray());
            }
            assertArrayEquals(expected(at, source), calls.get(0).get().toDoubleArray());
            assertArrayEquals(expected(at, source), calls.get(1).get().toDoubleArray());
        } finally {
            Lanewise.setNumThreads(before);
        }
    }

    private static double[] expected(Tensor at, Tensor source) {
        double[] sums = new double[1000];
        long[] positions = at.toLongArray();
        float[] values = source.toFloatArray();
        for (int i = 0; i < values.length; i++) {
            int place = (int) positions[i];
            sums[place] = (float) sums[place] + values[i];
        }
        return sums;
    }

    @Test
    void anExpandedIndexMovesWholeSlices() {
        SplittableRandom random = new SplittableRandom(4);
        Tensor source = Tensor.rand(500, 6, 100);
        for (int dim = 0; dim < 3; dim++) {
            long[] sizes = source.shape().toArray();
            long size = sizes[dim];
            long[] ones = {1, 1, 1};
            ones[dim] = size;
            Tensor at =
                    list(random.longs(size, 0, size).toArray()).reshape(ones).expand(sizes);
            Tensor plain = at.contiguous();
            Tensor x = Tensor.rand(sizes);
            int d = dim;
            assertArrayEquals(
                    x.gather(d, plain).toDoubleArray(), x.gather(d, at).toDoubleArray());
            assertArrayEquals(
                    x.scatterAdd(d, plain, source).toDoubleArray(),
                    x.scatterAdd(d, at, source).toDoubleArray());
            assertArrayEquals(
                    x.scatterReduce(d, plain, source, "mean", false).toDoubleArray(),
                    x.scatterReduce(d, at, source, "mean", false).toDoubleArray());
            assertArrayEquals(
                    x.scatter(d, plain, 2).toDoubleArray(), x.scatter(d, at, 2).toDoubleArray());
        }
    }

    // ------------------------------------------------------------------ history

    @Test
    void changesThroughViewsReachTheGradients() {
        Tensor leaf = Tensor.ones(DType.FLOAT64, 3, 4).requiresGrad_();
        Tensor value = Tensor.of(DType.FLOAT64, 2, 3).requiresGrad_();
        Tensor y = leaf.clone();
        y.select(1, 2).indexPut_(value, Index.at(0, -1));
        y.get(1).scatterAdd_(0, list(0, 0), value);
        y.mul(y).sum().backward();
        assertArrayEquals(
                new double[] {2, 2, 0, 2, 12, 2, 2, 2, 2, 2, 0, 2}, leaf.grad().toDoubleArray());
        assertArrayEquals(new double[] {2 * 2 + 12, 2 * 3 + 12}, value.grad().toDoubleArray());
        refused(
                GradException.class,
                "indexFill_: a leaf that requires grad cannot be changed in place [self: float64[3, 4]]. Do it inside"
                        + " GradMode.noGrad(...), or use the form without underscore.",
                () -> leaf.indexFill_(0, list(0), 1));
    }

    @Test
    void anIndexChangedBeforeBackwardIsNoticed() {
        List<UnaryOperator<Tensor>> calls = List.of(
                at -> Tensor.ones(3).requiresGrad_().gather(0, at),
                at -> Tensor.ones(3).requiresGrad_().index(Index.of(at)),
                at -> Tensor.ones(3).requiresGrad_().indexSelect(0, at),
                at -> Tensor.ones(3).requiresGrad_().scatterReduce(0, at, Tensor.ones(2), "prod"),
                at -> Tensor.ones(3)
                        .requiresGrad_()
                        .indexAdd(0, at, Tensor.ones(2).requiresGrad_()));
        for (UnaryOperator<Tensor> call : calls) {
            Tensor at = list(0, 1);
            Tensor sum = call.apply(at).sum();
            at.fill_(2);
            String message = assertThrows(GradException.class, sum::backward).getMessage();
            assertTrue(
                    message.endsWith(
                            "saved its index, which was changed in place since [index: int64[2]]. Clone the index"
                                    + " before the change."),
                    message);
        }
    }

    @Test
    void productsHaveGradientsAtZeros() {
        Tensor self = Tensor.of(DType.FLOAT64, 2, 3).requiresGrad_();
        Tensor source = Tensor.of(DType.FLOAT64, 0, 5, 0, 0).requiresGrad_();
        Tensor y = self.scatterReduce(0, list(0, 0, 1, 1), source, "prod");
        Tensor[] grads = Autograd.grad(y.sum(), self, source);
        assertArrayEquals(new double[] {0, 0}, grads[0].toDoubleArray());
        assertArrayEquals(new double[] {10, 0, 0, 0}, grads[1].toDoubleArray());
        assertFalse(
                Tensor.ones(2).scatterReduce(0, list(0), Tensor.ones(1), "prod").requiresGrad());
    }
}
