package dev.lanewise.internal.simd;

import dev.lanewise.DType;
import dev.lanewise.internal.kernel.FoldKernel;
import dev.lanewise.internal.kernel.Results;
import dev.lanewise.internal.kernel.Scratch;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** The vector form of {@link FoldKernel} for whole vectors of columns; a template, see {@link LaneLoop}. */
final class FoldLoop implements FoldKernel {
    private static final LoopSpec SPEC = LoopSpec.of(MethodHandles.lookup());
    private static final LaneReduce OP = (LaneReduce) SPEC.op();
    private static final LaneIo IO = SPEC.in().io();
    private static final int LANES = SPEC.in().lanes();
    private static final int BYTES = LANES * SPEC.in().type().byteSize();
    // Widening a half takes so many operations that eight of them in one method are not all compiled.
    private static final boolean FOUR = !SPEC.in().type().isHalf();
    private static final boolean F64 = SPEC.in().type() == DType.FLOAT64;
    private static final boolean I64 = SPEC.in().type() == DType.INT64;
    private static final Class<?> LANE = F64 ? double.class : I64 ? long.class : float.class;
    private static final Class<?> TYPE = VectorSpecies.of(
                    LANE, VectorShape.forBitSize(LANES * (F64 || I64 ? Long.SIZE : Integer.SIZE)))
            .vectorType();

    FoldLoop() {}

    @Override
    public void fold(int rows, int width, MemorySegment x, long offset, long rowBytes, Results results, int at) {
        MemorySegment from = nat(x);
        if (F64) {
            chains(rows, width, from, offset, rowBytes, results.doubleChains());
            finish(width, results.doubleChains(), results.doubles(), at);
        } else if (I64) {
            chains(rows, width, from, offset, rowBytes, results.longChains());
            finish(width, results.longChains(), results.longs(), at);
        } else {
            chains(rows, width, from, offset, rowBytes, results.floatChains());
            finish(width, results.floatChains(), results.doubles(), at);
        }
    }

    /** Four vectors of columns at a time, whose chains hide each other's latency, then single ones. */
    private static void chains(int rows, int width, MemorySegment x, long offset, long rowBytes, Object chains) {
        int column = 0;
        long start = offset;
        for (; FOUR && column <= width - 4 * LANES; column += 4 * LANES) {
            four(rows, x, start, rowBytes, chains, column);
            start += 4L * BYTES;
        }
        for (; column < width; column += LANES) {
            one(rows, x, start, rowBytes, chains, column);
            start += BYTES;
        }
    }

    private static <E> void four(int rows, MemorySegment x, long start, long rowBytes, Object chains, int column) {
        Vector<E> a = load(x, start);
        Vector<E> b = load(x, start + BYTES);
        Vector<E> c = load(x, start + 2L * BYTES);
        Vector<E> d = load(x, start + 3L * BYTES);
        for (int row = 1; row < rows; row++) {
            long k = start + row * rowBytes;
            a = OP.lanes(a, load(x, k));
            b = OP.lanes(b, load(x, k + BYTES));
            c = OP.lanes(c, load(x, k + 2L * BYTES));
            d = OP.lanes(d, load(x, k + 3L * BYTES));
        }
        put(a, chains, column);
        put(b, chains, column + LANES);
        put(c, chains, column + 2 * LANES);
        put(d, chains, column + 3 * LANES);
    }

    private static <E> void one(int rows, MemorySegment x, long start, long rowBytes, Object chains, int column) {
        Vector<E> a = load(x, start);
        for (int row = 1; row < rows; row++) {
            a = OP.lanes(a, load(x, start + row * rowBytes));
        }
        put(a, chains, column);
    }

    // The casts tell C2 the exact class: JDK 21 makes objects of the vectors otherwise once it has seen other widths
    // too.
    @SuppressWarnings("unchecked")
    private static <E> Vector<E> load(MemorySegment x, long at) {
        return (Vector<E>) TYPE.cast(IO.load(x, at));
    }

    private static <E> void put(Vector<E> lanes, Object chains, int column) {
        if (F64) {
            ((DoubleVector) TYPE.cast(lanes)).intoArray((double[]) chains, column);
        } else if (I64) {
            ((LongVector) TYPE.cast(lanes)).intoArray((long[]) chains, column);
        } else {
            ((FloatVector) TYPE.cast(lanes)).intoArray((float[]) chains, column);
        }
    }

    private static void finish(int width, float[] chains, double[] results, int at) {
        for (int w = 0; w < width; w++) {
            results[at + w] = OP.combine(results[at + w], chains[w]);
        }
    }

    private static void finish(int width, double[] chains, double[] results, int at) {
        for (int w = 0; w < width; w++) {
            results[at + w] = OP.combine(results[at + w], chains[w]);
        }
    }

    private static void finish(int width, long[] chains, long[] results, int at) {
        for (int w = 0; w < width; w++) {
            results[at + w] = OP.combine(results[at + w], chains[w]);
        }
    }

    private static MemorySegment nat(MemorySegment segment) {
        if (segment.getClass() != Scratch.NATIVE) {
            throw LaneLoop.notNative(segment);
        }
        return segment;
    }
}
