package dev.lanewise.internal.shape;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.IndexException;
import dev.lanewise.ShapeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class ViewsTest {
    private static final long OPEN = Long.MAX_VALUE;

    private static long[] of(long... sizes) {
        return sizes;
    }

    private static void refused(Class<? extends Exception> type, String message, Executable call) {
        assertEquals(message, assertThrows(type, call).getMessage());
    }

    private static void assertView(long[] shape, long[] strides, long offset, View actual) {
        assertArrayEquals(shape, actual.shape());
        assertArrayEquals(strides, actual.strides());
        assertEquals(offset, actual.offset());
    }

    /** A chain of random views of a contiguous tensor: transposed, sliced, expanded, squeezed. */
    static View randomView(Random random) {
        View x = View.contiguous(ShapesTest.randomShape(random, 4, 4));
        for (int i = random.nextInt(4); i > 0 && x.rank() > 0; i--) {
            int dim = random.nextInt(x.rank());
            x = switch (random.nextInt(5)) {
                case 0 -> Views.transpose("t", x, dim, random.nextInt(x.rank()));
                case 1 -> Views.slice("s", x, dim, random.nextInt(3), OPEN, 1 + random.nextInt(2));
                case 2 -> Views.unsqueeze("u", x, dim);
                case 3 -> x.shape()[dim] == 1 ? expanded(x, dim, 1 + random.nextInt(3)) : x;
                default -> Views.squeeze("q", x, dim);
            };
        }
        return x;
    }

    private static View expanded(View x, int dim, long size) {
        long[] sizes = x.shape().clone();
        sizes[dim] = size;
        return Views.expand("e", x, sizes);
    }

    /** A random shape of the given number of elements. */
    static long[] randomFactors(Random random, long numel) {
        List<Long> sizes = new ArrayList<>();
        long rest = numel;
        for (int i = 0; i < 3 && rest > 1; i++) {
            long factor = 1L + random.nextInt((int) rest);
            if (rest % factor == 0) {
                sizes.add(factor);
                rest /= factor;
            }
        }
        sizes.add(random.nextInt(sizes.size() + 1), rest);
        return sizes.stream().mapToLong(Long::longValue).toArray();
    }

    @Test
    void transpose() {
        View x = View.contiguous(2, 3, 4);
        assertView(of(4, 3, 2), of(1, 4, 12), 0, Views.transpose("transpose", x, 0, -1));
        View scalar = View.contiguous();
        assertSame(scalar, Views.transpose("transpose", scalar, 0, -1));
        assertThrows(IndexException.class, () -> Views.transpose("transpose", x, 0, 3));
        assertArrayEquals(of(2, 3, 4), x.shape());
    }

    @Test
    void permute() {
        View x = View.contiguous(2, 3, 4);
        assertView(of(4, 2, 3), of(1, 12, 4), 0, Views.permute("permute", x, 2, 0, -2));
        assertView(of(), of(), 0, Views.permute("permute", View.contiguous()));
        refused(
                ShapeException.class,
                "permute: dims must name every dimension once, expected 3 dims, got 2 [self: [2, 3, 4]].",
                () -> Views.permute("permute", x, 0, 1));
        refused(
                IndexException.class,
                "permute: dims must not repeat, expected each dim once, got [0, 1, -2] for rank 3.",
                () -> Views.permute("permute", x, 0, 1, -2));
    }

    @Test
    void squeezeAndUnsqueeze() {
        View x = View.contiguous(1, 3, 1);
        assertView(of(3), of(1), 0, Views.squeeze(x));
        assertView(of(3, 1), of(1, 1), 0, Views.squeeze("squeeze", x, 0));
        assertSame(x, Views.squeeze("squeeze", x, 1));
        assertView(of(), of(), 0, Views.squeeze(View.contiguous(1, 1)));
        assertEquals(0, Views.squeeze("squeeze", View.contiguous(), -1).rank());
        View y = View.contiguous(2, 3);
        assertView(of(1, 2, 3), of(6, 3, 1), 0, Views.unsqueeze("unsqueeze", y, 0));
        assertView(of(2, 3, 1), of(3, 1, 1), 0, Views.unsqueeze("unsqueeze", y, -1));
        assertView(of(2, 1, 3), of(3, 3, 1), 0, Views.unsqueeze("unsqueeze", y, 1));
        assertView(of(1), of(1), 0, Views.unsqueeze("unsqueeze", View.contiguous(), 0));
        refused(
                IndexException.class,
                "unsqueeze: dim must be within the rank 3, expected -3 to 2, got 3.",
                () -> Views.unsqueeze("unsqueeze", y, 3));
    }

    @Test
    void expand() {
        View x = View.contiguous(3, 1);
        assertView(of(3, 4), of(1, 0), 0, Views.expand("expand", x, 3, 4));
        assertView(of(2, 3, 4), of(0, 1, 0), 0, Views.expand("expand", x, 2, -1, 4));
        assertView(of(1, 3, 1), of(3, 1, 1), 0, Views.expand("expand", x, 1, 3, 1));
        assertView(of(3, 0), of(1, 0), 0, Views.expand("expand", x, 3, 0));
        assertView(of(2, 2), of(0, 0), 0, Views.expand("expand", View.contiguous(), 2, 2));
        assertView(of(), of(), 0, Views.expand("expand", View.contiguous()));
        refused(
                ShapeException.class,
                "expand: only dimensions of size 1 expand, expected 3 or -1 in dimension 0, got [2, 4] [self: [3, 1]].",
                () -> Views.expand("expand", x, 2, 4));
        refused(
                ShapeException.class,
                "expand: only dimensions of size 1 expand, expected 0 or more for the new dimension 0,"
                        + " got [-1, 3, 1] [self: [3, 1]].",
                () -> Views.expand("expand", x, -1, 3, 1));
        refused(
                ShapeException.class,
                "expand: only dimensions of size 1 expand, expected 0 or more, or -1, in dimension 1,"
                        + " got [3, -2] [self: [3, 1]].",
                () -> Views.expand("expand", x, 3, -2));
        refused(
                ShapeException.class,
                "expand: sizes must cover all dimensions, expected at least 2 sizes, got [3] [self: [3, 1]].",
                () -> Views.expand("expand", x, 3));
        assertThrows(ShapeException.class, () -> Views.expand("expand", x, Long.MAX_VALUE, 3, 1));
    }

    @Test
    void select() {
        View x = View.contiguous(2, 3);
        assertView(of(3), of(1), 3, Views.select("select", x, 0, 1));
        assertView(of(2), of(3), 2, Views.select("select", x, -1, -1));
        refused(
                IndexException.class,
                "get: index must lie in dimension 0 of size 2, expected -2 to 1, got 2 [self: [2, 3]].",
                () -> Views.select("get", x, 0, 2));
        refused(
                IndexException.class,
                "get: index must lie in dimension 0 of size 0, expected no index, for it is empty, got 0 [self: [0,"
                        + " 3]].",
                () -> Views.select("get", View.contiguous(0, 3), 0, 0));
        refused(
                IndexException.class,
                "get: self must have at least 1 dimension, got a 0-d tensor [self: []]."
                        + " Use item() to read the value of a 0-d tensor.",
                () -> Views.select("get", View.contiguous(), 0, 0));
        assertThrows(IndexException.class, () -> Views.select("get", x, 0, Long.MIN_VALUE));
    }

    /** The indices that Python's {@code range(n)[start:end:step]} holds, by walking all of them. */
    private static long[] pythonSlice(long n, long start, long end, long step) {
        long first = start < 0 ? Math.max(start + n, 0) : start;
        long stop = end < 0 ? Math.max(end + n, 0) : end;
        List<Long> taken = new ArrayList<>();
        for (long i = 0; i < n; i++) {
            if (i >= first && i < stop && (i - first) % step == 0) {
                taken.add(i);
            }
        }
        return taken.stream().mapToLong(Long::longValue).toArray();
    }

    @Test
    void sliceTakesWhatPythonTakes() {
        long[] bounds = {-100, -6, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6, 100, OPEN, Long.MIN_VALUE};
        int checked = 0;
        for (long n = 0; n <= 5; n++) {
            View x = new View(of(2, n), of(20, 3), 7);
            for (long start : bounds) {
                for (long end : bounds) {
                    for (long step : of(1, 2, 3, 7, OPEN)) {
                        View y = Views.slice("slice", x, 1, start, end, step);
                        long[] expected = pythonSlice(n, start, end, step);
                        assertEquals(expected.length, y.shape()[1]);
                        for (int i = 0; i < expected.length; i++) {
                            assertEquals(7 + 3 * expected[i], y.offset() + i * y.strides()[1]);
                        }
                        assertTrue(y.strides()[1] >= 0);
                        checked++;
                    }
                }
            }
        }
        assertEquals(6 * 17 * 17 * 5, checked);
    }

    @Test
    void sliceRefusesOtherSteps() {
        View x = View.contiguous(5);
        refused(
                IndexException.class,
                "index: step must be positive, got -1. Use flip for the reverse order.",
                () -> Views.slice("index", x, 0, 0, 5, -1));
        assertThrows(IndexException.class, () -> Views.slice("index", x, 0, 0, 5, 0));
        assertThrows(IndexException.class, () -> Views.slice("index", View.contiguous(), 0, 0, 1, 1));
        assertView(of(3), of(2), 0, Views.slice("index", x, 0, 0, OPEN, 2));
    }

    @Test
    void narrow() {
        View x = View.contiguous(5, 2);
        assertView(of(2, 2), of(2, 1), 2, Views.narrow("narrow", x, 0, 1, 2));
        assertView(of(2, 2), of(2, 1), 6, Views.narrow("narrow", x, 0, -2, 2));
        assertView(of(0, 2), of(2, 1), 10, Views.narrow("narrow", x, 0, 5, 0));
        refused(
                IndexException.class,
                "narrow: start and length must lie in dimension 0 of size 5, expected 0 <= start <= start + length <="
                        + " 5, got start 4, length 2 [self: [5, 2]].",
                () -> Views.narrow("narrow", x, 0, 4, 2));
        assertThrows(IndexException.class, () -> Views.narrow("narrow", x, 0, -6, 1));
        assertThrows(IndexException.class, () -> Views.narrow("narrow", x, 0, 0, -1));
        assertThrows(IndexException.class, () -> Views.narrow("narrow", x, 0, 1, Long.MAX_VALUE));
        assertThrows(IndexException.class, () -> Views.narrow("narrow", x, 0, Long.MAX_VALUE, 1));
    }

    @Test
    void diagonalWalksTheDiagonal() {
        for (long rows = 0; rows < 4; rows++) {
            for (long columns = 0; columns < 4; columns++) {
                View x = new View(of(rows, 2, columns), of(100, 50, 3), 11);
                for (long shift = -5; shift <= 5; shift++) {
                    View y = Views.diagonal("diagonal", x, shift, 0, -1);
                    int count = 0;
                    for (long i = 0; i < rows; i++) {
                        if (i + shift >= 0 && i + shift < columns) {
                            long expected = 11 + 100 * i + 3 * (i + shift);
                            assertEquals(expected, y.offset() + count * y.strides()[1]);
                            count++;
                        }
                    }
                    assertArrayEquals(of(2, count), y.shape());
                }
            }
        }
    }

    @Test
    void diagonalErrors() {
        View x = View.contiguous(2, 3);
        refused(
                IndexException.class,
                "diagonal: the two dims must differ, got 0 and -2 [self: [2, 3]].",
                () -> Views.diagonal("diagonal", x, 0, 0, -2));
        assertThrows(IndexException.class, () -> Views.diagonal("diagonal", View.contiguous(3), 0, 0, 1));
        assertArrayEquals(
                of(0), Views.diagonal("diagonal", x, Long.MAX_VALUE, 0, 1).shape());
        assertArrayEquals(
                of(0), Views.diagonal("diagonal", x, Long.MIN_VALUE, 0, 1).shape());
    }

    @Test
    void unfold() {
        View x = View.contiguous(7, 2);
        assertView(of(3, 2, 3), of(4, 1, 2), 0, Views.unfold("unfold", x, 0, 3, 2));
        assertView(of(1, 2, 7), of(2, 1, 2), 0, Views.unfold("unfold", x, 0, 7, 1));
        assertView(of(8, 2, 0), of(2, 1, 2), 0, Views.unfold("unfold", x, 0, 0, 1));
        assertView(of(1), of(1), 0, Views.unfold("unfold", View.contiguous(), 0, 1, 1));
        refused(
                ShapeException.class,
                "unfold: windows must lie in dimension 1 of size 2, expected size 0 to 2 and step 1 or more,"
                        + " got size 3, step 1 [self: [7, 2]].",
                () -> Views.unfold("unfold", x, 1, 3, 1));
        assertThrows(ShapeException.class, () -> Views.unfold("unfold", x, 0, 2, 0));
    }

    @Test
    void view() {
        View x = new View(of(2, 6), of(6, 1), 5);
        assertView(of(3, 4), of(4, 1), 5, Views.view("view", x, 3, -1));
        View t = Views.transpose("t", x, 0, 1);
        assertView(of(2, 3, 2), of(3, 1, 6), 5, Views.view("view", t, 2, 3, 2));
        refused(
                ShapeException.class,
                "view: sizes must fit the memory layout, expected sizes that keep together what the strides [1, 6]"
                        + " separate, got [12] [self: [6, 2]]. Use reshape, which copies where it must.",
                () -> Views.view("view", t, 12));
    }

    @Test
    void randomViewsMeetWhatTheyMustTest() {
        Random random = new Random(6);
        int contiguous = 0;
        int expanded = 0;
        for (int i = 0; i < 2000; i++) {
            View x = randomView(random);
            contiguous += Shapes.isContiguous(x.shape(), x.strides()) ? 1 : 0;
            expanded += Arrays.stream(x.strides()).anyMatch(s -> s == 0) ? 1 : 0;
        }
        assertTrue(contiguous > 200 && contiguous < 1800 && expanded > 20, contiguous + " " + expanded);
    }
}
