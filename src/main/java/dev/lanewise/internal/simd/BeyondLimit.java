package dev.lanewise.internal.simd;

import dev.lanewise.DType;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** Whether |a| is larger than b; not where a is NaN. */
final class BeyondLimit implements LaneCompare {
    BeyondLimit() {}

    @Override
    public MethodHandles.Lookup lookup() {
        return MethodHandles.lookup();
    }

    @Override
    public boolean test(double a, double b) {
        return Math.abs(a) > b;
    }

    @Override
    public boolean test(long a, long b) {
        return Math.abs(a) > b;
    }

    @Override
    public boolean vectorizes(DType type) {
        return type == DType.FLOAT64 || type == DType.FLOAT32;
    }

    @Override
    public <E> VectorMask<E> lanes(Vector<E> a, Vector<E> b) {
        return a.lanewise(VectorOperators.ABS).compare(VectorOperators.GT, b);
    }
}
