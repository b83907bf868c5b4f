package dev.lanewise.internal.simd;

import dev.lanewise.DType;
import dev.lanewise.internal.kernel.Elements;
import dev.lanewise.internal.kernel.Operand;
import java.lang.foreign.Arena;
import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import java.util.SplittableRandom;
import jdk.incubator.vector.Vector;

/** Tensors in all layouts, and reductions of the tests' own. */
final class ReduceCases {
    private ReduceCases() {}

    /** How a tensor lies in memory. */
    enum Layout {
        CONTIGUOUS,
        TRANSPOSED,
        STEPPED,
        OFFSET,
        EXPANDED
    }

    /** What the reductions of these tests have in common. */
    abstract static class Base implements LaneReduce {
        @Override
        public MethodHandles.Lookup lookup() {
            return MethodHandles.lookup();
        }
    }

    static final class Sum extends Base {
        @Override
        public double identity() {
            return 0;
        }

        @Override
        public double combine(double a, double b) {
            return a + b;
        }

        @Override
        public long combine(long a, long b) {
            return a + b;
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> a, Vector<E> b) {
            return a.add(b);
        }
    }

    static final class Product extends Base {
        @Override
        public double identity() {
            return 1;
        }

        @Override
        public double combine(double a, double b) {
            return a * b;
        }

        @Override
        public long combine(long a, long b) {
            return a * b;
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> a, Vector<E> b) {
            return a.mul(b);
        }
    }

    static final class Largest extends Base {
        @Override
        public double identity() {
            return Double.NEGATIVE_INFINITY;
        }

        @Override
        public double combine(double a, double b) {
            return Math.max(a, b);
        }

        @Override
        public long combine(long a, long b) {
            return Math.max(a, b);
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> a, Vector<E> b) {
            return a.max(b);
        }
    }

    static final class Smallest extends Base {
        @Override
        public double identity() {
            return Double.POSITIVE_INFINITY;
        }

        @Override
        public double combine(double a, double b) {
            return Math.min(a, b);
        }

        @Override
        public long combine(long a, long b) {
            return Math.min(a, b);
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> a, Vector<E> b) {
            return a.min(b);
        }
    }

    static final LaneReduce SUM = new Sum();
    static final LaneReduce PRODUCT = new Product();
    static final LaneReduce MAX = new Largest();
    static final LaneReduce MIN = new Smallest();

    /** A tensor: an operand and its shape. */
    record Case(long[] shape, Operand operand) {
        long offset(long... index) {
            long at = 0;
            for (int dim = 0; dim < index.length; dim++) {
                at += index[dim] * operand.strides()[dim];
            }
            return operand.byteOffset() + (at << operand.dtype().shift());
        }

        double get(long... index) {
            return Elements.getDouble(operand.dtype(), operand.segment(), offset(index));
        }

        long getLong(long... index) {
            return Elements.getLong(operand.dtype(), operand.segment(), offset(index));
        }

        void set(double value, long... index) {
            Elements.setDouble(operand.dtype(), operand.segment(), offset(index), value);
        }

        /** The bits of all elements in row-major order; all NaNs count as one. */
        long bits() {
            long hash = 1;
            for (long i = 0; i < numel(shape); i++) {
                long[] index = index(i, shape);
                boolean floating = operand.dtype().isFloatingPoint();
                hash = hash * 31 + (floating ? Double.doubleToLongBits(get(index)) : getLong(index));
            }
            return hash;
        }
    }

    static long numel(long... shape) {
        long n = 1;
        for (long size : shape) {
            n *= size;
        }
        return n;
    }

    /** The multi-index of a row-major position. */
    static long[] index(long position, long[] shape) {
        long[] index = new long[shape.length];
        long rest = position;
        for (int dim = shape.length - 1; dim >= 0; dim--) {
            index[dim] = rest % shape[dim];
            rest /= shape[dim];
        }
        return index;
    }

    /** A tensor without values; what lies around its elements is -1 in all bits. */
    static Case empty(Arena arena, DType type, Layout layout, long... shape) {
        long[] strides = new long[shape.length];
        long step = layout == Layout.STEPPED ? 2 : 1;
        for (int i = 0; i < shape.length; i++) {
            int dim = layout == Layout.TRANSPOSED ? i : shape.length - 1 - i;
            boolean still = layout == Layout.EXPANDED && dim == 0;
            strides[dim] = still ? 0 : step;
            step *= still ? 1 : shape[dim];
            step += layout == Layout.OFFSET ? 3 : 0;
        }
        long start = layout == Layout.OFFSET ? 5 : 0;
        long bytes = (start + step + 1) << type.shift();
        Operand operand = new Operand(arena.allocate(bytes, 64).fill((byte) -1), start << type.shift(), type, strides);
        return new Case(shape, operand);
    }

    /** Values that round when summed, of mixed sign and size; small integers. */
    static Case random(Arena arena, DType type, Layout layout, long seed, long... shape) {
        Case made = empty(arena, type, layout, shape);
        SplittableRandom random = new SplittableRandom(seed);
        for (long i = 0; i < numel(shape); i++) {
            double value = type.isFloatingPoint()
                    ? (random.nextDouble() - 0.4) * Math.scalb(1.0, random.nextInt(6))
                    : type == DType.BOOL || type == DType.UINT8 ? random.nextInt(0, 2) : random.nextInt(-100, 101);
            made.set(value, index(i, shape));
        }
        return made;
    }

    /** The shape without some dimensions. */
    static long[] kept(long[] shape, int... dims) {
        long[] kept = shape.clone();
        for (int dim : dims) {
            kept[dim] = -1;
        }
        return Arrays.stream(kept).filter(size -> size >= 0).toArray();
    }

    /** Reduces into a new tensor of the given dtype. */
    static Case reduce(Arena arena, LaneReduce op, Case in, DType type, int... dims) {
        Case out = empty(arena, type, Layout.CONTIGUOUS, kept(in.shape(), dims));
        Reductions.reduce(op, in.shape(), in.operand(), dims, out.operand());
        return out;
    }
}
