package dev.lanewise.internal.simd;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.Vector;

/** The parts of the error functions that are polynomials alone, in float or double lanes. */
public interface ErrorLanes {
    /** The first pass of gelu: the normal distribution's share beyond |x| but for e^(-x²/2), in float lanes as a logarithm. */
    <E> Vector<E> geluFirst(Vector<E> x);

    /** The second pass, and below 1 a polynomial. */
    <E> Vector<E> erf(Vector<E> x, Vector<E> second);

    /** e^x² erfc(|x|): the first pass of the error functions. In double lanes only. */
    default <E> Vector<E> erfFirst(Vector<E> x) {
        throw new UnsupportedOperationException("double lanes only");
    }

    /** The functions for one copy of an op's class, as a constant of that class; null in the class itself. */
    static ErrorLanes of(MethodHandles.Lookup op) {
        return LaneMath.of(op, ErrorLanes.class, FloatErrorLanes.class, DoubleErrorLanes.class);
    }
}
