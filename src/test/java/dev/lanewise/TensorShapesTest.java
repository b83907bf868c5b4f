package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Rearrangements, joins and splits: which share memory, edges, large sizes, refusals. */
class TensorShapesTest {
    private final Tensor x = Tensor.arange(24).reshape(2, 3, 4).clone();

    private static void refused(Class<? extends RuntimeException> type, String message, Executable call) {
        assertEquals(message, assertThrows(type, call).getMessage());
    }

    private static void sharesMemory(Tensor whole, List<Tensor> parts) {
        assertTrue(!parts.isEmpty());
        for (Tensor part : parts) {
            assertSame(whole.storage(), part.storage());
            assertSame(whole, part.viewBase());
        }
    }

    // ------------------------------------------------------------------ views

    @Test
    void viewsShareMemory() {
        sharesMemory(
                x,
                List.of(
                        x.unflatten(-1, 2, -1),
                        x.movedim(0, -1),
                        x.moveaxis(new int[] {0, 1}, new int[] {1, 0}),
                        x.swapaxes(0, 1),
                        x.swapdims(1, -1),
                        x.broadcastTo(5, 2, 3, 4),
                        x.ravel(),
                        x.viewAs(Tensor.zeros(24)),
                        x.reshapeAs(Tensor.zeros(4, 6)),
                        x.diagonal(),
                        x.diagonal(-1)));
        sharesMemory(x, x.split(2, 1));
        sharesMemory(x, x.split(new long[] {1, 3}, -1));
        sharesMemory(x, x.chunk(3, 2));
        sharesMemory(x, x.unbind());
        sharesMemory(x, x.tensorSplit(5, 2));
        sharesMemory(x, x.tensorSplit(new long[] {1, -1}, 2));
        sharesMemory(x, x.hsplit(3));
        sharesMemory(x, x.vsplit(2));
        sharesMemory(x, x.dsplit(1, 2));
        Tensor row = Tensor.of(1, 2);
        sharesMemory(row, List.of(row.atleast2d(), row.atleast3d()));
        assertSame(row, row.atleast1d());
        List<Tensor> grid = Tensor.meshgrid("xy", row, row);
        sharesMemory(row, grid.subList(0, 1));
        sharesMemory(row, Tensor.broadcastTensors(row, x.narrow(2, 0, 2)).subList(0, 1));
    }

    @Test
    void movedDimensions() {
        Tensor four = Tensor.zeros(2, 3, 4, 5);
        assertEquals(Shape.of(3, 4, 5, 2), four.movedim(0, -1).shape());
        assertEquals(
                Shape.of(4, 3, 2, 5),
                four.movedim(new int[] {2, 0}, new int[] {0, 2}).shape());
        assertEquals(Shape.of(), Tensor.scalar(1).movedim(0, -1).shape());
        refused(
                IndexException.class,
                "movedim: dims must not repeat, expected each dim once, got [0, 0] for rank 4.",
                () -> four.movedim(new int[] {0, 0}, new int[] {0, 1}));
        refused(
                IllegalArgumentException.class,
                "movedim: there must be one destination for each source, got 1 sources and 2 destinations"
                        + " [self: float32[2, 3, 4, 5]].",
                () -> four.movedim(new int[] {0}, new int[] {0, 1}));
    }

    @Test
    void splitsOfAnySize() {
        assertEquals(5, x.tensorSplit(5, 2).size());
        assertEquals(0, x.tensorSplit(5, 2).get(4).size(2));
        assertEquals(2, x.chunk(3, 1).get(0).size(1) + x.chunk(3, 1).get(1).size(1));
        assertEquals(2, x.chunk(2, 2).get(1).size(2));
        assertEquals(4, Tensor.zeros(0, 2).chunk(4).size());
        assertEquals(1, Tensor.zeros(0, 2).split(0).size());
        assertEquals(1, Tensor.zeros(0, 2).split(3).size());
        List<Tensor> parts = x.tensorSplit(Tensor.of(1L, 3L), 2);
        assertEquals(List.of(1L, 2L, 1L), parts.stream().map(p -> p.size(2)).toList());
        assertEquals(2, x.tensorSplit(Tensor.scalar(2), 0).size());
        assertEquals(3, Tensor.arange(6).hsplit(3).size());
        assertEquals(Shape.of(2, 3, 1), x.dsplit(1L, 2L).get(1).shape());
    }

    @Test
    void wrongSplits() {
        refused(
                ShapeException.class,
                "split: the lengths must not be negative and add up to the size of dim 1, expected a sum of "
                        + "3, got [1, 1]"
                        + " [self: int64[2, 3, 4]].",
                () -> x.split(new long[] {1, 1}, 1));
        refused(
                ShapeException.class,
                "hsplit: the sections must divide dim 1 evenly, expected a divisor of 3, got 2 [self: int64[2, 3, 4]]."
                        + " Use tensorSplit for parts of different sizes.",
                () -> x.hsplit(2));
        refused(
                ShapeException.class,
                "vsplit: the tensor must have at least 2 dimensions, got 1 [self: int64[4]].",
                () -> Tensor.arange(4).vsplit(2));
        refused(
                IllegalArgumentException.class,
                "chunk: the number of chunks must be positive, got 0 [self: int64[2, 3, 4]].",
                () -> x.chunk(0, 0));
        refused(
                IndexException.class,
                "split: a 0-d tensor has no dimensions, got dim 0 [self: float32[]].",
                () -> Tensor.scalar(1.0).split(new long[] {1}, 0));
        assertThrows(IndexException.class, () -> Tensor.scalar(1.0).unbind(0));
        assertThrows(IndexException.class, () -> Tensor.scalar(1.0).size(0));
    }

    // ------------------------------------------------------------------ copies

    @Test
    void copiesDoNotShareMemory() {
        for (Tensor copy : List.of(
                x.flip(),
                x.flip(0),
                x.roll(0),
                x.roll(0, 1),
                x.repeat(1, 1, 1),
                x.tile(1),
                x.tril(100),
                x.rot90(4, 0, 1),
                x.repeatInterleave(1, 0),
                x.get(0).diag(),
                Tensor.hstack(x),
                x.get(0).rot90())) {
            assertNotSame(x.storage(), copy.storage());
        }
    }

    @Test
    void memoryOrderOfCopies() {
        Tensor turned = x.transpose(0, 2);
        assertArrayEquals(new long[] {1, 4, 12}, turned.flip(1).stride());
        assertArrayEquals(new long[] {6, 2, 1}, turned.tril().stride());
        assertArrayEquals(new long[] {6, 2, 1}, turned.roll(1, 0).stride());
        assertArrayEquals(new long[] {6, 2, 1}, turned.repeat(1, 1, 1).stride());
        assertArrayEquals(turned.toLongArray(), turned.flip(0, 1).flip(1, 0).toLongArray());
    }

    @Test
    void largeTensorsInSeveralThreads() {
        int n = 200_003;
        Tensor line = Tensor.arange(n);
        long[] back = line.flip(0).toLongArray();
        long[] rolled = line.roll(-5).toLongArray();
        long[] strided = Tensor.arange(2L * n).slice(0, 0, 2L * n, 2).flip(0).toLongArray();
        for (int i = 0; i < n; i++) {
            assertEquals(n - 1 - i, back[i]);
            assertEquals((i + 5) % n, rolled[i]);
            assertEquals(2L * (n - 1 - i), strided[i]);
        }
        int side = 600;
        Tensor square = Tensor.arange(1, 1 + (long) side * side).reshape(side, side);
        long[] flipped = square.t().flip(0).contiguous().toLongArray();
        long[] lower = square.tril(-1).toLongArray();
        long[] upper = square.t().triu(1).toLongArray();
        long[] twice = square.repeat(1, 2).toLongArray();
        for (int i = 0; i < side; i++) {
            for (int j = 0; j < side; j++) {
                int at = i * side + j;
                assertEquals(1 + (long) j * side + side - 1 - i, flipped[at]);
                assertEquals(j < i ? at + 1 : 0, lower[at]);
                assertEquals(j > i ? 1 + j * side + i : 0, upper[at]);
                assertEquals(at + 1, twice[2 * i * side + side + j]);
            }
        }
    }

    @Test
    void trianglesOfAllProportions() {
        int checked = 0;
        for (int[] size : new int[][] {{1, 1}, {64, 64}, {65, 130}, {200, 3}, {3, 200}, {129, 64}, {63, 128}}) {
            Tensor matrix = Tensor.arange(1, 1 + (long) size[0] * size[1]).reshape(size[0], size[1]);
            for (int diagonal : new int[] {0, 1, -1, 63, 64, -64, -65, 130, -200, Integer.MAX_VALUE}) {
                long[] lower = matrix.tril(diagonal).toLongArray();
                long[] upper = matrix.triu(diagonal).toLongArray();
                for (int at = 0; at < lower.length; at++) {
                    int above = at % size[1] - at / size[1];
                    assertEquals(above <= diagonal ? at + 1 : 0, lower[at]);
                    assertEquals(above >= diagonal ? at + 1 : 0, upper[at]);
                    checked++;
                }
            }
        }
        assertTrue(checked > 100_000, "only " + checked + " elements were compared");
    }

    @Test
    void specialValuesAndHalves() {
        Tensor special = Tensor.of(DType.FLOAT16, new double[][] {{Double.NaN, -0.0}, {1.0 / 0, Double.NaN}});
        double[] lower = special.tril().toDoubleArray();
        assertTrue(Double.isNaN(lower[0]) && lower[2] == Double.POSITIVE_INFINITY);
        assertEquals(0.0, lower[1]);
        assertEquals(
                "tensor([[-0., nan],\n        [nan, inf]], dtype=torch.float16)",
                special.flip(1).toString());
        assertEquals(0, Tensor.zeros(0, 3).triu().numel());
        assertEquals(Shape.of(2, 2), Tensor.zeros(0).diag(2).shape());
        assertEquals(Shape.of(0), Tensor.zeros(3, 3).diag(5).shape());
        assertEquals(Shape.of(), Tensor.scalar(3).flip(0).shape());
        assertEquals(Shape.of(1), Tensor.scalar(3).repeat(1).shape());
        assertEquals(Shape.of(), Tensor.scalar(3).roll(2).shape());
        assertEquals(0, Tensor.zeros(2, 0).roll(1, 0).numel());
        assertEquals(
                5,
                Tensor.of(new boolean[][] {{true, true}, {true, true}})
                                .repeat(2, 1)
                                .tril(1)
                                .sum()
                                .itemLong()
                        - 3);
    }

    @Test
    void repeats() {
        assertArrayEquals(
                new long[] {0, 0, 1, 1, 2, 2},
                Tensor.arange(3).repeatInterleave(2).toLongArray());
        assertArrayEquals(
                new long[] {1, 2, 2},
                Tensor.arange(3).repeatInterleave(Tensor.of(0L, 1L, 2L)).toLongArray());
        assertEquals(Shape.of(2, 6, 4), x.repeatInterleave(Tensor.of(2L), 1).shape());
        assertEquals(Shape.of(0, 3, 4), x.repeatInterleave(0, 0).shape());
        refused(
                ShapeException.class,
                "repeat: there must be a number, 0 or more, for every dimension, expected at least 3 numbers, got [2]"
                        + " [self: int64[2, 3, 4]]. Use tile to repeat the last dimensions alone.",
                () -> x.repeat(2));
        refused(
                ShapeException.class,
                "repeatInterleave: there must be one number of repeats for each place, expected 3"
                        + " [self: int64[2, 3, 4], times: int64[2]].",
                () -> x.repeatInterleave(Tensor.of(1L, 2L), 1));
        refused(
                DTypeException.class,
                "repeatInterleave: the numbers of repeats must be int64 or int32, got float32 [times: float32[3]].",
                () -> x.repeatInterleave(Tensor.of(1.0, 2, 3), 1));
    }

    @Test
    void wrongTrianglesAndDiagonals() {
        refused(
                ShapeException.class,
                "tril: the tensor must have at least 2 dimensions, got 1 [self: int64[3]].",
                () -> Tensor.arange(3).tril());
        refused(
                ShapeException.class,
                "diag: the tensor must be a vector or a matrix, got 3 dimensions [self: int64[2, 3, 4]]."
                        + " Use diagonal or diagEmbed for more dimensions.",
                () -> x.diag());
        refused(
                ShapeException.class,
                "diagEmbed: the two dims must differ, got 0 and -4 [self: int64[2, 3, 4]].",
                () -> x.diagEmbed(0, 0, -4));
        refused(
                ShapeException.class,
                "trace: the tensor must be a matrix, got 3 dimensions [self: int64[2, 3, 4]].",
                x::trace);
        refused(
                IndexException.class,
                "flip: dims must not repeat, expected each dim once, got [0, -3] for rank 3.",
                () -> x.flip(0, -3));
        refused(
                IllegalArgumentException.class,
                "roll: there must be one shift for each dimension, and at least one, got 2 shifts and 1 dims"
                        + " [self: int64[2, 3, 4]].",
                () -> x.roll(new long[] {1, 2}, new int[] {0}));
    }

    // ------------------------------------------------------------------ joins

    @Test
    void stacksPromote() {
        assertEquals(
                DType.FLOAT32, Tensor.vstack(Tensor.of(1, 2), Tensor.of(1.0, 2)).dtype());
        assertEquals(
                DType.FLOAT64,
                Tensor.blockDiag(Tensor.of(DType.FLOAT64, 1), Tensor.of(1, 2)).dtype());
        assertArrayEquals(
                new long[] {1, 2, 0, 0, 0, 3},
                Tensor.blockDiag(Tensor.of(1, 2), Tensor.scalar(3)).toLongArray());
        assertEquals(
                Shape.of(2, 3),
                Tensor.blockDiag(Tensor.zeros(0, 1), Tensor.zeros(2, 2)).shape());
        assertEquals(
                Shape.of(6, 2),
                Tensor.cartesianProd(Tensor.arange(2), Tensor.arange(3)).shape());
        assertEquals(Shape.of(0, 3), Tensor.arange(2).combinations(3, false).shape());
        assertEquals(Shape.of(1, 2), Tensor.arange(2).combinations(2, false).shape());
        assertEquals(Shape.of(10, 3), Tensor.arange(3).combinations(3, true).shape());
        assertEquals(Shape.of(0, 2), Tensor.zeros(0).combinations().shape());
        assertArrayEquals(
                new long[] {4, 2, 1, 9, 3, 1}, Tensor.of(2, 3).vander(3, false).toLongArray());
        assertArrayEquals(
                new long[] {1, 2, 1, 3},
                Tensor.of(2, 3).to(DType.INT8).vander(2, true).toLongArray());
        assertEquals(Shape.of(2, 0), Tensor.of(2, 3).vander(0, false).shape());
    }

    @Test
    void wrongJoins() {
        refused(IllegalArgumentException.class, "hstack: there must be at least one tensor.", () -> Tensor.hstack());
        refused(
                IllegalArgumentException.class,
                "meshgrid: the indexing must be \"ij\" or \"xy\", got ji.",
                () -> Tensor.meshgrid("ji", Tensor.arange(2)));
        refused(
                DTypeException.class,
                "meshgrid: the tensors must have one dtype, expected int64, got float32 for tensor 1.",
                () -> Tensor.meshgrid(Tensor.arange(2), Tensor.zeros(2)));
        refused(
                ShapeException.class,
                "blockDiag: the tensors must have at most 2 dimensions, got 3 for tensor 0 [tensor 0: int64[2, 3, 4]].",
                () -> Tensor.blockDiag(x));
        refused(
                IllegalArgumentException.class,
                "combinations: the number of elements must not be negative, got -1.",
                () -> Tensor.arange(3).combinations(-1, false));
        refused(
                ShapeException.class,
                "unflatten: sizes must hold all elements, expected 3 elements, got [2, 2] = 4 elements.",
                () -> x.unflatten(1, 2, 2));
    }
}
