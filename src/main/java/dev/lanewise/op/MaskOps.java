package dev.lanewise.op;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import dev.lanewise.internal.kernel.NonzeroKernels;
import java.lang.ref.Reference;
import java.util.List;

/** Positions of elements that are not 0, and of triangles; they have no derivative. */
public final class MaskOps {
    private MaskOps() {}

    /** The functions of this family that have no derivative or are made of others. */
    public static List<Composite> composites() {
        return List.of(
                new Composite("nonzero", "torch.nonzero", "The positions of the elements that are not 0.", false),
                new Composite("argwhere", "torch.argwhere", "The positions of the elements that are not 0.", false),
                new Composite(
                        "trilIndices", "torch.tril_indices", "The positions of a matrix below a diagonal.", false),
                new Composite(
                        "triuIndices", "torch.triu_indices", "The positions of a matrix above a diagonal.", false),
                new Composite(
                        "takeAlongDim",
                        "torch.take_along_dim",
                        "Elements at positions along a dimension, with broadcasting."),
                new Composite(
                        "indexReduce",
                        "torch.index_reduce",
                        "Slices made one with those at given positions along a dimension."));
    }

    /** The positions in row-major order, INT64: one row for each element, one column for each dimension. */
    public static Tensor nonzero(Tensor x) {
        NonzeroKernels kernel = new NonzeroKernels(x.sizes(), Dispatch.operand(x, x.sizes()));
        Tensor out = Dispatch.empty(DType.INT64, kernel.count(), x.dim());
        kernel.write(Dispatch.operand(out, out.sizes()));
        Reference.reachabilityFence(x);
        Reference.reachabilityFence(out);
        return out;
    }

    /** Row and column numbers of the places of a matrix on one side of a diagonal, the diagonal included. */
    public static Tensor triangle(String op, boolean lower, long rows, long columns, long offset, DType type) {
        if (rows < 0 || columns < 0) {
            throw Check.argument(op, "sizes must not be negative")
                    .got(rows + " and " + columns)
                    .error();
        }
        if (type != DType.INT64 && type != DType.INT32) {
            throw Check.dtype(op, "positions must be int64 or int32").got(type).error();
        }
        // Beyond the matrix a diagonal makes no difference, and its sums could overflow.
        long shift = Math.min(Math.max(offset, -rows), columns);
        long count = 0;
        for (long i = 0; i < rows; i++) {
            long below = Math.min(Math.max(i + shift + (lower ? 1 : 0), 0), columns);
            count += lower ? below : columns - below;
        }
        Tensor out = Dispatch.empty(type, 2, count);
        NonzeroKernels.triangle(lower, rows, columns, shift, Dispatch.operand(out, out.sizes()));
        Reference.reachabilityFence(out);
        return out;
    }
}
