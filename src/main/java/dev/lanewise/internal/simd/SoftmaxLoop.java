package dev.lanewise.internal.simd;

import dev.lanewise.DType;
import dev.lanewise.internal.kernel.Scratch;
import dev.lanewise.internal.kernel.SoftmaxKernel;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** The vector form of {@link SoftmaxKernel}, for one kind; a template, see {@link LaneLoop}. */
final class SoftmaxLoop implements SoftmaxKernel {
    private static final LoopSpec SPEC = LoopSpec.of(MethodHandles.lookup());
    private static final Kind KIND = (Kind) SPEC.op();
    private static final boolean SOFTMAX = KIND == Kind.SOFTMAX;
    private static final boolean LOG = KIND == Kind.LOG_SOFTMAX;
    private static final boolean GRAD = KIND == Kind.SOFTMAX_GRAD;
    private static final boolean FORWARD = SOFTMAX || LOG;
    private static final boolean F64 = SPEC.in().type() == DType.FLOAT64;
    private static final int LANES = SPEC.in().lanes();
    private static final int SIZE = SPEC.in().type().byteSize();
    private static final int BYTES = LANES * SIZE;
    private static final Class<?> LANE = F64 ? double.class : float.class;
    private static final VectorSpecies<?> SPECIES =
            VectorSpecies.of(LANE, VectorShape.forBitSize(LANES * SIZE * Byte.SIZE));
    private static final Class<?> TYPE = SPECIES.vectorType();
    private static final LaneIo IO = SPEC.in().io();
    private static final ExpLanes MATH = Templates.define(
            MethodHandles.lookup(), F64 ? DoubleExpLanes.class : FloatExpLanes.class, SPEC.in(), ExpLanes.class);
    // Parts of the pad: the rests of both inputs and the result, and the sums of the columns.
    private static final long B_PAD = (long) GROUP * Long.BYTES;
    private static final long OUT_PAD = 2 * B_PAD;
    private static final long SUMS = 3 * B_PAD;

    SoftmaxLoop() {}

    @Override
    public void run(
            int n, MemorySegment a, long ao, MemorySegment b, long bo, MemorySegment out, long oo, MemorySegment pad) {
        MemorySegment x = nat(a);
        MemorySegment y = nat(b);
        MemorySegment to = nat(out);
        MemorySegment scratch = nat(pad);
        int whole = n & -GROUP;
        long end = (long) whole * SIZE;
        int rest = n - whole;
        if (rest > 0) {
            padWith(FORWARD ? Double.NEGATIVE_INFINITY : 0, scratch);
            MemorySegment.copy(x, ao + end, scratch, 0, (long) rest * SIZE);
            MemorySegment.copy(y, bo + end, scratch, B_PAD, (long) rest * SIZE);
        }
        double largest = FORWARD ? largest(x, ao, whole, scratch, rest) : 0;
        double sum = 0;
        for (int i = 0; i < whole; i += STRIP) {
            long k = (long) i * SIZE;
            sum += sum(Math.min(STRIP, whole - i), x, ao + k, y, bo + k, to, oo + k, largest, scratch);
        }
        if (rest > 0) {
            sum += sum(GROUP, scratch, 0, scratch, B_PAD, scratch, OUT_PAD, largest, scratch);
        }
        double last = SOFTMAX ? 1 / sum : LOG ? Math.log(sum) : sum;
        finish(whole, x, ao, y, bo, to, oo, largest, last);
        if (rest > 0) {
            finish(GROUP, scratch, 0, scratch, B_PAD, scratch, OUT_PAD, largest, last);
            MemorySegment.copy(scratch, OUT_PAD, to, oo + end, (long) rest * SIZE);
        }
    }

    private static void padWith(double value, MemorySegment scratch) {
        MemorySegment pad = nat(scratch);
        for (int i = 0; i < GROUP; i += LANES) {
            IO.store(all(value), pad, (long) i * SIZE);
            IO.store(all(0), pad, B_PAD + (long) i * SIZE);
        }
    }

    private static <E> double largest(MemorySegment x, long at, int n, MemorySegment pad, int rest) {
        x = nat(x);
        pad = nat(pad);
        // Made here: a constant vector that merges with computed ones would keep all of them on the heap.
        Vector<E> a = all(Double.NEGATIVE_INFINITY);
        Vector<E> b = a;
        Vector<E> c = a;
        Vector<E> d = a;
        int i = 0;
        for (; i <= n - 4 * LANES; i += 4 * LANES) {
            long k = at + (long) i * SIZE;
            a = typed(a.max(load(x, k)));
            b = typed(b.max(load(x, k + BYTES)));
            c = typed(c.max(load(x, k + 2L * BYTES)));
            d = typed(d.max(load(x, k + 3L * BYTES)));
        }
        for (; i < n; i += LANES) {
            a = typed(a.max(load(x, at + (long) i * SIZE)));
        }
        for (int lane = 0; rest > 0 && lane < GROUP; lane += LANES) {
            b = typed(b.max(load(pad, (long) lane * SIZE)));
        }
        return most(typed(typed(a.max(b)).max(typed(c.max(d)))));
    }

    private static <E> double most(Vector<E> lanes) {
        return F64
                ? ((DoubleVector) TYPE.cast(lanes)).reduceLanes(VectorOperators.MAX)
                : ((FloatVector) TYPE.cast(lanes)).reduceLanes(VectorOperators.MAX);
    }

    /** The sum of a strip; the exponentials of softmax become its result for now. */
    private static double sum(
            int n,
            MemorySegment a,
            long ao,
            MemorySegment b,
            long bo,
            MemorySegment out,
            long oo,
            double largest,
            MemorySegment pad) {
        for (int lane = 0; lane < GROUP; lane += LANES) {
            long k = (long) lane * SIZE;
            column(n, a, ao + k, b, bo + k, out, oo + k, largest, pad, SUMS + k);
        }
        return quarter(pad, 0) + quarter(pad, 2) + (quarter(pad, 1) + quarter(pad, 3));
    }

    /** The columns i, i + 8, i + 4 and i + 12, as a tree of halves adds them. */
    private static double quarter(MemorySegment pad, int i) {
        return at(pad, i) + at(pad, i + 8) + (at(pad, i + 4) + at(pad, i + 12));
    }

    private static double at(MemorySegment pad, int i) {
        long k = SUMS + (long) i * SIZE;
        return F64 ? pad.get(ValueLayout.JAVA_DOUBLE, k) : pad.get(ValueLayout.JAVA_FLOAT, k);
    }

    private static <E> void column(
            int n,
            MemorySegment a,
            long ao,
            MemorySegment b,
            long bo,
            MemorySegment out,
            long oo,
            double largest,
            MemorySegment pad,
            long to) {
        a = nat(a);
        b = nat(b);
        out = nat(out);
        pad = nat(pad);
        Vector<E> shift = all(largest);
        Vector<E> sum = all(0);
        for (int i = 0; i < n; i += GROUP) {
            long k = (long) i * SIZE;
            Vector<E> x = load(a, ao + k);
            if (FORWARD) {
                x = typed(MATH.exp(typed(x.sub(shift))));
            } else if (GRAD) {
                x = typed(x.mul(load(b, bo + k)));
            }
            if (SOFTMAX) {
                IO.store(x, out, oo + k);
            }
            sum = typed(sum.add(x));
        }
        IO.store(sum, pad, to);
    }

    private static <E> void finish(
            int n,
            MemorySegment a,
            long ao,
            MemorySegment b,
            long bo,
            MemorySegment out,
            long oo,
            double largest,
            double last) {
        a = nat(a);
        b = nat(b);
        out = nat(out);
        Vector<E> shift = all(largest);
        Vector<E> second = all(last);
        for (int i = 0; i < n; i += LANES) {
            long k = (long) i * SIZE;
            if (SOFTMAX) {
                Vector<E> x = load(out, oo + k);
                IO.store(typed(x.mul(second)), out, oo + k);
            } else if (LOG) {
                Vector<E> x = load(a, ao + k);
                IO.store(typed(x.sub(shift).sub(second)), out, oo + k);
            } else if (GRAD) {
                Vector<E> x = load(a, ao + k);
                Vector<E> y = load(b, bo + k);
                IO.store(typed(x.sub(second).mul(y)), out, oo + k);
            } else {
                Vector<E> x = load(a, ao + k);
                Vector<E> y = load(b, bo + k);
                IO.store(typed(x.sub(typed(MATH.exp(y)).mul(second))), out, oo + k);
            }
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

    // The casts tell C2 the exact class: JDK 21 makes objects of the vectors otherwise once it has seen other widths
    // too.
    @SuppressWarnings("unchecked")
    private static <E> Vector<E> typed(Vector<E> lanes) {
        return (Vector<E>) TYPE.cast(lanes);
    }

    @SuppressWarnings("unchecked")
    private static <E> Vector<E> load(MemorySegment x, long at) {
        return (Vector<E>) TYPE.cast(IO.load(x, at));
    }

    private static MemorySegment nat(MemorySegment segment) {
        if (segment.getClass() != Scratch.NATIVE) {
            throw LaneLoop.notNative(segment);
        }
        return segment;
    }
}
