package dev.lanewise.internal.simd;

import dev.lanewise.internal.kernel.ScalarBinary;
import jdk.incubator.vector.Vector;

/** An elementwise op of two inputs in both forms, equal bit for bit but for approximated functions. */
public interface LaneBinary extends LaneOp, ScalarBinary {
    /** The result for a vector of float, double, int or long lanes; the narrower dtypes are widened to these. */
    <E> Vector<E> lanes(Vector<E> a, Vector<E> b);
}
