package dev.lanewise.internal.gemm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.DType;
import dev.lanewise.internal.gemm.GemmCases.Case;
import dev.lanewise.internal.gemm.GemmCases.Layout;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The ways through the products: edges of tiles, packing at the end of a segment, rows added, vectors, shared operands. */
class GemmPathsTest {
    private static final DType[] REAL = {DType.FLOAT32, DType.FLOAT64};

    @Test
    void everyEdgeOfATileInEveryTranspose() {
        long[] rows = {2, 4, 5, 8, 9, 12, 13, 16, 17, 20, 24, 28, 47, 52};
        long[] columns = {2, 7, 8, 10, 15, 16, 17, 24, 31, 32, 33, 48, 63, 66};
        int checked = 0;
        try (Arena arena = Arena.ofShared()) {
            for (DType type : REAL) {
                for (int i = 0; i < rows.length; i++) {
                    for (int j = 0; j < columns.length; j++) {
                        Layout left = Layout.values()[i % 3];
                        Layout right = Layout.values()[j % 3];
                        long k = 15L + (i + j) % 4;
                        checked += inOrder(arena, type, rows[i], columns[j], k, left, right, (i + j) % 2 == 0);
                    }
                }
            }
        }
        assertEquals(2 * 257 * 372, checked);
    }

    @Test
    void blocksOfKAndOfColumnsInEveryTranspose() {
        long[][] sizes = {{30, 300, 700}, {70, 530, 321}, {13, 1030, 33}, {200, 40, 641}};
        int checked = 0;
        try (Arena arena = Arena.ofShared()) {
            for (long[] size : sizes) {
                for (int way = 0; way < 9; way++) {
                    Layout left = Layout.values()[way % 3];
                    Layout right = Layout.values()[way / 3];
                    DType type = REAL[way % 2];
                    checked += inOrder(arena, type, size[0], size[1], size[2], left, right, way % 2 == 0);
                }
            }
        }
        assertTrue(checked > 500_000);
    }

    /** Bits against the documented order; returns how many were compared. */
    private static int inOrder(
            Arena arena, DType type, long m, long n, long k, Layout left, Layout right, boolean accumulate) {
        Case a = GemmCases.rough(arena, type, m, k, left, 1);
        Case b = GemmCases.rough(arena, type, k, n, right, 2);
        Case c = GemmCases.rough(arena, type, m, n, Layout.OFFSET_ROWS, 3);
        Case start = GemmCases.rough(arena, type, m, n, Layout.ROWS, 3);
        GemmCases.multiply(type, a, b, c, accumulate);
        int checked = 0;
        for (long row = 0; row < m; row++) {
            for (long col = 0; col < n; col++) {
                double from = start.get(row, col);
                double expected = GemmCases.dot(type, a, b, row, col, from, accumulate);
                assertEquals(expected, c.get(row, col), type + " " + m + "x" + n + "x" + k + " " + left + right);
                checked++;
            }
            for (long beyond = 0; beyond < 3; beyond++) {
                assertEquals(Double.NaN, c.get(row, n + beyond), "beyond the row");
            }
        }
        return checked;
    }

    @Test
    void operandsThatEndWithTheirSegment() {
        int checked = 0;
        for (DType type : REAL) {
            for (long size : new long[] {3, 10, 20, 40, 50}) {
                try (Arena arena = Arena.ofShared()) {
                    Case a = exact(arena, type, size, size + 1, 1);
                    Case b = exact(arena, type, size + 1, size, 2);
                    for (boolean turned : new boolean[] {false, true}) {
                        Case left = turned ? transposed(b) : a;
                        Case right = turned ? transposed(a) : b;
                        Case c = exact(arena, type, size, size, 3);
                        GemmCases.multiply(type, left, right, c, false);
                        for (long i = 0; i < size * size; i++) {
                            double expected = GemmCases.dot(type, left, right, i / size, i % size, 0, false);
                            assertEquals(expected, c.get(i / size, i % size));
                            checked++;
                        }
                    }
                }
            }
        }
        assertEquals(4 * (9 + 100 + 400 + 1600 + 2500), checked);
    }

    private static Case exact(Arena arena, DType type, long rows, long cols, long seed) {
        Case values = GemmCases.rough(arena, type, rows, cols, Layout.ROWS, seed);
        MemorySegment memory = arena.allocate(rows * cols * type.byteSize(), 64);
        MemorySegment.copy(values.matrix().segment(), 0, memory, 0, memory.byteSize());
        return new Case(new Matrix(memory, 0, cols, 1), type, rows, cols);
    }

    private static Case transposed(Case x) {
        return new Case(x.matrix().transposed(), x.type(), x.cols(), x.rows());
    }

    @Test
    void aRowIsAddedAsIfAfterwards() {
        int checked = 0;
        long[][] sizes = {{3, 5, 4}, {64, 10, 128}, {33, 700, 50}, {40, 48, 700}, {1, 40, 30}, {40, 1, 30}, {7, 9, 0}};
        try (Arena arena = Arena.ofShared()) {
            for (DType type : REAL) {
                for (long[] size : sizes) {
                    for (Layout layout : Layout.values()) {
                        Case a = GemmCases.rough(arena, type, size[0], size[2], Layout.ROWS, 1);
                        Case b = GemmCases.rough(arena, type, size[2], size[1], Layout.COLUMNS, 2);
                        Case row = GemmCases.rough(arena, type, 1, size[1], Layout.ROWS, 3);
                        Case c = GemmCases.rough(arena, type, size[0], size[1], layout, 4);
                        Case plain = GemmCases.rough(arena, type, size[0], size[1], layout, 4);
                        GemmCases.multiply(type, a, b, plain, false);
                        Gemm.gemmPlusRow(
                                type, size[0], size[1], size[2], a.matrix(), b.matrix(), c.matrix(), row.matrix());
                        for (long i = 0; i < size[0]; i++) {
                            for (long j = 0; j < size[1]; j++) {
                                double sum = plain.get(i, j) + row.get(0, j);
                                assertEquals(type == DType.FLOAT32 ? (float) sum : sum, c.get(i, j));
                                checked++;
                            }
                        }
                    }
                }
            }
        }
        assertEquals(2 * 4 * (15 + 640 + 23_100 + 1920 + 40 + 40 + 63), checked);
    }

    @ParameterizedTest
    @EnumSource(Layout.class)
    void matricesTimesVectors(Layout layout) {
        long[] rows = {2, 3, 7, 15, 16, 17, 40, 257, 1030};
        long[] inner = {1, 3, 15, 16, 17, 64, 100, 700};
        int checked = 0;
        try (Arena arena = Arena.ofShared()) {
            for (DType type : REAL) {
                for (long m : rows) {
                    for (long k : inner) {
                        Case a = GemmCases.rough(arena, type, m, k, layout, 1);
                        Case x = GemmCases.rough(arena, type, k, 1, k % 2 == 0 ? Layout.ROWS : layout, 2);
                        Case y = GemmCases.rough(arena, type, m, 1, layout, 3);
                        Case start = GemmCases.rough(arena, type, m, 1, Layout.ROWS, 3);
                        boolean accumulate = m % 2 == 0;
                        GemmCases.multiply(type, a, x, y, accumulate);
                        for (long i = 0; i < m; i++) {
                            double from = start.get(i, 0);
                            boolean columns =
                                    a.matrix().rowStride() == 1 && a.matrix().colStride() != 1;
                            double expected = columns
                                    ? GemmCases.dot(type, a, x, i, 0, from, accumulate)
                                    : GemmCases.dotInChains(type, a, x, i, from, accumulate);
                            assertEquals(expected, y.get(i, 0), type + " " + m + "x" + k + " " + layout);
                            checked++;
                        }
                    }
                }
            }
        }
        assertEquals(2 * 8 * 1387, checked);
    }

    @Test
    void specialValuesReachVectors() {
        try (Arena arena = Arena.ofShared()) {
            for (DType type : REAL) {
                for (Layout layout : Layout.values()) {
                    Case a = GemmCases.matrix(arena, type, 40, 70, layout, 1);
                    Case x = GemmCases.matrix(arena, type, 70, 1, Layout.ROWS, 2);
                    Case y = GemmCases.matrix(arena, type, 40, 1, Layout.ROWS, 3);
                    x.set(69, 0, 0);
                    x.set(2, 0, 1);
                    a.set(39, 69, Double.POSITIVE_INFINITY);
                    a.set(0, 2, Double.NEGATIVE_INFINITY);
                    a.set(38, 2, Double.NaN);
                    GemmCases.multiply(type, a, x, y, false);
                    assertEquals(Double.NaN, y.get(39, 0), "infinity times zero");
                    assertEquals(Double.NEGATIVE_INFINITY, y.get(0, 0));
                    assertEquals(Double.NaN, y.get(38, 0));
                    assertEquals(GemmCases.dot(a, x, 37, 0), y.get(37, 0));
                }
            }
        }
    }

    @Test
    void aSharedRightOperandIsOneProduct() {
        int checked = 0;
        try (Arena arena = Arena.ofShared()) {
            for (DType type : new DType[] {DType.FLOAT32, DType.FLOAT64, DType.BFLOAT16, DType.INT32}) {
                Case a = GemmCases.matrix(arena, type, 2 * 3 * 5, 20, Layout.ROWS, 1);
                Case b = GemmCases.matrix(arena, type, 2 * 20, 33, Layout.ROWS, 2);
                Case c = GemmCases.matrix(arena, type, 2 * 3 * 5, 33, Layout.ROWS, 3);
                long[] batch = {2, 3, 1};
                long[] left = {3 * 5 * 20, 5 * 20, 7};
                long[] right = {20 * 33, 0, 9};
                long[] out = {3 * 5 * 33, 5 * 33, 11};
                Gemm.batched(type, batch, 5, 33, 20, a.matrix(), left, b.matrix(), right, c.matrix(), out, false);
                for (long row = 0; row < 30; row++) {
                    Matrix half = b.matrix().shifted(row / 15 * 20 * 33, type.shift());
                    Case shared = new Case(half, type, 20, 33);
                    for (long col = 0; col < 33; col++) {
                        Case one = GemmCases.matrix(arena, type, 1, 1, Layout.ROWS, 4);
                        one.set(0, 0, GemmCases.dot(a, shared, row, col));
                        assertEquals(one.get(0, 0), c.get(row, col), type + " at " + row + "," + col);
                        checked++;
                    }
                }
            }
        }
        assertEquals(4 * 30 * 33, checked);
    }

    @Test
    void halvesOfAnyLayoutAreRoundedOnce() {
        int checked = 0;
        try (Arena arena = Arena.ofShared()) {
            for (DType type : new DType[] {DType.FLOAT16, DType.BFLOAT16}) {
                for (Layout layout : Layout.values()) {
                    Case a = GemmCases.rough(arena, type, 30, 400, layout, 1);
                    Case b = GemmCases.rough(arena, type, 400, 20, Layout.COLUMNS, 2);
                    Case c = GemmCases.rough(arena, type, 30, 20, layout, 3);
                    Case start = GemmCases.rough(arena, type, 30, 20, Layout.ROWS, 3);
                    Case one = GemmCases.matrix(arena, type, 1, 1, Layout.ROWS, 4);
                    GemmCases.multiply(type, a, b, c, true);
                    for (long i = 0; i < 30 * 20; i++) {
                        float from = (float) start.get(i / 20, i % 20);
                        one.set(0, 0, GemmCases.dotF32(a, b, i / 20, i % 20, from, true));
                        assertEquals(one.get(0, 0), c.get(i / 20, i % 20), type + " " + layout);
                        checked++;
                    }
                }
            }
        }
        assertEquals(2 * 4 * 600, checked);
    }

    @Test
    void blocksOfKAreEqual() {
        Map.of(1L, 1, 320L, 320, 321L, 176, 640L, 320, 641L, 224, 784L, 272, 1024L, 256)
                .forEach((k, depth) -> assertEquals(depth, GemmBlocks.depth(k, 320), "k = " + k));
    }
}
