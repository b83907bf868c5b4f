package dev.lanewise.internal.iter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.internal.shape.Shapes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StridedIterTest {
    private static final Comparator<long[]> BY_VALUES = Arrays::compare;

    /** One tuple of byte offsets per element, found by a plain odometer over the unsorted shape. */
    private static List<long[]> odometer(long[] shape, long[][] strides) {
        List<long[]> tuples = new ArrayList<>();
        long numel = Shapes.numel(shape);
        long[] index = new long[shape.length];
        for (long i = 0; i < numel; i++) {
            long[] tuple = new long[strides.length];
            for (int k = 0; k < strides.length; k++) {
                for (int d = 0; d < shape.length; d++) {
                    tuple[k] += index[d] * strides[k][d];
                }
            }
            tuples.add(tuple);
            for (int d = shape.length - 1; d >= 0 && ++index[d] == shape[d]; d--) {
                index[d] = 0;
            }
        }
        return tuples;
    }

    private static List<long[]> walked(StridedIter iter, long from, long to) {
        List<long[]> tuples = new ArrayList<>();
        iter.forRuns(from, to, (offsets, n) -> {
            assertTrue(n >= 1 && n <= iter.innerSize(), "a run of " + n);
            for (long i = 0; i < n; i++) {
                long[] tuple = new long[iter.operands()];
                for (int k = 0; k < tuple.length; k++) {
                    tuple[k] = offsets[k] + i * iter.innerStride(k);
                }
                tuples.add(tuple);
            }
        });
        return tuples;
    }

    private static void assertSame(List<long[]> expected, List<long[]> actual, String what) {
        assertEquals(expected.size(), actual.size(), what);
        for (int i = 0; i < expected.size(); i++) {
            assertArrayEquals(expected.get(i), actual.get(i), what);
        }
    }

    /** Checks that every element comes once, and that all splits and gathered strips agree with the whole walk. */
    private static void check(long[] shape, long[][] strides) {
        String what = Arrays.toString(shape) + " " + Arrays.deepToString(strides);
        StridedIter iter = StridedIter.of(shape, strides);
        List<long[]> expected = odometer(shape, strides);
        assertEquals(expected.size(), iter.numel(), what);
        List<long[]> all = walked(iter, 0, iter.numel());
        List<long[]> sorted = new ArrayList<>(all);
        sorted.sort(BY_VALUES);
        expected.sort(BY_VALUES);
        assertSame(expected, sorted, what);
        int n = all.size();
        for (int from = 0; from <= n; from++) {
            for (int to = from; to <= n; to++) {
                assertSame(all.subList(from, to), walked(iter, from, to), what + " from " + from + " to " + to);
                checkOffsets(iter, all, from, to, what);
            }
        }
    }

    private static void checkOffsets(StridedIter iter, List<long[]> all, int from, int to, String what) {
        for (int k = 0; k < iter.operands(); k++) {
            long[] out = new long[to - from + 1];
            out[to - from] = -7;
            iter.offsets(k, from, to - from, out);
            assertEquals(-7, out[to - from], "written past the end: " + what);
            for (int i = from; i < to; i++) {
                assertEquals(all.get(i)[k], out[i - from], what + " operand " + k + " at " + i);
            }
        }
    }

    /** A random layout of the shape: permuted, with gaps, expanded here and there. */
    private static long[] randomStrides(Random random, long[] shape) {
        List<Integer> order = new ArrayList<>();
        for (int d = 0; d < shape.length; d++) {
            order.add(random.nextInt(order.size() + 1), d);
        }
        long[] strides = new long[shape.length];
        long step = 4L << random.nextInt(2);
        for (int d : order) {
            strides[d] = random.nextInt(5) == 0 ? 0 : step;
            step *= Math.max(shape[d], 1) + (random.nextInt(4) == 0 ? 1 : 0);
        }
        return strides;
    }

    @Test
    void everyElementComesOnceForRandomLayoutsAndAllSplits() {
        Random random = new Random(1);
        for (int round = 0; round < 1500; round++) {
            long[] shape = new long[random.nextInt(5)];
            for (int d = 0; d < shape.length; d++) {
                shape[d] = random.nextInt(40) == 0 ? 0 : 1 + random.nextInt(shape.length > 3 ? 3 : 4);
            }
            long[][] strides = new long[1 + random.nextInt(4)][];
            for (int k = 0; k < strides.length; k++) {
                boolean contiguous = random.nextInt(3) == 0;
                strides[k] = contiguous ? Shapes.contiguousStrides(shape) : randomStrides(random, shape);
            }
            check(shape, strides);
        }
    }

    @Test
    void contiguousOperandsAreOneRun() {
        StridedIter iter = StridedIter.of(new long[] {2, 1, 3, 5}, new long[][] {{60, 9, 20, 4}, {120, 7, 40, 8}});
        assertTrue(iter.isSingleRun());
        assertEquals(30, iter.innerSize());
        assertEquals(4, iter.innerStride(0));
        assertEquals(8, iter.innerStride(1));
    }

    @Test
    void transposedOperandsOfOneLayoutAreOneRun() {
        StridedIter iter = StridedIter.of(new long[] {3, 4, 5}, new long[][] {{4, 60, 12}, {4, 60, 12}, {0, 0, 0}});
        assertEquals(1, iter.rank());
        assertEquals(60, iter.innerSize());
        assertEquals(0, iter.innerStride(2));
    }

    @Test
    void theOutputDecidesTheOrder() {
        // the output is row-major, the input transposed: rows of the output are the runs
        StridedIter iter = StridedIter.of(new long[] {3, 5}, new long[][] {{20, 4}, {4, 12}});
        assertEquals(2, iter.rank());
        assertEquals(5, iter.innerSize());
        assertEquals(4, iter.innerStride(0));
        assertEquals(12, iter.innerStride(1));
        assertEquals(3, iter.size(1));
        assertEquals(20, iter.stride(0, 1));
    }

    @Test
    void anExpandedOutputLeavesTheOrderToTheNextOperand() {
        StridedIter iter = StridedIter.of(new long[] {3, 5}, new long[][] {{0, 0}, {4, 12}});
        assertEquals(1, iter.rank());
        assertEquals(4, iter.innerStride(1));
    }

    @Test
    void zeroDimensionalIsOneElement() {
        StridedIter iter = StridedIter.of(new long[0], new long[][] {{}, {}});
        assertEquals(1, iter.numel());
        assertEquals(1, iter.innerSize());
        assertTrue(iter.isSingleRun());
        List<long[]> tuples = walked(iter, 0, 1);
        assertEquals(1, tuples.size());
        assertArrayEquals(new long[2], tuples.get(0));
    }

    @Test
    void emptyCallsNothing() {
        StridedIter iter = StridedIter.of(new long[] {3, 0, 2}, new long[][] {{8, 8, 4}});
        assertEquals(0, iter.numel());
        assertEquals(0, iter.innerSize());
        assertTrue(walked(iter, 0, 0).isEmpty());
    }

    @Test
    void shortRunsReuseOneOffsetArray() {
        StridedIter iter = StridedIter.of(new long[] {100, 2}, new long[][] {{12, 4}});
        long[][] seen = new long[1][];
        int[] runs = new int[1];
        iter.forRuns(1, 199, (offsets, n) -> {
            assertTrue(seen[0] == null || seen[0] == offsets);
            seen[0] = offsets;
            runs[0]++;
        });
        assertEquals(100, runs[0]);
    }

    @Test
    void aStripAcrossAMillionShortRuns() {
        long outer = 1_000_000;
        StridedIter iter = StridedIter.of(new long[] {outer, 2}, new long[][] {{16, 4}});
        long[] out = new long[1024];
        long checked = 0;
        for (long from = 0; from < iter.numel(); from += 1024) {
            int count = (int) Math.min(1024, iter.numel() - from);
            iter.offsets(0, from, count, out);
            for (int i = 0; i < count; i++) {
                long position = from + i;
                if (out[i] != position / 2 * 16 + position % 2 * 4) {
                    assertEquals(position / 2 * 16 + position % 2 * 4, out[i], "position " + position);
                }
                checked++;
            }
        }
        assertEquals(2 * outer, checked);
    }
}
