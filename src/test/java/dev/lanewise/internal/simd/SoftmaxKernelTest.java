package dev.lanewise.internal.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.DType;
import dev.lanewise.internal.kernel.Elements;
import dev.lanewise.internal.kernel.SoftmaxKernel;
import dev.lanewise.internal.kernel.SoftmaxStrips;
import dev.lanewise.internal.math.DoubleExp;
import dev.lanewise.internal.math.FloatExp;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The vector kernels of softmax give the bits of the scalar ones, and write nothing beside their rows. */
class SoftmaxKernelTest {
    private static final int[] SIZES = {
        1, 2, 7, 8, 9, 15, 16, 17, 23, 31, 32, 33, 47, 48, 63, 70, 255, 511, 513, 1000, 1023, 1024, 1025, 1039, 1040,
        2049, 4100
    };
    private static final int MARGIN = 5;
    /** More than the rows that take turns. */
    private static final int ROWS = 6;

    private final SplittableRandom random = new SplittableRandom(11);

    @Test
    void vectorsGiveTheBitsOfTheScalarForm() {
        assumeTrue(Simd.isOn(), Simd.reason());
        int checked = 0;
        for (DType type : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
            for (SoftmaxKernel.Kind kind : SoftmaxKernel.Kind.values()) {
                SoftmaxSlot slot = new SoftmaxSlot(kind, type);
                slot.useAtOnce();
                for (int n : SIZES) {
                    checked += check(slot.get(), new SoftmaxStrips(kind, type), type, n, false);
                    checked += check(slot.get(), new SoftmaxStrips(kind, type), type, n, true);
                }
            }
        }
        assertEquals(2 * 4 * 2 * SIZES.length, checked);
    }

    private int check(SoftmaxKernel vectors, SoftmaxKernel scalar, DType type, int n, boolean inPlace) {
        try (Arena arena = Arena.ofConfined()) {
            int size = type.byteSize();
            long row = (long) (n + MARGIN) * size;
            long bytes = row * ROWS + 64;
            MemorySegment a = arena.allocate(bytes, 64);
            MemorySegment b = arena.allocate(bytes, 64);
            MemorySegment pad = arena.allocate(SoftmaxKernel.PAD, 64);
            fill(a, type, n);
            fill(b, type, n);
            negate(b, type);
            MemorySegment expected = arena.allocate(bytes, 64).copyFrom(a);
            MemorySegment found = arena.allocate(bytes, 64).copyFrom(a);
            scalar.run(ROWS, n, a, size, row, b, 0, row, expected, size, row, pad);
            vectors.run(ROWS, n, inPlace ? found : a, size, row, b, 0, row, found, size, row, pad);
            for (long i = 0; i < bytes / size; i++) {
                assertEquals(bits(expected, type, i), bits(found, type, i), type + " " + n + " at " + i);
            }
        }
        return 1;
    }

    /** Rows of both signs, of one sign, and with infinity and NaN. */
    private void fill(MemorySegment x, DType type, int n) {
        long count = x.byteSize() / type.byteSize();
        int special = random.nextInt(n);
        for (long i = 0; i < count; i++) {
            long row = (i - 1) / (n + MARGIN);
            double value = (random.nextDouble() - 0.5) * 40;
            if (row == 1 || row == 4) {
                value = -Math.abs(value) - 1;
            }
            if ((i - 1) % (n + MARGIN) == special) {
                value = row == 2 ? Double.NaN : row == 3 ? Double.NEGATIVE_INFINITY : row == 4 ? -0.0 : value;
            }
            Elements.setDouble(type, x, i * type.byteSize(), value);
        }
    }

    /** Logarithms of softmax are at most 0. */
    private static void negate(MemorySegment x, DType type) {
        for (long at = 0; at < x.byteSize(); at += type.byteSize()) {
            Elements.setDouble(type, x, at, -Math.abs(Elements.getDouble(type, x, at)));
        }
    }

    /** All NaNs count as one. */
    private static long bits(MemorySegment x, DType type, long i) {
        return type == DType.FLOAT64
                ? Double.doubleToLongBits(x.get(ValueLayout.JAVA_DOUBLE, i * Double.BYTES))
                : Float.floatToIntBits(x.get(ValueLayout.JAVA_FLOAT, i * Float.BYTES));
    }

    @Test
    void negativeNaNIsSeen() {
        assumeTrue(Simd.isOn(), Simd.reason());
        SoftmaxSlot slot = new SoftmaxSlot(SoftmaxKernel.Kind.SOFTMAX, DType.FLOAT32);
        slot.useAtOnce();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment x = arena.allocate(4 * 40, 64);
            x.set(ValueLayout.JAVA_INT, 4 * 35, 0xFFC00000);
            MemorySegment pad = arena.allocate(SoftmaxKernel.PAD, 64);
            slot.get().run(1, 40, x, 0, 0, x, 0, 0, x, 0, 0, pad);
            for (int i = 0; i < 40; i++) {
                assertTrue(Float.isNaN(x.get(ValueLayout.JAVA_FLOAT, 4L * i)), "at " + i);
            }
        }
    }

    @Test
    void exponentialsUpToZeroAreThoseOfExp() {
        int checked = 0;
        for (float x = 0; x > -120; x -= 0.00371f) {
            float below = FloatExp.expBelow(x);
            float expected = FloatExp.exp(x);
            assertTrue(below == expected || below < expected && expected < 2 * Float.MIN_NORMAL, "at " + x);
            checked++;
        }
        for (double x = 0; x > -800; x -= 0.0271) {
            double below = DoubleExp.expBelow(x);
            double expected = DoubleExp.exp(x);
            assertTrue(below == expected || below < expected && expected < 2 * Double.MIN_NORMAL, "at " + x);
            checked++;
        }
        assertTrue(checked > 50_000, "checked " + checked);
        assertEquals(0, FloatExp.expBelow(Float.NEGATIVE_INFINITY));
        assertEquals(0, DoubleExp.expBelow(Double.NEGATIVE_INFINITY));
        assertTrue(Float.isNaN(FloatExp.expBelow(Float.NaN)) && Double.isNaN(DoubleExp.expBelow(Double.NaN)));
    }
}
