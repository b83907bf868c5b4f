package dev.lanewise.internal.simd;

import static jdk.incubator.vector.VectorOperators.FMA;

import dev.lanewise.internal.kernel.Scratch;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The microkernel on float vectors: tiles of 12 or 6 rows, which its class data says, of two vectors.
 *
 * <p>A template, copied before use so that a copy that the JIT compiled badly can be replaced. The sums are locals, A
 * comes from an array and the tile goes to one: with memory segments in their place C1 gives up on the method and it
 * stays slow. The rows are written out because the sums must be registers, and without helpers because C2 stops
 * inlining at a number of nodes that this method just fits into: with stores in a helper, or with {@code fma} for
 * {@code lanewise} and a little more, every call made 15 KB of vector objects. {@code GemmF64} differs in the element
 * type alone.
 */
final class GemmF32 implements GemmKernel<float[]> {
    private static final VectorSpecies<Float> S =
            VectorSpecies.of(float.class, VectorShape.forBitSize(Simd.laneBits()));
    private static final Class<?> TYPE = S.vectorType();
    private static final boolean WIDE = LoopSpec.classData(MethodHandles.lookup(), Integer.class) == 12;
    private static final int LANES = S.length();
    private static final int NR = 2 * LANES;
    private static final int MR = WIDE ? 12 : 6;
    private static final int STEP = STEP_F32;
    private static final int BYTES = LANES * Float.BYTES;
    private static final int ROW_BYTES = 2 * BYTES;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    GemmF32() {}

    @Override
    public int mr() {
        return MR;
    }

    @Override
    public int nr() {
        return NR;
    }

    @Override
    public int step() {
        return STEP;
    }

    @Override
    public void tile(int kc, float[] a, int at, MemorySegment b, long bOffset, float[] out) {
        if (WIDE) {
            tile12(kc, a, at, nat(b), bOffset, out);
        } else {
            tile6(kc, a, at, nat(b), bOffset, out);
        }
    }

    private static void tile12(int kc, float[] a, int at, MemorySegment b, long bOffset, float[] out) {
        FloatVector z = FloatVector.zero(S);
        FloatVector c00 = z, c01 = z;
        FloatVector c10 = z, c11 = z;
        FloatVector c20 = z, c21 = z;
        FloatVector c30 = z, c31 = z;
        FloatVector c40 = z, c41 = z;
        FloatVector c50 = z, c51 = z;
        FloatVector c60 = z, c61 = z;
        FloatVector c70 = z, c71 = z;
        FloatVector c80 = z, c81 = z;
        FloatVector c90 = z, c91 = z;
        FloatVector ca0 = z, ca1 = z;
        FloatVector cb0 = z, cb1 = z;
        for (int p = 0; p < kc; p++) {
            long row = bOffset + (long) p * ROW_BYTES;
            FloatVector b0 = FloatVector.fromMemorySegment(S, b, row, ORDER);
            FloatVector b1 = FloatVector.fromMemorySegment(S, b, row + BYTES, ORDER);
            FloatVector x = FloatVector.broadcast(S, a[at + p]);
            c00 = x.lanewise(FMA, b0, c00);
            c01 = x.lanewise(FMA, b1, c01);
            x = FloatVector.broadcast(S, a[at + STEP + p]);
            c10 = x.lanewise(FMA, b0, c10);
            c11 = x.lanewise(FMA, b1, c11);
            x = FloatVector.broadcast(S, a[at + 2 * STEP + p]);
            c20 = x.lanewise(FMA, b0, c20);
            c21 = x.lanewise(FMA, b1, c21);
            x = FloatVector.broadcast(S, a[at + 3 * STEP + p]);
            c30 = x.lanewise(FMA, b0, c30);
            c31 = x.lanewise(FMA, b1, c31);
            x = FloatVector.broadcast(S, a[at + 4 * STEP + p]);
            c40 = x.lanewise(FMA, b0, c40);
            c41 = x.lanewise(FMA, b1, c41);
            x = FloatVector.broadcast(S, a[at + 5 * STEP + p]);
            c50 = x.lanewise(FMA, b0, c50);
            c51 = x.lanewise(FMA, b1, c51);
            x = FloatVector.broadcast(S, a[at + 6 * STEP + p]);
            c60 = x.lanewise(FMA, b0, c60);
            c61 = x.lanewise(FMA, b1, c61);
            x = FloatVector.broadcast(S, a[at + 7 * STEP + p]);
            c70 = x.lanewise(FMA, b0, c70);
            c71 = x.lanewise(FMA, b1, c71);
            x = FloatVector.broadcast(S, a[at + 8 * STEP + p]);
            c80 = x.lanewise(FMA, b0, c80);
            c81 = x.lanewise(FMA, b1, c81);
            x = FloatVector.broadcast(S, a[at + 9 * STEP + p]);
            c90 = x.lanewise(FMA, b0, c90);
            c91 = x.lanewise(FMA, b1, c91);
            x = FloatVector.broadcast(S, a[at + 10 * STEP + p]);
            ca0 = x.lanewise(FMA, b0, ca0);
            ca1 = x.lanewise(FMA, b1, ca1);
            x = FloatVector.broadcast(S, a[at + 11 * STEP + p]);
            cb0 = x.lanewise(FMA, b0, cb0);
            cb1 = x.lanewise(FMA, b1, cb1);
        }
        c00.intoArray(out, 0);
        c01.intoArray(out, LANES);
        c10.intoArray(out, NR);
        c11.intoArray(out, NR + LANES);
        c20.intoArray(out, 2 * NR);
        c21.intoArray(out, 2 * NR + LANES);
        c30.intoArray(out, 3 * NR);
        c31.intoArray(out, 3 * NR + LANES);
        c40.intoArray(out, 4 * NR);
        c41.intoArray(out, 4 * NR + LANES);
        c50.intoArray(out, 5 * NR);
        c51.intoArray(out, 5 * NR + LANES);
        c60.intoArray(out, 6 * NR);
        c61.intoArray(out, 6 * NR + LANES);
        c70.intoArray(out, 7 * NR);
        c71.intoArray(out, 7 * NR + LANES);
        c80.intoArray(out, 8 * NR);
        c81.intoArray(out, 8 * NR + LANES);
        c90.intoArray(out, 9 * NR);
        c91.intoArray(out, 9 * NR + LANES);
        ca0.intoArray(out, 10 * NR);
        ca1.intoArray(out, 10 * NR + LANES);
        cb0.intoArray(out, 11 * NR);
        cb1.intoArray(out, 11 * NR + LANES);
    }

    private static void tile6(int kc, float[] a, int at, MemorySegment b, long bOffset, float[] out) {
        FloatVector z = FloatVector.zero(S);
        FloatVector c00 = z, c01 = z;
        FloatVector c10 = z, c11 = z;
        FloatVector c20 = z, c21 = z;
        FloatVector c30 = z, c31 = z;
        FloatVector c40 = z, c41 = z;
        FloatVector c50 = z, c51 = z;
        for (int p = 0; p < kc; p++) {
            long row = bOffset + (long) p * ROW_BYTES;
            FloatVector b0 = FloatVector.fromMemorySegment(S, b, row, ORDER);
            FloatVector b1 = FloatVector.fromMemorySegment(S, b, row + BYTES, ORDER);
            FloatVector x = FloatVector.broadcast(S, a[at + p]);
            c00 = x.lanewise(FMA, b0, c00);
            c01 = x.lanewise(FMA, b1, c01);
            x = FloatVector.broadcast(S, a[at + STEP + p]);
            c10 = x.lanewise(FMA, b0, c10);
            c11 = x.lanewise(FMA, b1, c11);
            x = FloatVector.broadcast(S, a[at + 2 * STEP + p]);
            c20 = x.lanewise(FMA, b0, c20);
            c21 = x.lanewise(FMA, b1, c21);
            x = FloatVector.broadcast(S, a[at + 3 * STEP + p]);
            c30 = x.lanewise(FMA, b0, c30);
            c31 = x.lanewise(FMA, b1, c31);
            x = FloatVector.broadcast(S, a[at + 4 * STEP + p]);
            c40 = x.lanewise(FMA, b0, c40);
            c41 = x.lanewise(FMA, b1, c41);
            x = FloatVector.broadcast(S, a[at + 5 * STEP + p]);
            c50 = x.lanewise(FMA, b0, c50);
            c51 = x.lanewise(FMA, b1, c51);
        }
        c00.intoArray(out, 0);
        c01.intoArray(out, LANES);
        c10.intoArray(out, NR);
        c11.intoArray(out, NR + LANES);
        c20.intoArray(out, 2 * NR);
        c21.intoArray(out, 2 * NR + LANES);
        c30.intoArray(out, 3 * NR);
        c31.intoArray(out, 3 * NR + LANES);
        c40.intoArray(out, 4 * NR);
        c41.intoArray(out, 4 * NR + LANES);
        c50.intoArray(out, 5 * NR);
        c51.intoArray(out, 5 * NR + LANES);
    }

    @Override
    public void store(float[] tile, int rows, MemorySegment c, long cOffset, long rowBytes, boolean add) {
        if (add) {
            addRows(tile, rows, nat(c), cOffset, rowBytes);
        } else {
            setRows(tile, rows, nat(c), cOffset, rowBytes);
        }
    }

    private static void setRows(float[] tile, int rows, MemorySegment c, long cOffset, long rowBytes) {
        for (int row = 0; row < rows; row++) {
            long to = cOffset + row * rowBytes;
            store(FloatVector.fromArray(S, tile, row * NR), c, to);
            store(FloatVector.fromArray(S, tile, row * NR + LANES), c, to + BYTES);
        }
    }

    private static void addRows(float[] tile, int rows, MemorySegment c, long cOffset, long rowBytes) {
        for (int row = 0; row < rows; row++) {
            long to = cOffset + row * rowBytes;
            store(load(c, to).add(FloatVector.fromArray(S, tile, row * NR)), c, to);
            store(load(c, to + BYTES).add(FloatVector.fromArray(S, tile, row * NR + LANES)), c, to + BYTES);
        }
    }

    @Override
    public void packRows(
            MemorySegment from, long fromOffset, long rowBytes, int rows, MemorySegment to, long toOffset) {
        copyRows(nat(from), fromOffset, rowBytes, rows, nat(to), toOffset);
    }

    private static void copyRows(
            MemorySegment from, long fromOffset, long rowBytes, int rows, MemorySegment to, long toOffset) {
        for (int row = 0; row < rows; row++) {
            long source = fromOffset + row * rowBytes;
            long target = toOffset + (long) row * ROW_BYTES;
            store(load(from, source), to, target);
            store(load(from, source + BYTES), to, target + BYTES);
        }
    }

    // These casts tell C2 the exact class: JDK 21 makes objects of the vectors otherwise once it has seen other widths
    // too.
    private static FloatVector load(MemorySegment from, long at) {
        return (FloatVector) TYPE.cast(FloatVector.fromMemorySegment(S, from, at, ORDER));
    }

    private static void store(FloatVector lanes, MemorySegment to, long at) {
        ((FloatVector) TYPE.cast(lanes)).intoMemorySegment(to, at, ORDER);
    }

    private static MemorySegment nat(MemorySegment segment) {
        if (segment.getClass() != Scratch.NATIVE) {
            throw LaneLoop.notNative(segment);
        }
        return segment;
    }
}
