package dev.lanewise.internal.simd;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.Vector;

/** Trigonometric functions of angles that are not large, in float or double lanes. */
public interface TrigLanes {
    /** Sine of x. */
    <E> Vector<E> sin(Vector<E> x);

    /** Cosine of x, which is the sine a quarter turn on. */
    <E> Vector<E> cos(Vector<E> x);

    /** Tangent of x: sine by cosine, or where a quarter turn is odd the other way round. */
    <E> Vector<E> tan(Vector<E> x);

    /** The functions for one copy of an op's class, as a constant of that class; null in the class itself. */
    static TrigLanes of(MethodHandles.Lookup op) {
        return LaneMath.of(op, TrigLanes.class, FloatTrigLanes.class, DoubleTrigLanes.class);
    }
}
