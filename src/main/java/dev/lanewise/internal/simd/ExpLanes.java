package dev.lanewise.internal.simd;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.Vector;

/** Functions made of e^x, in float or double lanes. */
public interface ExpLanes {
    /** e^x. */
    <E> Vector<E> exp(Vector<E> x);

    /** e^x for x up to 0, where results too small for normal numbers are 0 for the most part. */
    <E> Vector<E> expBelow(Vector<E> x);

    /** e^x - 1 = 2 (2^(n-1) (e^r - 1) + 2^(n-1) - 1/2). */
    <E> Vector<E> expm1(Vector<E> x);

    /** 1 / (1 + e^-x) as 2^-⌊n/2⌋ / (2^-⌊n/2⌋ + 2^⌈n/2⌉ e^r), which stays in range. */
    <E> Vector<E> sigmoid(Vector<E> x);

    /** x / (1 + e^-x). */
    <E> Vector<E> silu(Vector<E> x);

    /** t / (t + 2) with t = e^2|x| - 1. */
    <E> Vector<E> tanh(Vector<E> x);

    /** e^-|x| but for a factor 2^⌈n/2⌉: the first pass of those below. */
    <E> Vector<E> expDown(Vector<E> x);

    /** x tanh(ln(1 + e^x)) as v (1 - w), in e = e^-|x|: w = 2e² / (1 + 2e + 2e²) above 0, and below w = e (1 + e) / (2 + 2e + e²), v = x e. */
    <E> Vector<E> mish(Vector<E> x, Vector<E> first);

    /** The rounding errors of u in geluTanh: its first pass. */
    <E> Vector<E> geluTanhRest(Vector<E> x);

    /** x / (1 + e^-u) with u = x (LINEAR + CUBIC x²). */
    <E> Vector<E> geluTanh(Vector<E> x, Vector<E> first);

    /** e + 1/(4e) with e = e^|x| / 2. In double lanes only. */
    default <E> Vector<E> cosh(Vector<E> x) {
        throw new UnsupportedOperationException("double lanes only");
    }

    /** e^|x| - 1 up to 30, and beyond e^|x| / 2: the first pass of sinh. In double lanes only. */
    default <E> Vector<E> sinhFirst(Vector<E> x) {
        throw new UnsupportedOperationException("double lanes only");
    }

    /** (t + t / (t + 1)) / 2 with t = e^|x| - 1. In double lanes only. */
    default <E> Vector<E> sinh(Vector<E> x, Vector<E> first) {
        throw new UnsupportedOperationException("double lanes only");
    }

    /** 1 - erfc |x|: the second pass of erf. In double lanes only. */
    default <E> Vector<E> erfSecond(Vector<E> x, Vector<E> first) {
        throw new UnsupportedOperationException("double lanes only");
    }

    /** 1 - erf x. In double lanes only. */
    default <E> Vector<E> erfc(Vector<E> x, Vector<E> first) {
        throw new UnsupportedOperationException("double lanes only");
    }

    /** x times the share below x, which is x less |x| times the share beyond |x|. */
    <E> Vector<E> gelu(Vector<E> x, Vector<E> first);

    /** 2^x, exact for whole numbers. */
    <E> Vector<E> exp2(Vector<E> x);

    /** ln(1 + e) for e in [0, 1], by s = e / (2 + e). */
    <E> Vector<E> log1pUnit(Vector<E> e);

    /** -ln(1 + e^-x). */
    <E> Vector<E> logsigmoid(Vector<E> x, Vector<E> first);

    /** ln(1 + e^x). */
    <E> Vector<E> log1pExp(Vector<E> x, Vector<E> first);

    /** 1 - e^p, where p is near ln erfc |x| from 0.9 to 4: the first pass of erf. In float lanes only. */
    default <E> Vector<E> erfFar(Vector<E> x) {
        throw new UnsupportedOperationException("float lanes only");
    }

    /** The functions for one copy of an op's class, as a constant of that class; null in the class itself. */
    static ExpLanes of(MethodHandles.Lookup op) {
        return LaneMath.of(op, ExpLanes.class, FloatExpLanes.class, DoubleExpLanes.class);
    }
}
