package dev.lanewise.internal.simd;

import dev.lanewise.internal.math.DoubleExp;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The lane form of {@link DoubleExp}, the same operations in the same order; a template, see {@link LaneLoop}. */
final class DoubleExpLanes implements ExpLanes {
    private static final LaneSpec SPEC = LaneSpec.of(MethodHandles.lookup());
    private static final VectorSpecies<Double> LANES = LaneShapes.species(double.class, SPEC);
    private static final VectorSpecies<Long> BITS = LaneShapes.species(long.class, SPEC);

    private static final DoubleVector INVERSE_LN2 = all(DoubleExp.INVERSE_LN2);
    private static final DoubleVector TO_BITS = all(DoubleExp.TO_BITS);
    private static final DoubleVector MINUS_LN2_REST = all(DoubleExp.MINUS_LN2_REST);
    private static final DoubleVector MINUS_LN2 = all(DoubleExp.MINUS_LN2);
    private static final DoubleVector E12 = all(DoubleExp.E12);
    private static final DoubleVector E11 = all(DoubleExp.E11);
    private static final DoubleVector E10 = all(DoubleExp.E10);
    private static final DoubleVector E9 = all(DoubleExp.E9);
    private static final DoubleVector E8 = all(DoubleExp.E8);
    private static final DoubleVector E7 = all(DoubleExp.E7);
    private static final DoubleVector E6 = all(DoubleExp.E6);
    private static final DoubleVector E5 = all(DoubleExp.E5);
    private static final DoubleVector E4 = all(DoubleExp.E4);
    private static final DoubleVector E3 = all(DoubleExp.E3);
    private static final DoubleVector E2 = all(DoubleExp.E2);
    private static final DoubleVector ONE = all(1);
    private static final LongVector BIAS = LongVector.broadcast(BITS, DoubleExp.BIAS);
    private static final DoubleVector MOST = all(DoubleExp.MOST);
    private static final DoubleVector MINUS_LEAST = all(DoubleExp.MINUS_LEAST);
    private static final DoubleVector ALL_OF_ONE = all(DoubleExp.ALL_OF_ONE);
    private static final LongVector BIAS_AND_ONE = LongVector.broadcast(BITS, DoubleExp.BIAS_AND_ONE);
    private static final DoubleVector HALF = all(0.5);
    private static final DoubleVector ZERO = all(0);
    private static final LongVector TWICE_BIAS = LongVector.broadcast(BITS, DoubleExp.TWICE_BIAS);
    private static final DoubleVector LEAST = all(DoubleExp.LEAST);
    private static final DoubleVector FLAT = all(DoubleExp.FLAT);
    private static final DoubleVector TWO = all(2);
    private static final LongVector SIGN = LongVector.broadcast(BITS, DoubleExp.SIGN);
    private static final DoubleVector MINUS_GELU_FLAT = all(DoubleExp.MINUS_GELU_FLAT);
    private static final DoubleVector GELU_FLAT = all(DoubleExp.GELU_FLAT);
    private static final DoubleVector CUBIC = all(DoubleExp.CUBIC);
    private static final DoubleVector LINEAR = all(DoubleExp.LINEAR);
    private static final DoubleVector CUBIC_REST = all(DoubleExp.CUBIC_REST);
    private static final DoubleVector LINEAR_REST = all(DoubleExp.LINEAR_REST);
    private static final DoubleVector L10 = all(DoubleExp.L10);
    private static final DoubleVector L9 = all(DoubleExp.L9);
    private static final DoubleVector L8 = all(DoubleExp.L8);
    private static final DoubleVector L7 = all(DoubleExp.L7);
    private static final DoubleVector L6 = all(DoubleExp.L6);
    private static final DoubleVector L5 = all(DoubleExp.L5);
    private static final DoubleVector L4 = all(DoubleExp.L4);
    private static final DoubleVector L3 = all(DoubleExp.L3);
    private static final DoubleVector L2 = all(DoubleExp.L2);
    private static final DoubleVector L1 = all(DoubleExp.L1);
    private static final DoubleVector L0 = all(DoubleExp.L0);

    DoubleExpLanes() {}

    /** x / ln 2 rounded to a whole number n, and 2 · BIAS more in the low bits, so that they hold exponents. */
    private static DoubleVector rounded(DoubleVector x) {
        return x.fma(INVERSE_LN2, TO_BITS);
    }

    /** What x is beyond n ln 2. */
    private static DoubleVector rest(DoubleVector x, DoubleVector rounded) {
        DoubleVector n = rounded.sub(TO_BITS);
        return n.fma(MINUS_LN2_REST, n.fma(MINUS_LN2, x));
    }

    /** (e^r - 1 - r) / r². */
    private static DoubleVector curve(DoubleVector r) {
        return E12.fma(r, E11).fma(r, E10).fma(r, E9).fma(r, E8).fma(r, E7).fma(r, E6).fma(r, E5).fma(r, E4).fma(r, E3).fma(r, E2);
    }

    /** e^r. */
    private static DoubleVector whole(DoubleVector r) {
        return curve(r).fma(r, ONE).fma(r, ONE);
    }

    /** e^r - 1. */
    private static DoubleVector less(DoubleVector r) {
        return curve(r).mul(r).fma(r, r);
    }

    /** 2^⌊n/2⌋: two factors make 2^n, which alone may be out of range. */
    private static DoubleVector half(DoubleVector rounded) {
        return rounded.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 1).lanewise(VectorOperators.LSHL, 52).reinterpretAsDoubles();
    }

    /** 2^⌈n/2⌉. */
    private static DoubleVector restHalf(DoubleVector rounded) {
        LongVector i = rounded.reinterpretAsLongs();
        return i.sub(i.lanewise(VectorOperators.LSHR, 1)).lanewise(VectorOperators.LSHL, 52).reinterpretAsDoubles();
    }

    /** 2^n for the exponents of normal numbers. */
    private static DoubleVector power(DoubleVector rounded) {
        return rounded.reinterpretAsLongs().sub(BIAS).lanewise(VectorOperators.LSHL, 52).reinterpretAsDoubles();
    }

    @Override
    public <E> Vector<E> exp(Vector<E> xIn) {
        DoubleVector x = as(xIn);
        DoubleVector high = x.blend(MOST, x.compare(VectorOperators.GT, MOST));
        DoubleVector z = high.blend(MINUS_LEAST, high.compare(VectorOperators.LT, MINUS_LEAST));
        DoubleVector n = rounded(z);
        return as(whole(rest(z, n)).mul(half(n)).mul(restHalf(n)));
    }

    @Override
    public <E> Vector<E> expm1(Vector<E> xIn) {
        DoubleVector x = as(xIn);
        DoubleVector high = x.blend(MOST, x.compare(VectorOperators.GT, MOST));
        DoubleVector z = high.blend(ALL_OF_ONE, high.compare(VectorOperators.LT, ALL_OF_ONE));
        DoubleVector n = rounded(z);
        DoubleVector s = n.reinterpretAsLongs().sub(BIAS_AND_ONE).lanewise(VectorOperators.LSHL, 52).reinterpretAsDoubles();
        DoubleVector y = s.fma(less(rest(z, n)), s.sub(HALF));
        return as(y.add(y).blend(x, x.compare(VectorOperators.EQ, ZERO)));
    }

    /** 2^-⌊n/2⌋. */
    private static DoubleVector inverseHalf(DoubleVector rounded) {
        return TWICE_BIAS.sub(rounded.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 1)).lanewise(VectorOperators.LSHL, 52).reinterpretAsDoubles();
    }

    @Override
    public <E> Vector<E> sigmoid(Vector<E> xIn) {
        DoubleVector x = as(xIn);
        DoubleVector high = x.blend(LEAST, x.compare(VectorOperators.GT, LEAST));
        DoubleVector z = high.blend(MINUS_LEAST, high.compare(VectorOperators.LT, MINUS_LEAST)).neg();
        DoubleVector n = rounded(z);
        DoubleVector h = inverseHalf(n);
        DoubleVector k = restHalf(n);
        return as(h.div(k.fma(less(rest(z, n)), k.add(h))));
    }

    @Override
    public <E> Vector<E> silu(Vector<E> xIn) {
        DoubleVector x = as(xIn);
        DoubleVector low = x.blend(MINUS_LEAST, x.compare(VectorOperators.LT, MINUS_LEAST));
        DoubleVector z = low.blend(LEAST, low.compare(VectorOperators.GT, LEAST)).neg();
        DoubleVector n = rounded(z);
        DoubleVector h = inverseHalf(n);
        DoubleVector k = restHalf(n);
        return as(low.div(k.fma(less(rest(z, n)), k.add(h))).mul(h));
    }

    @Override
    public <E> Vector<E> tanh(Vector<E> xIn) {
        DoubleVector x = as(xIn);
        DoubleVector a = x.abs();
        DoubleVector z = a.blend(FLAT, a.compare(VectorOperators.GT, FLAT)).mul(TWO);
        DoubleVector n = rounded(z);
        DoubleVector s = power(n);
        DoubleVector t = s.fma(less(rest(z, n)), s.sub(ONE));
        return as(t.div(t.add(TWO)).reinterpretAsLongs().or(x.reinterpretAsLongs().and(SIGN)).reinterpretAsDoubles());
    }

    /** -|x|, but not less than where e^x is 0. */
    private static DoubleVector down(DoubleVector x) {
        DoubleVector a = x.abs();
        return a.neg().blend(MINUS_LEAST, a.compare(VectorOperators.GT, LEAST));
    }

    @Override
    public <E> Vector<E> mish(Vector<E> xIn) {
        DoubleVector x = as(xIn);
        DoubleVector z = down(x);
        DoubleVector n = rounded(z);
        DoubleVector t = less(rest(z, n));
        DoubleVector h = half(n);
        DoubleVector k = restHalf(n);
        DoubleVector s = h.mul(k);
        DoubleVector e = s.fma(t, s);
        VectorMask<Double> below = x.compare(VectorOperators.LT, ZERO);
        DoubleVector v = x.blend(z.fma(t, z).mul(h).mul(k), below);
        DoubleVector a = e.add(e).mul(e).blend(e.fma(e, e), below);
        DoubleVector b = e.add(e).fma(e.add(ONE), ONE).blend(e.fma(e.add(TWO), TWO), below);
        return as(v.neg().fma(a.div(b), v));
    }

    @Override
    public <E> Vector<E> geluTanh(Vector<E> xIn) {
        DoubleVector x = as(xIn);
        DoubleVector low = x.blend(MINUS_GELU_FLAT, x.compare(VectorOperators.LT, MINUS_GELU_FLAT));
        DoubleVector b = low.neg().blend(MINUS_GELU_FLAT, low.compare(VectorOperators.GT, GELU_FLAT));
        DoubleVector q = b.mul(b);
        DoubleVector w = q.fma(CUBIC, LINEAR);
        DoubleVector wRest = b.fma(b, q.neg()).fma(CUBIC, q.fma(CUBIC, LINEAR.sub(w))).add(q.fma(CUBIC_REST, LINEAR_REST));
        DoubleVector u = b.mul(w);
        DoubleVector n = rounded(u);
        DoubleVector r = rest(u, n).add(b.fma(wRest, b.fma(w, u.neg())));
        DoubleVector h = inverseHalf(n);
        DoubleVector k = restHalf(n);
        return as(low.div(k.fma(less(r), k.add(h))).mul(h));
    }

    /** ln(1 + e) for e in [0, 1], by s = e / (2 + e). */
    private static DoubleVector log1pUnit(DoubleVector e) {
        DoubleVector s = e.div(e.add(TWO));
        DoubleVector z = s.mul(s);
        DoubleVector p = L10.fma(z, L9).fma(z, L8).fma(z, L7).fma(z, L6).fma(z, L5).fma(z, L4).fma(z, L3).fma(z, L2).fma(z, L1).fma(z, L0);
        return s.fma(z.fma(p, e.neg()), e);
    }

    @Override
    public <E> Vector<E> logsigmoid(Vector<E> xIn) {
        DoubleVector x = as(xIn);
        DoubleVector z = down(x);
        DoubleVector n = rounded(z);
        DoubleVector e = whole(rest(z, n)).mul(half(n)).mul(restHalf(n));
        return as(ZERO.blend(x, x.compare(VectorOperators.LT, ZERO)).sub(log1pUnit(e)));
    }

    @Override
    public <E> Vector<E> log1pExp(Vector<E> xIn) {
        DoubleVector x = as(xIn);
        DoubleVector z = down(x);
        DoubleVector n = rounded(z);
        DoubleVector e = whole(rest(z, n)).mul(half(n)).mul(restHalf(n));
        return as(x.blend(ZERO, x.compare(VectorOperators.LT, ZERO)).add(log1pUnit(e)));
    }

    private static DoubleVector all(double value) {
        return DoubleVector.broadcast(LANES, value);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E, V extends Vector<?>> V as(Vector<E> lanes) {
        return (V) lanes;
    }
}
