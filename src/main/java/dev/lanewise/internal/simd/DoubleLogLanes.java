package dev.lanewise.internal.simd;

import dev.lanewise.internal.math.DoubleLog;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The lane form of {@link DoubleLog}, the same operations in the same order; a template, see {@link LaneLoop}. */
final class DoubleLogLanes implements LogLanes {
    private static final LaneSpec SPEC = LaneSpec.of(MethodHandles.lookup());
    private static final VectorSpecies<Double> LANES = LaneShapes.species(double.class, SPEC);
    private static final VectorSpecies<Long> BITS = LaneShapes.species(long.class, SPEC);

    private static final LongVector FROM_ROOT = LongVector.broadcast(BITS, DoubleLog.FROM_ROOT);
    private static final LongVector WHOLE_BITS = LongVector.broadcast(BITS, DoubleLog.WHOLE_BITS);
    private static final LongVector FRACTION = LongVector.broadcast(BITS, DoubleLog.FRACTION);
    private static final LongVector ROOT_BITS = LongVector.broadcast(BITS, DoubleLog.ROOT_BITS);
    private static final DoubleVector ONE = all(1);
    private static final DoubleVector HALF = all(0.5);
    private static final DoubleVector TWO = all(2);
    private static final DoubleVector P6 = all(DoubleLog.P6);
    private static final DoubleVector P5 = all(DoubleLog.P5);
    private static final DoubleVector P4 = all(DoubleLog.P4);
    private static final DoubleVector P3 = all(DoubleLog.P3);
    private static final DoubleVector P2 = all(DoubleLog.P2);
    private static final DoubleVector P1 = all(DoubleLog.P1);
    private static final DoubleVector P0 = all(DoubleLog.P0);
    private static final DoubleVector LN2 = all(DoubleLog.LN2);
    private static final DoubleVector LN2_REST = all(DoubleLog.LN2_REST);
    private static final DoubleVector INFINITY = all(DoubleLog.INFINITY);
    private static final DoubleVector ZERO = all(0);
    private static final DoubleVector NAN = all(DoubleLog.NAN);
    private static final DoubleVector MINUS_INFINITY = all(DoubleLog.MINUS_INFINITY);
    private static final DoubleVector NORMAL = all(DoubleLog.NORMAL);
    private static final DoubleVector RAISE = all(DoubleLog.RAISE);
    private static final DoubleVector RAISED_BIAS = all(DoubleLog.RAISED_BIAS);
    private static final DoubleVector WHOLE_BIAS = all(DoubleLog.WHOLE_BIAS);
    private static final LongVector TWO_EXPONENTS = LongVector.broadcast(BITS, DoubleLog.TWO_EXPONENTS);
    private static final LongVector EXPONENT = LongVector.broadcast(BITS, DoubleLog.EXPONENT);
    private static final DoubleVector QUARTER = all(0.25);
    private static final DoubleVector INVERSE_LN2 = all(DoubleLog.INVERSE_LN2);
    private static final DoubleVector INVERSE_LN2_REST = all(DoubleLog.INVERSE_LN2_REST);
    private static final DoubleVector LOG10_2 = all(DoubleLog.LOG10_2);
    private static final DoubleVector INVERSE_LN10 = all(DoubleLog.INVERSE_LN10);
    private static final DoubleVector INVERSE_LN10_REST = all(DoubleLog.INVERSE_LN10_REST);
    private static final DoubleVector LOG10_2_REST = all(DoubleLog.LOG10_2_REST);
    private static final DoubleVector LARGE = all(DoubleLog.LARGE);
    private static final LongVector SIGN = LongVector.broadcast(BITS, DoubleLog.SIGN);

    DoubleLogLanes() {}

    /** The bits of x, moved so that the exponent field counts from √½ instead of 1. */
    private static LongVector bits(DoubleVector x) {
        return x.reinterpretAsLongs().add(FROM_ROOT);
    }

    /** The exponent k of x = 2^k (1 + f), of which below and the bias are taken off. */
    private static DoubleVector whole(LongVector i, DoubleVector below) {
        return i.lanewise(VectorOperators.LSHR, 52)
                .or(WHOLE_BITS)
                .reinterpretAsDoubles()
                .sub(below);
    }

    /** The f in [√½ - 1, √2 - 1) of x = 2^k (1 + f). */
    private static DoubleVector fraction(LongVector i) {
        return i.and(FRACTION).add(ROOT_BITS).reinterpretAsDoubles().sub(ONE);
    }

    /** k ln 2 + ln(1 + f), with s = f / (2 + f) as f - f²/2 + s (f²/2 + R(s²)). */
    private static DoubleVector sum(DoubleVector f, DoubleVector k) {
        DoubleVector h = f.mul(f).mul(HALF);
        DoubleVector s = f.div(f.add(TWO));
        DoubleVector z = s.mul(s);
        DoubleVector p =
                P6.fma(z, P5).fma(z, P4).fma(z, P3).fma(z, P2).fma(z, P1).fma(z, P0);
        return k.fma(LN2, f.sub(h.sub(s.fma(z.fma(p, h), k.mul(LN2_REST)))));
    }

    /** y with what is outside the positive numbers put right. */
    private static DoubleVector special(DoubleVector x, DoubleVector y) {
        DoubleVector above = x.blend(y, x.compare(VectorOperators.LT, INFINITY));
        return above.blend(MINUS_INFINITY, x.compare(VectorOperators.EQ, ZERO))
                .blend(NAN, x.compare(VectorOperators.LT, ZERO));
    }

    @Override
    public <E> Vector<E> log(Vector<E> xIn) {
        DoubleVector x = as(xIn);
        VectorMask<Double> tiny = x.compare(VectorOperators.LT, NORMAL);
        LongVector i = bits(x.blend(x.mul(RAISE), tiny));
        DoubleVector k = whole(i, WHOLE_BIAS.blend(RAISED_BIAS, tiny));
        return as(special(x, sum(fraction(i), k)));
    }

    @Override
    public <E> Vector<E> log1p(Vector<E> xIn) {
        DoubleVector x = as(xIn);
        DoubleVector u = x.add(ONE);
        LongVector i = bits(u);
        DoubleVector s =
                TWO_EXPONENTS.sub(i.and(EXPONENT)).reinterpretAsDoubles().mul(QUARTER);
        DoubleVector f = x.fma(s, s.sub(ONE));
        DoubleVector y = special(u, sum(f, whole(i, WHOLE_BIAS)));
        return as(y.blend(x, x.compare(VectorOperators.EQ, ZERO)));
    }

    @Override
    public <E> Vector<E> log2(Vector<E> xIn) {
        DoubleVector x = as(xIn);
        VectorMask<Double> tiny = x.compare(VectorOperators.LT, NORMAL);
        LongVector i = bits(x.blend(x.mul(RAISE), tiny));
        DoubleVector k = whole(i, WHOLE_BIAS.blend(RAISED_BIAS, tiny));
        DoubleVector y = sum(fraction(i), ZERO);
        return as(special(x, y.fma(INVERSE_LN2, y.fma(INVERSE_LN2_REST, k))));
    }

    @Override
    public <E> Vector<E> log10(Vector<E> xIn) {
        DoubleVector x = as(xIn);
        VectorMask<Double> tiny = x.compare(VectorOperators.LT, NORMAL);
        LongVector i = bits(x.blend(x.mul(RAISE), tiny));
        DoubleVector k = whole(i, WHOLE_BIAS.blend(RAISED_BIAS, tiny));
        DoubleVector y = sum(fraction(i), ZERO);
        return as(special(x, k.fma(LOG10_2, y.fma(INVERSE_LN10, y.fma(INVERSE_LN10_REST, k.mul(LOG10_2_REST))))));
    }

    @Override
    public <E> Vector<E> asinhFirst(Vector<E> xIn) {
        DoubleVector x = as(xIn);
        DoubleVector a = x.abs();
        DoubleVector q = a.mul(a);
        return as(a.add(q.div(ONE.add(q.add(ONE).sqrt()))).blend(a, a.compare(VectorOperators.GT, LARGE)));
    }

    @Override
    public <E> Vector<E> asinhSecond(Vector<E> firstIn) {
        DoubleVector first = as(firstIn);
        return as(log1pShort(first));
    }

    @Override
    public <E> Vector<E> asinh(Vector<E> xIn, Vector<E> secondIn) {
        DoubleVector x = as(xIn);
        DoubleVector second = as(secondIn);
        DoubleVector y = second.add(ZERO.blend(LN2, x.abs().compare(VectorOperators.GT, LARGE)));
        return as(y.reinterpretAsLongs().or(x.reinterpretAsLongs().and(SIGN)).reinterpretAsDoubles());
    }

    @Override
    public <E> Vector<E> acoshFirst(Vector<E> xIn) {
        DoubleVector x = as(xIn);
        DoubleVector a = x.sub(ONE);
        return as(a.add(a.sqrt().mul(a.add(TWO).sqrt())).blend(x, x.compare(VectorOperators.GT, LARGE)));
    }

    @Override
    public <E> Vector<E> acosh(Vector<E> xIn, Vector<E> firstIn) {
        DoubleVector x = as(xIn);
        DoubleVector first = as(firstIn);
        return as(log1pShort(first).add(ZERO.blend(LN2, x.compare(VectorOperators.GT, LARGE))));
    }

    @Override
    public <E> Vector<E> atanhFirst(Vector<E> xIn) {
        DoubleVector x = as(xIn);
        DoubleVector a = x.abs();
        return as(a.add(a).div(ONE.sub(a)));
    }

    @Override
    public <E> Vector<E> atanh(Vector<E> xIn, Vector<E> firstIn) {
        DoubleVector x = as(xIn);
        DoubleVector first = as(firstIn);
        DoubleVector y = log1pShort(first).mul(HALF);
        return as(y.reinterpretAsLongs().or(x.reinterpretAsLongs().and(SIGN)).reinterpretAsDoubles());
    }

    @Override
    public <E> Vector<E> logitFirst(Vector<E> xIn) {
        DoubleVector x = as(xIn);
        VectorMask<Double> near = x.sub(HALF).abs().compare(VectorOperators.LT, QUARTER);
        return as(x.blend(x.add(x).sub(ONE), near).div(ONE.sub(x)));
    }

    @Override
    public <E> Vector<E> logitSecond(Vector<E> xIn, Vector<E> firstIn) {
        DoubleVector x = as(xIn);
        DoubleVector first = as(firstIn);
        VectorMask<Double> near = x.sub(HALF).abs().compare(VectorOperators.LT, QUARTER);
        VectorMask<Double> tiny = x.compare(VectorOperators.LT, NORMAL);
        DoubleVector v = first.blend(first.mul(RAISE), tiny);
        DoubleVector u = v.blend(v.add(ONE), near);
        LongVector i = bits(u);
        DoubleVector s =
                TWO_EXPONENTS.sub(i.and(EXPONENT)).reinterpretAsDoubles().mul(QUARTER);
        DoubleVector f = v.fma(s, ONE.neg().blend(s.sub(ONE), near));
        return as(sum(f, whole(i, WHOLE_BIAS.blend(RAISED_BIAS, tiny))));
    }

    @Override
    public <E> Vector<E> logit(Vector<E> xIn, Vector<E> secondIn) {
        DoubleVector x = as(xIn);
        DoubleVector second = as(secondIn);
        DoubleVector end = NAN.blend(INFINITY, x.compare(VectorOperators.EQ, ONE))
                .blend(MINUS_INFINITY, x.compare(VectorOperators.EQ, ZERO));
        return as(end.blend(second, x.compare(VectorOperators.GT, ZERO).and(x.compare(VectorOperators.LT, ONE))));
    }

    /** ln(1 + x) where the sign of 0 does not matter. */
    private static DoubleVector log1pShort(DoubleVector x) {
        DoubleVector u = x.add(ONE);
        LongVector i = bits(u);
        DoubleVector s =
                TWO_EXPONENTS.sub(i.and(EXPONENT)).reinterpretAsDoubles().mul(QUARTER);
        return special(u, sum(x.fma(s, s.sub(ONE)), whole(i, WHOLE_BIAS)));
    }

    private static DoubleVector all(double value) {
        return DoubleVector.broadcast(LANES, value);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E, V extends Vector<?>> V as(Vector<E> lanes) {
        return (V) lanes;
    }
}
