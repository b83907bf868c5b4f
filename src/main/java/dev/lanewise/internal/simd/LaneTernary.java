package dev.lanewise.internal.simd;

import dev.lanewise.internal.kernel.ScalarTernary;
import jdk.incubator.vector.Vector;

/** An elementwise op of three inputs in both forms, equal bit for bit but for approximated functions. */
public interface LaneTernary extends LaneOp, ScalarTernary {
    /** The result for a vector of float, double, int or long lanes; the narrower dtypes are widened to these. */
    <E> Vector<E> lanes(Vector<E> a, Vector<E> b, Vector<E> c);
}
