package dev.lanewise.internal.simd;

import dev.lanewise.internal.kernel.ScalarReduce;
import jdk.incubator.vector.Vector;

/** A reduction in both forms, equal bit for bit. */
public interface LaneReduce extends LaneOp, ScalarReduce {
    /** Combines two vectors of float, double, int or long lanes, lane by lane. */
    <E> Vector<E> lanes(Vector<E> a, Vector<E> b);

    /** What is combined for a vector of elements; asked for only if the op says that it maps. */
    default <E> Vector<E> mapLanes(Vector<E> x) {
        return x;
    }

    /** True if a loop has no room for {@link #mapLanes} of several vectors at a time. */
    default boolean mapsLong() {
        return false;
    }
}
