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
 * The microkernel on float vectors: tiles of 12, 8, 6 or 4 rows of one or two vectors, which its class data says.
 *
 * <p>A template, copied before use: each size of tile is compiled on its own, and a copy that the JIT compiled badly can
 * be replaced. The sums are locals, A comes from an array and the tile goes to one: with memory segments in their place
 * C1 gives up on the method and it stays slow. The rows are written out because the sums must be registers, and without
 * helpers because C2 stops inlining at a number of nodes that this method just fits into: with stores in a helper, or
 * with {@code fma} for {@code lanewise} and a little more, every call made 15 KB of vector objects. Rows that a tile does
 * not have fall away, since the conditions are constants. {@code GemmF64} differs in the element type alone.
 */
final class GemmF32 implements GemmKernel<float[]> {
    private static final VectorSpecies<Float> S =
            VectorSpecies.of(float.class, VectorShape.forBitSize(Simd.laneBits()));
    private static final Tile TILE = LoopSpec.classData(MethodHandles.lookup(), Tile.class);
    private static final int MR = TILE.rows();
    private static final boolean TWO = TILE.vectors() >= 2;
    private static final boolean THREE = TILE.vectors() == 3;
    private static final boolean LINES = TILE.lines();
    private static final int LANES = S.length();
    private static final int NR = 2 * LANES;
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
    public void tile(
            int kc,
            float[] a,
            int at,
            MemorySegment b,
            long bOffset,
            long[] lines,
            int first,
            long second,
            long third,
            float[] out) {
        sums(kc, a, at, nat(b), bOffset, lines, first, second, third, out);
    }

    private static void sums(
            int kc,
            float[] a,
            int at,
            MemorySegment b,
            long bOffset,
            long[] lines,
            int first,
            long second,
            long third,
            float[] out) {
        FloatVector z = FloatVector.zero(S);
        FloatVector c00 = z, c01 = z, c02 = z;
        FloatVector c10 = z, c11 = z, c12 = z;
        FloatVector c20 = z, c21 = z, c22 = z;
        FloatVector c30 = z, c31 = z, c32 = z;
        FloatVector c40 = z, c41 = z, c42 = z;
        FloatVector c50 = z, c51 = z, c52 = z;
        FloatVector c60 = z, c61 = z, c62 = z;
        FloatVector c70 = z, c71 = z, c72 = z;
        FloatVector c80 = z, c81 = z;
        FloatVector c90 = z, c91 = z;
        FloatVector ca0 = z, ca1 = z;
        FloatVector cb0 = z, cb1 = z;
        for (int p = 0; p < kc; p++) {
            long row = LINES ? bOffset + lines[first + p] : bOffset + (long) p * ROW_BYTES;
            FloatVector b0 = FloatVector.fromMemorySegment(S, b, row, ORDER);
            FloatVector b1 = TWO ? FloatVector.fromMemorySegment(S, b, row + (LINES ? second : BYTES), ORDER) : b0;
            FloatVector b2 = THREE ? FloatVector.fromMemorySegment(S, b, row + third, ORDER) : b0;
            FloatVector x = FloatVector.broadcast(S, a[at + p]);
            c00 = x.lanewise(FMA, b0, c00);
            if (TWO) {
                c01 = x.lanewise(FMA, b1, c01);
            }
            if (THREE) {
                c02 = x.lanewise(FMA, b2, c02);
            }
            x = FloatVector.broadcast(S, a[at + STEP + p]);
            c10 = x.lanewise(FMA, b0, c10);
            if (TWO) {
                c11 = x.lanewise(FMA, b1, c11);
            }
            if (THREE) {
                c12 = x.lanewise(FMA, b2, c12);
            }
            x = FloatVector.broadcast(S, a[at + 2 * STEP + p]);
            c20 = x.lanewise(FMA, b0, c20);
            if (TWO) {
                c21 = x.lanewise(FMA, b1, c21);
            }
            if (THREE) {
                c22 = x.lanewise(FMA, b2, c22);
            }
            x = FloatVector.broadcast(S, a[at + 3 * STEP + p]);
            c30 = x.lanewise(FMA, b0, c30);
            if (TWO) {
                c31 = x.lanewise(FMA, b1, c31);
            }
            if (THREE) {
                c32 = x.lanewise(FMA, b2, c32);
            }
            if (MR > 4) {
                x = FloatVector.broadcast(S, a[at + 4 * STEP + p]);
                c40 = x.lanewise(FMA, b0, c40);
                if (TWO) {
                    c41 = x.lanewise(FMA, b1, c41);
                }
                if (THREE) {
                    c42 = x.lanewise(FMA, b2, c42);
                }
                x = FloatVector.broadcast(S, a[at + 5 * STEP + p]);
                c50 = x.lanewise(FMA, b0, c50);
                if (TWO) {
                    c51 = x.lanewise(FMA, b1, c51);
                }
                if (THREE) {
                    c52 = x.lanewise(FMA, b2, c52);
                }
            }
            if (MR > 6) {
                x = FloatVector.broadcast(S, a[at + 6 * STEP + p]);
                c60 = x.lanewise(FMA, b0, c60);
                if (TWO) {
                    c61 = x.lanewise(FMA, b1, c61);
                }
                if (THREE) {
                    c62 = x.lanewise(FMA, b2, c62);
                }
                x = FloatVector.broadcast(S, a[at + 7 * STEP + p]);
                c70 = x.lanewise(FMA, b0, c70);
                if (TWO) {
                    c71 = x.lanewise(FMA, b1, c71);
                }
                if (THREE) {
                    c72 = x.lanewise(FMA, b2, c72);
                }
            }
            if (MR > 8) {
                x = FloatVector.broadcast(S, a[at + 8 * STEP + p]);
                c80 = x.lanewise(FMA, b0, c80);
                if (TWO) {
                    c81 = x.lanewise(FMA, b1, c81);
                }
                x = FloatVector.broadcast(S, a[at + 9 * STEP + p]);
                c90 = x.lanewise(FMA, b0, c90);
                if (TWO) {
                    c91 = x.lanewise(FMA, b1, c91);
                }
                x = FloatVector.broadcast(S, a[at + 10 * STEP + p]);
                ca0 = x.lanewise(FMA, b0, ca0);
                if (TWO) {
                    ca1 = x.lanewise(FMA, b1, ca1);
                }
                x = FloatVector.broadcast(S, a[at + 11 * STEP + p]);
                cb0 = x.lanewise(FMA, b0, cb0);
                if (TWO) {
                    cb1 = x.lanewise(FMA, b1, cb1);
                }
            }
        }
        c00.intoArray(out, 0);
        c10.intoArray(out, NR);
        c20.intoArray(out, 2 * NR);
        c30.intoArray(out, 3 * NR);
        if (TWO) {
            c01.intoArray(out, LANES);
            c11.intoArray(out, NR + LANES);
            c21.intoArray(out, 2 * NR + LANES);
            c31.intoArray(out, 3 * NR + LANES);
        }
        if (MR > 4) {
            c40.intoArray(out, 4 * NR);
            c50.intoArray(out, 5 * NR);
            if (TWO) {
                c41.intoArray(out, 4 * NR + LANES);
                c51.intoArray(out, 5 * NR + LANES);
            }
        }
        if (MR > 6) {
            c60.intoArray(out, 6 * NR);
            c70.intoArray(out, 7 * NR);
            if (TWO) {
                c61.intoArray(out, 6 * NR + LANES);
                c71.intoArray(out, 7 * NR + LANES);
            }
        }
        if (THREE) {
            c02.intoArray(out, (8 + 0) * NR);
            c12.intoArray(out, (8 + 1) * NR);
            c22.intoArray(out, (8 + 2) * NR);
            c32.intoArray(out, (8 + 3) * NR);
            c42.intoArray(out, (8 + 4) * NR);
            c52.intoArray(out, (8 + 5) * NR);
            c62.intoArray(out, (8 + 6) * NR);
            c72.intoArray(out, (8 + 7) * NR);
        }
        if (MR > 8) {
            c80.intoArray(out, 8 * NR);
            c90.intoArray(out, 9 * NR);
            ca0.intoArray(out, 10 * NR);
            cb0.intoArray(out, 11 * NR);
            if (TWO) {
                c81.intoArray(out, 8 * NR + LANES);
                c91.intoArray(out, 9 * NR + LANES);
                ca1.intoArray(out, 10 * NR + LANES);
                cb1.intoArray(out, 11 * NR + LANES);
            }
        }
    }

    private static MemorySegment nat(MemorySegment segment) {
        if (segment.getClass() != Scratch.NATIVE) {
            throw LaneLoop.notNative(segment);
        }
        return segment;
    }
}
