package dev.lanewise.internal.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.DType;
import dev.lanewise.internal.kernel.MapKernel;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Conversions, blends, copies and fills between all dtypes, scalar and with vectors, against plain loops. */
class CastKernelTest {
    private static final int[] SIZES = {0, 1, 2, 3, 7, 8, 9, 15, 16, 17, 33, 64, 65, 1000, 1025, 3000};

    private int checked;

    @Test
    void castsEqualPlainLoops() {
        for (DType from : DType.values()) {
            for (DType to : DType.values()) {
                MapKernel kernel = Kernels.cast(from, to);
                checkCast(kernel instanceof AutoKernel auto ? auto.scalar() : kernel, from, to);
            }
        }
        assertTrue(checked > 100_000, "checked " + checked);
    }

    @Test
    void vectorCastsEqualPlainLoops() {
        assumeTrue(Simd.isOn(), Simd.reason());
        for (DType from : DType.values()) {
            for (DType to : DType.values()) {
                if (from != to) {
                    AutoKernel kernel = (AutoKernel) Kernels.cast(from, to);
                    kernel.warmNow();
                    checkCast(kernel, from, to);
                }
            }
        }
        assertTrue(checked > 100_000, "checked " + checked);
    }

    private void checkCast(MapKernel kernel, DType from, DType to) {
        Random random = new Random(11);
        for (int n : SIZES) {
            int offset = random.nextInt(3);
            for (int step = n == 17 || n == 1025 ? 0 : 1; step <= 1; step++) {
                Elements a = Elements.random(from, step == 0 ? 1 : n, offset, random);
                Elements out = new Elements(to, n + 1, random.nextInt(3));
                run(kernel, n, out, a, step, a, step, a, step);
                Elements expected = new Elements(to, 1, 0);
                for (int i = 0; i < n; i++) {
                    cast(a, i * step, expected);
                    same(expected.bits(0), out, i, () -> from + " to " + to);
                }
                assertEquals(0, out.bits(n), "wrote behind the end");
            }
        }
    }

    private static void cast(Elements from, int i, Elements to) {
        DType type = to.type;
        if (!from.type.isFloatingPoint()) {
            long value = from.getLong(i);
            if (type == DType.FLOAT64) {
                to.set(0, (double) value);
            } else if (type.isFloatingPoint()) {
                to.set(0, (float) value);
            } else {
                to.set(0, value);
            }
            return;
        }
        double value = from.getDouble(i);
        if (type.isFloatingPoint()) {
            to.set(0, value);
        } else if (type == DType.BOOL) {
            to.set(0, value == 0 ? 0L : 1L);
        } else {
            to.set(0, type == DType.INT64 || type == DType.UINT8 ? (long) value : (long) (int) value);
        }
    }

    @Test
    void everyHalfKeepsItsValue() {
        for (DType half : new DType[] {DType.FLOAT16, DType.BFLOAT16}) {
            Elements all = new Elements(half, 1 << 16, 0);
            Elements wide = new Elements(DType.FLOAT32, 1 << 16, 0);
            Elements back = new Elements(half, 1 << 16, 0);
            for (int i = 0; i < 1 << 16; i++) {
                all.setRaw(i, (short) i);
            }
            runForms(half, DType.FLOAT32, all, wide);
            runForms(DType.FLOAT32, half, wide, back);
            Elements expected = new Elements(DType.FLOAT32, 1, 0);
            for (int i = 0; i < 1 << 16; i++) {
                expected.set(0, all.getDouble(i));
                same(expected.bits(0), wide, i, () -> half + " to float32");
                same(all.bits(i), back, i, () -> "float32 to " + half);
            }
        }
        assertEquals(4 << 16, checked);
    }

    @Test
    void floatsBetweenHalvesAreRoundedToEven() {
        for (DType half : new DType[] {DType.FLOAT16, DType.BFLOAT16}) {
            int n = 0;
            Elements near = new Elements(DType.FLOAT32, 6 * 0x7F80, 0);
            for (int bits = 0; bits < (half == DType.FLOAT16 ? 0x7C00 : 0x7F7F); bits++) {
                float low =
                        half == DType.FLOAT16 ? Float.float16ToFloat((short) bits) : Float.intBitsToFloat(bits << 16);
                float up = half == DType.FLOAT16
                        ? bits == 0x7BFF ? 65536 : Float.float16ToFloat((short) (bits + 1))
                        : Float.intBitsToFloat((bits + 1) << 16);
                float middle = (float) (((double) low + up) / 2);
                for (float value : new float[] {Math.nextDown(middle), middle, Math.nextUp(middle)}) {
                    near.set(n++, (double) value);
                    near.set(n++, (double) -value);
                }
            }
            Elements out = new Elements(half, near.n, 0);
            runForms(DType.FLOAT32, half, near, out);
            Elements expected = new Elements(half, 1, 0);
            for (int i = 0; i < n; i++) {
                expected.set(0, near.getDouble(i));
                same(expected.bits(0), out, i, () -> "float32 to " + half);
            }
        }
        assertTrue(checked > 300_000, "checked " + checked);
    }

    /** The scalar form into the result, then the vector form, if there is one; both must leave the same. */
    private static void runForms(DType from, DType to, Elements in, Elements out) {
        AutoKernel kernel = Kernels.cast(from, to) instanceof AutoKernel auto ? auto : null;
        MapKernel scalar = kernel == null ? Kernels.cast(from, to) : kernel.scalar();
        run(scalar, in.n, out, in, 1, in, 1, in, 1);
        if (kernel != null) {
            Elements vectors = new Elements(to, in.n, 0);
            kernel.warmNow();
            run(kernel, in.n, vectors, in, 1, in, 1, in, 1);
            for (int i = 0; i < in.n; i++) {
                if (out.bits(i) != vectors.bits(i)) {
                    assertEquals(out.bits(i), vectors.bits(i), "scalar and vector form of " + from + " to " + to);
                }
            }
        }
    }

    @Test
    void whereTakesBitsUnchanged() {
        for (DType type : DType.values()) {
            MapKernel kernel = Kernels.where(type);
            if (kernel instanceof AutoKernel auto) {
                checkWhere(auto.scalar(), type);
                auto.warmNow();
            }
            checkWhere(kernel, type);
        }
        assertTrue(checked > 50_000, "checked " + checked);
    }

    private void checkWhere(MapKernel kernel, DType type) {
        Random random = new Random(13);
        for (int n : SIZES) {
            for (int form = 7; form >= (n < 100 ? 0 : 7); form--) {
                int sa = form & 1;
                int sb = form >> 1 & 1;
                int sc = form >> 2;
                Elements condition = Elements.random(DType.BOOL, sa == 0 ? 1 : n, random.nextInt(3), random);
                Elements b = Elements.random(type, sb == 0 ? 1 : n, random.nextInt(3), random);
                Elements c = Elements.random(type, sc == 0 ? 1 : n, 0, random);
                Elements out = new Elements(type, n, 1);
                run(kernel, n, out, condition, sa, b, sb, c, sc);
                for (int i = 0; i < n; i++) {
                    boolean first = condition.getLong(sa == 0 ? 0 : i) != 0;
                    same(first ? b.bits(sb == 0 ? 0 : i) : c.bits(sc == 0 ? 0 : i), out, i, () -> "where " + type);
                }
            }
        }
    }

    @Test
    void copiesAndFills() {
        Random random = new Random(17);
        for (DType type : DType.values()) {
            for (int n : new int[] {0, 1, 2, 3, 5, 7, 8, 9, 31, 100, 511, 512, 513, 4095, 4096, 4097, 9000}) {
                for (int step = 0; step <= 1; step++) {
                    Elements a = Elements.random(type, Math.max(1, n), random.nextInt(3), random);
                    Elements out = new Elements(type, n + 1, random.nextInt(3));
                    run(Kernels.copy(type), n, out, a, step, a, step, a, step);
                    for (int i = 0; i < n; i++) {
                        same(a.bits(step == 0 ? 0 : i), out, i, () -> "copy " + type);
                    }
                    assertEquals(0, out.bits(n), "wrote behind the end");
                }
            }
        }
        assertTrue(checked > 100_000, "checked " + checked);
    }

    private void same(long expected, Elements out, int i, Supplier<String> what) {
        if (out.bits(i) != expected) {
            assertEquals(expected, out.bits(i), what.get() + " element " + i + " of " + out.n);
        }
        checked++;
    }

    private static void run(
            MapKernel kernel, int n, Elements out, Elements a, int sa, Elements b, int sb, Elements c, int sc) {
        kernel.run(n, out.segment, out.start, a.segment, a.start, sa, b.segment, b.start, sb, c.segment, c.start, sc);
    }
}
