package dev.lanewise.internal.simd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.DType;
import dev.lanewise.internal.kernel.Operand;
import dev.lanewise.internal.kernel.PoolGrid;
import dev.lanewise.internal.kernel.Pools;
import dev.lanewise.internal.kernel.WindowLoops;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Pools of floats in bands, scalar and with vectors, against those that take one element at a time. */
class WindowLoopTest {
    private static final long PLANES = 3;
    private static final float[] SPECIAL = {
        Float.NaN, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, -0.0f, 0.0f, 1, 1
    };

    private final Random random = new Random(7);
    private final WindowLoops vectors = Simd.isOn() ? new WindowLanes.Slot().copy() : null;

    private record Results(int[] bits, long[] positions) {}

    @Test
    void randomWindows() {
        int dilated = 0;
        for (int i = 0; i < 400; i++) {
            int dims = 1 + random.nextInt(3);
            long[][] g = new long[6][dims];
            for (int d = 0; d < dims; d++) {
                g[0][d] = 1L + random.nextInt(d == dims - 1 ? 70 : 12);
                g[2][d] = 1L + random.nextInt(4);
                g[3][d] = 1L + random.nextInt(4);
                g[5][d] = 1L + random.nextInt(2);
                g[4][d] = random.nextLong(g[2][d] / 2 + 1);
                long room = g[0][d] + 2 * g[4][d] - (g[2][d] - 1) * g[5][d] - 1;
                g[1][d] = room < 0 ? 0 : room / g[3][d] + 1;
                dilated += g[5][d] == 2 && g[1][d] > 0 ? 1 : 0;
            }
            check(PoolGrid.windows(g[0], g[1], g[2], g[3], g[4], g[5]), "windows " + Arrays.deepToString(g));
        }
        assertTrue(dilated > 50, dilated + " were dilated");
    }

    @Test
    void planesOfSeveralBands() {
        long[][] sizes = {{300, 400}, {2, 70_000}, {1000, 33}};
        for (long[] in : sizes) {
            for (long stride = 1; stride <= 3; stride++) {
                long[] out = {(in[0] - 2) / stride + 1, (in[1] - 2 + 2) / stride + 1};
                long[] two = {2, 2};
                PoolGrid grid = PoolGrid.windows(
                        in, out, two, new long[] {stride, stride}, new long[] {0, 1}, new long[] {1, 1});
                check(grid, Arrays.toString(in) + " by " + stride);
            }
        }
    }

    private void check(PoolGrid grid, String what) {
        PoolGrid oneByOne = new PoolGrid(grid.in(), grid.start(), grid.end(), grid.step(), grid.count(), null);
        float[] x = new float[(int) (PLANES * grid.inPlaces())];
        for (int i = 0; i < x.length; i++) {
            x[i] = random.nextInt(4) == 0 ? SPECIAL[random.nextInt(SPECIAL.length)] : random.nextInt(9) - 4;
        }
        Results expected = max(null, oneByOne, x, true);
        for (WindowLoops loops : new WindowLoops[] {null, vectors}) {
            Results got = max(loops, grid, x, true);
            assertArrayEquals(expected.bits(), got.bits(), what);
            assertArrayEquals(expected.positions(), got.positions(), what);
            assertArrayEquals(expected.bits(), max(loops, grid, x, false).bits(), what);
        }
        if (!Arrays.equals(grid.step(), new long[] {1, 1, 1})) {
            return; // means have no dilation
        }
        for (int i = 0; i < x.length; i++) {
            x[i] = random.nextFloat();
        }
        int[] sums = mean(oneByOne, x, null);
        int[] scalar = mean(grid, x, null);
        for (int i = 0; i < sums.length; i++) {
            float wanted = Float.intBitsToFloat(sums[i]);
            assertEquals(wanted, Float.intBitsToFloat(scalar[i]), 2e-6 * wanted, what);
        }
        assertArrayEquals(scalar, mean(grid, x, vectors), what);
    }

    private static Results max(WindowLoops loops, PoolGrid grid, float[] x, boolean withPositions) {
        int n = (int) (PLANES * grid.outPlaces());
        Operand values = operand(DType.FLOAT32, n);
        Operand positions = withPositions ? operand(DType.INT64, n) : null;
        Pools.max(loops, PLANES, grid, operand(x), values, positions);
        return new Results(
                bits(values, n),
                positions == null
                        ? null
                        : positions.segment().asSlice(0, 8L * n).toArray(ValueLayout.JAVA_LONG));
    }

    private static int[] mean(PoolGrid grid, float[] x, WindowLoops loops) {
        int n = (int) (PLANES * grid.outPlaces());
        Operand out = operand(DType.FLOAT32, n);
        Pools.mean(loops, PLANES, grid, new Pools.Divisor(false, 0), operand(x), out);
        return bits(out, n);
    }

    /** The bits, of which those of NaN are all the same. */
    private static int[] bits(Operand out, int n) {
        float[] values = out.segment().asSlice(0, 4L * n).toArray(ValueLayout.JAVA_FLOAT);
        int[] bits = new int[n];
        for (int i = 0; i < n; i++) {
            bits[i] = Float.floatToIntBits(values[i]);
        }
        return bits;
    }

    private static Operand operand(float[] x) {
        Operand out = operand(DType.FLOAT32, x.length);
        MemorySegment.copy(x, 0, out.segment(), ValueLayout.JAVA_FLOAT, 0, x.length);
        return out;
    }

    private static Operand operand(DType type, long n) {
        return new Operand(Arena.ofAuto().allocate(Math.max(1, n * type.byteSize()), 64), 0, type, new long[] {1});
    }
}
