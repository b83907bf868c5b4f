package dev.lanewise.internal.simd;

import dev.lanewise.internal.math.FloatLog;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The lane form of {@link FloatLog}, the same operations in the same order; a template, see {@link LaneLoop}. */
final class FloatLogLanes implements LogLanes {
    private static final LaneSpec SPEC = LaneSpec.of(MethodHandles.lookup());
    private static final VectorSpecies<Float> LANES = LaneShapes.species(float.class, SPEC);
    private static final VectorSpecies<Integer> BITS = LaneShapes.species(int.class, SPEC);

    private static final IntVector FROM_ROOT = IntVector.broadcast(BITS, FloatLog.FROM_ROOT);
    private static final IntVector WHOLE_BITS = IntVector.broadcast(BITS, FloatLog.WHOLE_BITS);
    private static final IntVector FRACTION = IntVector.broadcast(BITS, FloatLog.FRACTION);
    private static final IntVector ROOT_BITS = IntVector.broadcast(BITS, FloatLog.ROOT_BITS);
    private static final FloatVector ONE = all(1);
    private static final FloatVector P8 = all(FloatLog.P8);
    private static final FloatVector P7 = all(FloatLog.P7);
    private static final FloatVector P6 = all(FloatLog.P6);
    private static final FloatVector P5 = all(FloatLog.P5);
    private static final FloatVector P4 = all(FloatLog.P4);
    private static final FloatVector P3 = all(FloatLog.P3);
    private static final FloatVector P2 = all(FloatLog.P2);
    private static final FloatVector P1 = all(FloatLog.P1);
    private static final FloatVector P0 = all(FloatLog.P0);
    private static final FloatVector LN2 = all(FloatLog.LN2);
    private static final FloatVector LN2_REST = all(FloatLog.LN2_REST);
    private static final FloatVector INFINITY = all(FloatLog.INFINITY);
    private static final FloatVector ZERO = all(0);
    private static final FloatVector NAN = all(FloatLog.NAN);
    private static final FloatVector MINUS_INFINITY = all(FloatLog.MINUS_INFINITY);
    private static final FloatVector NORMAL = all(FloatLog.NORMAL);
    private static final FloatVector RAISE = all(FloatLog.RAISE);
    private static final FloatVector RAISED_BIAS = all(FloatLog.RAISED_BIAS);
    private static final FloatVector WHOLE_BIAS = all(FloatLog.WHOLE_BIAS);
    private static final IntVector TWO_EXPONENTS = IntVector.broadcast(BITS, FloatLog.TWO_EXPONENTS);
    private static final IntVector EXPONENT = IntVector.broadcast(BITS, FloatLog.EXPONENT);
    private static final FloatVector QUARTER = all(0.25f);

    FloatLogLanes() {}

    /** The bits of x, moved so that the exponent field counts from √½ instead of 1. */
    private static IntVector bits(FloatVector x) {
        return x.reinterpretAsInts().add(FROM_ROOT);
    }

    /** The exponent k of x = 2^k (1 + f), of which below and the bias are taken off. */
    private static FloatVector whole(IntVector i, FloatVector below) {
        return i.lanewise(VectorOperators.LSHR, 23)
                .or(WHOLE_BITS)
                .reinterpretAsFloats()
                .sub(below);
    }

    /** The f in [√½ - 1, √2 - 1) of x = 2^k (1 + f). */
    private static FloatVector fraction(IntVector i) {
        return i.and(FRACTION).add(ROOT_BITS).reinterpretAsFloats().sub(ONE);
    }

    /** k ln 2 + ln(1 + f). */
    private static FloatVector sum(FloatVector f, FloatVector k) {
        FloatVector p = P8.fma(f, P7)
                .fma(f, P6)
                .fma(f, P5)
                .fma(f, P4)
                .fma(f, P3)
                .fma(f, P2)
                .fma(f, P1)
                .fma(f, P0);
        return k.fma(LN2, f.mul(f).fma(p, k.fma(LN2_REST, f)));
    }

    /** y with what is outside the positive numbers put right. */
    private static FloatVector special(FloatVector x, FloatVector y) {
        FloatVector above = x.blend(y, x.compare(VectorOperators.LT, INFINITY));
        return above.blend(MINUS_INFINITY, x.compare(VectorOperators.EQ, ZERO))
                .blend(NAN, x.compare(VectorOperators.LT, ZERO));
    }

    @Override
    public <E> Vector<E> log(Vector<E> xIn) {
        FloatVector x = as(xIn);
        VectorMask<Float> tiny = x.compare(VectorOperators.LT, NORMAL);
        IntVector i = bits(x.blend(x.mul(RAISE), tiny));
        FloatVector k = whole(i, WHOLE_BIAS.blend(RAISED_BIAS, tiny));
        return as(special(x, sum(fraction(i), k)));
    }

    @Override
    public <E> Vector<E> log1p(Vector<E> xIn) {
        FloatVector x = as(xIn);
        FloatVector u = x.add(ONE);
        IntVector i = bits(u);
        FloatVector s = TWO_EXPONENTS.sub(i.and(EXPONENT)).reinterpretAsFloats().mul(QUARTER);
        FloatVector f = x.fma(s, s.sub(ONE));
        FloatVector y = special(u, sum(f, whole(i, WHOLE_BIAS)));
        return as(y.blend(x, x.compare(VectorOperators.EQ, ZERO)));
    }

    private static FloatVector all(float value) {
        return FloatVector.broadcast(LANES, value);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E, V extends Vector<?>> V as(Vector<E> lanes) {
        return (V) lanes;
    }
}
