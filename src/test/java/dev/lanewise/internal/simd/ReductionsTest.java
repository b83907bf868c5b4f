package dev.lanewise.internal.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.DType;
import dev.lanewise.internal.parallel.OtherVm;
import dev.lanewise.internal.parallel.Parallel;
import dev.lanewise.internal.simd.ReduceCases.Case;
import dev.lanewise.internal.simd.ReduceCases.Layout;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReductionsTest {
    private static final int[][] SUBSETS = {{0}, {1}, {2}, {0, 1}, {0, 2}, {1, 2}, {0, 1, 2}, {}};
    private static final long[][] SHAPES = {
        {1, 1, 1}, {2, 3, 4}, {3, 1, 17}, {5, 16, 15}, {2, 33, 65}, {1, 1, 63}, {1, 1, 64}, {1, 1, 2049}, {2, 1, 1100}
    };

    private final int before = Parallel.threads();

    @AfterEach
    void restoreThreads() {
        Parallel.setThreads(before);
    }

    @ParameterizedTest
    @EnumSource(DType.class)
    void allDimsLayoutsAndDtypes(DType type) {
        int checked = 0;
        try (Arena arena = Arena.ofShared()) {
            for (long[] shape : SHAPES) {
                for (Layout layout : Layout.values()) {
                    Case in = ReduceCases.random(arena, type, layout, 1, shape);
                    for (int[] dims : SUBSETS) {
                        checked += sum(arena, in, dims);
                        checked += extreme(arena, in, dims);
                    }
                }
            }
        }
        assertTrue(checked > 100_000, () -> "only some results were checked");
    }

    private static int sum(Arena arena, Case in, int[] dims) {
        DType type = in.operand().dtype();
        DType result = type.isFloatingPoint() ? type : DType.INT64;
        Case out = ReduceCases.reduce(arena, ReduceCases.SUM, in, result, dims);
        double[] sums = new double[(int) ReduceCases.numel(out.shape())];
        double[] sizes = new double[sums.length];
        for (long i = 0; i < ReduceCases.numel(in.shape()); i++) {
            long[] index = ReduceCases.index(i, in.shape());
            int at = position(index, in.shape(), dims);
            sums[at] += in.get(index);
            sizes[at] += Math.abs(in.get(index));
        }
        for (int i = 0; i < sums.length; i++) {
            double got = out.get(ReduceCases.index(i, out.shape()));
            double error = Math.abs(got - sums[i]);
            double bound = type.isFloatingPoint() ? epsilon(type) * Math.abs(sums[i]) + 1e-5 * sizes[i] : 0;
            assertTrue(error <= bound, () -> describe(in, dims) + ": got " + got);
        }
        return sums.length;
    }

    private static int extreme(Arena arena, Case in, int[] dims) {
        DType type = in.operand().dtype();
        Case largest = ReduceCases.reduce(arena, ReduceCases.MAX, in, type, dims);
        Case smallest = ReduceCases.reduce(arena, ReduceCases.MIN, in, type, dims);
        int results = (int) ReduceCases.numel(largest.shape());
        double[] high = new double[results];
        double[] low = new double[results];
        Arrays.fill(high, Double.NEGATIVE_INFINITY);
        Arrays.fill(low, Double.POSITIVE_INFINITY);
        for (long i = 0; i < ReduceCases.numel(in.shape()); i++) {
            long[] index = ReduceCases.index(i, in.shape());
            int at = position(index, in.shape(), dims);
            high[at] = Math.max(high[at], in.get(index));
            low[at] = Math.min(low[at], in.get(index));
        }
        for (int i = 0; i < results; i++) {
            assertEquals(high[i], largest.get(ReduceCases.index(i, largest.shape())), describe(in, dims));
            assertEquals(low[i], smallest.get(ReduceCases.index(i, smallest.shape())), describe(in, dims));
        }
        return results;
    }

    private static double epsilon(DType type) {
        return type == DType.BFLOAT16 ? 0x1p-8 : type == DType.FLOAT16 ? 0x1p-11 : 0x1p-23;
    }

    private static String describe(Case in, int[] dims) {
        return in.operand().dtype() + Arrays.toString(in.shape()) + " strides "
                + Arrays.toString(in.operand().strides()) + " dims " + Arrays.toString(dims);
    }

    /** Which result an element belongs to. */
    private static int position(long[] index, long[] shape, int[] dims) {
        long at = 0;
        for (int dim = 0; dim < shape.length; dim++) {
            int d = dim;
            if (Arrays.stream(dims).noneMatch(reduced -> reduced == d)) {
                at = at * shape[dim] + index[dim];
            }
        }
        return (int) at;
    }

    @Test
    void productsOfPowersOfTwoAreExact() {
        try (Arena arena = Arena.ofShared()) {
            for (DType type : new DType[] {DType.FLOAT32, DType.FLOAT64, DType.INT64, DType.INT32}) {
                Case in = ReduceCases.empty(arena, type, Layout.CONTIGUOUS, 3, 100);
                for (long i = 0; i < 300; i++) {
                    in.set(i % 10 == 0 ? 2 : 1, i / 100, i % 100);
                }
                DType result = type.isFloatingPoint() ? type : DType.INT64;
                Case rows = ReduceCases.reduce(arena, ReduceCases.PRODUCT, in, result, 1);
                Case columns = ReduceCases.reduce(arena, ReduceCases.PRODUCT, in, result, 0);
                assertEquals(1024, rows.get(1));
                assertEquals(8, columns.get(20));
                assertEquals(1, columns.get(21));
            }
        }
    }

    @Test
    void sumsOfManyFloatsAreAccurate() {
        try (Arena arena = Arena.ofShared()) {
            Case in = ReduceCases.empty(arena, DType.FLOAT32, Layout.CONTIGUOUS, 2000, 500);
            double expected = 0;
            for (long i = 0; i < 1_000_000; i++) {
                float value = (float) Math.abs(Math.sin(i * 0.7));
                in.set(value, i / 500, i % 500);
                expected += value;
            }
            Case out = ReduceCases.reduce(arena, ReduceCases.SUM, in, DType.FLOAT32, 0, 1);
            assertEquals(expected, out.get(), expected * 1e-7);
            Case columns = ReduceCases.reduce(arena, ReduceCases.SUM, in, DType.FLOAT64, 0);
            Case total = ReduceCases.reduce(arena, ReduceCases.SUM, columns, DType.FLOAT64, 0);
            assertEquals(expected, total.get(), expected * 1e-6);
        }
    }

    @Test
    void nanAndSignedZeros() {
        try (Arena arena = Arena.ofShared()) {
            for (DType type : new DType[] {DType.FLOAT32, DType.FLOAT64, DType.FLOAT16, DType.BFLOAT16}) {
                for (Layout layout : new Layout[] {Layout.CONTIGUOUS, Layout.TRANSPOSED, Layout.STEPPED}) {
                    for (long n : new long[] {3, 40, 200}) {
                        special(arena, type, layout, n);
                    }
                }
            }
        }
    }

    private static void special(Arena arena, DType type, Layout layout, long n) {
        Case in = ReduceCases.empty(arena, type, layout, n, 70);
        for (long i = 0; i < n; i++) {
            for (long j = 0; j < 70; j++) {
                in.set(-0.0, i, j);
            }
        }
        in.set(Double.NaN, n - 1, 7);
        in.set(Double.NEGATIVE_INFINITY, 0, 8);
        in.set(0.0, 1, 9);
        for (LaneReduce op : List.of(ReduceCases.MAX, ReduceCases.MIN, ReduceCases.SUM)) {
            assertEquals(Double.NaN, ReduceCases.reduce(arena, op, in, type, 0).get(7));
            assertEquals(Double.NaN, ReduceCases.reduce(arena, op, in, type, 1).get(n - 1));
            assertEquals(
                    Double.NaN, ReduceCases.reduce(arena, op, in, type, 0, 1).get());
        }
        Case largest = ReduceCases.reduce(arena, ReduceCases.MAX, in, type, 0);
        assertEquals(-0.0, largest.get(8));
        assertEquals(0.0, largest.get(9), "0 is larger than -0");
        Case smallest = ReduceCases.reduce(arena, ReduceCases.MIN, in, type, 0);
        assertEquals(Double.NEGATIVE_INFINITY, smallest.get(8));
        assertEquals(-0.0, smallest.get(9));
    }

    @Test
    void noElementsGiveTheIdentity() {
        try (Arena arena = Arena.ofShared()) {
            for (DType type : DType.values()) {
                DType result = type.isFloatingPoint() ? type : DType.INT64;
                for (long[] shape : new long[][] {{0, 5}, {5, 0}, {0, 0}, {0, 5, 2}}) {
                    Case in = ReduceCases.empty(arena, type, Layout.CONTIGUOUS, shape);
                    for (int dim = 0; dim < shape.length; dim++) {
                        Case out = ReduceCases.reduce(arena, ReduceCases.SUM, in, result, dim);
                        for (long i = 0; i < ReduceCases.numel(out.shape()); i++) {
                            assertEquals(0.0, out.get(ReduceCases.index(i, out.shape())));
                        }
                    }
                    int[] all = shape.length == 2 ? new int[] {0, 1} : new int[] {0, 1, 2};
                    assertEquals(
                            1.0,
                            ReduceCases.reduce(arena, ReduceCases.PRODUCT, in, result, all)
                                    .get());
                }
                Case scalar = ReduceCases.random(arena, type, Layout.CONTIGUOUS, 1);
                assertEquals(
                        scalar.get(),
                        ReduceCases.reduce(arena, ReduceCases.SUM, scalar, result)
                                .get());
            }
        }
    }

    @Test
    void theNumberOfThreadsDoesNotChangeBits() {
        try (Arena arena = Arena.ofShared()) {
            List<Case> inputs = new ArrayList<>();
            inputs.add(ReduceCases.random(arena, DType.FLOAT32, Layout.CONTIGUOUS, 1, 3, 100, 1000));
            inputs.add(ReduceCases.random(arena, DType.FLOAT32, Layout.CONTIGUOUS, 1, 30_000, 20));
            inputs.add(ReduceCases.random(arena, DType.FLOAT64, Layout.TRANSPOSED, 1, 2, 200_000));
            for (Case in : inputs) {
                for (int dim = 0; dim < in.shape().length; dim++) {
                    long one = 0;
                    for (int threads = 1; threads <= 3; threads++) {
                        Parallel.setThreads(threads);
                        long bits = ReduceCases.reduce(arena, ReduceCases.SUM, in, DType.FLOAT64, dim)
                                .bits();
                        one = threads == 1 ? bits : one;
                        assertEquals(one, bits, threads + " threads");
                    }
                }
            }
        }
    }

    @Test
    void allWidthsAndThreadsGiveTheBitsOfScalarCode() throws Exception {
        Map<String, String> outputs = OtherVm.allWays(ReductionBits.class);
        String first = outputs.values().iterator().next();
        assertTrue(first.lines().count() > 500, first);
        outputs.forEach((way, output) -> assertEquals(first, output, way));
    }
}
