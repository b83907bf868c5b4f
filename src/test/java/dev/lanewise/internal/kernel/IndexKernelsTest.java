package dev.lanewise.internal.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.DType;
import dev.lanewise.IndexException;
import java.lang.foreign.Arena;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IndexKernelsTest {
    private static final long[] SHAPE = {4, 3, 5};

    @ParameterizedTest
    @EnumSource(DType.class)
    void gathersAlongEveryDimension(DType type) {
        SplittableRandom random = new SplittableRandom(1);
        int checked = 0;
        try (Arena arena = Arena.ofShared()) {
            for (int dim = 0; dim < 3; dim++) {
                for (boolean transposed : new boolean[] {false, true}) {
                    Operand in = tensor(arena, type, transposed, SHAPE);
                    long[] shape = SHAPE.clone();
                    shape[dim] = 7;
                    Operand index = positions(arena, random, !transposed, shape, SHAPE[dim]);
                    Operand out = tensor(arena, type, transposed, shape);
                    IndexKernels.gather(shape, in, dim, index, out);
                    for (long i = 0; i < numel(shape); i++) {
                        long[] at = index(i, shape);
                        long[] source = at.clone();
                        source[dim] = (long) get(index, at);
                        assertEquals(get(in, source), get(out, at));
                        checked++;
                    }
                }
            }
        }
        assertTrue(checked > 400, "too few");
    }

    @ParameterizedTest
    @EnumSource(DType.class)
    void addsAlongEveryDimension(DType type) {
        SplittableRandom random = new SplittableRandom(2);
        try (Arena arena = Arena.ofShared()) {
            for (int dim = 0; dim < 3; dim++) {
                for (boolean transposed : new boolean[] {false, true}) {
                    long[] shape = SHAPE.clone();
                    shape[dim] = 7;
                    Operand source = tensor(arena, type, transposed, shape);
                    Operand index = positions(arena, random, transposed, shape, SHAPE[dim]);
                    Operand out = tensor(arena, type, !transposed, SHAPE);
                    IndexKernels.fill(out, SHAPE, 0);
                    ScatterKernels.scatter(Combine.ADD, shape, source, dim, index, out);
                    double[] sums = new double[(int) numel(SHAPE)];
                    for (long i = 0; i < numel(shape); i++) {
                        long[] at = index(i, shape);
                        double value = get(source, at);
                        at[dim] = (long) get(index, at);
                        sums[(int) position(at, SHAPE)] += value;
                    }
                    for (int i = 0; i < sums.length; i++) {
                        double expected = type == DType.BOOL ? Math.min(1, sums[i]) : sums[i];
                        assertEquals(expected, get(out, index(i, SHAPE)));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(DType.class)
    void fillsAnyStrides(DType type) {
        try (Arena arena = Arena.ofShared()) {
            for (boolean transposed : new boolean[] {false, true}) {
                Operand out = tensor(arena, type, transposed, SHAPE);
                IndexKernels.fill(out, SHAPE, 1);
                for (long i = 0; i < numel(SHAPE); i++) {
                    assertEquals(1.0, get(out, index(i, SHAPE)));
                }
                long[] column = {4, 3};
                long[] strides = {out.strides()[0], out.strides()[1]};
                Operand part = new Operand(out.segment(), out.byteOffset(), type, strides);
                IndexKernels.fill(part, column, 0);
                for (long i = 0; i < numel(SHAPE); i++) {
                    long[] at = index(i, SHAPE);
                    assertEquals(at[2] == 0 ? 0.0 : 1.0, get(out, at));
                }
            }
            IndexKernels.fill(tensor(arena, type, false, 0, 3), new long[] {0, 3}, 1);
        }
    }

    @Test
    void theFirstPositionOutOfRangeIsNamed() {
        try (Arena arena = Arena.ofShared()) {
            long[] shape = {3, 40_000};
            for (long bad : new long[] {-1, 3, Long.MIN_VALUE, Long.MAX_VALUE}) {
                Operand index = tensor(arena, DType.INT64, false, shape);
                IndexKernels.fill(index, shape, 0);
                IndexKernels.check(shape, index, 0, 3, value -> new IndexException("none is outside"));
                Elements.setLong(DType.INT64, index.segment(), offset(index, new long[] {1, 7}), bad);
                Elements.setLong(DType.INT64, index.segment(), offset(index, new long[] {2, 39_999}), 99);
                IndexException error = assertThrows(
                        IndexException.class,
                        () -> IndexKernels.check(shape, index, 0, 3, value -> new IndexException("got " + value)));
                assertEquals("got " + bad, error.getMessage());
            }
        }
    }

    private static Operand tensor(Arena arena, DType type, boolean transposed, long... shape) {
        long[] strides = new long[shape.length];
        long step = 1;
        for (int i = 0; i < shape.length; i++) {
            int dim = transposed ? i : shape.length - 1 - i;
            strides[dim] = step;
            step *= shape[dim];
        }
        Operand made = new Operand(arena.allocate((step + 3) << type.shift(), 64), 3L << type.shift(), type, strides);
        for (long i = 0; i < numel(shape); i++) {
            long[] at = index(i, shape);
            Elements.setDouble(type, made.segment(), offset(made, at), (double) (type == DType.BOOL ? i % 2 : i % 11));
        }
        return made;
    }

    private static Operand positions(
            Arena arena, SplittableRandom random, boolean transposed, long[] shape, long size) {
        Operand made = tensor(arena, DType.INT64, transposed, shape);
        for (long i = 0; i < numel(shape); i++) {
            Elements.setLong(DType.INT64, made.segment(), offset(made, index(i, shape)), random.nextLong(size));
        }
        return made;
    }

    private static long offset(Operand x, long[] index) {
        long at = 0;
        for (int dim = 0; dim < index.length; dim++) {
            at += index[dim] * x.strides()[dim];
        }
        return x.byteOffset() + (at << x.dtype().shift());
    }

    private static double get(Operand x, long[] index) {
        return Elements.getDouble(x.dtype(), x.segment(), offset(x, index));
    }

    private static long numel(long... shape) {
        long n = 1;
        for (long size : shape) {
            n *= size;
        }
        return n;
    }

    private static long position(long[] index, long[] shape) {
        long at = 0;
        for (int dim = 0; dim < shape.length; dim++) {
            at = at * shape[dim] + index[dim];
        }
        return at;
    }

    private static long[] index(long position, long[] shape) {
        long[] index = new long[shape.length];
        long rest = position;
        for (int dim = shape.length - 1; dim >= 0; dim--) {
            index[dim] = rest % shape[dim];
            rest /= shape[dim];
        }
        return index;
    }
}
