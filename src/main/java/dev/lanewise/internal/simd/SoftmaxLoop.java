package dev.lanewise.internal.simd;

import static dev.lanewise.internal.simd.LaneLoop.nat;

import dev.lanewise.DType;
import dev.lanewise.internal.kernel.SoftmaxKernel;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** The vector form of {@link SoftmaxKernel} for softmax or its logarithm; a template, see {@link LaneLoop}. */
final class SoftmaxLoop implements SoftmaxKernel {
    private static final LoopSpec SPEC = LoopSpec.of(MethodHandles.lookup());
    private static final boolean LOG = SPEC.op() == Kind.LOG_SOFTMAX;
    private static final boolean F64 = SPEC.in().type() == DType.FLOAT64;
    private static final int LANES = SPEC.in().lanes();
    private static final int SIZE = SPEC.in().type().byteSize();
    private static final int BITS = LANES * SIZE * Byte.SIZE;
    private static final Class<?> LANE = F64 ? double.class : float.class;
    private static final VectorSpecies<?> SPECIES = VectorSpecies.of(LANE, VectorShape.forBitSize(BITS));
    private static final Class<?> TYPE = SPECIES.vectorType();
    private static final Class<?> ORDERED_LANE = F64 ? long.class : int.class;
    private static final VectorSpecies<?> ORDERED = VectorSpecies.of(ORDERED_LANE, VectorShape.forBitSize(BITS));
    private static final Class<?> ORDERED_TYPE = ORDERED.vectorType();
    private static final LaneIo IO = SPEC.in().io();
    private static final ExpLanes MATH = Templates.define(
            MethodHandles.lookup(), F64 ? DoubleExpLanes.class : FloatExpLanes.class, SPEC.in(), ExpLanes.class);
    /** Rows that take turns, so that the end of one is not waited for, and elements of them that stay in the cache. */
    private static final int BLOCK = 4;

    private static final int BLOCK_SIZE = 1 << 12;
    // Parts of the pad: a row of less than a group or the last group's exponentials; the sums of the columns, with room
    // before them; the largest elements, and what finishes the rows.
    private static final long SUMS = 2L * GROUP * Long.BYTES;
    private static final long LARGEST = 3L * GROUP * Long.BYTES;
    private static final long LAST = LARGEST + BLOCK * Double.BYTES;

    SoftmaxLoop() {}

    @Override
    public void run(
            int rows,
            int n,
            MemorySegment a,
            long ao,
            long aRow,
            MemorySegment b,
            long bo,
            long bRow,
            MemorySegment out,
            long oo,
            long outRow,
            MemorySegment pad) {
        boolean brief = n < GROUP;
        int step = brief ? 1 : Math.max(1, Math.min(BLOCK, BLOCK_SIZE / n));
        for (int row = 0; row < rows; row += step) {
            long from = ao + row * aRow;
            long to = oo + row * outRow;
            if (brief) {
                take(n, a, from, pad);
            }
            int count = Math.min(step, rows - row);
            block(
                    count,
                    brief ? GROUP : n,
                    brief ? pad : a,
                    brief ? 0 : from,
                    aRow,
                    brief ? pad : out,
                    brief ? 0 : to,
                    outRow,
                    pad);
            if (brief) {
                MemorySegment.copy(pad, (long) (GROUP - n) * SIZE, out, to, (long) n * SIZE);
            }
        }
    }

    /** Copies a short row to the end of a group, behind elements that count for nothing. */
    private static void take(int n, MemorySegment x, long at, MemorySegment pad) {
        for (int lane = 0; lane < GROUP; lane += LANES) {
            IO.store(all(Double.NEGATIVE_INFINITY), nat(pad), (long) lane * SIZE);
        }
        MemorySegment.copy(x, at, pad, (long) (GROUP - n) * SIZE, (long) n * SIZE);
    }

    private static void block(
            int rows,
            int n,
            MemorySegment a,
            long ao,
            long aRow,
            MemorySegment out,
            long oo,
            long outRow,
            MemorySegment pad) {
        for (int row = 0; row < rows; row++) {
            pad.set(ValueLayout.JAVA_DOUBLE, LARGEST + (long) row * Double.BYTES, largest(n, a, ao + row * aRow));
        }
        for (int row = 0; row < rows; row++) {
            double largest = pad.get(ValueLayout.JAVA_DOUBLE, LARGEST + (long) row * Double.BYTES);
            double sum = sum(n, a, ao + row * aRow, out, oo + row * outRow, largest, pad);
            pad.set(ValueLayout.JAVA_DOUBLE, LAST + (long) row * Double.BYTES, LOG ? Math.log(sum) : 1 / sum);
        }
        for (int row = 0; row < rows; row++) {
            double largest = pad.get(ValueLayout.JAVA_DOUBLE, LARGEST + (long) row * Double.BYTES);
            double last = pad.get(ValueLayout.JAVA_DOUBLE, LAST + (long) row * Double.BYTES);
            finish(n, LOG ? a : out, LOG ? ao + row * aRow : oo + row * outRow, out, oo + row * outRow, largest, last);
        }
    }

    /**
     * The largest element: as integers, floats above 0 are in order, those below in reverse. NaN may be left out: the
     * sum finds it.
     */
    private static <B> double largest(int n, MemorySegment x, long at) {
        x = nat(x);
        long end = (long) (n - LANES) * SIZE;
        Vector<B> top = ordered(x, at + end);
        Vector<B> low = top;
        for (int i = 0; i <= n - LANES; i += LANES) {
            Vector<B> lanes = ordered(x, at + (long) i * SIZE);
            top = typedOrdered(top.max(lanes));
            low = typedOrdered(low.min(lanes));
        }
        return largest(top, low);
    }

    private static <B> double largest(Vector<B> top, Vector<B> low) {
        if (F64) {
            long most = ((LongVector) ORDERED_TYPE.cast(top)).reduceLanes(VectorOperators.MAX);
            long least = ((LongVector) ORDERED_TYPE.cast(low)).reduceLanes(VectorOperators.MIN);
            return Double.longBitsToDouble(most >= 0 ? most : least);
        }
        int most = ((IntVector) ORDERED_TYPE.cast(top)).reduceLanes(VectorOperators.MAX);
        int least = ((IntVector) ORDERED_TYPE.cast(low)).reduceLanes(VectorOperators.MIN);
        return Float.intBitsToFloat(most >= 0 ? most : least);
    }

    /** The sum of a row's exponentials; those of softmax become its result for now. */
    private static double sum(
            int n, MemorySegment x, long at, MemorySegment out, long oo, double largest, MemorySegment pad) {
        int whole = n & -GROUP;
        int rest = n - whole;
        long end = (long) (n - GROUP) * SIZE;
        double sum = 0;
        int kept = 0;
        for (int i = rest > 0 ? -STRIP : 0; i < whole; i += STRIP) {
            boolean ends = i < 0;
            long k = ends ? end : (long) i * SIZE;
            int count = ends ? GROUP : Math.min(STRIP, whole - i);
            clear(pad, kept);
            columns(count, x, at + k, ends ? pad : out, ends ? 0 : oo + k, largest, pad);
            // Of the last group, only what is not in a whole one counts.
            kept = ends ? rest : 0;
            sum += ends ? 0 : ColumnSums.tree(F64, pad, SUMS);
        }
        if (!LOG && rest > 0) {
            copyGroup(pad, out, oo + end);
        }
        return sum;
    }

    /** Makes the sums 0, but for the last ones. */
    private static void clear(MemorySegment pad, int kept) {
        for (int lane = 0; lane < GROUP; lane += LANES) {
            IO.store(all(0), nat(pad), SUMS + (long) (lane - kept) * SIZE);
        }
    }

    private static void copyGroup(MemorySegment pad, MemorySegment out, long to) {
        for (int lane = 0; lane < GROUP; lane += LANES) {
            IO.store(load(nat(pad), (long) lane * SIZE), nat(out), to + (long) lane * SIZE);
        }
    }

    private static void columns(
            int n, MemorySegment x, long at, MemorySegment out, long oo, double largest, MemorySegment pad) {
        for (int lane = 0; lane < GROUP; lane += LANES) {
            long k = (long) lane * SIZE;
            column(n, x, at + k, out, oo + k, largest, pad, SUMS + k);
        }
    }

    private static <E> void column(
            int n, MemorySegment x, long at, MemorySegment out, long oo, double largest, MemorySegment pad, long to) {
        x = nat(x);
        out = nat(out);
        pad = nat(pad);
        Vector<E> shift = all(largest);
        Vector<E> sum = load(pad, to);
        for (int i = 0; i < n; i += GROUP) {
            long k = (long) i * SIZE;
            Vector<E> lanes = load(x, at + k);
            Vector<E> power = typed(MATH.expBelow(typed(lanes.sub(shift))));
            if (!LOG) {
                IO.store(power, out, oo + k);
            }
            sum = typed(sum.add(power));
        }
        IO.store(sum, pad, to);
    }

    /** The last vector reaches back; it is read before anything is written, which may be where it is read. */
    private static <E> void finish(
            int n, MemorySegment x, long at, MemorySegment out, long oo, double largest, double last) {
        x = nat(x);
        out = nat(out);
        Vector<E> shift = all(largest);
        Vector<E> second = all(last);
        long end = (long) (n - LANES) * SIZE;
        Vector<E> ends = finished(x, at + end, shift, second);
        for (int i = 0; i <= n - LANES; i += LANES) {
            long k = (long) i * SIZE;
            IO.store(finished(x, at + k, shift, second), out, oo + k);
        }
        IO.store(ends, out, oo + end);
    }

    private static <E> Vector<E> finished(MemorySegment x, long at, Vector<E> shift, Vector<E> second) {
        Vector<E> lanes = load(x, at);
        return LOG ? typed(typed(lanes.sub(shift)).sub(second)) : typed(lanes.mul(second));
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
    private static <B> Vector<B> ordered(MemorySegment x, long at) {
        Object lanes;
        if (F64) {
            lanes = ((DoubleVector) TYPE.cast(load(x, at))).reinterpretAsLongs();
        } else {
            lanes = ((FloatVector) TYPE.cast(load(x, at))).reinterpretAsInts();
        }
        return (Vector<B>) ORDERED_TYPE.cast(lanes);
    }

    @SuppressWarnings("unchecked")
    private static <B> Vector<B> typedOrdered(Vector<B> lanes) {
        return (Vector<B>) ORDERED_TYPE.cast(lanes);
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
}
