package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Factories: dtypes, memory order, exact values, refusals. */
class TensorSeriesTest {
    private static void refused(Class<? extends RuntimeException> type, String message, Executable call) {
        assertEquals(message, assertThrows(type, call).getMessage());
    }

    @Test
    void likeKeepsTheMemoryOrder() {
        Tensor x = Tensor.zeros(2, 3, 4).transpose(0, 2);
        for (Tensor like : List.of(
                Tensor.emptyLike(x),
                Tensor.zerosLike(x),
                Tensor.onesLike(x, DType.INT8),
                Tensor.fullLike(x, 3),
                Tensor.zerosLike(x, DType.BOOL))) {
            assertArrayEquals(x.stride(), like.stride());
            assertEquals(x.shape(), like.shape());
        }
        assertArrayEquals(
                new long[] {3, 1},
                Tensor.zerosLike(Tensor.zeros(3).expand(2, 3)).stride());
        assertArrayEquals(
                new long[] {3, 1},
                Tensor.zerosLike(Tensor.zeros(2, 6).slice(1, 0, 6, 2)).stride());
        assertEquals(24, Tensor.onesLike(x).sum().item());
        assertEquals(
                DType.INT16, Tensor.zeros(DType.INT16, 1).newFull(7.9, 2, 2).dtype());
        assertEquals(28, Tensor.zeros(DType.INT16, 1).newFull(7.9, 2, 2).sum().itemLong());
        assertEquals(
                DType.FLOAT64,
                Tensor.zeros(DType.FLOAT64, 1).newTensor(List.of(1, 2)).dtype());
    }

    @Test
    void rangesOfEveryDType() {
        for (DType type : DType.values()) {
            if (type != DType.BOOL) {
                Tensor range = Tensor.arange(type, 1, 8, 3);
                assertEquals(type, range.dtype());
                assertArrayEquals(new double[] {1, 4, 7}, range.toDoubleArray());
                Tensor spaced = Tensor.linspace(type, 10, 0, 5).to(DType.INT8);
                assertArrayEquals(new double[] {10, 7, 5, 2, 0}, spaced.toDoubleArray());
            }
        }
        assertArrayEquals(new double[] {0, 1, 2}, Tensor.arange(2.5).toDoubleArray());
        assertArrayEquals(new double[] {0.5, 1.5}, Tensor.arange(0.5, 2.5).toDoubleArray());
        assertArrayEquals(new long[] {0, 1}, Tensor.arange(DType.INT64, 0, 2.5).toLongArray());
        assertArrayEquals(
                new long[] {0, 1, 2}, Tensor.arange(DType.INT32, 0, 2.5).toLongArray());
        assertArrayEquals(
                new long[] {Long.MIN_VALUE, -1, Long.MAX_VALUE - 1},
                Tensor.arange(Long.MIN_VALUE, Long.MAX_VALUE, Long.MAX_VALUE).toLongArray());
        assertArrayEquals(new double[] {3}, Tensor.linspace(3, 9, 1).toDoubleArray());
        assertEquals(0, Tensor.linspace(3, 9, 0).numel());
    }

    @Test
    void longRangesStayExact() {
        int n = 100_000;
        long[] whole = Tensor.arange(n).toLongArray();
        float[] single = Tensor.arange(DType.FLOAT32, n).toFloatArray();
        double[] spaced = Tensor.linspace(DType.FLOAT64, 0, 1, n).toDoubleArray();
        for (int i = 0; i < n; i++) {
            assertEquals(i, whole[i]);
            assertEquals(i, single[i]);
            assertEquals(i / (n - 1.0), spaced[i], 4e-16);
        }
    }

    @Test
    void matricesAndWindows() {
        assertArrayEquals(new double[] {1, 0, 0, 0, 1, 0}, Tensor.eye(2, 3).toDoubleArray());
        assertArrayEquals(
                new double[] {1, 0, 0, 1, 0, 0}, Tensor.eye(DType.INT8, 3, 2).toDoubleArray());
        assertEquals(0, Tensor.eye(0, 3).numel());
        assertArrayEquals(new double[] {0, 0.5, 1, 0.5}, Tensor.hannWindow(4).toDoubleArray(), 1e-7);
        assertArrayEquals(
                new double[] {0.08, 0.77, 0.77, 0.08},
                Tensor.hammingWindow(DType.FLOAT64, 4, false, 0.54, 0.46).toDoubleArray(),
                1e-15);
        assertArrayEquals(
                new double[] {0, 0.63, 0.63, 0},
                Tensor.blackmanWindow(DType.FLOAT64, 4, false).toDoubleArray(),
                1e-15);
        assertArrayEquals(
                new double[] {0, 0.5, 1, 0.5}, Tensor.bartlettWindow(4).toDoubleArray());
        assertArrayEquals(
                new double[] {0, 0.5, 1, 0.5, 0},
                Tensor.bartlettWindow(DType.FLOAT64, 5, false).toDoubleArray());
        for (Tensor one : List.of(Tensor.hannWindow(1), Tensor.blackmanWindow(1), Tensor.bartlettWindow(1))) {
            assertArrayEquals(new double[] {1}, one.toDoubleArray());
        }
        assertEquals(0, Tensor.hannWindow(0).numel());
        assertArrayEquals(
                new double[] {1, 10, 100, 1000}, Tensor.logspace(0, 3, 4).toDoubleArray());
    }

    @Test
    void nestedLists() {
        assertEquals(DType.INT64, Tensor.of(List.of(true, 2)).dtype());
        assertEquals(DType.FLOAT32, Tensor.of(List.of(1, 2.5)).dtype());
        assertEquals(
                DType.BOOL, Tensor.of(List.of(List.of(true), List.of(false))).dtype());
        assertEquals(Shape.of(1, 0), Tensor.of(List.of(List.of())).shape());
        assertEquals(DType.FLOAT32, Tensor.of(List.of()).dtype());
        assertEquals(
                Shape.of(2, 2),
                Tensor.of(new Object[] {new int[] {1, 2}, List.of(3, 4)}).shape());
        assertArrayEquals(new long[] {1, 2}, Tensor.of(new Integer[] {1, 2}).toLongArray());
        refused(
                ShapeException.class,
                "of: all rows must have the same length, expected 2, got 1 at [1].",
                () -> Tensor.of(List.of(List.of(1, 2), List.of(3))));
        refused(
                ShapeException.class,
                "of: all rows must have the same length, expected 2, got 3 at [1].",
                () -> Tensor.of(List.of(List.of(1, 2), 3)));
        refused(
                ShapeException.class,
                "of: all values must be nested equally deep, got a row of 1 among numbers.",
                () -> Tensor.of(List.of(1, List.of(3))));
        assertThrows(IllegalArgumentException.class, () -> Tensor.of(List.of("1")));
    }

    @Test
    void conversionsAndResultTypes() {
        Tensor x = Tensor.arange(3);
        assertSame(x, x.to(DType.INT64));
        assertSame(x, x.to(Tensor.arange(2)));
        assertTrue(x != x.to(DType.INT64, true));
        assertEquals(DType.FLOAT32, x.typeAs(Tensor.zeros(1)).dtype());
        assertEquals(DType.FLOAT32, Tensor.resultType(x, 1.5));
        assertEquals(DType.INT64, Tensor.resultType(x, true));
        assertEquals(DType.FLOAT16, Tensor.promoteTypes(DType.INT64, DType.FLOAT16));
        assertEquals(DType.BOOL, Tensor.full(true, 2).dtype());
    }

    @Test
    void wrongSeries() {
        refused(
                IllegalArgumentException.class,
                "arange: step must lead from start to end, got start 0.0, end 3.0, step -1.0.",
                () -> Tensor.arange(0, 3, -1));
        refused(
                IllegalArgumentException.class,
                "arange: the bounds must be finite, and not too many steps apart, got start 0.0, end "
                        + "Infinity, step 1.0.",
                () -> Tensor.arange(Double.POSITIVE_INFINITY));
        refused(
                DTypeException.class,
                "arange: must be called for numbers, expected a numeric dtype, got bool.",
                () -> Tensor.arange(DType.BOOL, 2));
        refused(
                IllegalArgumentException.class,
                "linspace: steps must not be negative, got -1.",
                () -> Tensor.linspace(0, 1, -1));
        refused(
                DTypeException.class,
                "hannWindow: must be called for floating-point numbers, got int64.",
                () -> Tensor.hannWindow(DType.INT64, 3, true));
        refused(ShapeException.class, "zeros: sizes must not be negative, got [-1, 3].", () -> Tensor.eye(-1, 3));
    }
}
