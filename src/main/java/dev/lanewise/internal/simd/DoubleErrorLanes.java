package dev.lanewise.internal.simd;

import dev.lanewise.internal.math.DoubleError;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The lane form of {@link DoubleError}, the same operations in the same order; a template, see {@link LaneLoop}. */
final class DoubleErrorLanes implements ErrorLanes {
    private static final LaneSpec SPEC = LaneSpec.of(MethodHandles.lookup());
    private static final VectorSpecies<Double> LANES = LaneShapes.species(double.class, SPEC);
    private static final VectorSpecies<Long> BITS = LaneShapes.species(long.class, SPEC);

    private static final DoubleVector NORMAL_FLAT = all(DoubleError.NORMAL_FLAT);
    private static final DoubleVector G_PLACE = all(DoubleError.G_PLACE);
    private static final DoubleVector G_FACTOR = all(DoubleError.G_FACTOR);
    private static final DoubleVector ONE = all(1);
    private static final DoubleVector G28 = all(DoubleError.G28);
    private static final DoubleVector G27 = all(DoubleError.G27);
    private static final DoubleVector G26 = all(DoubleError.G26);
    private static final DoubleVector G25 = all(DoubleError.G25);
    private static final DoubleVector G24 = all(DoubleError.G24);
    private static final DoubleVector G23 = all(DoubleError.G23);
    private static final DoubleVector G22 = all(DoubleError.G22);
    private static final DoubleVector G21 = all(DoubleError.G21);
    private static final DoubleVector G20 = all(DoubleError.G20);
    private static final DoubleVector G19 = all(DoubleError.G19);
    private static final DoubleVector G18 = all(DoubleError.G18);
    private static final DoubleVector G17 = all(DoubleError.G17);
    private static final DoubleVector G16 = all(DoubleError.G16);
    private static final DoubleVector G15 = all(DoubleError.G15);
    private static final DoubleVector G14 = all(DoubleError.G14);
    private static final DoubleVector G13 = all(DoubleError.G13);
    private static final DoubleVector G12 = all(DoubleError.G12);
    private static final DoubleVector G11 = all(DoubleError.G11);
    private static final DoubleVector G10 = all(DoubleError.G10);
    private static final DoubleVector G9 = all(DoubleError.G9);
    private static final DoubleVector G8 = all(DoubleError.G8);
    private static final DoubleVector G7 = all(DoubleError.G7);
    private static final DoubleVector G6 = all(DoubleError.G6);
    private static final DoubleVector G5 = all(DoubleError.G5);
    private static final DoubleVector G4 = all(DoubleError.G4);
    private static final DoubleVector G3 = all(DoubleError.G3);
    private static final DoubleVector G2 = all(DoubleError.G2);
    private static final DoubleVector G1 = all(DoubleError.G1);
    private static final DoubleVector G0 = all(DoubleError.G0);
    private static final DoubleVector P13 = all(DoubleError.P13);
    private static final DoubleVector P12 = all(DoubleError.P12);
    private static final DoubleVector P11 = all(DoubleError.P11);
    private static final DoubleVector P10 = all(DoubleError.P10);
    private static final DoubleVector P9 = all(DoubleError.P9);
    private static final DoubleVector P8 = all(DoubleError.P8);
    private static final DoubleVector P7 = all(DoubleError.P7);
    private static final DoubleVector P6 = all(DoubleError.P6);
    private static final DoubleVector P5 = all(DoubleError.P5);
    private static final DoubleVector P4 = all(DoubleError.P4);
    private static final DoubleVector P3 = all(DoubleError.P3);
    private static final DoubleVector P2 = all(DoubleError.P2);
    private static final DoubleVector P1 = all(DoubleError.P1);
    private static final DoubleVector P0 = all(DoubleError.P0);
    private static final LongVector SIGN = LongVector.broadcast(BITS, DoubleError.SIGN);
    private static final DoubleVector H_PLACE = all(DoubleError.H_PLACE);
    private static final DoubleVector H_FACTOR = all(DoubleError.H_FACTOR);
    private static final DoubleVector H_SHIFT = all(DoubleError.H_SHIFT);
    private static final DoubleVector H28 = all(DoubleError.H28);
    private static final DoubleVector H27 = all(DoubleError.H27);
    private static final DoubleVector H26 = all(DoubleError.H26);
    private static final DoubleVector H25 = all(DoubleError.H25);
    private static final DoubleVector H24 = all(DoubleError.H24);
    private static final DoubleVector H23 = all(DoubleError.H23);
    private static final DoubleVector H22 = all(DoubleError.H22);
    private static final DoubleVector H21 = all(DoubleError.H21);
    private static final DoubleVector H20 = all(DoubleError.H20);
    private static final DoubleVector H19 = all(DoubleError.H19);
    private static final DoubleVector H18 = all(DoubleError.H18);
    private static final DoubleVector H17 = all(DoubleError.H17);
    private static final DoubleVector H16 = all(DoubleError.H16);
    private static final DoubleVector H15 = all(DoubleError.H15);
    private static final DoubleVector H14 = all(DoubleError.H14);
    private static final DoubleVector H13 = all(DoubleError.H13);
    private static final DoubleVector H12 = all(DoubleError.H12);
    private static final DoubleVector H11 = all(DoubleError.H11);
    private static final DoubleVector H10 = all(DoubleError.H10);
    private static final DoubleVector H9 = all(DoubleError.H9);
    private static final DoubleVector H8 = all(DoubleError.H8);
    private static final DoubleVector H7 = all(DoubleError.H7);
    private static final DoubleVector H6 = all(DoubleError.H6);
    private static final DoubleVector H5 = all(DoubleError.H5);
    private static final DoubleVector H4 = all(DoubleError.H4);
    private static final DoubleVector H3 = all(DoubleError.H3);
    private static final DoubleVector H2 = all(DoubleError.H2);
    private static final DoubleVector H1 = all(DoubleError.H1);
    private static final DoubleVector H0 = all(DoubleError.H0);
    private static final DoubleVector ERF_FLAT = all(DoubleError.ERF_FLAT);

    DoubleErrorLanes() {}

    @Override
    public <E> Vector<E> geluFirst(Vector<E> xIn) {
        DoubleVector x = as(xIn);
        DoubleVector a = x.abs();
        DoubleVector b = a.blend(NORMAL_FLAT, a.compare(VectorOperators.GT, NORMAL_FLAT));
        DoubleVector w = b.div(b.add(G_PLACE));
        DoubleVector s = w.fma(G_FACTOR, ONE.neg());
        DoubleVector p = G28.fma(s, G27)
                .fma(s, G26)
                .fma(s, G25)
                .fma(s, G24)
                .fma(s, G23)
                .fma(s, G22)
                .fma(s, G21)
                .fma(s, G20)
                .fma(s, G19)
                .fma(s, G18)
                .fma(s, G17)
                .fma(s, G16)
                .fma(s, G15)
                .fma(s, G14)
                .fma(s, G13)
                .fma(s, G12)
                .fma(s, G11)
                .fma(s, G10)
                .fma(s, G9)
                .fma(s, G8)
                .fma(s, G7)
                .fma(s, G6)
                .fma(s, G5)
                .fma(s, G4)
                .fma(s, G3)
                .fma(s, G2)
                .fma(s, G1)
                .fma(s, G0);
        return as(w.mul(p));
    }

    @Override
    public <E> Vector<E> erf(Vector<E> xIn, Vector<E> secondIn) {
        DoubleVector x = as(xIn);
        DoubleVector second = as(secondIn);
        DoubleVector a = x.abs();
        DoubleVector q = a.mul(a);
        DoubleVector p = P13.fma(q, P12)
                .fma(q, P11)
                .fma(q, P10)
                .fma(q, P9)
                .fma(q, P8)
                .fma(q, P7)
                .fma(q, P6)
                .fma(q, P5)
                .fma(q, P4)
                .fma(q, P3)
                .fma(q, P2)
                .fma(q, P1)
                .fma(q, P0);
        DoubleVector y = second.blend(a.fma(p, a), a.compare(VectorOperators.LT, ONE));
        return as(y.reinterpretAsLongs().or(x.reinterpretAsLongs().and(SIGN)).reinterpretAsDoubles());
    }

    /** e^z² erfc(z) for z from 0 on: a polynomial in s = 1 - 2 q/(q + z), divided by q + z. */
    private static DoubleVector scaledTail(DoubleVector z) {
        DoubleVector q = ONE.div(z.add(H_PLACE));
        DoubleVector s = q.fma(H_FACTOR, H_SHIFT);
        DoubleVector p = H28.fma(s, H27)
                .fma(s, H26)
                .fma(s, H25)
                .fma(s, H24)
                .fma(s, H23)
                .fma(s, H22)
                .fma(s, H21)
                .fma(s, H20)
                .fma(s, H19)
                .fma(s, H18)
                .fma(s, H17)
                .fma(s, H16)
                .fma(s, H15)
                .fma(s, H14)
                .fma(s, H13)
                .fma(s, H12)
                .fma(s, H11)
                .fma(s, H10)
                .fma(s, H9)
                .fma(s, H8)
                .fma(s, H7)
                .fma(s, H6)
                .fma(s, H5)
                .fma(s, H4)
                .fma(s, H3)
                .fma(s, H2)
                .fma(s, H1)
                .fma(s, H0);
        return p.mul(q);
    }

    @Override
    public <E> Vector<E> erfFirst(Vector<E> xIn) {
        DoubleVector x = as(xIn);
        DoubleVector a = x.abs();
        return as(scaledTail(a.blend(ERF_FLAT, a.compare(VectorOperators.GT, ERF_FLAT))));
    }

    private static DoubleVector all(double value) {
        return DoubleVector.broadcast(LANES, value);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E, V extends Vector<?>> V as(Vector<E> lanes) {
        return (V) lanes;
    }
}
