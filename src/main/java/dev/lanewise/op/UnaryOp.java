package dev.lanewise.op;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.internal.kernel.MapKernel;
import dev.lanewise.internal.simd.Kernels;
import dev.lanewise.internal.simd.LaneUnary;

/** An elementwise op of one input: a scalar form, a lane form beside it, and a derivative. */
public abstract class UnaryOp extends Op implements LaneUnary {
    /** See {@link Op#Op}. */
    protected UnaryOp(String name, String doc) {
        super(name, doc);
    }

    /**
     * The gradient of the input.
     *
     * @param g gradient of the result
     * @param x the input, null unless {@link Op.Saves#INPUT0} is declared
     * @param out the result, null unless {@link Op.Saves#OUTPUT} is declared
     */
    public Tensor grad(Tensor g, Tensor x, Tensor out) {
        throw new UnsupportedOperationException(name() + " declares no derivative");
    }

    @Override
    protected final MapKernel makeKernel(DType type) {
        return Kernels.unary(this, type);
    }
}
