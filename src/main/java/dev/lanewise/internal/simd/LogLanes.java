package dev.lanewise.internal.simd;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.Vector;

/** Logarithms, in float or double lanes. */
public interface LogLanes {
    /** ln x. */
    <E> Vector<E> log(Vector<E> x);

    /** ln(1 + x): the exponent is that of 1 + x, but the fraction 2^-k x + (2^-k - 1) is not rounded on the way. */
    <E> Vector<E> log1p(Vector<E> x);

    /** Logarithm to base 2, exact for powers of 2. In double lanes only. */
    default <E> Vector<E> log2(Vector<E> x) {
        throw new UnsupportedOperationException("double lanes only");
    }

    /** Logarithm to base 10. In double lanes only. */
    default <E> Vector<E> log10(Vector<E> x) {
        throw new UnsupportedOperationException("double lanes only");
    }

    /** |x| + √(1 + x²) - 1, and |x| where it is large: the first pass of asinh. In double lanes only. */
    default <E> Vector<E> asinhFirst(Vector<E> x) {
        throw new UnsupportedOperationException("double lanes only");
    }

    /** ln(1 + x) of what is not negative: the second pass of asinh. In double lanes only. */
    default <E> Vector<E> asinhSecond(Vector<E> first) {
        throw new UnsupportedOperationException("double lanes only");
    }

    /** Number whose hyperbolic sine is x. In double lanes only. */
    default <E> Vector<E> asinh(Vector<E> x, Vector<E> second) {
        throw new UnsupportedOperationException("double lanes only");
    }

    /** x + √(x² - 1) - 1, and x where it is large: the first pass of acosh. In double lanes only. */
    default <E> Vector<E> acoshFirst(Vector<E> x) {
        throw new UnsupportedOperationException("double lanes only");
    }

    /** Number that is not negative and whose hyperbolic cosine is x. In double lanes only. */
    default <E> Vector<E> acosh(Vector<E> x, Vector<E> first) {
        throw new UnsupportedOperationException("double lanes only");
    }

    /** 2|x| / (1 - |x|): the first pass of atanh. In double lanes only. */
    default <E> Vector<E> atanhFirst(Vector<E> x) {
        throw new UnsupportedOperationException("double lanes only");
    }

    /** Number whose hyperbolic tangent is x. In double lanes only. */
    default <E> Vector<E> atanh(Vector<E> x, Vector<E> first) {
        throw new UnsupportedOperationException("double lanes only");
    }

    /** x / (1 - x), less 1 around 1/2: the first pass of logit. In double lanes only. */
    default <E> Vector<E> logitFirst(Vector<E> x) {
        throw new UnsupportedOperationException("double lanes only");
    }

    /** ln(x / (1 - x)) inside (0, 1), around 1/2 as a logarithm of 1 + the first pass. In double lanes only. */
    default <E> Vector<E> logitSecond(Vector<E> x, Vector<E> first) {
        throw new UnsupportedOperationException("double lanes only");
    }

    /** The second pass inside (0, 1), infinite at the ends, and NaN outside. In double lanes only. */
    default <E> Vector<E> logit(Vector<E> x, Vector<E> second) {
        throw new UnsupportedOperationException("double lanes only");
    }

    /** The functions for one copy of an op's class, as a constant of that class; null in the class itself. */
    static LogLanes of(MethodHandles.Lookup op) {
        return LaneMath.of(op, LogLanes.class, FloatLogLanes.class, DoubleLogLanes.class);
    }
}
