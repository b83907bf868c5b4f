package dev.lanewise.internal.simd;

import dev.lanewise.internal.math.DoubleTrig;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The lane form of {@link DoubleTrig}, the same operations in the same order; a template, see {@link LaneLoop}. */
final class DoubleTrigLanes implements TrigLanes {
    private static final LaneSpec SPEC = LaneSpec.of(MethodHandles.lookup());
    private static final VectorSpecies<Double> LANES = LaneShapes.species(double.class, SPEC);
    private static final VectorSpecies<Long> BITS = LaneShapes.species(long.class, SPEC);

    private static final DoubleVector INVERSE_QUARTER = all(DoubleTrig.INVERSE_QUARTER);
    private static final DoubleVector TO_BITS = all(DoubleTrig.TO_BITS);
    private static final DoubleVector QUARTER_3 = all(DoubleTrig.QUARTER_3);
    private static final DoubleVector QUARTER_2 = all(DoubleTrig.QUARTER_2);
    private static final DoubleVector QUARTER_1 = all(DoubleTrig.QUARTER_1);
    private static final DoubleVector S6 = all(DoubleTrig.S6);
    private static final DoubleVector S5 = all(DoubleTrig.S5);
    private static final DoubleVector S4 = all(DoubleTrig.S4);
    private static final DoubleVector S3 = all(DoubleTrig.S3);
    private static final DoubleVector S2 = all(DoubleTrig.S2);
    private static final DoubleVector S1 = all(DoubleTrig.S1);
    private static final DoubleVector S0 = all(DoubleTrig.S0);
    private static final DoubleVector C6 = all(DoubleTrig.C6);
    private static final DoubleVector C5 = all(DoubleTrig.C5);
    private static final DoubleVector C4 = all(DoubleTrig.C4);
    private static final DoubleVector C3 = all(DoubleTrig.C3);
    private static final DoubleVector C2 = all(DoubleTrig.C2);
    private static final DoubleVector C1 = all(DoubleTrig.C1);
    private static final DoubleVector C0 = all(DoubleTrig.C0);
    private static final DoubleVector HALF = all(0.5);
    private static final DoubleVector ONE = all(1);
    private static final LongVector LOWEST_BIT = LongVector.broadcast(BITS, DoubleTrig.LOWEST_BIT);
    private static final LongVector NO_BIT = LongVector.broadcast(BITS, DoubleTrig.NO_BIT);
    private static final LongVector SIGN = LongVector.broadcast(BITS, DoubleTrig.SIGN);
    private static final DoubleVector ZERO = all(0);

    DoubleTrigLanes() {}

    /** x / (π/2) rounded to a whole number, plus what puts it into the low bits. */
    private static DoubleVector turns(DoubleVector x) {
        return x.fma(INVERSE_QUARTER, TO_BITS);
    }

    /** What x is beyond so many quarter turns. */
    private static DoubleVector rest(DoubleVector x, DoubleVector turns) {
        DoubleVector n = turns.sub(TO_BITS);
        return n.fma(QUARTER_3, n.fma(QUARTER_2, n.fma(QUARTER_1, x)));
    }

    /** The sine of r and so many quarter turns. */
    private static DoubleVector wave(DoubleVector r, DoubleVector turns) {
        DoubleVector q = r.mul(r);
        DoubleVector s =
                S6.fma(q, S5).fma(q, S4).fma(q, S3).fma(q, S2).fma(q, S1).fma(q, S0);
        DoubleVector c =
                C6.fma(q, C5).fma(q, C4).fma(q, C3).fma(q, C2).fma(q, C1).fma(q, C0);
        LongVector i = turns.reinterpretAsLongs();
        DoubleVector sine = q.mul(s).fma(r, r);
        DoubleVector cosine = q.fma(q.fma(c, HALF.neg()), ONE);
        DoubleVector y = sine.blend(
                cosine, i.and(LOWEST_BIT).compare(VectorOperators.NE, NO_BIT).cast(LANES));
        return y.reinterpretAsLongs()
                .lanewise(
                        VectorOperators.XOR,
                        i.lanewise(VectorOperators.LSHL, 62).and(SIGN))
                .reinterpretAsDoubles();
    }

    @Override
    public <E> Vector<E> sin(Vector<E> xIn) {
        DoubleVector x = as(xIn);
        DoubleVector n = turns(x);
        DoubleVector y = wave(rest(x, n), n);
        return as(y.blend(x, x.compare(VectorOperators.EQ, ZERO)));
    }

    @Override
    public <E> Vector<E> cos(Vector<E> xIn) {
        DoubleVector x = as(xIn);
        DoubleVector n = turns(x);
        return as(wave(rest(x, n), n.add(ONE)));
    }

    @Override
    public <E> Vector<E> tan(Vector<E> xIn) {
        DoubleVector x = as(xIn);
        DoubleVector n = turns(x);
        DoubleVector r = rest(x, n);
        DoubleVector q = r.mul(r);
        DoubleVector s =
                S6.fma(q, S5).fma(q, S4).fma(q, S3).fma(q, S2).fma(q, S1).fma(q, S0);
        DoubleVector c =
                C6.fma(q, C5).fma(q, C4).fma(q, C3).fma(q, C2).fma(q, C1).fma(q, C0);
        LongVector i = n.reinterpretAsLongs();
        DoubleVector sine = q.mul(s).fma(r, r);
        DoubleVector cosine = q.fma(q.fma(c, HALF.neg()), ONE);
        VectorMask<Double> odd =
                i.and(LOWEST_BIT).compare(VectorOperators.NE, NO_BIT).cast(LANES);
        DoubleVector y = sine.blend(cosine.neg(), odd).div(cosine.blend(sine, odd));
        return as(y.blend(x, x.compare(VectorOperators.EQ, ZERO)));
    }

    private static DoubleVector all(double value) {
        return DoubleVector.broadcast(LANES, value);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E, V extends Vector<?>> V as(Vector<E> lanes) {
        return (V) lanes;
    }
}
