package dev.lanewise.op;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.internal.kernel.MapKernel;
import dev.lanewise.internal.simd.Kernels;
import dev.lanewise.internal.simd.LaneBinary;

/** An elementwise op of two inputs that are broadcast together; a number may stand for either. */
public abstract class BinaryOp extends Op implements LaneBinary {
    /** See {@link Op#Op}. */
    protected BinaryOp(String name, String doc) {
        super(name, doc);
    }

    /** The gradient of the first input, in the broadcast shape; inputs and result are null unless declared as saved. */
    public Tensor gradA(Tensor g, Tensor a, Tensor b, Tensor out) {
        throw new UnsupportedOperationException(name() + " declares no derivative for its first input");
    }

    /** The gradient of the second input, in the broadcast shape; inputs and result are null unless declared as saved. */
    public Tensor gradB(Tensor g, Tensor a, Tensor b, Tensor out) {
        throw new UnsupportedOperationException(name() + " declares no derivative for its second input");
    }

    @Override
    protected final MapKernel makeKernel(DType type) {
        return Kernels.binary(this, type);
    }
}
