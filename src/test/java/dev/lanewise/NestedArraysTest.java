package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Nested Java arrays of every primitive type and of any rank become tensors, and back. */
class NestedArraysTest {
    static Stream<Arguments> types() {
        return Stream.of(
                Arguments.of(boolean.class, DType.BOOL, DType.BOOL),
                Arguments.of(byte.class, DType.INT8, DType.INT64),
                Arguments.of(short.class, DType.INT16, DType.INT64),
                Arguments.of(char.class, DType.INT32, DType.INT64),
                Arguments.of(int.class, DType.INT32, DType.INT64),
                Arguments.of(long.class, DType.INT64, DType.INT64),
                Arguments.of(float.class, DType.FLOAT32, DType.FLOAT32),
                Arguments.of(double.class, DType.FLOAT64, DType.FLOAT32));
    }

    private static Object nested(Class<?> type, int rank, int[] counter) {
        int[] lengths = new int[rank];
        for (int d = 0; d < rank; d++) {
            lengths[d] = 1 + (d + rank) % 3;
        }
        Object array = Array.newInstance(type, lengths);
        fill(array, counter);
        return array;
    }

    private static void fill(Object array, int[] counter) {
        for (int i = 0; i < Array.getLength(array); i++) {
            if (array.getClass().getComponentType().isArray()) {
                fill(Array.get(array, i), counter);
            } else {
                set(array, i, counter[0]++ % 100);
            }
        }
    }

    private static void set(Object row, int i, int value) {
        if (row instanceof boolean[] truths) {
            truths[i] = value % 3 == 0;
        } else if (row instanceof char[] units) {
            units[i] = (char) value;
        } else {
            // a byte widens to every other number
            Array.setByte(row, i, (byte) value);
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void everyTypeAndRankIsCopiedInRowMajorOrder(Class<?> type, DType own, DType literal) {
        for (int rank = 1; rank <= 6; rank++) {
            int[] count = {0};
            Object array = nested(type, rank, count);
            Tensor x = Tensor.fromArray(array);
            assertEquals(own, x.dtype());
            assertEquals(literal, Tensor.of(array).dtype());
            assertEquals(rank, x.dim());
            long[] values = x.toLongArray();
            assertEquals(count[0], values.length);
            for (int i = 0; i < values.length; i++) {
                assertEquals(type == boolean.class ? (i % 100 % 3 == 0 ? 1 : 0) : i % 100, values[i]);
            }
            assertArrayEquals(values, Tensor.of(array).toLongArray());
            if (type != char.class) {
                assertTrue(Arrays.deepEquals(new Object[] {array}, new Object[] {x.toNestedArray()}));
            }
            assertEquals(
                    0,
                    Tensor.of(DType.BFLOAT16, array)
                            .to(DType.INT64)
                            .sub(x.to(DType.INT64))
                            .abs()
                            .sum()
                            .item());
        }
    }

    @Test
    void arraysAreCopiesInBothDirections() {
        float[][] array = {{1, 2}, {3, 4}};
        Tensor x = Tensor.fromArray(array);
        array[0][0] = 9;
        float[][] back = (float[][]) x.toNestedArray();
        back[1][1] = 9;
        assertEquals("tensor([[1., 2.],\n        [3., 4.]])", x.toString());
    }

    @Test
    void nestedResultsHaveTheSmallestJavaTypeThatHoldsTheDtype() {
        assertArrayEquals(
                new float[] {1.5f}, (float[]) Tensor.of(DType.FLOAT16, 1.5).toNestedArray());
        assertArrayEquals(
                new float[] {1.5f}, (float[]) Tensor.of(DType.BFLOAT16, 1.5).toNestedArray());
        assertArrayEquals(
                new short[] {200}, (short[]) Tensor.of(DType.UINT8, 200).toNestedArray());
        assertArrayEquals(new boolean[] {true}, (boolean[]) Tensor.of(true).toNestedArray());
        assertEquals(2.5f, Tensor.scalar(2.5).toNestedArray());
        assertEquals(7L, Tensor.scalar(7).toNestedArray());
        Tensor turned = Tensor.arange(6).reshape(2, 3).t();
        assertArrayEquals(new long[][] {{0, 3}, {1, 4}, {2, 5}}, (long[][]) turned.toNestedArray());
        assertArrayEquals(new float[2][0], (float[][]) Tensor.zeros(2, 0).toNestedArray());
        Tensor x = Tensor.ones(2).requiresGrad_();
        assertArrayEquals(new float[] {1, 1}, (float[]) x.toNestedArray());
    }

    @Test
    void emptyArraysKeepTheirRank() {
        assertEquals("tensor([], size=(0, 0))", Tensor.of(new double[0][]).toString());
        assertEquals(
                "tensor([], size=(2, 0), dtype=torch.int64)",
                Tensor.of(new long[2][0]).toString());
        assertEquals(Shape.of(1, 0, 0), Tensor.of(new double[1][0][]).shape());
        assertEquals(Shape.of(0), Tensor.of(new int[0]).shape());
    }

    @Test
    void largeArraysAreCopiedByRows() {
        int[][] array = new int[200][1000];
        for (int i = 0; i < 200_000; i++) {
            array[i / 1000][i % 1000] = i;
        }
        Tensor x = Tensor.of(array);
        assertEquals(DType.INT64, x.dtype());
        assertEquals(199_999L * 100_000, x.sum().itemLong());
        assertArrayEquals(array, (int[][]) x.to(DType.INT32).toNestedArray());
    }

    @Test
    void raggedArraysAreRefusedWithThePlaceOfTheOddRow() {
        refused(2, "1 at [1]", new long[][] {{1, 2}, {3}});
        refused(2, "3 at [0][1]", new double[][][] {{{1, 2}, {3, 4, 5}}, {{1, 2}, {3, 4}}});
        refused(1, "2 at [2]", new int[][][] {{{1}}, {{2}}, {{3}, {4}}});
        refused(1, "null at [1]", new float[][] {{1}, null});
        refused(0, "1 at [1]", new byte[][] {{}, {1}});
        refused(0, "null at [0]", new short[][] {null, {}});
    }

    private static void refused(int expected, String got, Object array) {
        ShapeException e = assertThrows(ShapeException.class, () -> Tensor.fromArray(array));
        assertEquals(
                "of: all rows must have the same length, expected " + expected + ", got " + got + ".", e.getMessage());
    }

    @Test
    void listsAndArraysOfObjectsAreReadElementByElement() {
        assertEquals(
                "tensor([[1, 2],\n        [3, 4]])",
                Tensor.of(new Object[] {new char[] {1, 2}, List.of(3, 4)}).toString());
        assertEquals(
                "tensor([1.0000, 2.5000, 1.0000])",
                Tensor.of(List.of(1, 2.5, true)).toString());
        assertEquals(
                "tensor([1, 2], dtype=torch.int8)",
                Tensor.of(DType.INT8, new Integer[] {1, 2}).toString());
        assertEquals(Shape.of(1, 0), Tensor.of(List.of(List.of())).shape());
        ShapeException e = assertThrows(ShapeException.class, () -> Tensor.of(List.of(1, List.of(3))));
        assertEquals("of: all values must be nested equally deep, got a row of 1 among numbers.", e.getMessage());
        e = assertThrows(ShapeException.class, () -> Tensor.of(List.of(List.of(1, 2), 3)));
        assertEquals("of: all rows must have the same length, expected 2, got 3 at [1].", e.getMessage());
    }

    @Test
    void otherObjectsAreRefused() {
        String rule = "of: the values must be numbers or booleans, or nested arrays of them, got ";
        refused(rule + "String.", "a");
        refused(rule + "String.", new String[] {"a"});
        refused(rule + "String.", List.of(List.of("a")));
        refused(rule + "null.", new Object[] {null});
        refused(rule + "Tensor.", Tensor.ones(1));
    }

    private static void refused(String message, Object wrong) {
        Exception e = assertThrows(IllegalArgumentException.class, () -> Tensor.of(wrong));
        assertEquals(message, e.getMessage());
    }
}
