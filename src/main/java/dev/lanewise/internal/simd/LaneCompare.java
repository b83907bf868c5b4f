package dev.lanewise.internal.simd;

import dev.lanewise.internal.kernel.ScalarCompare;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;

/** An elementwise comparison in both forms, equal bit for bit but for approximated functions. */
public interface LaneCompare extends LaneOp, ScalarCompare {
    /** The result for a vector of float, double, int or long lanes; the narrower dtypes are widened to these. */
    <E> VectorMask<E> lanes(Vector<E> a, Vector<E> b);
}
