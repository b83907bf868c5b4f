package dev.lanewise.op;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import dev.lanewise.internal.simd.Reductions;
import java.lang.ref.Reference;

/** Positions of extreme elements; they have no derivative. */
public final class ArgOps {
    private ArgOps() {}

    /** The first position of the largest or smallest element along a dimension, which stays with size 1. */
    public static Tensor find(String op, boolean largest, Tensor x, int dim) {
        long[] shape = x.sizes().clone();
        if (x.dim() > 0) {
            checkSize(op, x, dim);
            shape[dim] = 1;
        }
        Tensor out = Dispatch.empty(DType.INT64, shape);
        Reductions.argReduce(
                largest,
                x.sizes(),
                Dispatch.operand(x, x.sizes()),
                x.dim() == 0 ? -1 : dim,
                Dispatch.operand(out, out.sizes()),
                null);
        Reference.reachabilityFence(x);
        Reference.reachabilityFence(out);
        return out;
    }

    /** Refuses a dimension that has no element to choose. */
    static void checkSize(String op, Tensor x, int dim) {
        if (x.size(dim) == 0) {
            throw Check.index(op, "there must be an element to choose")
                    .expected("a dimension whose size is not 0")
                    .got("dim " + dim)
                    .operand("self", x.dtype(), x.sizes())
                    .error();
        }
    }

    /** The first position of the largest or smallest of all elements in row-major order, 0-d. */
    public static Tensor ofAll(String op, boolean largest, Tensor x) {
        if (x.numel() == 0) {
            throw Check.index(op, "there must be an element to choose")
                    .operand("self", x.dtype(), x.sizes())
                    .hint("Name a dimension whose size is not 0.")
                    .error();
        }
        return find(op, largest, x.contiguous().reshape(x.numel()), 0).reshape();
    }
}
