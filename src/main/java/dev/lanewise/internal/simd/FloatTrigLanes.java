package dev.lanewise.internal.simd;

import dev.lanewise.internal.math.FloatTrig;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The lane form of {@link FloatTrig}, the same operations in the same order; a template, see {@link LaneLoop}. */
final class FloatTrigLanes implements TrigLanes {
    private static final LaneSpec SPEC = LaneSpec.of(MethodHandles.lookup());
    private static final VectorSpecies<Float> LANES = LaneShapes.species(float.class, SPEC);
    private static final VectorSpecies<Integer> BITS = LaneShapes.species(int.class, SPEC);

    private static final FloatVector INVERSE_QUARTER = all(FloatTrig.INVERSE_QUARTER);
    private static final FloatVector TO_BITS = all(FloatTrig.TO_BITS);
    private static final FloatVector QUARTER_3 = all(FloatTrig.QUARTER_3);
    private static final FloatVector QUARTER_2 = all(FloatTrig.QUARTER_2);
    private static final FloatVector QUARTER_1 = all(FloatTrig.QUARTER_1);
    private static final FloatVector S3 = all(FloatTrig.S3);
    private static final FloatVector S2 = all(FloatTrig.S2);
    private static final FloatVector S1 = all(FloatTrig.S1);
    private static final FloatVector S0 = all(FloatTrig.S0);
    private static final FloatVector C2 = all(FloatTrig.C2);
    private static final FloatVector C1 = all(FloatTrig.C1);
    private static final FloatVector C0 = all(FloatTrig.C0);
    private static final FloatVector HALF = all(0.5f);
    private static final FloatVector ONE = all(1);
    private static final IntVector LOWEST_BIT = IntVector.broadcast(BITS, FloatTrig.LOWEST_BIT);
    private static final IntVector NO_BIT = IntVector.broadcast(BITS, FloatTrig.NO_BIT);
    private static final IntVector SIGN = IntVector.broadcast(BITS, FloatTrig.SIGN);
    private static final FloatVector ZERO = all(0);

    FloatTrigLanes() {}

    /** x / (π/2) rounded to a whole number, plus what puts it into the low bits. */
    private static FloatVector turns(FloatVector x) {
        return x.fma(INVERSE_QUARTER, TO_BITS);
    }

    /** What x is beyond so many quarter turns. */
    private static FloatVector rest(FloatVector x, FloatVector turns) {
        FloatVector n = turns.sub(TO_BITS);
        return n.fma(QUARTER_3, n.fma(QUARTER_2, n.fma(QUARTER_1, x)));
    }

    /** The sine of r and so many quarter turns. */
    private static FloatVector wave(FloatVector r, FloatVector turns) {
        FloatVector q = r.mul(r);
        FloatVector s = S3.fma(q, S2).fma(q, S1).fma(q, S0);
        FloatVector c = C2.fma(q, C1).fma(q, C0);
        IntVector i = turns.reinterpretAsInts();
        FloatVector sine = q.mul(s).fma(r, r);
        FloatVector cosine = q.fma(q.fma(c, HALF.neg()), ONE);
        FloatVector y = sine.blend(
                cosine, i.and(LOWEST_BIT).compare(VectorOperators.NE, NO_BIT).cast(LANES));
        return y.reinterpretAsInts()
                .lanewise(
                        VectorOperators.XOR,
                        i.lanewise(VectorOperators.LSHL, 30).and(SIGN))
                .reinterpretAsFloats();
    }

    @Override
    public <E> Vector<E> sin(Vector<E> xIn) {
        FloatVector x = as(xIn);
        FloatVector n = turns(x);
        FloatVector y = wave(rest(x, n), n);
        return as(y.blend(x, x.compare(VectorOperators.EQ, ZERO)));
    }

    @Override
    public <E> Vector<E> cos(Vector<E> xIn) {
        FloatVector x = as(xIn);
        FloatVector n = turns(x);
        return as(wave(rest(x, n), n.add(ONE)));
    }

    @Override
    public <E> Vector<E> tan(Vector<E> xIn) {
        FloatVector x = as(xIn);
        FloatVector n = turns(x);
        FloatVector r = rest(x, n);
        FloatVector q = r.mul(r);
        FloatVector s = S3.fma(q, S2).fma(q, S1).fma(q, S0);
        FloatVector c = C2.fma(q, C1).fma(q, C0);
        IntVector i = n.reinterpretAsInts();
        FloatVector sine = q.mul(s).fma(r, r);
        FloatVector cosine = q.fma(q.fma(c, HALF.neg()), ONE);
        VectorMask<Float> odd =
                i.and(LOWEST_BIT).compare(VectorOperators.NE, NO_BIT).cast(LANES);
        FloatVector y = sine.blend(cosine.neg(), odd).div(cosine.blend(sine, odd));
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
