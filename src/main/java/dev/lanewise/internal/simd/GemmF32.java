package dev.lanewise.internal.simd;

import dev.lanewise.internal.kernel.Scratch;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The microkernel on float vectors: tiles of 12 x 2 vectors where there are 32 registers of 512 bits, else of 6 x 2.
 *
 * <p>A template, copied before use so that a copy that the JIT compiled badly can be replaced. The sums are locals, A comes
 * from an array and the tile goes to one: with memory segments in their place C1 gives up on the method and it stays slow.
 * The rows are written out because the sums must be registers; that is why two methods are long. {@code GemmF64} differs in
 * the element type alone.
 */
final class GemmF32 implements GemmKernel<float[]> {
    private static final VectorSpecies<Float> S =
            VectorSpecies.of(float.class, VectorShape.forBitSize(Simd.laneBits()));
    private static final boolean WIDE = Simd.laneBits() == 512;
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
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
            x = FloatVector.broadcast(S, a[at + STEP + p]);
            c10 = x.fma(b0, c10);
            c11 = x.fma(b1, c11);
            x = FloatVector.broadcast(S, a[at + 2 * STEP + p]);
            c20 = x.fma(b0, c20);
            c21 = x.fma(b1, c21);
            x = FloatVector.broadcast(S, a[at + 3 * STEP + p]);
            c30 = x.fma(b0, c30);
            c31 = x.fma(b1, c31);
            x = FloatVector.broadcast(S, a[at + 4 * STEP + p]);
            c40 = x.fma(b0, c40);
            c41 = x.fma(b1, c41);
            x = FloatVector.broadcast(S, a[at + 5 * STEP + p]);
            c50 = x.fma(b0, c50);
            c51 = x.fma(b1, c51);
            x = FloatVector.broadcast(S, a[at + 6 * STEP + p]);
            c60 = x.fma(b0, c60);
            c61 = x.fma(b1, c61);
            x = FloatVector.broadcast(S, a[at + 7 * STEP + p]);
            c70 = x.fma(b0, c70);
            c71 = x.fma(b1, c71);
            x = FloatVector.broadcast(S, a[at + 8 * STEP + p]);
            c80 = x.fma(b0, c80);
            c81 = x.fma(b1, c81);
            x = FloatVector.broadcast(S, a[at + 9 * STEP + p]);
            c90 = x.fma(b0, c90);
            c91 = x.fma(b1, c91);
            x = FloatVector.broadcast(S, a[at + 10 * STEP + p]);
            ca0 = x.fma(b0, ca0);
            ca1 = x.fma(b1, ca1);
            x = FloatVector.broadcast(S, a[at + 11 * STEP + p]);
            cb0 = x.fma(b0, cb0);
            cb1 = x.fma(b1, cb1);
        }
        put(c00, c01, out, 0);
        put(c10, c11, out, NR);
        put(c20, c21, out, 2 * NR);
        put(c30, c31, out, 3 * NR);
        put(c40, c41, out, 4 * NR);
        put(c50, c51, out, 5 * NR);
        put(c60, c61, out, 6 * NR);
        put(c70, c71, out, 7 * NR);
        put(c80, c81, out, 8 * NR);
        put(c90, c91, out, 9 * NR);
        put(ca0, ca1, out, 10 * NR);
        put(cb0, cb1, out, 11 * NR);
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
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
            x = FloatVector.broadcast(S, a[at + STEP + p]);
            c10 = x.fma(b0, c10);
            c11 = x.fma(b1, c11);
            x = FloatVector.broadcast(S, a[at + 2 * STEP + p]);
            c20 = x.fma(b0, c20);
            c21 = x.fma(b1, c21);
            x = FloatVector.broadcast(S, a[at + 3 * STEP + p]);
            c30 = x.fma(b0, c30);
            c31 = x.fma(b1, c31);
            x = FloatVector.broadcast(S, a[at + 4 * STEP + p]);
            c40 = x.fma(b0, c40);
            c41 = x.fma(b1, c41);
            x = FloatVector.broadcast(S, a[at + 5 * STEP + p]);
            c50 = x.fma(b0, c50);
            c51 = x.fma(b1, c51);
        }
        put(c00, c01, out, 0);
        put(c10, c11, out, NR);
        put(c20, c21, out, 2 * NR);
        put(c30, c31, out, 3 * NR);
        put(c40, c41, out, 4 * NR);
        put(c50, c51, out, 5 * NR);
    }

    private static void put(FloatVector left, FloatVector right, float[] out, int at) {
        left.intoArray(out, at);
        right.intoArray(out, at + LANES);
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
            FloatVector.fromArray(S, tile, row * NR).intoMemorySegment(c, to, ORDER);
            FloatVector.fromArray(S, tile, row * NR + LANES).intoMemorySegment(c, to + BYTES, ORDER);
        }
    }

    private static void addRows(float[] tile, int rows, MemorySegment c, long cOffset, long rowBytes) {
        for (int row = 0; row < rows; row++) {
            long to = cOffset + row * rowBytes;
            FloatVector left = FloatVector.fromMemorySegment(S, c, to, ORDER);
            FloatVector right = FloatVector.fromMemorySegment(S, c, to + BYTES, ORDER);
            left.add(FloatVector.fromArray(S, tile, row * NR)).intoMemorySegment(c, to, ORDER);
            right.add(FloatVector.fromArray(S, tile, row * NR + LANES)).intoMemorySegment(c, to + BYTES, ORDER);
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
            FloatVector.fromMemorySegment(S, from, source, ORDER).intoMemorySegment(to, target, ORDER);
            FloatVector.fromMemorySegment(S, from, source + BYTES, ORDER).intoMemorySegment(to, target + BYTES, ORDER);
        }
    }

    private static MemorySegment nat(MemorySegment segment) {
        if (segment.getClass() != Scratch.NATIVE) {
            throw LaneLoop.notNative(segment);
        }
        return segment;
    }
}
