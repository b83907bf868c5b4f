package dev.lanewise.internal.simd;

import static dev.lanewise.internal.simd.LaneLoop.nat;

import dev.lanewise.DType;
import dev.lanewise.internal.kernel.ScanKernel;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** The vector form of {@link ScanKernel}, in lanes of 64 bits; a template, see {@link LaneLoop}. */
final class ScanLoop implements ScanKernel {
    private static final LoopSpec SPEC = LoopSpec.of(MethodHandles.lookup());
    private static final LaneReduce OP = (LaneReduce) SPEC.op();
    private static final LaneIo IO = SPEC.in().io();
    private static final int LANES = SPEC.in().lanes();
    private static final int BYTES = LANES * SPEC.in().type().byteSize();
    private static final boolean F32 = SPEC.in().type() == DType.FLOAT32;
    private static final boolean I64 = SPEC.in().type() == DType.INT64;
    private static final Class<?> LANE = I64 ? long.class : double.class;
    private static final VectorSpecies<?> SPECIES = VectorSpecies.of(LANE, VectorShape.forBitSize(LANES * Long.SIZE));
    private static final Class<?> TYPE = SPECIES.vectorType();
    private static final VectorSpecies<Double> DOUBLES =
            VectorSpecies.of(double.class, VectorShape.forBitSize(LANES * Long.SIZE));
    private static final VectorSpecies<Float> FLOATS =
            VectorSpecies.of(float.class, VectorShape.forBitSize(LANES * Float.SIZE));

    ScanLoop() {}

    @Override
    public void run(
            int rows, int width, MemorySegment x, long xo, MemorySegment out, long oo, long rowBytes, Object carried) {
        MemorySegment from = nat(x);
        MemorySegment to = nat(out);
        int row = 0;
        for (; row <= rows - 2; row += 2) {
            two(width, from, xo + row * rowBytes, to, oo + row * rowBytes, rowBytes, carried);
        }
        if (row < rows) {
            one(width, from, xo + row * rowBytes, to, oo + row * rowBytes, carried);
        }
    }

    private static <E> void two(
            int width, MemorySegment x, long xo, MemorySegment out, long oo, long rowBytes, Object carried) {
        x = nat(x);
        out = nat(out);
        long k = 0;
        for (int w = 0; w < width; w += LANES) {
            Vector<E> first = OP.lanes(get(carried, w), load(x, xo + k));
            store(first, out, oo + k);
            Vector<E> second = OP.lanes(first, load(x, xo + rowBytes + k));
            store(second, out, oo + rowBytes + k);
            put(second, carried, w);
            k += BYTES;
        }
    }

    private static <E> void one(int width, MemorySegment x, long xo, MemorySegment out, long oo, Object carried) {
        x = nat(x);
        out = nat(out);
        long k = 0;
        for (int w = 0; w < width; w += LANES) {
            Vector<E> first = OP.lanes(get(carried, w), load(x, xo + k));
            store(first, out, oo + k);
            put(first, carried, w);
            k += BYTES;
        }
    }

    @SuppressWarnings("unchecked")
    private static <E> Vector<E> load(MemorySegment x, long at) {
        if (F32) {
            Vector<Float> floats = IO.load(x, at);
            return (Vector<E>) TYPE.cast(floats.convertShape(VectorOperators.F2D, DOUBLES, 0));
        }
        return (Vector<E>) TYPE.cast(IO.load(x, at));
    }

    private static <E> void store(Vector<E> lanes, MemorySegment out, long at) {
        if (F32) {
            DoubleVector doubles = (DoubleVector) TYPE.cast(lanes);
            IO.store(doubles.convertShape(VectorOperators.D2F, FLOATS, 0), out, at);
        } else {
            IO.store(lanes, out, at);
        }
    }

    @SuppressWarnings("unchecked")
    private static <E> Vector<E> get(Object array, int column) {
        return (Vector<E>) TYPE.cast(SPECIES.fromArray(array, column));
    }

    private static <E> void put(Vector<E> lanes, Object array, int column) {
        if (I64) {
            ((LongVector) TYPE.cast(lanes)).intoArray((long[]) array, column);
        } else {
            ((DoubleVector) TYPE.cast(lanes)).intoArray((double[]) array, column);
        }
    }
}
