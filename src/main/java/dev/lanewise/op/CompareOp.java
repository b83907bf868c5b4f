package dev.lanewise.op;

import dev.lanewise.DType;
import dev.lanewise.internal.kernel.MapKernel;
import dev.lanewise.internal.simd.Kernels;
import dev.lanewise.internal.simd.LaneCompare;

/** An elementwise comparison of two inputs; the result is BOOL and has no derivative. */
public abstract class CompareOp extends Op implements LaneCompare {
    /** See {@link Op#Op}. */
    @SuppressWarnings("this-escape") // what it calls is final and only sets fields
    protected CompareOp(String name, String doc) {
        super(name, doc);
        dtypes(DTypeRule.ANY);
        notDifferentiable("its result is boolean");
    }

    @Override
    protected final MapKernel makeKernel(DType type) {
        return Kernels.compare(this, type);
    }
}
