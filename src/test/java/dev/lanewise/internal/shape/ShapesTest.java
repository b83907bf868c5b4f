package dev.lanewise.internal.shape;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.IndexException;
import dev.lanewise.ShapeException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class ShapesTest {
    private static long[] of(long... sizes) {
        return sizes;
    }

    private static void refused(Class<? extends Exception> type, String message, Executable call) {
        assertEquals(message, assertThrows(type, call).getMessage());
    }

    /** Storage positions in row-major order of the shape. */
    static long[] positions(long[] shape, long[] strides) {
        int numel = (int) Shapes.numel(shape);
        long[] result = new long[numel];
        long[] index = new long[shape.length];
        for (int i = 0; i < numel; i++) {
            for (int d = 0; d < shape.length; d++) {
                result[i] += index[d] * strides[d];
            }
            for (int d = shape.length - 1; d >= 0 && ++index[d] == shape[d]; d--) {
                index[d] = 0;
            }
        }
        return result;
    }

    static long[] randomShape(Random random, int maxRank, int maxSize) {
        long[] shape = new long[random.nextInt(maxRank + 1)];
        for (int d = 0; d < shape.length; d++) {
            shape[d] = random.nextInt(12) == 0 ? 0 : 1 + random.nextInt(maxSize);
        }
        return shape;
    }

    @Test
    void numelCountsAndRefusesOverflow() {
        assertEquals(1, Shapes.numel(of()));
        assertEquals(24, Shapes.numel(of(2, 3, 4)));
        assertEquals(0, Shapes.numel(of(2, 0, 4)));
        assertEquals(0, Shapes.numel(of(Long.MAX_VALUE, Long.MAX_VALUE, 0)));
        assertEquals(Long.MAX_VALUE, Shapes.numel(of(Long.MAX_VALUE, 1)));
        assertEquals(1L << 62, Shapes.numel(of(1L << 31, 1L << 31)));
        for (long[] shape : new long[][] {
            {1L << 32, 1L << 31}, {1L << 32, 1L << 32}, {Long.MAX_VALUE, 2}, {3, Long.MAX_VALUE, 5}, {1L << 62, 4, 7}
        }) {
            refused(
                    ShapeException.class,
                    "zeros: the number of elements must fit into 63 bits, got " + Arrays.toString(shape)
                            + ". Use smaller sizes.",
                    () -> Shapes.numel("zeros", shape));
        }
        refused(
                ShapeException.class,
                "zeros: sizes must not be negative, got [2, -1].",
                () -> Shapes.numel("zeros", of(2, -1)));
    }

    @Test
    void contiguousStrides() {
        assertArrayEquals(of(), Shapes.contiguousStrides(of()));
        assertArrayEquals(of(12, 4, 1), Shapes.contiguousStrides(of(2, 3, 4)));
        assertArrayEquals(of(3, 3, 1), Shapes.contiguousStrides(of(2, 0, 3)));
    }

    @Test
    void isContiguousIgnoresSizesOfOneAndEmptyShapes() {
        assertTrue(Shapes.isContiguous(of(), of()));
        assertTrue(Shapes.isContiguous(of(2, 3), of(3, 1)));
        assertFalse(Shapes.isContiguous(of(3, 2), of(1, 3)));
        assertFalse(Shapes.isContiguous(of(2, 3), of(6, 2)));
        assertFalse(Shapes.isContiguous(of(2, 3), of(0, 1)));
        assertTrue(Shapes.isContiguous(of(1, 3, 1), of(99, 1, 0)));
        assertTrue(Shapes.isContiguous(of(1), of(7)));
        assertTrue(Shapes.isContiguous(of(0, 3, 2), of(5, 5, 5)));
        assertTrue(Shapes.isContiguous(of(4, 3, 0), of(5, 5, 5)));
    }

    @Test
    void broadcastAgreesWithThePaddedRule() {
        Random random = new Random(2);
        int refused = 0;
        int accepted = 0;
        for (int round = 0; round < 20_000; round++) {
            long[][] shapes = new long[1 + random.nextInt(4)][];
            int rank = 0;
            for (int i = 0; i < shapes.length; i++) {
                shapes[i] = randomShape(random, 4, 3);
                rank = Math.max(rank, shapes[i].length);
            }
            long[] expected = padAndMatch(shapes, rank);
            if (expected == null) {
                assertThrows(ShapeException.class, () -> Shapes.broadcast("add", shapes));
                refused++;
            } else {
                assertArrayEquals(expected, Shapes.broadcast("add", shapes), Arrays.deepToString(shapes));
                checkBroadcastStrides(shapes[0], expected);
                accepted++;
            }
        }
        assertTrue(refused > 1000 && accepted > 1000, refused + " refused, " + accepted + " accepted");
    }

    private static long[] padAndMatch(long[][] shapes, int rank) {
        long[] result = new long[rank];
        for (int d = 0; d < rank; d++) {
            Set<Long> others = new HashSet<>();
            for (long[] shape : shapes) {
                int own = d - rank + shape.length;
                if (own >= 0 && shape[own] != 1) {
                    others.add(shape[own]);
                }
            }
            if (others.size() > 1) {
                return null;
            }
            result[d] = others.isEmpty() ? 1 : others.iterator().next();
        }
        return result;
    }

    private static void checkBroadcastStrides(long[] shape, long[] target) {
        long[] strides = Shapes.broadcastStrides(shape, Shapes.contiguousStrides(shape), target);
        long[] reached = positions(target, strides);
        long[] index = new long[target.length];
        for (long position : reached) {
            long expected = 0;
            for (int d = 0; d < shape.length; d++) {
                long i = index[target.length - shape.length + d];
                expected = expected * shape[d] + (shape[d] == 1 ? 0 : i);
            }
            assertEquals(expected, position);
            for (int d = target.length - 1; d >= 0 && ++index[d] == target[d]; d--) {
                index[d] = 0;
            }
        }
    }

    @Test
    void broadcastNeverReturnsAnOperandsArray() {
        long[] shape = of(2, 3);
        assertNotSame(shape, Shapes.broadcast("add", shape, shape));
        assertArrayEquals(of(), Shapes.broadcast("add"));
    }

    @Test
    void broadcastSaysWhichSizesDoNotFit() {
        refused(
                ShapeException.class,
                "add: shapes must broadcast, expected sizes that are equal or 1 in each dimension, counted from the"
                        + " last, got 3 and 4 in dimension -1 [a: [2, 3], b: [4]]. Use reshape or unsqueeze to line the"
                        + " dimensions up.",
                () -> Shapes.broadcast("add", of(2, 3), of(4)));
        assertThrows(ShapeException.class, () -> Shapes.broadcast("add", of(0), of(3)));
        assertArrayEquals(of(0), Shapes.broadcast("add", of(0), of(1)));
    }

    @Test
    void wrapDim() {
        assertEquals(0, Shapes.wrapDim("sum", 0, 0));
        assertEquals(0, Shapes.wrapDim("sum", -1, 0));
        assertEquals(2, Shapes.wrapDim("sum", -1, 3));
        assertEquals(0, Shapes.wrapDim("sum", -3, 3));
        refused(
                IndexException.class,
                "sum: dim must be within the rank 2, expected -2 to 1, got 2.",
                () -> Shapes.wrapDim("sum", 2, 2));
        assertThrows(IndexException.class, () -> Shapes.wrapDim("sum", -3, 2));
        assertThrows(IndexException.class, () -> Shapes.wrapDim("sum", 1, 0));
        assertThrows(IndexException.class, () -> Shapes.wrapDim("sum", Integer.MIN_VALUE, 5));
        assertThrows(IndexException.class, () -> Shapes.wrapDim("sum", Integer.MAX_VALUE, 5));
    }

    @Test
    void wrapDims() {
        assertArrayEquals(new int[] {2, 0}, Shapes.wrapDims("sum", new int[] {-1, 0}, 3));
        assertArrayEquals(new int[0], Shapes.wrapDims("sum", new int[0], 3));
        refused(
                IndexException.class,
                "sum: dims must not repeat, expected each dim once, got [0, -2] for rank 2.",
                () -> Shapes.wrapDims("sum", new int[] {0, -2}, 2));
    }

    @Test
    void viewStridesAgreesWithASearch() {
        Random random = new Random(3);
        int views = 0;
        int copies = 0;
        for (int round = 0; round < 30_000; round++) {
            View x = ViewsTest.randomView(random);
            long numel = Shapes.numel(x.shape());
            long[] target = ViewsTest.randomFactors(random, numel);
            long[] strides = Shapes.viewStrides(x.shape(), x.strides(), target);
            long[] wanted = positions(x.shape(), x.strides());
            String what = x + " " + Arrays.toString(x.shape()) + Arrays.toString(x.strides()) + " as "
                    + Arrays.toString(target);
            if (strides != null) {
                assertArrayEquals(wanted, positions(target, strides), what);
                views++;
            } else {
                assertFalse(someStridesReach(wanted, target), what);
                copies++;
            }
        }
        assertTrue(views > 1000 && copies > 1000, views + " views, " + copies + " copies");
    }

    /** Each stride can be read off the positions if there is a view at all, so one candidate is enough. */
    private static boolean someStridesReach(long[] wanted, long[] shape) {
        long[] strides = new long[shape.length];
        long[] rowMajor = Shapes.contiguousStrides(shape);
        for (int d = 0; d < shape.length; d++) {
            strides[d] = shape[d] > 1 ? wanted[(int) rowMajor[d]] - wanted[0] : 0;
        }
        return Arrays.equals(wanted, positions(shape, strides));
    }

    @Test
    void viewStridesOfKnownCases() {
        assertArrayEquals(of(2, 1), Shapes.viewStrides(of(2, 3), of(3, 1), of(3, 2)));
        assertNull(Shapes.viewStrides(of(3, 2), of(1, 3), of(6)));
        assertArrayEquals(of(1, 1, 1), Shapes.viewStrides(of(), of(), of(1, 1, 1)));
        assertArrayEquals(of(), Shapes.viewStrides(of(1, 1), of(5, 7), of()));
        assertArrayEquals(of(9, 9), Shapes.viewStrides(of(0, 2), of(9, 9), of(0, 2)));
        assertArrayEquals(of(3, 1), Shapes.viewStrides(of(0, 2), of(9, 9), of(0, 3)));
        assertArrayEquals(of(0), Shapes.viewStrides(of(2, 3), of(0, 0), of(6)));
    }

    @Test
    void inferSize() {
        assertArrayEquals(of(2, 3), Shapes.inferSize("view", of(2, -1), 6));
        assertArrayEquals(of(6), Shapes.inferSize("view", of(6), 6));
        assertArrayEquals(of(), Shapes.inferSize("view", of(), 1));
        assertArrayEquals(of(1), Shapes.inferSize("view", of(-1), 1));
        assertArrayEquals(of(0), Shapes.inferSize("view", of(-1), 0));
        assertArrayEquals(of(3, 0), Shapes.inferSize("view", of(3, -1), 0));
        long[] given = of(2, -1);
        Shapes.inferSize("view", given, 6);
        assertArrayEquals(of(2, -1), given);
    }

    @Test
    void inferSizeErrors() {
        refused(
                ShapeException.class,
                "reshape: sizes must hold all elements, expected 6 elements, got [4, 2] = 8 elements.",
                () -> Shapes.inferSize("reshape", of(4, 2), 6));
        refused(
                ShapeException.class,
                "reshape: sizes must hold all elements, expected 6 elements, got [4, -1].",
                () -> Shapes.inferSize("reshape", of(4, -1), 6));
        refused(
                ShapeException.class,
                "reshape: sizes must hold all elements, expected 6 elements, got [0, -1].",
                () -> Shapes.inferSize("reshape", of(0, -1), 6));
        refused(
                ShapeException.class,
                "reshape: sizes must be 0 or more, with at most one -1, got [-1, -1].",
                () -> Shapes.inferSize("reshape", of(-1, -1), 6));
        refused(
                ShapeException.class,
                "reshape: sizes must be 0 or more, with at most one -1, got [-2, 3].",
                () -> Shapes.inferSize("reshape", of(-2, 3), 6));
        refused(
                ShapeException.class,
                "reshape: -1 can be any size when the other sizes hold 0 elements, got [0, -1]."
                        + " Write the size out instead of -1.",
                () -> Shapes.inferSize("reshape", of(0, -1), 0));
        assertThrows(ShapeException.class, () -> Shapes.inferSize("reshape", of(1L << 40, 1L << 40), 0));
    }

    @Test
    void reducedShape() {
        assertArrayEquals(of(2, 4), Shapes.reducedShape(of(2, 3, 4), new int[] {1}, false));
        assertArrayEquals(of(2, 1, 4), Shapes.reducedShape(of(2, 3, 4), new int[] {1}, true));
        assertArrayEquals(of(3), Shapes.reducedShape(of(2, 3, 4), new int[] {2, 0}, false));
        assertArrayEquals(of(2, 3), Shapes.reducedShape(of(2, 3), new int[0], false));
        assertArrayEquals(of(), Shapes.reducedShape(of(), new int[] {0}, false));
        assertArrayEquals(of(), Shapes.reducedShape(of(), new int[] {0}, true));
    }

    @Test
    void extent() {
        assertEquals(1, Shapes.extent(of(), of()));
        assertEquals(6, Shapes.extent(of(2, 3), of(3, 1)));
        assertEquals(0, Shapes.extent(of(2, 0), of(3, 1)));
        assertEquals(3, Shapes.extent(of(5, 3), of(0, 1)));
        assertEquals(11, Shapes.extent(of(3, 2), of(5, 0)));
    }

    @Test
    void overlapsItselfAgreesWithCounting() {
        Random random = new Random(4);
        int overlapping = 0;
        for (int round = 0; round < 20_000; round++) {
            View x = ViewsTest.randomView(random);
            if (random.nextInt(3) == 0 && x.rank() > 0) {
                int dim = random.nextInt(x.rank());
                long size = Math.min(x.shape()[dim], 1 + random.nextInt(3));
                x = Views.unfold("unfold", x, dim, size, 1 + random.nextInt(3));
            }
            long[] reached = positions(x.shape(), x.strides());
            boolean expected = Arrays.stream(reached).distinct().count() < reached.length;
            boolean actual = Shapes.overlapsItself(x.shape(), x.strides());
            assertEquals(expected, actual, Arrays.toString(x.shape()) + Arrays.toString(x.strides()));
            overlapping += expected ? 1 : 0;
        }
        assertTrue(overlapping > 500, overlapping + " overlapping");
    }

    @Test
    void resultStridesKeepTheLayout() {
        assertArrayEquals(of(3, 1), Shapes.resultStrides(of(2, 3), of(3, 1), of(0, 0)));
        assertArrayEquals(of(1, 2), Shapes.resultStrides(of(2, 3), of(1, 2), of(1, 2)));
        assertArrayEquals(of(1, 2), Shapes.resultStrides(of(2, 3), of(4, 8)));
        assertArrayEquals(of(1, 2), Shapes.resultStrides(of(2, 3), of(0, 0), of(1, 2)));
        assertArrayEquals(of(3, 1), Shapes.resultStrides(of(2, 3), of(0, 1)));
        assertArrayEquals(of(3, 1), Shapes.resultStrides(of(2, 3), of(3, 1), of(1, 2)));
        assertArrayEquals(of(3, 3, 1), Shapes.resultStrides(of(2, 0, 3), of(9, 9, 9)));
    }

    @Test
    void resultStridesAreDense() {
        Random random = new Random(5);
        for (int round = 0; round < 5_000; round++) {
            View x = ViewsTest.randomView(random);
            long[] other = Shapes.contiguousStrides(x.shape());
            long[] strides = random.nextBoolean()
                    ? Shapes.resultStrides(x.shape(), x.strides(), other)
                    : Shapes.resultStrides(x.shape(), x.strides());
            long numel = Shapes.numel(x.shape());
            assertEquals(numel, Shapes.extent(x.shape(), strides));
            assertFalse(Shapes.overlapsItself(x.shape(), strides));
        }
    }
}
