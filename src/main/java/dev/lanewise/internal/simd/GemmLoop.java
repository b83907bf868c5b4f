package dev.lanewise.internal.simd;

import static dev.lanewise.internal.simd.LaneLoop.nat;
import static jdk.incubator.vector.VectorOperators.FMA;

import dev.lanewise.DType;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The microkernel: tiles of 12, 8, 6 or 4 rows of one or two vectors, or of 8 rows of three, as its class data says.
 *
 * <p>A template, copied before use: each size of tile is compiled on its own, and a copy that the JIT compiled badly can
 * be replaced. The sums are locals, A comes from an array and the tile goes to one: with memory segments in their place
 * C1 gives up on the method and it stays slow. The rows are written out because the sums must be registers, and the stores
 * for each type of element, because C2 stops inlining at a number of nodes that this method just fits into: what the
 * Vector API marks to be inlined is so nevertheless, but not a helper around it, and then every call made 15 KB of vector
 * objects. Rows that a tile does not have fall away, since the conditions are constants.
 *
 * @param <T> {@code float[]} or {@code double[]}
 */
final class GemmLoop<T> implements GemmKernel<T> {
    private static final Tile TILE = LoopSpec.classData(MethodHandles.lookup(), Tile.class);
    private static final boolean F64 = TILE.type() == DType.FLOAT64;
    private static final VectorShape SHAPE = VectorShape.forBitSize(Simd.laneBits());
    private static final VectorSpecies<Float> FLOATS = VectorSpecies.of(float.class, SHAPE);
    private static final VectorSpecies<Double> DOUBLES = VectorSpecies.of(double.class, SHAPE);
    private static final VectorSpecies<Float> S = species();
    private static final Class<?> TYPE = S.vectorType();
    private static final int MR = TILE.rows();
    private static final boolean TWO = TILE.vectors() >= 2;
    private static final boolean THREE = TILE.vectors() == 3;
    private static final boolean LINES = TILE.lines();
    private static final int LANES = S.length();
    private static final int NR = 2 * LANES;
    private static final int STEP = F64 ? STEP_F64 : STEP_F32;
    private static final int BYTES = LANES * (F64 ? Double.BYTES : Float.BYTES);
    private static final int ROW_BYTES = 2 * BYTES;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    GemmLoop() {}

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
            T a,
            int at,
            MemorySegment b,
            long bOffset,
            long[] lines,
            int first,
            long second,
            long third,
            T out) {
        sums(kc, a, at, nat(b), bOffset, lines, first, second, third, out);
    }

    private static void sums(
            int kc,
            Object a,
            int at,
            MemorySegment b,
            long bOffset,
            long[] lines,
            int first,
            long second,
            long third,
            Object out) {
        // Cast once: a cast at each use would cost nodes.
        float[] floatA = F64 ? null : (float[]) a;
        double[] doubleA = F64 ? (double[]) a : null;
        float[] floats = F64 ? null : (float[]) out;
        double[] doubles = F64 ? (double[]) out : null;
        // The zero of the species is an object already, and would make objects of the sums.
        Vector<Float> z = zero();
        Vector<Float> c00 = z, c01 = z, c02 = z;
        Vector<Float> c10 = z, c11 = z, c12 = z;
        Vector<Float> c20 = z, c21 = z, c22 = z;
        Vector<Float> c30 = z, c31 = z, c32 = z;
        Vector<Float> c40 = z, c41 = z, c42 = z;
        Vector<Float> c50 = z, c51 = z, c52 = z;
        Vector<Float> c60 = z, c61 = z, c62 = z;
        Vector<Float> c70 = z, c71 = z, c72 = z;
        Vector<Float> c80 = z, c81 = z;
        Vector<Float> c90 = z, c91 = z;
        Vector<Float> ca0 = z, ca1 = z;
        Vector<Float> cb0 = z, cb1 = z;
        for (int p = 0; p < kc; p++) {
            long row = LINES ? bOffset + lines[first + p] : bOffset + (long) p * ROW_BYTES;
            Vector<Float> b0 = S.fromMemorySegment(b, row, ORDER);
            Vector<Float> b1 = TWO ? S.fromMemorySegment(b, row + (LINES ? second : BYTES), ORDER) : b0;
            Vector<Float> b2 = THREE ? S.fromMemorySegment(b, row + third, ORDER) : b0;
            Vector<Float> x = number(floatA, doubleA, at + p);
            c00 = x.lanewise(FMA, b0, c00);
            if (TWO) {
                c01 = x.lanewise(FMA, b1, c01);
            }
            if (THREE) {
                c02 = x.lanewise(FMA, b2, c02);
            }
            x = number(floatA, doubleA, at + STEP + p);
            c10 = x.lanewise(FMA, b0, c10);
            if (TWO) {
                c11 = x.lanewise(FMA, b1, c11);
            }
            if (THREE) {
                c12 = x.lanewise(FMA, b2, c12);
            }
            x = number(floatA, doubleA, at + 2 * STEP + p);
            c20 = x.lanewise(FMA, b0, c20);
            if (TWO) {
                c21 = x.lanewise(FMA, b1, c21);
            }
            if (THREE) {
                c22 = x.lanewise(FMA, b2, c22);
            }
            x = number(floatA, doubleA, at + 3 * STEP + p);
            c30 = x.lanewise(FMA, b0, c30);
            if (TWO) {
                c31 = x.lanewise(FMA, b1, c31);
            }
            if (THREE) {
                c32 = x.lanewise(FMA, b2, c32);
            }
            if (MR > 4) {
                x = number(floatA, doubleA, at + 4 * STEP + p);
                c40 = x.lanewise(FMA, b0, c40);
                if (TWO) {
                    c41 = x.lanewise(FMA, b1, c41);
                }
                if (THREE) {
                    c42 = x.lanewise(FMA, b2, c42);
                }
                x = number(floatA, doubleA, at + 5 * STEP + p);
                c50 = x.lanewise(FMA, b0, c50);
                if (TWO) {
                    c51 = x.lanewise(FMA, b1, c51);
                }
                if (THREE) {
                    c52 = x.lanewise(FMA, b2, c52);
                }
            }
            if (MR > 6) {
                x = number(floatA, doubleA, at + 6 * STEP + p);
                c60 = x.lanewise(FMA, b0, c60);
                if (TWO) {
                    c61 = x.lanewise(FMA, b1, c61);
                }
                if (THREE) {
                    c62 = x.lanewise(FMA, b2, c62);
                }
                x = number(floatA, doubleA, at + 7 * STEP + p);
                c70 = x.lanewise(FMA, b0, c70);
                if (TWO) {
                    c71 = x.lanewise(FMA, b1, c71);
                }
                if (THREE) {
                    c72 = x.lanewise(FMA, b2, c72);
                }
            }
            if (MR > 8) {
                x = number(floatA, doubleA, at + 8 * STEP + p);
                c80 = x.lanewise(FMA, b0, c80);
                if (TWO) {
                    c81 = x.lanewise(FMA, b1, c81);
                }
                x = number(floatA, doubleA, at + 9 * STEP + p);
                c90 = x.lanewise(FMA, b0, c90);
                if (TWO) {
                    c91 = x.lanewise(FMA, b1, c91);
                }
                x = number(floatA, doubleA, at + 10 * STEP + p);
                ca0 = x.lanewise(FMA, b0, ca0);
                if (TWO) {
                    ca1 = x.lanewise(FMA, b1, ca1);
                }
                x = number(floatA, doubleA, at + 11 * STEP + p);
                cb0 = x.lanewise(FMA, b0, cb0);
                if (TWO) {
                    cb1 = x.lanewise(FMA, b1, cb1);
                }
            }
        }
        if (F64) {
            ((DoubleVector) TYPE.cast(c00)).intoArray(doubles, 0);
            ((DoubleVector) TYPE.cast(c10)).intoArray(doubles, NR);
            ((DoubleVector) TYPE.cast(c20)).intoArray(doubles, 2 * NR);
            ((DoubleVector) TYPE.cast(c30)).intoArray(doubles, 3 * NR);
            if (TWO) {
                ((DoubleVector) TYPE.cast(c01)).intoArray(doubles, LANES);
                ((DoubleVector) TYPE.cast(c11)).intoArray(doubles, NR + LANES);
                ((DoubleVector) TYPE.cast(c21)).intoArray(doubles, 2 * NR + LANES);
                ((DoubleVector) TYPE.cast(c31)).intoArray(doubles, 3 * NR + LANES);
            }
            if (MR > 4) {
                ((DoubleVector) TYPE.cast(c40)).intoArray(doubles, 4 * NR);
                ((DoubleVector) TYPE.cast(c50)).intoArray(doubles, 5 * NR);
                if (TWO) {
                    ((DoubleVector) TYPE.cast(c41)).intoArray(doubles, 4 * NR + LANES);
                    ((DoubleVector) TYPE.cast(c51)).intoArray(doubles, 5 * NR + LANES);
                }
            }
            if (MR > 6) {
                ((DoubleVector) TYPE.cast(c60)).intoArray(doubles, 6 * NR);
                ((DoubleVector) TYPE.cast(c70)).intoArray(doubles, 7 * NR);
                if (TWO) {
                    ((DoubleVector) TYPE.cast(c61)).intoArray(doubles, 6 * NR + LANES);
                    ((DoubleVector) TYPE.cast(c71)).intoArray(doubles, 7 * NR + LANES);
                }
            }
            if (THREE) {
                ((DoubleVector) TYPE.cast(c02)).intoArray(doubles, (8 + 0) * NR);
                ((DoubleVector) TYPE.cast(c12)).intoArray(doubles, (8 + 1) * NR);
                ((DoubleVector) TYPE.cast(c22)).intoArray(doubles, (8 + 2) * NR);
                ((DoubleVector) TYPE.cast(c32)).intoArray(doubles, (8 + 3) * NR);
                ((DoubleVector) TYPE.cast(c42)).intoArray(doubles, (8 + 4) * NR);
                ((DoubleVector) TYPE.cast(c52)).intoArray(doubles, (8 + 5) * NR);
                ((DoubleVector) TYPE.cast(c62)).intoArray(doubles, (8 + 6) * NR);
                ((DoubleVector) TYPE.cast(c72)).intoArray(doubles, (8 + 7) * NR);
            }
            if (MR > 8) {
                ((DoubleVector) TYPE.cast(c80)).intoArray(doubles, 8 * NR);
                ((DoubleVector) TYPE.cast(c90)).intoArray(doubles, 9 * NR);
                ((DoubleVector) TYPE.cast(ca0)).intoArray(doubles, 10 * NR);
                ((DoubleVector) TYPE.cast(cb0)).intoArray(doubles, 11 * NR);
                if (TWO) {
                    ((DoubleVector) TYPE.cast(c81)).intoArray(doubles, 8 * NR + LANES);
                    ((DoubleVector) TYPE.cast(c91)).intoArray(doubles, 9 * NR + LANES);
                    ((DoubleVector) TYPE.cast(ca1)).intoArray(doubles, 10 * NR + LANES);
                    ((DoubleVector) TYPE.cast(cb1)).intoArray(doubles, 11 * NR + LANES);
                }
            }
        } else {
            ((FloatVector) TYPE.cast(c00)).intoArray(floats, 0);
            ((FloatVector) TYPE.cast(c10)).intoArray(floats, NR);
            ((FloatVector) TYPE.cast(c20)).intoArray(floats, 2 * NR);
            ((FloatVector) TYPE.cast(c30)).intoArray(floats, 3 * NR);
            if (TWO) {
                ((FloatVector) TYPE.cast(c01)).intoArray(floats, LANES);
                ((FloatVector) TYPE.cast(c11)).intoArray(floats, NR + LANES);
                ((FloatVector) TYPE.cast(c21)).intoArray(floats, 2 * NR + LANES);
                ((FloatVector) TYPE.cast(c31)).intoArray(floats, 3 * NR + LANES);
            }
            if (MR > 4) {
                ((FloatVector) TYPE.cast(c40)).intoArray(floats, 4 * NR);
                ((FloatVector) TYPE.cast(c50)).intoArray(floats, 5 * NR);
                if (TWO) {
                    ((FloatVector) TYPE.cast(c41)).intoArray(floats, 4 * NR + LANES);
                    ((FloatVector) TYPE.cast(c51)).intoArray(floats, 5 * NR + LANES);
                }
            }
            if (MR > 6) {
                ((FloatVector) TYPE.cast(c60)).intoArray(floats, 6 * NR);
                ((FloatVector) TYPE.cast(c70)).intoArray(floats, 7 * NR);
                if (TWO) {
                    ((FloatVector) TYPE.cast(c61)).intoArray(floats, 6 * NR + LANES);
                    ((FloatVector) TYPE.cast(c71)).intoArray(floats, 7 * NR + LANES);
                }
            }
            if (THREE) {
                ((FloatVector) TYPE.cast(c02)).intoArray(floats, (8 + 0) * NR);
                ((FloatVector) TYPE.cast(c12)).intoArray(floats, (8 + 1) * NR);
                ((FloatVector) TYPE.cast(c22)).intoArray(floats, (8 + 2) * NR);
                ((FloatVector) TYPE.cast(c32)).intoArray(floats, (8 + 3) * NR);
                ((FloatVector) TYPE.cast(c42)).intoArray(floats, (8 + 4) * NR);
                ((FloatVector) TYPE.cast(c52)).intoArray(floats, (8 + 5) * NR);
                ((FloatVector) TYPE.cast(c62)).intoArray(floats, (8 + 6) * NR);
                ((FloatVector) TYPE.cast(c72)).intoArray(floats, (8 + 7) * NR);
            }
            if (MR > 8) {
                ((FloatVector) TYPE.cast(c80)).intoArray(floats, 8 * NR);
                ((FloatVector) TYPE.cast(c90)).intoArray(floats, 9 * NR);
                ((FloatVector) TYPE.cast(ca0)).intoArray(floats, 10 * NR);
                ((FloatVector) TYPE.cast(cb0)).intoArray(floats, 11 * NR);
                if (TWO) {
                    ((FloatVector) TYPE.cast(c81)).intoArray(floats, 8 * NR + LANES);
                    ((FloatVector) TYPE.cast(c91)).intoArray(floats, 9 * NR + LANES);
                    ((FloatVector) TYPE.cast(ca1)).intoArray(floats, 10 * NR + LANES);
                    ((FloatVector) TYPE.cast(cb1)).intoArray(floats, 11 * NR + LANES);
                }
            }
        }
    }

    /** One type for both elements: the operations used are the same for all vectors. */
    @SuppressWarnings("unchecked")
    private static VectorSpecies<Float> species() {
        return (VectorSpecies<Float>) (VectorSpecies<?>) (F64 ? DOUBLES : FLOATS);
    }

    @SuppressWarnings("unchecked")
    private static Vector<Float> zero() {
        return (Vector<Float>) (Vector<?>) (F64 ? DoubleVector.zero(DOUBLES) : FloatVector.zero(FLOATS));
    }

    @SuppressWarnings("unchecked")
    private static Vector<Float> number(float[] floats, double[] doubles, int at) {
        Vector<?> number =
                F64 ? DoubleVector.broadcast(DOUBLES, doubles[at]) : FloatVector.broadcast(FLOATS, floats[at]);
        return (Vector<Float>) number;
    }
}
