package dev.lanewise.internal.gemm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.DType;
import dev.lanewise.DTypeException;
import dev.lanewise.internal.gemm.GemmCases.Case;
import dev.lanewise.internal.gemm.GemmCases.Layout;
import dev.lanewise.internal.kernel.Elements;
import dev.lanewise.internal.parallel.Parallel;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GemmTest {
    private static final Set<DType> ALL = EnumSet.complementOf(EnumSet.of(DType.BOOL));

    private final int before = Parallel.threads();

    @AfterEach
    void restoreThreads() {
        Parallel.setThreads(before);
    }

    @ParameterizedTest
    @EnumSource(value = DType.class, mode = EnumSource.Mode.EXCLUDE, names = "BOOL")
    void smallSizesInAllLayouts(DType type) {
        long[] sizes = {1, 2, 3, 5, 8, 13, 17};
        int checked = 0;
        try (Arena arena = Arena.ofShared()) {
            for (Layout layout : Layout.values()) {
                for (long m : sizes) {
                    for (long n : sizes) {
                        for (long k : sizes) {
                            checked += check(arena, type, m, n, k, layout, Layout.values()[(int) (n % 4)], k % 2 == 0);
                        }
                    }
                }
            }
        }
        assertEquals(4 * 7 * 49 * 49, checked);
    }

    @ParameterizedTest
    @EnumSource(value = DType.class, mode = EnumSource.Mode.EXCLUDE, names = "BOOL")
    void sizesAroundTheBlocks(DType type) {
        long[][] sizes = {
            {11, 31, 383},
            {12, 32, 384},
            {13, 33, 385},
            {24, 64, 769},
            {49, 65, 257},
            {47, 513, 40},
            {100, 511, 20},
            {1, 600, 400},
            {600, 1, 400},
            {1, 1, 1000},
            {2, 1025, 70},
            {700, 3, 30},
        };
        try (Arena arena = Arena.ofShared()) {
            for (long[] size : sizes) {
                for (Layout layout : Layout.values()) {
                    Layout other = Layout.values()[(layout.ordinal() + (int) size[0]) % 4];
                    check(arena, type, size[0], size[1], size[2], layout, other, layout.ordinal() % 2 == 0);
                }
            }
        }
    }

    private static int check(
            Arena arena, DType type, long m, long n, long k, Layout layout, Layout other, boolean accumulate) {
        Case a = GemmCases.matrix(arena, type, m, k, layout, 1);
        Case b = GemmCases.matrix(arena, type, k, n, other, 2);
        Case c = GemmCases.matrix(arena, type, m, n, Layout.values()[(layout.ordinal() + 1) % 4], 3);
        Case start = GemmCases.matrix(arena, type, m, n, Layout.ROWS, 3);
        GemmCases.multiply(type, a, b, c, accumulate);
        Case expected = GemmCases.matrix(arena, type, 1, 1, Layout.ROWS, 4);
        int checked = 0;
        for (long row = 0; row < m; row++) {
            for (long col = 0; col < n; col++) {
                // Exact in double; float and double sums of so few multiples of 2^-12 are exact too.
                double sum = GemmCases.dot(a, b, row, col) + (accumulate ? start.get(row, col) : 0);
                if (type.isFloatingPoint()) {
                    expected.set(0, 0, sum);
                } else {
                    Elements.setLong(type, expected.matrix().segment(), 0, (long) sum);
                }
                String where =
                        type + " " + m + "x" + n + "x" + k + " " + layout + "," + other + " at " + row + "," + col;
                assertEquals(expected.get(0, 0), c.get(row, col), where);
                checked++;
            }
        }
        return checked;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void sumsAreFormedInTheDocumentedOrder(boolean accumulate) {
        long[][] sizes = {{3, 4, 5}, {30, 70, 900}, {1, 40, 1000}, {40, 1, 1000}, {13, 3, 385}, {200, 150, 150}};
        try (Arena arena = Arena.ofShared()) {
            for (long[] size : sizes) {
                for (DType type : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
                    Case a = GemmCases.rough(arena, type, size[0], size[2], Layout.COLUMNS, 5);
                    Case b = GemmCases.rough(arena, type, size[2], size[1], Layout.ROWS, 6);
                    Case c = GemmCases.rough(arena, type, size[0], size[1], Layout.ROWS, 7);
                    Case start = GemmCases.rough(arena, type, size[0], size[1], Layout.ROWS, 7);
                    GemmCases.multiply(type, a, b, c, accumulate);
                    for (long row = 0; row < size[0]; row++) {
                        for (long col = 0; col < size[1]; col++) {
                            double from = start.get(row, col);
                            double expected = type == DType.FLOAT32
                                    ? GemmCases.dotF32(a, b, row, col, (float) from, accumulate)
                                    : GemmCases.dotF64(a, b, row, col, from, accumulate);
                            assertEquals(expected, c.get(row, col), type + " at " + row + "," + col);
                        }
                    }
                }
            }
        }
    }

    @Test
    void theNumberOfThreadsDoesNotChangeBits() {
        int compared = 0;
        try (Arena arena = Arena.ofShared()) {
            for (DType type : ALL) {
                for (long[] size : new long[][] {{300, 200, 500}, {1, 1500, 700}, {1500, 1, 700}, {30, 1100, 200}}) {
                    Case a = GemmCases.rough(arena, type, size[0], size[2], Layout.ROWS, 1);
                    Case b = GemmCases.rough(arena, type, size[2], size[1], Layout.COLUMNS, 2);
                    Case c = GemmCases.rough(arena, type, size[0], size[1], Layout.ROWS, 3);
                    long one = 0;
                    for (int threads = 1; threads <= 3; threads++) {
                        Parallel.setThreads(threads);
                        GemmCases.multiply(type, a, b, c, false);
                        one = threads == 1 ? c.bits() : one;
                        assertEquals(one, c.bits(), type + " with " + threads + " threads");
                        compared++;
                    }
                }
            }
        }
        assertEquals(9 * 4 * 3, compared);
    }

    @ParameterizedTest
    @EnumSource(value = DType.class, mode = EnumSource.Mode.EXCLUDE, names = "BOOL")
    void emptySizes(DType type) {
        try (Arena arena = Arena.ofShared()) {
            for (long[] size : new long[][] {{3, 4, 0}, {1, 4, 0}, {4, 1, 0}, {100, 90, 0}}) {
                for (Layout layout : Layout.values()) {
                    Case a = GemmCases.matrix(arena, type, size[0], 0, layout, 1);
                    Case b = GemmCases.matrix(arena, type, 0, size[1], layout, 2);
                    Case c = GemmCases.matrix(arena, type, size[0], size[1], layout, 3);
                    long untouched = c.bits();
                    GemmCases.multiply(type, a, b, c, true);
                    assertEquals(untouched, c.bits(), "adding nothing");
                    GemmCases.multiply(type, a, b, c, false);
                    for (long row = 0; row < size[0]; row++) {
                        for (long col = 0; col < size[1]; col++) {
                            assertEquals(0.0, c.get(row, col));
                        }
                    }
                }
            }
            Case none = GemmCases.matrix(arena, type, 0, 5, Layout.ROWS, 1);
            Case some = GemmCases.matrix(arena, type, 5, 5, Layout.ROWS, 1);
            GemmCases.multiply(type, none, some, none, false);
            Gemm.gemm(type, 5, 0, 5, some.matrix(), none.matrix(), none.matrix(), false);
        }
    }

    @Test
    void specialValuesGoThrough() {
        try (Arena arena = Arena.ofShared()) {
            for (DType type : new DType[] {DType.FLOAT32, DType.FLOAT64, DType.FLOAT16, DType.BFLOAT16}) {
                for (long size : new long[] {4, 40}) {
                    Case a = GemmCases.matrix(arena, type, size, size, Layout.ROWS, 1);
                    Case b = GemmCases.matrix(arena, type, size, size, Layout.ROWS, 2);
                    Case c = GemmCases.matrix(arena, type, size, size, Layout.ROWS, 3);
                    for (long p = 0; p < size; p++) {
                        b.set(p, 1, 1);
                        b.set(p, 2, 0);
                    }
                    a.set(0, 1, Double.NaN);
                    a.set(1, 1, Double.POSITIVE_INFINITY);
                    GemmCases.multiply(type, a, b, c, false);
                    assertEquals(Double.NaN, c.get(0, 1));
                    assertEquals(Double.POSITIVE_INFINITY, c.get(1, 1));
                    assertEquals(Double.NaN, c.get(1, 2), "infinity times zero");
                    assertEquals(0.0, c.get(2, 2));
                }
            }
        }
    }

    @Test
    void onlyTheResultIsWritten() {
        try (Arena arena = Arena.ofShared()) {
            for (Layout layout : Layout.values()) {
                Case a = GemmCases.matrix(arena, DType.INT8, 20, 20, layout, 1);
                Case c = GemmCases.matrix(arena, DType.INT8, 20, 20, layout, 2);
                GemmCases.multiply(DType.INT8, a, a, c, false);
                for (long row = 0; row < 20; row++) {
                    for (long col = 0; col < 20; col++) {
                        c.set(row, col, -1);
                    }
                }
                byte[] bytes = c.matrix().segment().toArray(ValueLayout.JAVA_BYTE);
                for (byte b : bytes) {
                    assertEquals(-1, b, "written outside of " + layout);
                }
            }
        }
    }

    @Test
    void batches() {
        try (Arena arena = Arena.ofShared()) {
            for (DType type : ALL) {
                for (long[] size : new long[][] {{2, 3, 4}, {20, 30, 40}}) {
                    long m = size[0];
                    long n = size[1];
                    long k = size[2];
                    // Batch [3, 2]; B is the same along the first dimension, A along the second.
                    Case a = GemmCases.matrix(arena, type, 3 * m, k, Layout.ROWS, 1);
                    Case b = GemmCases.matrix(arena, type, 2 * k, n, Layout.ROWS, 2);
                    Case c = GemmCases.matrix(arena, type, 6 * m, n, Layout.ROWS, 3);
                    Gemm.batched(
                            type,
                            new long[] {3, 2},
                            m,
                            n,
                            k,
                            a.matrix(),
                            new long[] {m * k, 0},
                            b.matrix(),
                            new long[] {0, k * n},
                            c.matrix(),
                            new long[] {2 * m * n, m * n},
                            false);
                    for (long index = 0; index < 6; index++) {
                        Case one = GemmCases.matrix(arena, type, m, n, Layout.ROWS, 4);
                        Matrix ai = a.matrix().shifted(index / 2 * m * k, type.shift());
                        Matrix bi = b.matrix().shifted(index % 2 * k * n, type.shift());
                        Gemm.gemm(type, m, n, k, ai, bi, one.matrix(), false);
                        for (long row = 0; row < m; row++) {
                            for (long col = 0; col < n; col++) {
                                assertEquals(one.get(row, col), c.get(index * m + row, col), type + " index " + index);
                            }
                        }
                    }
                }
            }
        }
    }

    @Test
    void truthValuesAreRefused() {
        try (Arena arena = Arena.ofShared()) {
            Case a = GemmCases.matrix(arena, DType.BOOL, 2, 2, Layout.ROWS, 1);
            DTypeException error =
                    assertThrows(DTypeException.class, () -> GemmCases.multiply(DType.BOOL, a, a, a, false));
            assertEquals("matmul: the dtype must be numeric, got bool.", error.getMessage());
        }
    }
}
