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
    private static final DoubleVector LEAST_NORMAL = all(DoubleExp.LEAST_NORMAL);
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
    private static final DoubleVector COSH_MOST = all(DoubleExp.COSH_MOST);
    private static final DoubleVector QUARTER = all(0.25);
    private static final DoubleVector THIRTY = all(DoubleExp.THIRTY);
    private static final DoubleVector ERF_FLAT = all(DoubleExp.ERF_FLAT);
    private static final DoubleVector NORMAL_FLAT = all(DoubleExp.NORMAL_FLAT);
    private static final DoubleVector MINUS_HALF = all(DoubleExp.MINUS_HALF);
    private static final DoubleVector MOST_2 = all(DoubleExp.MOST_2);
    private static final DoubleVector LEAST_2 = all(DoubleExp.LEAST_2);
    private static final DoubleVector LN2 = all(DoubleExp.LN2);
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
        return E12.fma(r, E11)
                .fma(r, E10)
                .fma(r, E9)
                .fma(r, E8)
                .fma(r, E7)
                .fma(r, E6)
                .fma(r, E5)
                .fma(r, E4)
                .fma(r, E3)
                .fma(r, E2);
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
        return rounded.reinterpretAsLongs()
                .lanewise(VectorOperators.LSHR, 1)
                .lanewise(VectorOperators.LSHL, 52)
                .reinterpretAsDoubles();
    }

    /** 2^⌈n/2⌉. */
    private static DoubleVector restHalf(DoubleVector rounded) {
        LongVector i = rounded.reinterpretAsLongs();
        return i.sub(i.lanewise(VectorOperators.LSHR, 1))
                .lanewise(VectorOperators.LSHL, 52)
                .reinterpretAsDoubles();
    }

    /** 2^n for the exponents of normal numbers. */
    private static DoubleVector power(DoubleVector rounded) {
        return rounded.reinterpretAsLongs()
                .sub(BIAS)
                .lanewise(VectorOperators.LSHL, 52)
                .reinterpretAsDoubles();
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
    public <E> Vector<E> expBelow(Vector<E> xIn) {
        DoubleVector x = as(xIn);
        DoubleVector z = x.blend(LEAST_NORMAL, x.compare(VectorOperators.LT, LEAST_NORMAL));
        DoubleVector n = rounded(z);
        return as(whole(rest(z, n)).mul(power(n)));
    }

    @Override
    public <E> Vector<E> expm1(Vector<E> xIn) {
        DoubleVector x = as(xIn);
        DoubleVector high = x.blend(MOST, x.compare(VectorOperators.GT, MOST));
        DoubleVector z = high.blend(ALL_OF_ONE, high.compare(VectorOperators.LT, ALL_OF_ONE));
        DoubleVector n = rounded(z);
        DoubleVector s = n.reinterpretAsLongs()
                .sub(BIAS_AND_ONE)
                .lanewise(VectorOperators.LSHL, 52)
                .reinterpretAsDoubles();
        DoubleVector y = s.fma(less(rest(z, n)), s.sub(HALF));
        return as(y.add(y).blend(x, x.compare(VectorOperators.EQ, ZERO)));
    }

    /** 2^-⌊n/2⌋. */
    private static DoubleVector inverseHalf(DoubleVector rounded) {
        return TWICE_BIAS
                .sub(rounded.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 1))
                .lanewise(VectorOperators.LSHL, 52)
                .reinterpretAsDoubles();
    }

    @Override
    public <E> Vector<E> sigmoid(Vector<E> xIn) {
        DoubleVector x = as(xIn);
        DoubleVector high = x.blend(LEAST, x.compare(VectorOperators.GT, LEAST));
        DoubleVector z = high.blend(MINUS_LEAST, high.compare(VectorOperators.LT, MINUS_LEAST))
                .neg();
        DoubleVector n = rounded(z);
        DoubleVector h = inverseHalf(n);
        DoubleVector k = restHalf(n);
        return as(h.div(k.fma(less(rest(z, n)), k.add(h))));
    }

    @Override
    public <E> Vector<E> silu(Vector<E> xIn) {
        DoubleVector x = as(xIn);
        VectorMask<Double> far = x.compare(VectorOperators.LT, MINUS_LEAST);
        DoubleVector low = x.blend(MINUS_LEAST, far);
        DoubleVector z =
                low.blend(LEAST, low.compare(VectorOperators.GT, LEAST)).neg();
        DoubleVector n = rounded(z);
        DoubleVector h = inverseHalf(n);
        DoubleVector k = restHalf(n);
        return as(x.div(k.fma(less(rest(z, n)), k.add(h))).mul(h.blend(ZERO, far)));
    }

    @Override
    public <E> Vector<E> tanh(Vector<E> xIn) {
        DoubleVector x = as(xIn);
        DoubleVector a = x.abs();
        DoubleVector z = a.blend(FLAT, a.compare(VectorOperators.GT, FLAT)).mul(TWO);
        DoubleVector n = rounded(z);
        DoubleVector s = power(n);
        DoubleVector t = s.fma(less(rest(z, n)), s.sub(ONE));
        return as(t.div(t.add(TWO))
                .reinterpretAsLongs()
                .or(x.reinterpretAsLongs().and(SIGN))
                .reinterpretAsDoubles());
    }

    /** -|x|, but not less than where e^x is 0. */
    private static DoubleVector down(DoubleVector x) {
        DoubleVector a = x.abs();
        return a.neg().blend(MINUS_LEAST, a.compare(VectorOperators.GT, LEAST));
    }

    @Override
    public <E> Vector<E> expDown(Vector<E> xIn) {
        DoubleVector x = as(xIn);
        DoubleVector z = down(x);
        DoubleVector n = rounded(z);
        DoubleVector h = half(n);
        return as(h.fma(less(rest(z, n)), h));
    }

    @Override
    public <E> Vector<E> mish(Vector<E> xIn, Vector<E> firstIn) {
        DoubleVector x = as(xIn);
        DoubleVector first = as(firstIn);
        DoubleVector z = down(x);
        DoubleVector k = restHalf(rounded(z));
        DoubleVector e = first.mul(k);
        VectorMask<Double> below = x.compare(VectorOperators.LT, ZERO);
        DoubleVector v = x.blend(x.fma(ZERO, z.mul(first).mul(k)), below);
        DoubleVector a = e.add(e).mul(e).blend(e.fma(e, e), below);
        DoubleVector b = e.add(e).fma(e.add(ONE), ONE).blend(e.fma(e.add(TWO), TWO), below);
        return as(v.mul(ONE.sub(a.div(b))));
    }

    @Override
    public <E> Vector<E> geluTanhRest(Vector<E> xIn) {
        DoubleVector x = as(xIn);
        DoubleVector low = x.blend(MINUS_GELU_FLAT, x.compare(VectorOperators.LT, MINUS_GELU_FLAT));
        DoubleVector b = low.neg().blend(MINUS_GELU_FLAT, low.compare(VectorOperators.GT, GELU_FLAT));
        DoubleVector q = b.mul(b);
        DoubleVector w = q.fma(CUBIC, LINEAR);
        DoubleVector wRest =
                b.fma(b, q.neg()).fma(CUBIC, q.fma(CUBIC, LINEAR.sub(w))).add(q.fma(CUBIC_REST, LINEAR_REST));
        return as(b.fma(wRest, b.fma(w, b.mul(w).neg())));
    }

    @Override
    public <E> Vector<E> geluTanh(Vector<E> xIn, Vector<E> firstIn) {
        DoubleVector x = as(xIn);
        DoubleVector first = as(firstIn);
        VectorMask<Double> far = x.compare(VectorOperators.LT, MINUS_GELU_FLAT);
        DoubleVector low = x.blend(MINUS_GELU_FLAT, far);
        DoubleVector b = low.neg().blend(MINUS_GELU_FLAT, low.compare(VectorOperators.GT, GELU_FLAT));
        DoubleVector u = b.mul(b.mul(b).fma(CUBIC, LINEAR));
        DoubleVector n = rounded(u);
        DoubleVector h = inverseHalf(n);
        DoubleVector k = restHalf(n);
        return as(x.div(k.fma(less(rest(u, n).add(first)), k.add(h))).mul(h.blend(ZERO, far)));
    }

    @Override
    public <E> Vector<E> cosh(Vector<E> xIn) {
        DoubleVector x = as(xIn);
        DoubleVector a = x.abs();
        DoubleVector z = a.blend(COSH_MOST, a.compare(VectorOperators.GT, COSH_MOST));
        DoubleVector n = rounded(z);
        DoubleVector h = half(n).mul(HALF);
        DoubleVector e = h.fma(less(rest(z, n)), h).mul(restHalf(n));
        return as(e.add(QUARTER.div(e)));
    }

    @Override
    public <E> Vector<E> sinhFirst(Vector<E> xIn) {
        DoubleVector x = as(xIn);
        DoubleVector a = x.abs();
        DoubleVector z = a.blend(COSH_MOST, a.compare(VectorOperators.GT, COSH_MOST));
        DoubleVector n = rounded(z);
        DoubleVector t = less(rest(z, n));
        DoubleVector h = half(n);
        DoubleVector k = restHalf(n);
        DoubleVector s = h.mul(k);
        return as(s.fma(t, s.sub(ONE))
                .blend(h.mul(HALF).fma(t, h.mul(HALF)).mul(k), a.compare(VectorOperators.GT, THIRTY)));
    }

    @Override
    public <E> Vector<E> sinh(Vector<E> xIn, Vector<E> firstIn) {
        DoubleVector x = as(xIn);
        DoubleVector first = as(firstIn);
        DoubleVector near = first.add(first.div(first.add(ONE))).mul(HALF);
        DoubleVector y = near.blend(first, x.abs().compare(VectorOperators.GT, THIRTY));
        return as(y.reinterpretAsLongs().or(x.reinterpretAsLongs().and(SIGN)).reinterpretAsDoubles());
    }

    /** factor · e^-a², the rounding error of a² taken along. */
    private static DoubleVector bell(DoubleVector a, DoubleVector factor) {
        DoubleVector q = a.mul(a);
        DoubleVector n = rounded(q.neg());
        DoubleVector t = less(rest(q.neg(), n).sub(a.fma(a, q.neg())));
        return factor.fma(t, factor).mul(half(n)).mul(restHalf(n));
    }

    @Override
    public <E> Vector<E> erfSecond(Vector<E> xIn, Vector<E> firstIn) {
        DoubleVector x = as(xIn);
        DoubleVector first = as(firstIn);
        DoubleVector a = x.abs();
        return as(ONE.sub(bell(a.blend(ERF_FLAT, a.compare(VectorOperators.GT, ERF_FLAT)), first)));
    }

    @Override
    public <E> Vector<E> erfc(Vector<E> xIn, Vector<E> firstIn) {
        DoubleVector x = as(xIn);
        DoubleVector first = as(firstIn);
        DoubleVector a = x.abs();
        DoubleVector y = bell(a.blend(ERF_FLAT, a.compare(VectorOperators.GT, ERF_FLAT)), first);
        return as(y.blend(TWO.sub(y), x.compare(VectorOperators.LT, ZERO)));
    }

    @Override
    public <E> Vector<E> gelu(Vector<E> xIn, Vector<E> firstIn) {
        DoubleVector x = as(xIn);
        DoubleVector first = as(firstIn);
        DoubleVector a = x.abs();
        DoubleVector b = a.blend(NORMAL_FLAT, a.compare(VectorOperators.GT, NORMAL_FLAT));
        DoubleVector q = b.mul(b);
        DoubleVector c = q.mul(MINUS_HALF);
        DoubleVector n = rounded(c);
        DoubleVector t = less(b.fma(b, q.neg()).fma(MINUS_HALF, rest(c, n)));
        DoubleVector y = first.fma(t, first).mul(half(n)).mul(restHalf(n));
        return as(x.sub(y).blend(x.fma(ZERO, y.neg()), x.compare(VectorOperators.LT, ZERO)));
    }

    @Override
    public <E> Vector<E> exp2(Vector<E> xIn) {
        DoubleVector x = as(xIn);
        DoubleVector high = x.blend(MOST_2, x.compare(VectorOperators.GT, MOST_2));
        DoubleVector z = high.blend(LEAST_2, high.compare(VectorOperators.LT, LEAST_2));
        DoubleVector n = z.add(TO_BITS);
        return as(whole(z.sub(n.sub(TO_BITS)).mul(LN2)).mul(half(n)).mul(restHalf(n)));
    }

    @Override
    public <E> Vector<E> log1pUnit(Vector<E> eIn) {
        DoubleVector e = as(eIn);
        DoubleVector s = e.div(e.add(TWO));
        DoubleVector z = s.mul(s);
        DoubleVector p = L10.fma(z, L9)
                .fma(z, L8)
                .fma(z, L7)
                .fma(z, L6)
                .fma(z, L5)
                .fma(z, L4)
                .fma(z, L3)
                .fma(z, L2)
                .fma(z, L1)
                .fma(z, L0);
        return as(s.fma(z.fma(p, e.neg()), e));
    }

    @Override
    public <E> Vector<E> logsigmoid(Vector<E> xIn, Vector<E> firstIn) {
        DoubleVector x = as(xIn);
        DoubleVector first = as(firstIn);
        DoubleVector e = first.mul(restHalf(rounded(down(x))));
        return as(ZERO.blend(x, x.compare(VectorOperators.LT, ZERO)).sub(log1pUnit(e)));
    }

    @Override
    public <E> Vector<E> log1pExp(Vector<E> xIn, Vector<E> firstIn) {
        DoubleVector x = as(xIn);
        DoubleVector first = as(firstIn);
        DoubleVector e = first.mul(restHalf(rounded(down(x))));
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
