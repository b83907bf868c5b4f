package dev.lanewise.internal.simd;

import dev.lanewise.DType;
import dev.lanewise.internal.kernel.ScalarUnary;
import jdk.incubator.vector.Vector;

/** An elementwise op of one input in both forms, equal bit for bit but for approximated functions. */
public interface LaneUnary extends LaneOp, ScalarUnary {
    /** The result for a vector of float, double, int or long lanes; the narrower dtypes are widened to these. */
    <E> Vector<E> lanes(Vector<E> x);

    /** From which |x| on the scalar form is taken, for FLOAT32 or FLOAT64; infinite if never. */
    default double limit(DType type) {
        return Double.POSITIVE_INFINITY;
    }
}
