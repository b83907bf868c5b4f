package dev.lanewise.internal.simd;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.Vector;

/** Functions made of e^x, in float or double lanes. */
public interface ExpLanes {
    /** e^x. */
    <E> Vector<E> exp(Vector<E> x);

    /** e^x - 1 = 2 (2^(n-1) (e^r - 1) + 2^(n-1) - 1/2). */
    <E> Vector<E> expm1(Vector<E> x);

    /** 1 / (1 + e^-x) as 2^-⌊n/2⌋ / (2^-⌊n/2⌋ + 2^⌈n/2⌉ e^r), which stays in range. */
    <E> Vector<E> sigmoid(Vector<E> x);

    /** x / (1 + e^-x). */
    <E> Vector<E> silu(Vector<E> x);

    /** t / (t + 2) with t = e^2|x| - 1. */
    <E> Vector<E> tanh(Vector<E> x);

    /** x tanh(ln(1 + e^x)) as v - v w, in e = e^-|x|: w = 2e² / (1 + 2e + 2e²) above 0, and below w = e (1 + e) / (2 + 2e + e²), v = x e. */
    <E> Vector<E> mish(Vector<E> x);

    /** x / (1 + e^-u) with u = x (LINEAR + CUBIC x²), whose rounding errors are taken along. */
    <E> Vector<E> geluTanh(Vector<E> x);

    /** -ln(1 + e^-x). */
    <E> Vector<E> logsigmoid(Vector<E> x);

    /** ln(1 + e^x). */
    <E> Vector<E> log1pExp(Vector<E> x);

    /** The functions for one copy of an op's class, as a constant of that class; null in the class itself. */
    static ExpLanes of(MethodHandles.Lookup op) {
        return LaneMath.of(op, ExpLanes.class, FloatExpLanes.class, DoubleExpLanes.class);
    }
}
