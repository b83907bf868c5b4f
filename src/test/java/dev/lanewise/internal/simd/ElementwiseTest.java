package dev.lanewise.internal.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.DType;
import dev.lanewise.internal.kernel.Elementwise;
import dev.lanewise.internal.kernel.MapKernel;
import dev.lanewise.internal.kernel.Operand;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The driver over operands of all layouts, against a walk by multi-index. */
class ElementwiseTest {
    private static final long[][] SHAPES = {
        {},
        {1},
        {7},
        {1, 1},
        {3, 5},
        {0, 3},
        {64, 65},
        {2, 3, 4, 5},
        {1, 1000},
        {1000, 1},
        {33, 1, 17},
        {5, 40, 3},
        {3, 2100},
        {40, 33, 2}
    };
    private static final long[][] LARGE = {{700, 401}, {300_000}, {131_073, 3}};

    private final Random random = new Random(5);
    private int checked;

    /** An operand of some layout in its memory. */
    private record Strided(Elements elements, long[] strides) {
        Operand operand() {
            return new Operand(elements.segment, elements.start, elements.type, strides);
        }
    }

    /** What the kernel does to one element. */
    private interface Reference {
        void compute(Elements out, Elements a, long i, Elements b, long j, Elements c, long k);
    }

    @Test
    void addOfAllWidths() {
        for (DType type : new DType[] {DType.FLOAT32, DType.FLOAT64, DType.BFLOAT16, DType.INT8, DType.INT64}) {
            Reference add = (out, a, i, b, j, c, k) -> {
                if (type.isFloatingPoint()) {
                    out.set(0, a.getDouble(i) + b.getDouble(j));
                } else {
                    out.set(0, a.getLong(i) + b.getLong(j));
                }
            };
            checkAll(() -> Kernels.binary(TestOps.ADD, type), add, type, type, type);
        }
        assertTrue(checked > 100_000, "checked " + checked);
    }

    @Test
    void operandsOfDifferentWidths() {
        Reference less = (out, a, i, b, j, c, k) -> out.set(0, a.getDouble(i) < b.getDouble(j) ? 1L : 0L);
        checkAll(() -> Kernels.compare(TestOps.LT, DType.FLOAT64), less, DType.BOOL, DType.FLOAT64, DType.FLOAT64);
        Reference where = (out, a, i, b, j, c, k) -> out.set(0, a.getLong(i) != 0 ? b.getDouble(j) : c.getDouble(k));
        DType f32 = DType.FLOAT32;
        checkAll(() -> Kernels.where(f32), where, f32, DType.BOOL, f32, f32);
        Reference cast = (out, a, i, b, j, c, k) -> out.set(0, (double) (float) a.getLong(i));
        checkAll(() -> Kernels.cast(DType.INT64, f32), cast, f32, DType.INT64);
        assertTrue(checked > 100_000, "checked " + checked);
    }

    @Test
    void copiesOfAllWidths() {
        for (DType type : new DType[] {DType.UINT8, DType.INT16, DType.INT32, DType.INT64}) {
            Reference copy = (out, a, i, b, j, c, k) -> out.set(0, a.getLong(i));
            checkAll(() -> Kernels.copy(type), copy, type, type);
        }
        assertTrue(checked > 100_000, "checked " + checked);
    }

    @Test
    void threeInputs() {
        Reference clamp = (out, a, i, b, j, c, k) ->
                out.set(0, TestOps.CLAMP.scalar(a.getDouble(i), b.getDouble(j), c.getDouble(k)));
        DType f32 = DType.FLOAT32;
        checkAll(() -> Kernels.ternary(TestOps.CLAMP, f32), clamp, f32, f32, f32, f32);
        assertTrue(checked > 100_000, "checked " + checked);
    }

    @Test
    void resultMayBeAnInput() {
        for (long[] shape : SHAPES) {
            for (boolean warm : new boolean[] {false, true}) {
                Strided a = strided(DType.FLOAT32, shape, false);
                Strided b = strided(DType.FLOAT32, shape, true);
                Elements before = new Elements(DType.FLOAT32, a.elements.n, 0);
                for (int i = 0; i < before.n; i++) {
                    before.set(i, a.elements.getDouble(i));
                }
                MapKernel kernel = Kernels.binary(TestOps.ADD, DType.FLOAT32);
                Elementwise.run(warm ? TestOps.warmNow(kernel) : kernel, shape, a.operand(), a.operand(), b.operand());
                Elements expected = new Elements(DType.FLOAT32, 1, 0);
                walk(shape, index -> {
                    long at = at(index, a.strides);
                    expected.set(0, before.getDouble(at) + b.elements.getDouble(at(index, b.strides)));
                    assertEquals(expected.bits(0), a.elements.bits(at));
                    checked++;
                });
            }
        }
        assertTrue(checked > 10_000, "checked " + checked);
    }

    private void checkAll(Supplier<MapKernel> maker, Reference reference, DType out, DType... in) {
        MapKernel cold = maker.get();
        MapKernel warm = TestOps.warmNow(maker.get());
        for (int round = 0; round < 6; round++) {
            for (long[] shape : SHAPES) {
                check(round % 2 == 0 ? cold : warm, reference, shape, out, in);
            }
        }
        check(cold, reference, LARGE[random.nextInt(LARGE.length)], out, in);
    }

    private void check(MapKernel kernel, Reference reference, long[] shape, DType outType, DType... in) {
        Strided out = strided(outType, shape, false);
        Strided[] inputs = new Strided[in.length];
        Operand[] operands = new Operand[in.length];
        for (int i = 0; i < in.length; i++) {
            inputs[i] = strided(in[i], shape, true);
            operands[i] = inputs[i].operand();
        }
        Elementwise.run(kernel, shape, out.operand(), operands);
        Strided a = inputs[0];
        Strided b = inputs[Math.min(1, in.length - 1)];
        Strided c = inputs[in.length - 1];
        Elements expected = new Elements(outType, 1, 0);
        walk(shape, index -> {
            reference.compute(
                    expected,
                    a.elements,
                    at(index, a.strides),
                    b.elements,
                    at(index, b.strides),
                    c.elements,
                    at(index, c.strides));
            long bits = out.elements.bits(at(index, out.strides));
            if (bits != expected.bits(0)) {
                assertEquals(
                        expected.bits(0),
                        bits,
                        "at " + Arrays.toString(index) + " of " + Arrays.toString(shape) + ", strides "
                                + Arrays.toString(out.strides) + Arrays.toString(a.strides) + Arrays.toString(b.strides)
                                + Arrays.toString(c.strides));
            }
            checked++;
        });
    }

    /** Contiguous, or with permuted dimensions, gaps between elements, and (of inputs) dimensions that are expanded. */
    private Strided strided(DType type, long[] shape, boolean input) {
        int kind = random.nextInt(input ? 5 : 4);
        List<Integer> order = new ArrayList<>();
        for (int d = shape.length - 1; d >= 0; d--) {
            order.add(d);
        }
        if (kind == 1 || kind == 3) {
            Collections.shuffle(order, random);
        }
        long[] strides = new long[shape.length];
        long next = 1;
        for (int d : order) {
            if (kind == 4 && random.nextBoolean()) {
                continue;
            }
            next *= kind == 2 || kind == 3 && random.nextBoolean() ? 2 : 1;
            strides[d] = next;
            next *= Math.max(1, shape[d]);
        }
        return new Strided(Elements.random(type, (int) next, random.nextInt(3), random), strides);
    }

    private interface Visitor {
        void visit(long[] index);
    }

    private static void walk(long[] shape, Visitor visitor) {
        long[] index = new long[shape.length];
        long numel = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        for (long i = 0; i < numel; i++) {
            visitor.visit(index);
            for (int d = shape.length - 1; d >= 0 && ++index[d] == shape[d]; d--) {
                index[d] = 0;
            }
        }
    }

    private static long at(long[] index, long[] strides) {
        long at = 0;
        for (int d = 0; d < index.length; d++) {
            at += index[d] * strides[d];
        }
        return at;
    }
}
