package dev.lanewise.internal.simd;

import static dev.lanewise.internal.simd.LaneLoop.nat;

import dev.lanewise.DType;
import dev.lanewise.internal.kernel.ScoreKernel;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** The vector form of {@link ScoreKernel}; a template, see {@link LaneLoop}. */
final class ScoreLoop implements ScoreKernel {
    private static final LaneSpec SPEC = LaneSpec.of(MethodHandles.lookup());
    private static final boolean F64 = SPEC.type() == DType.FLOAT64;
    private static final int LANES = SPEC.lanes();
    private static final int SIZE = SPEC.type().byteSize();
    private static final Class<?> LANE = F64 ? double.class : float.class;
    private static final VectorSpecies<?> SPECIES =
            VectorSpecies.of(LANE, VectorShape.forBitSize(LANES * SIZE * Byte.SIZE));
    private static final Class<?> TYPE = SPECIES.vectorType();
    private static final LaneIo IO = SPEC.io();
    private static final ExpLanes MATH = Templates.define(
            MethodHandles.lookup(), F64 ? DoubleExpLanes.class : FloatExpLanes.class, SPEC, ExpLanes.class);

    // Parts of the pad: sums of the columns of some rows, and of these the sums.
    private static final long SUMS = (long) ROWS * GROUP * Long.BYTES;

    ScoreLoop() {}

    @Override
    public void weigh(
            int rows,
            int width,
            double factor,
            MemorySegment scores,
            long at,
            MemorySegment kept,
            long keptAt,
            MemorySegment pad) {
        largest(rows, width, scores, at, kept, keptAt);
        noSums(rows, pad);
        for (int i = 0; i < width; i += STRIP) {
            int n = Math.min(STRIP, width - i);
            for (int lane = 0; lane < GROUP; lane += LANES) {
                long k = at + (long) (i + lane) * SIZE;
                powers(rows, n, scores, k, width, factor, kept, keptAt, pad, (long) lane * SIZE);
            }
            addSums(rows, pad);
        }
        shares(rows, pad, kept, keptAt);
        times(rows, width, scores, at, kept, keptAt);
    }

    private static <E> void largest(int rows, int n, MemorySegment scores, long at, MemorySegment kept, long to) {
        MemorySegment x = nat(scores);
        MemorySegment y = nat(kept);
        for (int row = 0; row < rows; row++) {
            long from = at + (long) row * n * SIZE;
            // Made here: a constant vector that merges with computed ones would keep all of them on the heap.
            Vector<E> a = all(Double.NEGATIVE_INFINITY);
            Vector<E> b = a;
            int i = 0;
            for (; i <= n - 2 * LANES; i += 2 * LANES) {
                long k = from + (long) i * SIZE;
                a = typed(a.max(load(x, k)));
                b = typed(b.max(load(x, k + (long) LANES * SIZE)));
            }
            for (; i < n; i += LANES) {
                a = typed(a.max(load(x, from + (long) i * SIZE)));
            }
            set(y, to + 2L * row * SIZE, most(typed(a.max(b))));
        }
    }

    private static <E> double most(Vector<E> lanes) {
        return F64
                ? ((DoubleVector) TYPE.cast(lanes)).reduceLanes(VectorOperators.MAX)
                : ((FloatVector) TYPE.cast(lanes)).reduceLanes(VectorOperators.MAX);
    }

    /** Makes powers of scores, of every GROUP as many as a vector has, and writes their sums. */
    private static <E> void powers(
            int rows,
            int n,
            MemorySegment scores,
            long at,
            int width,
            double factor,
            MemorySegment kept,
            long keptAt,
            MemorySegment pad,
            long to) {
        MemorySegment x = nat(scores);
        MemorySegment y = nat(kept);
        MemorySegment z = nat(pad);
        Vector<E> times = all(factor);
        for (int row = 0; row < rows; row++) {
            long from = at + (long) row * width * SIZE;
            Vector<E> shift = all(get(y, keptAt + 2L * row * SIZE));
            Vector<E> sum = all(0);
            for (int i = 0; i < n; i += GROUP) {
                long k = from + (long) i * SIZE;
                Vector<E> s = load(x, k);
                Vector<E> power = typed(MATH.exp(typed(typed(s.sub(shift)).mul(times))));
                IO.store(power, x, k);
                sum = typed(sum.add(power));
            }
            IO.store(sum, z, to + (long) row * GROUP * SIZE);
        }
    }

    private static <E> void times(int rows, int n, MemorySegment scores, long at, MemorySegment kept, long keptAt) {
        MemorySegment x = nat(scores);
        MemorySegment y = nat(kept);
        for (int row = 0; row < rows; row++) {
            long from = at + (long) row * n * SIZE;
            Vector<E> share = all(get(y, keptAt + (2L * row + 1) * SIZE));
            for (int i = 0; i < n; i += LANES) {
                long k = from + (long) i * SIZE;
                Vector<E> power = load(x, k);
                IO.store(typed(power.mul(share)), x, k);
            }
        }
    }

    @Override
    public void soften(
            int rows,
            int width,
            double factor,
            MemorySegment scores,
            long at,
            MemorySegment change,
            long changeAt,
            MemorySegment kept,
            long keptAt,
            MemorySegment pad) {
        again(rows, width, factor, scores, at, kept, keptAt);
        noSums(rows, pad);
        for (int i = 0; i < width; i += STRIP) {
            int n = Math.min(STRIP, width - i);
            for (int lane = 0; lane < GROUP; lane += LANES) {
                long k = (long) (i + lane) * SIZE;
                products(rows, n, scores, at + k, width, change, changeAt + k, pad, (long) lane * SIZE);
            }
            addSums(rows, pad);
        }
        slopes(rows, width, factor, scores, at, change, changeAt, pad);
    }

    /** Makes weights of scores. */
    private static <E> void again(
            int rows, int n, double factor, MemorySegment scores, long at, MemorySegment kept, long keptAt) {
        MemorySegment x = nat(scores);
        MemorySegment y = nat(kept);
        Vector<E> times = all(factor);
        for (int row = 0; row < rows; row++) {
            long from = at + (long) row * n * SIZE;
            Vector<E> shift = all(get(y, keptAt + 2L * row * SIZE));
            Vector<E> share = all(get(y, keptAt + (2L * row + 1) * SIZE));
            for (int i = 0; i < n; i += LANES) {
                long k = from + (long) i * SIZE;
                Vector<E> s = load(x, k);
                Vector<E> power = typed(MATH.exp(typed(typed(s.sub(shift)).mul(times))));
                IO.store(typed(power.mul(share)), x, k);
            }
        }
    }

    private static <E> void products(
            int rows,
            int n,
            MemorySegment scores,
            long at,
            int width,
            MemorySegment change,
            long changeAt,
            MemorySegment pad,
            long to) {
        MemorySegment x = nat(scores);
        MemorySegment g = nat(change);
        MemorySegment z = nat(pad);
        for (int row = 0; row < rows; row++) {
            long begin = (long) row * width * SIZE;
            Vector<E> sum = all(0);
            for (int i = 0; i < n; i += GROUP) {
                long k = begin + (long) i * SIZE;
                Vector<E> weight = load(x, at + k);
                sum = typed(sum.add(typed(weight.mul(load(g, changeAt + k)))));
            }
            IO.store(sum, z, to + (long) row * GROUP * SIZE);
        }
    }

    private static <E> void slopes(
            int rows,
            int n,
            double factor,
            MemorySegment scores,
            long at,
            MemorySegment change,
            long changeAt,
            MemorySegment pad) {
        MemorySegment x = nat(scores);
        MemorySegment g = nat(change);
        MemorySegment z = nat(pad);
        Vector<E> times = all(factor);
        for (int row = 0; row < rows; row++) {
            long begin = (long) row * n * SIZE;
            Vector<E> shift = all(z.get(ValueLayout.JAVA_DOUBLE, SUMS + (long) row * Double.BYTES));
            for (int i = 0; i < n; i += LANES) {
                long k = begin + (long) i * SIZE;
                Vector<E> up = load(g, changeAt + k);
                Vector<E> slope = typed(typed(up.sub(shift)).mul(load(x, at + k)));
                IO.store(typed(slope.mul(times)), g, changeAt + k);
            }
        }
    }

    private static void noSums(int rows, MemorySegment pad) {
        MemorySegment x = nat(pad);
        for (int row = 0; row < rows; row++) {
            x.set(ValueLayout.JAVA_DOUBLE, SUMS + (long) row * Double.BYTES, 0);
        }
    }

    /** Adds the sums of each row's columns, as a tree of halves does. */
    private static void addSums(int rows, MemorySegment pad) {
        MemorySegment x = nat(pad);
        for (int row = 0; row < rows; row++) {
            int i = row * GROUP;
            double sum = quarter(x, i) + quarter(x, i + 2) + (quarter(x, i + 1) + quarter(x, i + 3));
            long to = SUMS + (long) row * Double.BYTES;
            x.set(ValueLayout.JAVA_DOUBLE, to, x.get(ValueLayout.JAVA_DOUBLE, to) + sum);
        }
    }

    private static double quarter(MemorySegment pad, int i) {
        return element(pad, i) + element(pad, i + 8) + (element(pad, i + 4) + element(pad, i + 12));
    }

    private static double element(MemorySegment pad, int i) {
        return get(pad, (long) i * SIZE);
    }

    private static void shares(int rows, MemorySegment pad, MemorySegment kept, long to) {
        MemorySegment x = nat(pad);
        MemorySegment y = nat(kept);
        for (int row = 0; row < rows; row++) {
            set(y, to + (2L * row + 1) * SIZE, 1 / x.get(ValueLayout.JAVA_DOUBLE, SUMS + (long) row * Double.BYTES));
        }
    }

    private static double get(MemorySegment from, long at) {
        return F64 ? from.get(ValueLayout.JAVA_DOUBLE, at) : from.get(ValueLayout.JAVA_FLOAT, at);
    }

    private static void set(MemorySegment to, long at, double value) {
        if (F64) {
            to.set(ValueLayout.JAVA_DOUBLE, at, value);
        } else {
            to.set(ValueLayout.JAVA_FLOAT, at, (float) value);
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E> Vector<E> all(double value) {
        Object lanes;
        if (F64) {
            lanes = DoubleVector.broadcast((VectorSpecies<Double>) SPECIES, value);
        } else {
            lanes = FloatVector.broadcast((VectorSpecies<Float>) SPECIES, (float) value);
        }
        return (Vector<E>) TYPE.cast(lanes);
    }

    @SuppressWarnings("unchecked")
    private static <E> Vector<E> typed(Vector<E> lanes) {
        return (Vector<E>) TYPE.cast(lanes);
    }

    @SuppressWarnings("unchecked")
    private static <E> Vector<E> load(MemorySegment x, long at) {
        return (Vector<E>) TYPE.cast(IO.load(x, at));
    }
}
