package dev.lanewise.op;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.internal.kernel.MapKernel;
import dev.lanewise.internal.simd.Kernels;
import dev.lanewise.internal.simd.LaneTernary;

/** An elementwise op of three inputs that are broadcast together; a number may stand for any of them. */
public abstract class TernaryOp extends Op implements LaneTernary {
    /** See {@link Op#Op}. */
    protected TernaryOp(String name, String doc) {
        super(name, doc);
    }

    /**
     * The gradient of one input in the broadcast shape, or null where none flows.
     *
     * @param input which input, 0 to 2
     * @param g gradient of the result
     * @param in the inputs, null unless declared as saved
     * @param out the result, null unless declared as saved
     */
    public Tensor grad(int input, Tensor g, Tensor[] in, Tensor out) {
        throw new UnsupportedOperationException(name() + " declares no derivative");
    }

    @Override
    protected MapKernel makeKernel(DType type) {
        return Kernels.ternary(this, type);
    }
}
