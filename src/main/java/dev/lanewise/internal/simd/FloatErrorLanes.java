package dev.lanewise.internal.simd;

import dev.lanewise.internal.math.FloatError;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The lane form of {@link FloatError}, the same operations in the same order; a template, see {@link LaneLoop}. */
final class FloatErrorLanes implements ErrorLanes {
    private static final LaneSpec SPEC = LaneSpec.of(MethodHandles.lookup());
    private static final VectorSpecies<Float> LANES = LaneShapes.species(float.class, SPEC);
    private static final VectorSpecies<Integer> BITS = LaneShapes.species(int.class, SPEC);

    private static final FloatVector NORMAL_FLAT = all(FloatError.NORMAL_FLAT);
    private static final FloatVector G_PLACE = all(FloatError.G_PLACE);
    private static final FloatVector G_FACTOR = all(FloatError.G_FACTOR);
    private static final FloatVector MINUS_G_FACTOR = all(FloatError.MINUS_G_FACTOR);
    private static final FloatVector G_ROOT = all(FloatError.G_ROOT);
    private static final FloatVector MINUS_G_SLOPE = all(FloatError.MINUS_G_SLOPE);
    private static final FloatVector ONE = all(1);
    private static final FloatVector G11 = all(FloatError.G11);
    private static final FloatVector G10 = all(FloatError.G10);
    private static final FloatVector G9 = all(FloatError.G9);
    private static final FloatVector G8 = all(FloatError.G8);
    private static final FloatVector G7 = all(FloatError.G7);
    private static final FloatVector G6 = all(FloatError.G6);
    private static final FloatVector G5 = all(FloatError.G5);
    private static final FloatVector G4 = all(FloatError.G4);
    private static final FloatVector G3 = all(FloatError.G3);
    private static final FloatVector G2 = all(FloatError.G2);
    private static final FloatVector G1 = all(FloatError.G1);
    private static final FloatVector G0 = all(FloatError.G0);
    private static final FloatVector P5 = all(FloatError.P5);
    private static final FloatVector P4 = all(FloatError.P4);
    private static final FloatVector P3 = all(FloatError.P3);
    private static final FloatVector P2 = all(FloatError.P2);
    private static final FloatVector P1 = all(FloatError.P1);
    private static final FloatVector P0 = all(FloatError.P0);
    private static final IntVector SIGN = IntVector.broadcast(BITS, FloatError.SIGN);

    FloatErrorLanes() {}

    @Override
    public <E> Vector<E> geluFirst(Vector<E> xIn) {
        FloatVector x = as(xIn);
        FloatVector a = x.abs();
        FloatVector b = a.blend(NORMAL_FLAT, a.compare(VectorOperators.GT, NORMAL_FLAT));
        FloatVector d = b.fma(G_FACTOR, G_PLACE);
        FloatVector rest = b.fma(MINUS_G_FACTOR, d.sub(G_PLACE));
        FloatVector w = b.div(d);
        FloatVector h = w.fma(MINUS_G_SLOPE, G_ROOT);
        FloatVector q = w.mul(w);
        FloatVector f = q.mul(q);
        FloatVector high = G11.fma(w, G10).fma(q, G9.fma(w, G8));
        FloatVector middle = G7.fma(w, G6).fma(q, G5.fma(w, G4));
        FloatVector low = G3.fma(w, G2).fma(q, G1.fma(w, G0));
        return as(rest.fma(h.mul(h), high.fma(f, middle).fma(f, low)));
    }

    @Override
    public <E> Vector<E> erf(Vector<E> xIn, Vector<E> secondIn) {
        FloatVector x = as(xIn);
        FloatVector second = as(secondIn);
        FloatVector a = x.abs();
        FloatVector q = a.mul(a);
        FloatVector p = P5.fma(q, P4).fma(q, P3).fma(q, P2).fma(q, P1).fma(q, P0);
        FloatVector y = second.blend(a.fma(p, a), a.compare(VectorOperators.LT, ONE));
        return as(y.reinterpretAsInts().or(x.reinterpretAsInts().and(SIGN)).reinterpretAsFloats());
    }

    private static FloatVector all(float value) {
        return FloatVector.broadcast(LANES, value);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E, V extends Vector<?>> V as(Vector<E> lanes) {
        return (V) lanes;
    }
}
