package dev.lanewise.internal.simd;

import dev.lanewise.internal.math.FloatError;
import dev.lanewise.internal.math.FloatExp;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The lane form of {@link FloatExp}, the same operations in the same order; a template, see {@link LaneLoop}. */
final class FloatExpLanes implements ExpLanes {
    private static final LaneSpec SPEC = LaneSpec.of(MethodHandles.lookup());
    private static final VectorSpecies<Float> LANES = LaneShapes.species(float.class, SPEC);
    private static final VectorSpecies<Integer> BITS = LaneShapes.species(int.class, SPEC);

    private static final FloatVector INVERSE_LN2 = all(FloatExp.INVERSE_LN2);
    private static final FloatVector MINUS_INVERSE_LN2 = all(FloatExp.MINUS_INVERSE_LN2);
    private static final FloatVector TO_BITS = all(FloatExp.TO_BITS);
    private static final FloatVector MINUS_LN2_REST = all(FloatExp.MINUS_LN2_REST);
    private static final FloatVector MINUS_LN2 = all(FloatExp.MINUS_LN2);
    private static final FloatVector E7 = all(FloatExp.E7);
    private static final FloatVector E6 = all(FloatExp.E6);
    private static final FloatVector E5 = all(FloatExp.E5);
    private static final FloatVector E4 = all(FloatExp.E4);
    private static final FloatVector E3 = all(FloatExp.E3);
    private static final FloatVector E2 = all(FloatExp.E2);
    private static final FloatVector ONE = all(1);
    private static final IntVector BIAS = IntVector.broadcast(BITS, FloatExp.BIAS);
    private static final FloatVector MOST = all(FloatExp.MOST);
    private static final FloatVector MINUS_LEAST = all(FloatExp.MINUS_LEAST);
    private static final FloatVector LEAST_NORMAL = all(FloatExp.LEAST_NORMAL);
    private static final FloatVector ALL_OF_ONE = all(FloatExp.ALL_OF_ONE);
    private static final IntVector BIAS_AND_ONE = IntVector.broadcast(BITS, FloatExp.BIAS_AND_ONE);
    private static final FloatVector HALF = all(0.5f);
    private static final FloatVector ZERO = all(0);
    private static final IntVector TWICE_BIAS = IntVector.broadcast(BITS, FloatExp.TWICE_BIAS);
    private static final FloatVector LEAST = all(FloatExp.LEAST);
    private static final FloatVector FLAT = all(FloatExp.FLAT);
    private static final FloatVector TWO = all(2);
    private static final FloatVector T4 = all(FloatExp.T4);
    private static final FloatVector T3 = all(FloatExp.T3);
    private static final FloatVector T2 = all(FloatExp.T2);
    private static final FloatVector T1 = all(FloatExp.T1);
    private static final FloatVector T0 = all(FloatExp.T0);
    private static final FloatVector STEEP = all(FloatExp.STEEP);
    private static final IntVector SIGN = IntVector.broadcast(BITS, FloatExp.SIGN);
    private static final FloatVector MINUS_GELU_FLAT = all(FloatExp.MINUS_GELU_FLAT);
    private static final FloatVector GELU_FLAT = all(FloatExp.GELU_FLAT);
    private static final FloatVector CUBIC = all(FloatExp.CUBIC);
    private static final FloatVector LINEAR = all(FloatExp.LINEAR);
    private static final FloatVector CUBIC_REST = all(FloatExp.CUBIC_REST);
    private static final FloatVector LINEAR_REST = all(FloatExp.LINEAR_REST);
    private static final FloatVector ERF_ONE = all(FloatExp.ERF_ONE);
    private static final FloatVector D8 = all(FloatExp.D8);
    private static final FloatVector D7 = all(FloatExp.D7);
    private static final FloatVector D6 = all(FloatExp.D6);
    private static final FloatVector D5 = all(FloatExp.D5);
    private static final FloatVector D4 = all(FloatExp.D4);
    private static final FloatVector D3 = all(FloatExp.D3);
    private static final FloatVector D2 = all(FloatExp.D2);
    private static final FloatVector D1 = all(FloatExp.D1);
    private static final FloatVector D0 = all(FloatExp.D0);
    private static final FloatVector NORMAL_FLAT = all(FloatError.NORMAL_FLAT);
    private static final FloatVector G_FACTOR = all(FloatError.G_FACTOR);
    private static final FloatVector G_PLACE = all(FloatError.G_PLACE);
    private static final FloatVector TWO_LN2 = all(FloatExp.TWO_LN2);
    private static final FloatVector MINUS_HALF_REST = all(FloatExp.MINUS_HALF_REST);
    private static final FloatVector MINUS_HALF = all(FloatExp.MINUS_HALF);
    private static final FloatVector MOST_2 = all(FloatExp.MOST_2);
    private static final FloatVector LEAST_2 = all(FloatExp.LEAST_2);
    private static final FloatVector LN2 = all(FloatExp.LN2);
    private static final FloatVector SIGMOID_ONE = all(FloatExp.SIGMOID_ONE);
    private static final FloatVector SIGMOID_LEAST = all(FloatExp.SIGMOID_LEAST);
    private static final FloatVector UNIT = all(FloatExp.UNIT);
    private static final FloatVector TO_MINUS_UNITS = all(FloatExp.TO_MINUS_UNITS);
    private static final FloatVector LN2_REST = all(FloatExp.LN2_REST);
    private static final FloatVector S6 = all(FloatExp.S6);
    private static final FloatVector S5 = all(FloatExp.S5);
    private static final FloatVector S4 = all(FloatExp.S4);
    private static final FloatVector S3 = all(FloatExp.S3);
    private static final FloatVector R6 = all(FloatExp.R6);
    private static final FloatVector R4 = all(FloatExp.R4);
    private static final FloatVector TO_UNITS = all(FloatExp.TO_UNITS);
    private static final FloatVector L4 = all(FloatExp.L4);
    private static final FloatVector L3 = all(FloatExp.L3);
    private static final FloatVector L2 = all(FloatExp.L2);
    private static final FloatVector L1 = all(FloatExp.L1);
    private static final FloatVector L0 = all(FloatExp.L0);

    FloatExpLanes() {}

    /** x / ln 2 rounded to a whole number n, and 2 · BIAS more in the low bits, so that they hold exponents. */
    private static FloatVector rounded(FloatVector x) {
        return x.fma(INVERSE_LN2, TO_BITS);
    }

    /** The same of -x. */
    private static FloatVector roundedDown(FloatVector x) {
        return x.fma(MINUS_INVERSE_LN2, TO_BITS);
    }

    /** What x is beyond n ln 2. */
    private static FloatVector rest(FloatVector x, FloatVector rounded) {
        FloatVector n = rounded.sub(TO_BITS);
        return n.fma(MINUS_LN2_REST, n.fma(MINUS_LN2, x));
    }

    /** e^r. */
    private static FloatVector whole(FloatVector r) {
        return less(r).add(ONE);
    }

    /** e^r - 1 = r + r² p: the terms of p in pairs, since a chain as long as p would have to be waited for. */
    private static FloatVector less(FloatVector r) {
        FloatVector q = r.mul(r);
        FloatVector p = E7.fma(r, E6).fma(q, E5.fma(r, E4));
        return p.fma(q, E3.fma(r, E2)).fma(q, r);
    }

    /** 2^⌊n/2⌋: two factors make 2^n, which alone may be out of range. */
    private static FloatVector half(FloatVector rounded) {
        return rounded.reinterpretAsInts()
                .lanewise(VectorOperators.LSHR, 1)
                .lanewise(VectorOperators.LSHL, 23)
                .reinterpretAsFloats();
    }

    /** 2^⌈n/2⌉. */
    private static FloatVector restHalf(FloatVector rounded) {
        IntVector i = rounded.reinterpretAsInts();
        return i.sub(i.lanewise(VectorOperators.LSHR, 1))
                .lanewise(VectorOperators.LSHL, 23)
                .reinterpretAsFloats();
    }

    /** 2^n for the exponents of normal numbers. */
    private static FloatVector power(FloatVector rounded) {
        return rounded.reinterpretAsInts()
                .sub(BIAS)
                .lanewise(VectorOperators.LSHL, 23)
                .reinterpretAsFloats();
    }

    @Override
    public <E> Vector<E> exp(Vector<E> xIn) {
        FloatVector x = as(xIn);
        FloatVector high = x.blend(MOST, x.compare(VectorOperators.GT, MOST));
        FloatVector z = high.blend(MINUS_LEAST, high.compare(VectorOperators.LT, MINUS_LEAST));
        FloatVector n = rounded(z);
        return as(whole(rest(z, n)).mul(half(n)).mul(restHalf(n)));
    }

    @Override
    public <E> Vector<E> expBelow(Vector<E> xIn) {
        FloatVector x = as(xIn);
        FloatVector z = x.blend(LEAST_NORMAL, x.compare(VectorOperators.LT, LEAST_NORMAL));
        FloatVector n = rounded(z);
        return as(whole(rest(z, n)).mul(power(n)));
    }

    @Override
    public <E> Vector<E> expm1(Vector<E> xIn) {
        FloatVector x = as(xIn);
        FloatVector high = x.blend(MOST, x.compare(VectorOperators.GT, MOST));
        FloatVector z = high.blend(ALL_OF_ONE, high.compare(VectorOperators.LT, ALL_OF_ONE));
        FloatVector n = rounded(z);
        FloatVector s = n.reinterpretAsInts()
                .sub(BIAS_AND_ONE)
                .lanewise(VectorOperators.LSHL, 23)
                .reinterpretAsFloats();
        FloatVector y = s.fma(less(rest(z, n)), s.sub(HALF));
        return as(y.add(y).blend(x, x.compare(VectorOperators.EQ, ZERO)));
    }

    /** 2^-⌊n/2⌋. */
    private static FloatVector inverseHalf(FloatVector rounded) {
        return TWICE_BIAS
                .sub(rounded.reinterpretAsInts().lanewise(VectorOperators.LSHR, 1))
                .lanewise(VectorOperators.LSHL, 23)
                .reinterpretAsFloats();
    }

    /** h + k (1 + t), the rounding error of h + k taken along: it counts where h is much smaller. */
    private static FloatVector sum(FloatVector h, FloatVector k, FloatVector t) {
        FloatVector s = k.add(h);
        return s.add(k.fma(t, h.sub(s.sub(k))));
    }

    @Override
    public <E> Vector<E> sigmoid(Vector<E> xIn) {
        FloatVector x = as(xIn);
        FloatVector z = x.blend(SIGMOID_ONE, x.compare(VectorOperators.GT, SIGMOID_ONE));
        FloatVector n = z.fma(MINUS_INVERSE_LN2, TO_MINUS_UNITS);
        FloatVector m = n.sub(TO_MINUS_UNITS);
        FloatVector r = m.fma(LN2_REST, m.fma(LN2, z));
        FloatVector q = r.mul(r);
        FloatVector p = S6.fma(q, S5.fma(r, S4)).fma(q, S3.fma(r, MINUS_HALF));
        FloatVector k = n.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
        FloatVector s = UNIT.sub(k);
        FloatVector y = UNIT.div(s.add(k.fma(p.fma(q, r), UNIT.sub(s.add(k)))));
        return as(y.blend(ZERO, x.compare(VectorOperators.LT, SIGMOID_LEAST)));
    }

    @Override
    public <E> Vector<E> silu(Vector<E> xIn) {
        FloatVector x = as(xIn);
        FloatVector n = roundedDown(x);
        FloatVector h = inverseHalf(n);
        FloatVector y = x.div(sum(h, restHalf(n), less(rest(x.neg(), n)))).mul(h);
        FloatVector low = y.blend(x.mul(ZERO), x.compare(VectorOperators.LT, MINUS_LEAST));
        return as(low.blend(x, x.compare(VectorOperators.GT, LEAST)));
    }

    @Override
    public <E> Vector<E> tanh(Vector<E> xIn) {
        FloatVector x = as(xIn);
        FloatVector a = x.abs();
        FloatVector z = a.blend(FLAT, a.compare(VectorOperators.GT, FLAT)).mul(TWO);
        FloatVector n = rounded(z);
        FloatVector s = power(n);
        FloatVector t = s.fma(less(rest(z, n)), s.sub(ONE));
        FloatVector q = a.mul(a);
        FloatVector p = T4.fma(q, T3).fma(q, T2).fma(q, T1).fma(q, T0);
        FloatVector y = t.div(t.add(TWO)).blend(q.mul(p).fma(a, a), a.compare(VectorOperators.LT, STEEP));
        return as(y.reinterpretAsInts().or(x.reinterpretAsInts().and(SIGN)).reinterpretAsFloats());
    }

    /** -|x|, but not less than where e^x is 0. */
    private static FloatVector down(FloatVector x) {
        FloatVector a = x.abs();
        return a.neg().blend(MINUS_LEAST, a.compare(VectorOperators.GT, LEAST));
    }

    @Override
    public <E> Vector<E> expDown(Vector<E> xIn) {
        FloatVector x = as(xIn);
        FloatVector z = down(x);
        FloatVector n = rounded(z);
        FloatVector h = half(n);
        return as(h.fma(less(rest(z, n)), h));
    }

    @Override
    public <E> Vector<E> mish(Vector<E> xIn, Vector<E> firstIn) {
        FloatVector x = as(xIn);
        FloatVector first = as(firstIn);
        FloatVector z = down(x);
        FloatVector k = restHalf(rounded(z));
        FloatVector e = first.mul(k);
        VectorMask<Float> below = x.compare(VectorOperators.LT, ZERO);
        FloatVector v = x.blend(x.fma(ZERO, z.mul(first).mul(k)), below);
        FloatVector a = e.add(e).mul(e).blend(e.fma(e, e), below);
        FloatVector b = e.add(e).fma(e.add(ONE), ONE).blend(e.fma(e.add(TWO), TWO), below);
        return as(v.mul(ONE.sub(a.div(b))));
    }

    @Override
    public <E> Vector<E> geluTanhRest(Vector<E> xIn) {
        FloatVector x = as(xIn);
        FloatVector low = x.blend(MINUS_GELU_FLAT, x.compare(VectorOperators.LT, MINUS_GELU_FLAT));
        FloatVector b = low.neg().blend(MINUS_GELU_FLAT, low.compare(VectorOperators.GT, GELU_FLAT));
        FloatVector q = b.mul(b);
        FloatVector w = q.fma(CUBIC, LINEAR);
        FloatVector wRest =
                b.fma(b, q.neg()).fma(CUBIC, q.fma(CUBIC, LINEAR.sub(w))).add(q.fma(CUBIC_REST, LINEAR_REST));
        return as(b.fma(wRest, b.fma(w, b.mul(w).neg())));
    }

    @Override
    public <E> Vector<E> geluTanh(Vector<E> xIn, Vector<E> firstIn) {
        FloatVector x = as(xIn);
        FloatVector first = as(firstIn);
        VectorMask<Float> far = x.compare(VectorOperators.LT, MINUS_GELU_FLAT);
        FloatVector low = x.blend(MINUS_GELU_FLAT, far);
        FloatVector b = low.neg().blend(MINUS_GELU_FLAT, low.compare(VectorOperators.GT, GELU_FLAT));
        FloatVector u = b.mul(b.mul(b).fma(CUBIC, LINEAR));
        FloatVector n = rounded(u);
        FloatVector h = inverseHalf(n);
        FloatVector y = x.div(sum(h, restHalf(n), less(rest(u, n).add(first))));
        return as(y.mul(h.blend(ZERO, far)));
    }

    @Override
    public <E> Vector<E> erfFar(Vector<E> xIn) {
        FloatVector x = as(xIn);
        FloatVector a = x.abs();
        FloatVector b = a.blend(ERF_ONE, a.compare(VectorOperators.GT, ERF_ONE));
        FloatVector p = D8.fma(b, D7)
                .fma(b, D6)
                .fma(b, D5)
                .fma(b, D4)
                .fma(b, D3)
                .fma(b, D2)
                .fma(b, D1)
                .fma(b, D0);
        FloatVector n = rounded(p);
        FloatVector s = power(n);
        return as(ONE.sub(s.fma(less(rest(p, n)), s)));
    }

    @Override
    public <E> Vector<E> gelu(Vector<E> xIn, Vector<E> firstIn) {
        FloatVector x = as(xIn);
        FloatVector first = as(firstIn);
        FloatVector a = x.abs();
        FloatVector b = a.blend(NORMAL_FLAT, a.compare(VectorOperators.GT, NORMAL_FLAT));
        FloatVector w = b.div(b.fma(G_FACTOR, G_PLACE));
        FloatVector n = b.mul(b).fma(MINUS_HALF, first).fma(INVERSE_LN2, TO_UNITS);
        FloatVector m = n.sub(TO_UNITS);
        FloatVector twice = b.fma(b, m.mul(TWO_LN2));
        FloatVector r = twice.fma(MINUS_HALF, m.fma(MINUS_HALF_REST, first));
        FloatVector q = r.mul(r);
        FloatVector p = R6.fma(q, S5.fma(r, R4)).fma(q, S3.fma(r, HALF));
        FloatVector k = n.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
        FloatVector y = w.fma(p.fma(q, r), w).mul(k).mul(UNIT);
        return as(x.blend(x.mul(ZERO), x.compare(VectorOperators.LT, ZERO)).sub(y));
    }

    @Override
    public <E> Vector<E> exp2(Vector<E> xIn) {
        FloatVector x = as(xIn);
        FloatVector high = x.blend(MOST_2, x.compare(VectorOperators.GT, MOST_2));
        FloatVector z = high.blend(LEAST_2, high.compare(VectorOperators.LT, LEAST_2));
        FloatVector n = z.add(TO_BITS);
        return as(whole(z.sub(n.sub(TO_BITS)).mul(LN2)).mul(half(n)).mul(restHalf(n)));
    }

    @Override
    public <E> Vector<E> log1pUnit(Vector<E> eIn) {
        FloatVector e = as(eIn);
        FloatVector s = e.div(e.add(TWO));
        FloatVector z = s.mul(s);
        FloatVector p = L4.fma(z, L3).fma(z, L2).fma(z, L1).fma(z, L0);
        return as(s.fma(z.fma(p, e.neg()), e));
    }

    @Override
    public <E> Vector<E> logsigmoid(Vector<E> xIn, Vector<E> firstIn) {
        FloatVector x = as(xIn);
        FloatVector first = as(firstIn);
        FloatVector e = first.mul(restHalf(rounded(down(x))));
        return as(ZERO.blend(x, x.compare(VectorOperators.LT, ZERO)).sub(log1pUnit(e)));
    }

    @Override
    public <E> Vector<E> log1pExp(Vector<E> xIn, Vector<E> firstIn) {
        FloatVector x = as(xIn);
        FloatVector first = as(firstIn);
        FloatVector e = first.mul(restHalf(rounded(down(x))));
        return as(x.blend(ZERO, x.compare(VectorOperators.LT, ZERO)).add(log1pUnit(e)));
    }

    private static FloatVector all(float value) {
        return FloatVector.broadcast(LANES, value);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E, V extends Vector<?>> V as(Vector<E> lanes) {
        return (V) lanes;
    }
}
