package dev.lanewise.internal.simd;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.Vector;

/** Logarithms, in float or double lanes. */
public interface LogLanes {
    /** ln x. */
    <E> Vector<E> log(Vector<E> x);

    /** ln(1 + x): the exponent is that of 1 + x, but the fraction 2^-k x + (2^-k - 1) is not rounded on the way. */
    <E> Vector<E> log1p(Vector<E> x);

    /** The functions for one copy of an op's class, as a constant of that class; null in the class itself. */
    static LogLanes of(MethodHandles.Lookup op) {
        return LaneMath.of(op, LogLanes.class, FloatLogLanes.class, DoubleLogLanes.class);
    }
}
