package dev.lanewise.internal.simd;

import static jdk.incubator.vector.VectorOperators.FMA;

import dev.lanewise.internal.kernel.Scratch;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** The microkernel on double vectors; {@link GemmF32} says why it looks like this. */
final class GemmF64 implements GemmKernel<double[]> {
    private static final VectorSpecies<Double> S =
            VectorSpecies.of(double.class, VectorShape.forBitSize(Simd.laneBits()));
    private static final Tile TILE = LoopSpec.classData(MethodHandles.lookup(), Tile.class);
    private static final int MR = TILE.rows();
    private static final boolean TWO = TILE.vectors() >= 2;
    private static final boolean THREE = TILE.vectors() == 3;
    private static final boolean LINES = TILE.lines();
    private static final int LANES = S.length();
    private static final int NR = 2 * LANES;
    private static final int STEP = STEP_F64;
    private static final int BYTES = LANES * Double.BYTES;
    private static final int ROW_BYTES = 2 * BYTES;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    GemmF64() {}

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
            double[] a,
            int at,
            MemorySegment b,
            long bOffset,
            long[] lines,
            int first,
            long second,
            long third,
            double[] out) {
        sums(kc, a, at, nat(b), bOffset, lines, first, second, third, out);
    }

    private static void sums(
            int kc,
            double[] a,
            int at,
            MemorySegment b,
            long bOffset,
            long[] lines,
            int first,
            long second,
            long third,
            double[] out) {
        DoubleVector z = DoubleVector.zero(S);
        DoubleVector c00 = z, c01 = z, c02 = z;
        DoubleVector c10 = z, c11 = z, c12 = z;
        DoubleVector c20 = z, c21 = z, c22 = z;
        DoubleVector c30 = z, c31 = z, c32 = z;
        DoubleVector c40 = z, c41 = z, c42 = z;
        DoubleVector c50 = z, c51 = z, c52 = z;
        DoubleVector c60 = z, c61 = z, c62 = z;
        DoubleVector c70 = z, c71 = z, c72 = z;
        DoubleVector c80 = z, c81 = z;
        DoubleVector c90 = z, c91 = z;
        DoubleVector ca0 = z, ca1 = z;
        DoubleVector cb0 = z, cb1 = z;
        for (int p = 0; p < kc; p++) {
            long row = LINES ? bOffset + lines[first + p] : bOffset + (long) p * ROW_BYTES;
            DoubleVector b0 = DoubleVector.fromMemorySegment(S, b, row, ORDER);
            DoubleVector b1 = TWO ? DoubleVector.fromMemorySegment(S, b, row + (LINES ? second : BYTES), ORDER) : b0;
            DoubleVector b2 = THREE ? DoubleVector.fromMemorySegment(S, b, row + third, ORDER) : b0;
            DoubleVector x = DoubleVector.broadcast(S, a[at + p]);
            c00 = x.lanewise(FMA, b0, c00);
            if (TWO) {
                c01 = x.lanewise(FMA, b1, c01);
            }
            if (THREE) {
                c02 = x.lanewise(FMA, b2, c02);
            }
            x = DoubleVector.broadcast(S, a[at + STEP + p]);
            c10 = x.lanewise(FMA, b0, c10);
            if (TWO) {
                c11 = x.lanewise(FMA, b1, c11);
            }
            if (THREE) {
                c12 = x.lanewise(FMA, b2, c12);
            }
            x = DoubleVector.broadcast(S, a[at + 2 * STEP + p]);
            c20 = x.lanewise(FMA, b0, c20);
            if (TWO) {
                c21 = x.lanewise(FMA, b1, c21);
            }
            if (THREE) {
                c22 = x.lanewise(FMA, b2, c22);
            }
            x = DoubleVector.broadcast(S, a[at + 3 * STEP + p]);
            c30 = x.lanewise(FMA, b0, c30);
            if (TWO) {
                c31 = x.lanewise(FMA, b1, c31);
            }
            if (THREE) {
                c32 = x.lanewise(FMA, b2, c32);
            }
            if (MR > 4) {
                x = DoubleVector.broadcast(S, a[at + 4 * STEP + p]);
                c40 = x.lanewise(FMA, b0, c40);
                if (TWO) {
                    c41 = x.lanewise(FMA, b1, c41);
                }
                if (THREE) {
                    c42 = x.lanewise(FMA, b2, c42);
                }
                x = DoubleVector.broadcast(S, a[at + 5 * STEP + p]);
                c50 = x.lanewise(FMA, b0, c50);
                if (TWO) {
                    c51 = x.lanewise(FMA, b1, c51);
                }
                if (THREE) {
                    c52 = x.lanewise(FMA, b2, c52);
                }
            }
            if (MR > 6) {
                x = DoubleVector.broadcast(S, a[at + 6 * STEP + p]);
                c60 = x.lanewise(FMA, b0, c60);
                if (TWO) {
                    c61 = x.lanewise(FMA, b1, c61);
                }
                if (THREE) {
                    c62 = x.lanewise(FMA, b2, c62);
                }
                x = DoubleVector.broadcast(S, a[at + 7 * STEP + p]);
                c70 = x.lanewise(FMA, b0, c70);
                if (TWO) {
                    c71 = x.lanewise(FMA, b1, c71);
                }
                if (THREE) {
                    c72 = x.lanewise(FMA, b2, c72);
                }
            }
            if (MR > 8) {
                x = DoubleVector.broadcast(S, a[at + 8 * STEP + p]);
                c80 = x.lanewise(FMA, b0, c80);
                if (TWO) {
                    c81 = x.lanewise(FMA, b1, c81);
                }
                x = DoubleVector.broadcast(S, a[at + 9 * STEP + p]);
                c90 = x.lanewise(FMA, b0, c90);
                if (TWO) {
                    c91 = x.lanewise(FMA, b1, c91);
                }
                x = DoubleVector.broadcast(S, a[at + 10 * STEP + p]);
                ca0 = x.lanewise(FMA, b0, ca0);
                if (TWO) {
                    ca1 = x.lanewise(FMA, b1, ca1);
                }
                x = DoubleVector.broadcast(S, a[at + 11 * STEP + p]);
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
