package dev.lanewise.internal.simd;

import dev.lanewise.DType;
import dev.lanewise.internal.kernel.Scratch;
import dev.lanewise.internal.kernel.SoftmaxKernel;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;
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
    private static final Class<?> LANE = F64 ? double.class : float.class;
    private static final VectorSpecies<?> SPECIES =
            VectorSpecies.of(LANE, VectorShape.forBitSize(LANES * SIZE * Byte.SIZE));
    private static final Class<?> TYPE = SPECIES.vectorType();
    private static final Class<?> BIT_LANE = F64 ? long.class : int.class;
    private static final VectorSpecies<?> BITS =
            VectorSpecies.of(BIT_LANE, VectorShape.forBitSize(LANES * SIZE * Byte.SIZE));
    private static final Class<?> BITS_TYPE = BITS.vectorType();
    private static final Vector<?> PLACES = SPECIES.broadcast(0).addIndex(1);
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
        int rest = n - whole;
        if (rest > 0) {
            takeRest(n, rest, x, ao, FORWARD ? Double.NEGATIVE_INFINITY : 0, scratch, 0);
        }
        if (rest > 0 && !FORWARD) {
            takeRest(n, rest, y, bo, 0, scratch, B_PAD);
        }
        double largest = FORWARD ? largest(x, ao, whole, scratch, rest) : 0;
        clear(scratch);
        double sum = 0;
        // The rest is a strip before the others; a second call would make the method too large to be inlined whole.
        int i = rest > 0 ? -GROUP : 0;
        while (i < whole) {
            boolean ends = i < 0;
            long k = (long) i * SIZE;
            columns(
                    ends ? GROUP : Math.min(STRIP, whole - i),
                    ends ? scratch : x,
                    ends ? 0 : ao + k,
                    ends ? scratch : y,
                    ends ? B_PAD : bo + k,
                    ends ? scratch : to,
                    ends ? OUT_PAD : oo + k,
                    largest,
                    scratch);
            i += ends ? GROUP : STRIP;
            if (!ends || whole == 0) {
                sum += tree(scratch);
                clear(scratch);
            }
        }
        double last = SOFTMAX ? 1 / sum : LOG ? Math.log(sum) : sum;
        finish(whole, x, ao, y, bo, to, oo, largest, last);
        if (rest > 0) {
            finish(GROUP, scratch, 0, scratch, B_PAD, scratch, OUT_PAD, largest, last);
            giveRest(n, rest, scratch, to, oo);
        }
    }

    /** Copies the elements behind the last whole group into the last columns of the pad, another value into the first. */
    private static void takeRest(int n, int rest, MemorySegment x, long at, double other, MemorySegment pad, long to) {
        if (n >= GROUP) {
            readBack(rest, x, at + (long) (n - GROUP) * SIZE, other, pad, to);
            return;
        }
        for (int i = 0; i < GROUP; i += LANES) {
            IO.store(all(other), pad, to + (long) i * SIZE);
        }
        MemorySegment.copy(x, at, pad, to + (long) (GROUP - rest) * SIZE, (long) rest * SIZE);
    }

    private static void giveRest(int n, int rest, MemorySegment pad, MemorySegment out, long at) {
        if (n >= GROUP) {
            writeBack(rest, pad, out, at + (long) (n - GROUP) * SIZE);
        } else {
            MemorySegment.copy(pad, OUT_PAD + (long) (GROUP - rest) * SIZE, out, at, (long) rest * SIZE);
        }
    }

    private static <E> void readBack(int rest, MemorySegment x, long at, double other, MemorySegment pad, long to) {
        x = nat(x);
        pad = nat(pad);
        for (int lane = 0; lane < GROUP; lane += LANES) {
            Vector<E> lanes = load(x, at + (long) lane * SIZE);
            Vector<E> others = all(other);
            IO.store(typed(others.blend(lanes, from(GROUP - rest - lane))), pad, to + (long) lane * SIZE);
        }
    }

    private static <E> void writeBack(int rest, MemorySegment pad, MemorySegment out, long at) {
        pad = nat(pad);
        out = nat(out);
        for (int lane = 0; lane < GROUP; lane += LANES) {
            Vector<E> before = load(out, at + (long) lane * SIZE);
            Vector<E> lanes = load(pad, OUT_PAD + (long) lane * SIZE);
            IO.store(typed(before.blend(lanes, from(GROUP - rest - lane))), out, at + (long) lane * SIZE);
        }
    }

    /** The lanes from one on. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E> VectorMask<E> from(int lane) {
        Vector<E> lanes = (Vector<E>) TYPE.cast(PLACES);
        return lanes.compare(VectorOperators.GE, all(lane));
    }

    /**
     * The largest element: as integers, floats of sign + are in order, those of sign - in reverse. NaN may be left out: the sum
     * finds it.
     */
    private static <B> double largest(MemorySegment x, long at, int n, MemorySegment pad, int rest) {
        x = nat(x);
        pad = nat(pad);
        Vector<B> top = allBits(F64 ? Long.MIN_VALUE : Integer.MIN_VALUE);
        Vector<B> low = allBits(
                F64
                        ? Double.doubleToRawLongBits(Double.NEGATIVE_INFINITY)
                        : Float.floatToRawIntBits(Float.NEGATIVE_INFINITY));
        for (int i = 0; i < n; i += LANES) {
            Vector<B> lanes = bits(x, at + (long) i * SIZE);
            top = typedBits(top.max(lanes));
            low = typedBits(low.min(lanes));
        }
        for (int lane = 0; rest > 0 && lane < GROUP; lane += LANES) {
            Vector<B> lanes = bits(pad, (long) lane * SIZE);
            top = typedBits(top.max(lanes));
            low = typedBits(low.min(lanes));
        }
        return largest(top, low);
    }

    private static <B> double largest(Vector<B> top, Vector<B> low) {
        if (F64) {
            long bits = ((LongVector) BITS_TYPE.cast(top)).reduceLanes(VectorOperators.MAX);
            return Double.longBitsToDouble(
                    bits >= 0 ? bits : ((LongVector) BITS_TYPE.cast(low)).reduceLanes(VectorOperators.MIN));
        }
        int bits = ((IntVector) BITS_TYPE.cast(top)).reduceLanes(VectorOperators.MAX);
        return Float.intBitsToFloat(
                bits >= 0 ? bits : ((IntVector) BITS_TYPE.cast(low)).reduceLanes(VectorOperators.MIN));
    }

    private static void clear(MemorySegment pad) {
        for (int lane = 0; lane < GROUP; lane += LANES) {
            IO.store(all(0), pad, SUMS + (long) lane * SIZE);
        }
    }

    /** Adds a strip to the sums of the columns; the exponentials of softmax become its result for now. */
    private static void columns(
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
    }

    private static double tree(MemorySegment pad) {
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
        Vector<E> sum = load(pad, to);
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

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <B> Vector<B> allBits(long value) {
        Object lanes;
        if (F64) {
            lanes = LongVector.broadcast((VectorSpecies<Long>) BITS, value);
        } else {
            lanes = IntVector.broadcast((VectorSpecies<Integer>) BITS, (int) value);
        }
        return (Vector<B>) BITS_TYPE.cast(lanes);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <B> Vector<B> bits(MemorySegment x, long at) {
        Object lanes;
        if (F64) {
            lanes = ((DoubleVector) TYPE.cast(load(x, at))).reinterpretAsLongs();
        } else {
            lanes = ((FloatVector) TYPE.cast(load(x, at))).reinterpretAsInts();
        }
        return (Vector<B>) BITS_TYPE.cast(lanes);
    }

    @SuppressWarnings("unchecked")
    private static <B> Vector<B> typedBits(Vector<B> lanes) {
        return (Vector<B>) BITS_TYPE.cast(lanes);
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
