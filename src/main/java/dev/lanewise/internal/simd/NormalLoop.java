package dev.lanewise.internal.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Box-Muller in lanes: the operations of the scalar form, one by one, so that the bits are the same; a template, see
 * {@link LaneLoop}.
 *
 * <p>A block has 8 radii and 8 angles, so a vector has 256 bits at most. Choices between two values are made with the
 * bits of integers instead of masks. Three passes, because a loop of too many vector operations is not
 * compiled well, and no helpers that return vectors: compiled on their own, they would make an object of each.
 */
@SuppressWarnings("FloatingPointLiteralPrecision") // the constants are written as Cephes has them
final class NormalLoop implements NormalKernel {
    private static final VectorShape SHAPE = VectorShape.forBitSize(Math.min(256, Simd.laneBits()));
    private static final VectorSpecies<Float> S = VectorSpecies.of(float.class, SHAPE);
    private static final VectorSpecies<Integer> IS = VectorSpecies.of(int.class, SHAPE);
    private static final Class<?> TYPE = S.vectorType();
    private static final int LANES = S.length();
    private static final int BLOCK = 16;
    private static final int HALF = 8;

    private static final FloatVector ONE = all(1f);
    private static final FloatVector MINUS_HALF = all(-0.5f);
    private static final FloatVector P0 = all(7.0376836292E-2f);
    private static final FloatVector P1 = all(-1.1514610310E-1f);
    private static final FloatVector P2 = all(1.1676998740E-1f);
    private static final FloatVector P3 = all(-1.2420140846E-1f);
    private static final FloatVector P4 = all(1.4249322787E-1f);
    private static final FloatVector P5 = all(-1.6668057665E-1f);
    private static final FloatVector P6 = all(2.0000714765E-1f);
    private static final FloatVector P7 = all(-2.4999993993E-1f);
    private static final FloatVector P8 = all(3.3333331174E-1f);
    private static final FloatVector Q1 = all(-2.12194440e-4f);
    private static final FloatVector Q2 = all(0.693359375f);
    private static final FloatVector MINUS_TWO = all(-2f);

    private static final FloatVector TWO_PI = all((float) (2 * Math.PI));
    private static final FloatVector FOUR_OVER_PI = all(1.27323954473516f);
    private static final FloatVector R0 = all(-0.78515625f);
    private static final FloatVector R1 = all(-2.4187564849853515625e-4f);
    private static final FloatVector R2 = all(-3.77489497744594108e-8f);
    private static final FloatVector S0 = all(-1.9515295891E-4f);
    private static final FloatVector S1 = all(8.3321608736E-3f);
    private static final FloatVector S2 = all(-1.6666654611E-1f);
    private static final FloatVector C0 = all(2.443315711809948E-5f);
    private static final FloatVector C1 = all(-1.388731625493765E-3f);
    private static final FloatVector C2 = all(4.166664568298827E-2f);

    private static final IntVector FIRST = IntVector.broadcast(IS, 1);
    private static final IntVector EVEN = IntVector.broadcast(IS, -2);
    private static final IntVector TWO = IntVector.broadcast(IS, 2);
    private static final IntVector FOUR = IntVector.broadcast(IS, 4);

    private static final int SQRT_HALF_BITS = Float.floatToRawIntBits(0.70710678f);
    private static final int ONE_BITS = Float.floatToRawIntBits(1f);

    NormalLoop() {}

    @Override
    public void run(float[] d, int n, float mean, float std) {
        for (int at = 0; at < n; at += BLOCK) {
            for (int j = at; j < at + HALF; j += LANES) {
                radius(d, j);
            }
        }
        for (int at = 0; at < n; at += BLOCK) {
            for (int j = at; j < at + HALF; j += LANES) {
                waves(d, j);
            }
        }
        scale(d, n, mean, std);
    }

    // d[j] becomes sqrt(-2 log(1 - d[j])).
    private static void radius(float[] d, int j) {
        FloatVector u1 = ONE.sub(load(d, j));
        IntVector bits = u1.reinterpretAsInts();
        IntVector m = bits.lanewise(VectorOperators.AND, 0x007fffff).lanewise(VectorOperators.OR, 0x3f000000);
        IntVector below = m.sub(SQRT_HALF_BITS).lanewise(VectorOperators.ASHR, 31);
        IntVector exponent = bits.lanewise(VectorOperators.LSHR, 23).sub(126);
        FloatVector less = below.lanewise(VectorOperators.AND, ONE_BITS).reinterpretAsFloats();
        FloatVector e = ((FloatVector) exponent.convertShape(VectorOperators.I2F, S, 0)).sub(less);
        FloatVector mantissa = m.reinterpretAsFloats();
        FloatVector again = m.and(below).reinterpretAsFloats();
        FloatVector x = mantissa.sub(ONE).add(again);
        FloatVector z = x.mul(x);
        FloatVector y = P0.lanewise(VectorOperators.FMA, x, P1);
        y = y.lanewise(VectorOperators.FMA, x, P2);
        y = y.lanewise(VectorOperators.FMA, x, P3);
        y = y.lanewise(VectorOperators.FMA, x, P4);
        y = y.lanewise(VectorOperators.FMA, x, P5);
        y = y.lanewise(VectorOperators.FMA, x, P6);
        y = y.lanewise(VectorOperators.FMA, x, P7);
        y = y.lanewise(VectorOperators.FMA, x, P8);
        y = y.mul(x).lanewise(VectorOperators.FMA, z, e.mul(Q1));
        y = z.lanewise(VectorOperators.FMA, MINUS_HALF, y);
        FloatVector log = e.lanewise(VectorOperators.FMA, Q2, x.add(y));
        store(log.mul(MINUS_TWO).lanewise(VectorOperators.SQRT), d, j);
    }

    // d[j] is a radius, d[j + 8] a uniform: they become the radius times the cosine and the sine.
    private static void waves(float[] d, int j) {
        FloatVector theta = load(d, j + HALF).mul(TWO_PI);
        IntVector turns = (IntVector) theta.mul(FOUR_OVER_PI).convertShape(VectorOperators.F2I, IS, 0);
        IntVector octant = turns.add(FIRST).and(EVEN);
        FloatVector y = (FloatVector) octant.convertShape(VectorOperators.I2F, S, 0);
        FloatVector x = y.lanewise(VectorOperators.FMA, R0, theta);
        x = y.lanewise(VectorOperators.FMA, R1, x);
        x = y.lanewise(VectorOperators.FMA, R2, x);
        FloatVector z = x.mul(x);
        FloatVector s = S0.lanewise(VectorOperators.FMA, z, S1);
        s = s.lanewise(VectorOperators.FMA, z, S2).mul(z);
        IntVector sine = s.lanewise(VectorOperators.FMA, x, x).reinterpretAsInts();
        FloatVector c = C0.lanewise(VectorOperators.FMA, z, C1);
        c = c.lanewise(VectorOperators.FMA, z, C2).mul(z);
        c = c.lanewise(VectorOperators.FMA, z, z.mul(MINUS_HALF)).add(ONE);
        IntVector cosine = c.reinterpretAsInts();
        // All bits of swap are set where the octant has bit 2; both waves are exchanged there.
        IntVector swap = octant.lanewise(VectorOperators.LSHL, 30).lanewise(VectorOperators.ASHR, 31);
        IntVector differing = sine.lanewise(VectorOperators.XOR, cosine).and(swap);
        IntVector sinSign = octant.and(FOUR).lanewise(VectorOperators.LSHL, 29);
        // The same as where octant - 2 has no bit 4: octants are even and at most 8.
        IntVector cosSign = octant.add(TWO).and(FOUR).lanewise(VectorOperators.LSHL, 29);
        IntVector sin = sine.lanewise(VectorOperators.XOR, differing).lanewise(VectorOperators.XOR, sinSign);
        IntVector cos = cosine.lanewise(VectorOperators.XOR, differing).lanewise(VectorOperators.XOR, cosSign);
        FloatVector radius = load(d, j);
        store(radius.mul(cos.reinterpretAsFloats()), d, j);
        store(radius.mul(sin.reinterpretAsFloats()), d, j + HALF);
    }

    private static void scale(float[] d, int n, float mean, float std) {
        FloatVector shift = FloatVector.broadcast(S, mean);
        FloatVector scale = FloatVector.broadcast(S, std);
        for (int i = 0; i < n; i += LANES) {
            store(load(d, i).lanewise(VectorOperators.FMA, scale, shift), d, i);
        }
    }

    private static FloatVector all(float value) {
        return FloatVector.broadcast(S, value);
    }

    private static FloatVector load(float[] d, int at) {
        return (FloatVector) TYPE.cast(FloatVector.fromArray(S, d, at));
    }

    private static void store(FloatVector lanes, float[] d, int at) {
        ((FloatVector) TYPE.cast(lanes)).intoArray(d, at);
    }
}
