package dev.lanewise.internal.simd;

import static dev.lanewise.internal.simd.LaneLoop.nat;

import dev.lanewise.DType;
import dev.lanewise.internal.kernel.SoftmaxKernel;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** The vector form of {@link SoftmaxKernel} for one of the derivatives; a template, see {@link LaneLoop}. */
final class SoftmaxGradLoop implements SoftmaxKernel {
    private static final LoopSpec SPEC = LoopSpec.of(MethodHandles.lookup());
    private static final Kind KIND = (Kind) SPEC.op();
    private static final boolean LOG = KIND == Kind.LOG_SOFTMAX_GRAD;
    private static final boolean F64 = SPEC.in().type() == DType.FLOAT64;
    private static final int LANES = SPEC.in().lanes();
    private static final int SIZE = SPEC.in().type().byteSize();
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

    SoftmaxGradLoop() {}

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
        for (int row = 0; row < rows; row++) {
            row(n, a, ao + row * aRow, b, bo + row * bRow, out, oo + row * outRow, pad);
        }
    }

    private static void row(
            int n, MemorySegment a, long ao, MemorySegment b, long bo, MemorySegment out, long oo, MemorySegment pad) {
        MemorySegment x = nat(a);
        MemorySegment y = nat(b);
        MemorySegment to = nat(out);
        MemorySegment scratch = nat(pad);
        int whole = n & -GROUP;
        long end = (long) whole * SIZE;
        int rest = n - whole;
        if (rest > 0) {
            clear(scratch);
            MemorySegment.copy(x, ao + end, scratch, 0, (long) rest * SIZE);
            MemorySegment.copy(y, bo + end, scratch, B_PAD, (long) rest * SIZE);
        }
        double sum = 0;
        for (int i = 0; i < whole; i += STRIP) {
            long k = (long) i * SIZE;
            sum += sum(Math.min(STRIP, whole - i), x, ao + k, y, bo + k, scratch);
        }
        if (rest > 0) {
            sum += sum(GROUP, scratch, 0, scratch, B_PAD, scratch);
        }
        finish(whole, x, ao, y, bo, to, oo, sum);
        if (rest > 0) {
            finish(GROUP, scratch, 0, scratch, B_PAD, scratch, OUT_PAD, sum);
            MemorySegment.copy(scratch, OUT_PAD, to, oo + end, (long) rest * SIZE);
        }
    }

    private static void clear(MemorySegment scratch) {
        MemorySegment pad = nat(scratch);
        for (int i = 0; i < GROUP; i += LANES) {
            IO.store(all(0), pad, (long) i * SIZE);
            IO.store(all(0), pad, B_PAD + (long) i * SIZE);
        }
    }

    private static double sum(int n, MemorySegment a, long ao, MemorySegment b, long bo, MemorySegment pad) {
        for (int lane = 0; lane < GROUP; lane += LANES) {
            long k = (long) lane * SIZE;
            column(n, a, ao + k, b, bo + k, pad, SUMS + k);
        }
        return ColumnSums.tree(F64, pad, SUMS);
    }

    private static <E> void column(
            int n, MemorySegment a, long ao, MemorySegment b, long bo, MemorySegment pad, long to) {
        a = nat(a);
        b = nat(b);
        pad = nat(pad);
        Vector<E> sum = all(0);
        for (int i = 0; i < n; i += GROUP) {
            long k = (long) i * SIZE;
            Vector<E> x = load(a, ao + k);
            if (!LOG) {
                x = typed(x.mul(load(b, bo + k)));
            }
            sum = typed(sum.add(x));
        }
        IO.store(sum, pad, to);
    }

    private static <E> void finish(
            int n, MemorySegment a, long ao, MemorySegment b, long bo, MemorySegment out, long oo, double total) {
        a = nat(a);
        b = nat(b);
        out = nat(out);
        Vector<E> sum = all(total);
        for (int i = 0; i < n; i += LANES) {
            long k = (long) i * SIZE;
            Vector<E> x = load(a, ao + k);
            Vector<E> y = load(b, bo + k);
            if (LOG) {
                IO.store(typed(x.sub(typed(MATH.expBelow(y)).mul(sum))), out, oo + k);
            } else {
                IO.store(typed(x.sub(sum).mul(y)), out, oo + k);
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
}
