package dev.lanewise.internal.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.DType;
import dev.lanewise.internal.kernel.Elements;
import dev.lanewise.internal.parallel.Parallel;
import dev.lanewise.internal.simd.ReduceCases.Case;
import dev.lanewise.internal.simd.ReduceCases.Layout;
import java.lang.foreign.Arena;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ArgAndSoftmaxTest {
    private final int before = Parallel.threads();

    @AfterEach
    void restoreThreads() {
        Parallel.setThreads(before);
    }

    @ParameterizedTest
    @EnumSource(DType.class)
    void positionsInAllLayouts(DType type) {
        int checked = 0;
        try (Arena arena = Arena.ofShared()) {
            for (long[] shape : new long[][] {{3, 4, 5}, {1, 17, 1}, {2, 3, 1100}}) {
                for (Layout layout : Layout.values()) {
                    Case in = ReduceCases.random(arena, type, layout, 1, shape);
                    for (int dim = -1; dim < 3; dim++) {
                        checked += positions(arena, in, dim, true);
                        checked += positions(arena, in, dim, false);
                    }
                }
            }
        }
        assertTrue(checked > 10_000, "too few");
    }

    private static int positions(Arena arena, Case in, int dim, boolean largest) {
        long[] shape = dim < 0 ? new long[0] : ReduceCases.kept(in.shape(), dim);
        Case indices = ReduceCases.empty(arena, DType.INT64, Layout.CONTIGUOUS, shape);
        Case values = ReduceCases.empty(arena, in.operand().dtype(), Layout.CONTIGUOUS, shape);
        Reductions.argReduce(largest, in.shape(), in.operand(), dim, indices.operand(), values.operand());
        int results = (int) ReduceCases.numel(shape);
        double[] best = new double[results];
        long[] at = new long[results];
        Arrays.fill(at, -1);
        for (long i = 0; i < ReduceCases.numel(in.shape()); i++) {
            long[] index = ReduceCases.index(i, in.shape());
            int result = 0;
            for (int d = 0; dim >= 0 && d < 3; d++) {
                result = d == dim ? result : (int) (result * in.shape()[d] + index[d]);
            }
            double x = in.get(index);
            if (at[result] < 0 || (largest ? x > best[result] : x < best[result])) {
                best[result] = x;
                at[result] = dim < 0 ? i : index[dim];
            }
        }
        for (int i = 0; i < results; i++) {
            assertEquals(at[i], indices.getLong(ReduceCases.index(i, shape)), "position of result " + i);
            assertEquals(best[i], values.get(ReduceCases.index(i, shape)));
        }
        return results;
    }

    @Test
    void theFirstExtremeWinsAndNanIsOne() {
        try (Arena arena = Arena.ofShared()) {
            for (int threads = 1; threads <= 3; threads++) {
                Parallel.setThreads(threads);
                Case in = ReduceCases.empty(arena, DType.FLOAT32, Layout.CONTIGUOUS, 200_000);
                for (long i = 0; i < 200_000; i++) {
                    in.set((double) (i % 7), i);
                }
                assertEquals(6, argReduce(arena, in, true));
                assertEquals(0, argReduce(arena, in, false));
                in.set(Double.POSITIVE_INFINITY, 150_000);
                assertEquals(150_000, argReduce(arena, in, true));
                in.set(Double.NaN, 190_000);
                in.set(Double.NaN, 190_001);
                assertEquals(190_000, argReduce(arena, in, true));
                assertEquals(190_000, argReduce(arena, in, false));
            }
            Case zeros = ReduceCases.empty(arena, DType.FLOAT64, Layout.CONTIGUOUS, 3);
            zeros.set(-0.0, 0);
            zeros.set(0.0, 1);
            zeros.set(-0.0, 2);
            assertEquals(0, argReduce(arena, zeros, true), "zeros are equal");
            Case huge = ReduceCases.empty(arena, DType.INT64, Layout.CONTIGUOUS, 2);
            huge.set(0x1p62, 0);
            Elements.setLong(DType.INT64, huge.operand().segment(), huge.offset(1), (1L << 62) + 1);
            assertEquals(1, argReduce(arena, huge, true), "longs are compared exactly");
        }
    }

    private static long argReduce(Arena arena, Case in, boolean largest) {
        Case index = ReduceCases.empty(arena, DType.INT64, Layout.CONTIGUOUS);
        Reductions.argReduce(largest, in.shape(), in.operand(), -1, index.operand(), null);
        return index.getLong();
    }

    @ParameterizedTest
    @EnumSource(
            value = DType.class,
            names = {"FLOAT32", "FLOAT64", "FLOAT16", "BFLOAT16"})
    void softmaxInAllLayouts(DType type) {
        double epsilon = type == DType.BFLOAT16 ? 0x1p-8 : type == DType.FLOAT16 ? 0x1p-10 : 1e-6;
        int checked = 0;
        try (Arena arena = Arena.ofShared()) {
            for (long[] shape : new long[][] {{3, 4, 5}, {2, 1, 33}, {1, 65, 2}, {2, 3, 1100}}) {
                for (Layout layout : Layout.values()) {
                    Case in = ReduceCases.random(arena, type, layout, 1, shape);
                    for (int dim = 0; dim < 3; dim++) {
                        Case soft = ReduceCases.empty(arena, type, Layout.CONTIGUOUS, shape);
                        Case logs = ReduceCases.empty(arena, type, Layout.CONTIGUOUS, shape);
                        Reductions.softmax(false, shape, in.operand(), dim, soft.operand());
                        Reductions.softmax(true, shape, in.operand(), dim, logs.operand());
                        for (long i = 0; i < ReduceCases.numel(shape); i++) {
                            long[] index = ReduceCases.index(i, shape);
                            double expected = softmax(in, index, dim);
                            assertEquals(expected, soft.get(index), expected * epsilon + 1e-7, "at " + i);
                            double log = Math.log(expected);
                            assertEquals(log, logs.get(index), (1 + Math.abs(log)) * epsilon, "log at " + i);
                            checked++;
                        }
                    }
                }
            }
        }
        assertTrue(checked > 10_000, "too few");
    }

    private static double softmax(Case in, long[] index, int dim) {
        double sum = 0;
        long[] other = index.clone();
        for (long i = 0; i < in.shape()[dim]; i++) {
            other[dim] = i;
            sum += Math.exp(in.get(other) - in.get(index));
        }
        return 1 / sum;
    }

    @Test
    void softmaxOfExtremeValues() {
        try (Arena arena = Arena.ofShared()) {
            double infinity = Double.POSITIVE_INFINITY;
            for (long n : new long[] {3, 40}) {
                Case in = ReduceCases.empty(arena, DType.FLOAT32, Layout.CONTIGUOUS, 5, n);
                for (long i = 0; i < 5; i++) {
                    for (long j = 0; j < n; j++) {
                        in.set(new double[] {1e30, -infinity, 0, 0, -1e30}[(int) i], i, j);
                    }
                }
                in.set(infinity, 2, 1);
                in.set(Double.NaN, 3, 1);
                in.set(0, 4, 1);
                Case out = ReduceCases.empty(arena, DType.FLOAT32, Layout.CONTIGUOUS, 5, n);
                Reductions.softmax(false, in.shape(), in.operand(), 1, out.operand());
                assertEquals(1.0 / n, out.get(0, 0), 1e-7);
                assertEquals(Double.NaN, out.get(1, 0), "all are minus infinity");
                assertEquals(Double.NaN, out.get(2, 1), "infinity minus infinity");
                assertEquals(Double.NaN, out.get(2, 0));
                assertEquals(Double.NaN, out.get(3, 2));
                assertEquals(1.0, out.get(4, 1));
                Reductions.softmax(true, in.shape(), in.operand(), 1, out.operand());
                assertEquals(-1e30, out.get(4, 0), 1e24);
                assertEquals(0.0, out.get(4, 1));
            }
        }
    }
}
