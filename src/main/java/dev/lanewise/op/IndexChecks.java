package dev.lanewise.op;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import dev.lanewise.internal.kernel.IndexKernels;
import java.lang.ref.Reference;
import java.util.Arrays;

/** What ops with positions ask of them before anything is computed or written. */
public final class IndexChecks {
    private IndexChecks() {}

    /** The index of an op along a dimension: INT64, of the tensor's rank, no larger than it in the other dimensions. */
    static void along(String op, Tensor x, int dim, Tensor index) {
        int64(op, index);
        if (index.dim() != x.dim()) {
            throw Check.shape(op, "the index must have as many dimensions as self")
                    .expected(x.dim())
                    .got(index.dim())
                    .operand("index", index.dtype(), index.sizes())
                    .error();
        }
        if (index.numel() == 0) {
            return;
        }
        for (int d = 0; d < x.dim(); d++) {
            if (d != dim && index.size(d) > x.size(d)) {
                throw Check.shape(op, "the index must not be larger than self but in dimension " + dim)
                        .operand("self", x.dtype(), x.sizes())
                        .operand("index", index.dtype(), index.sizes())
                        .error();
            }
        }
        inside(op, index, x.size(dim), dim);
    }

    /** A source of an op along a dimension: the dtype of self, at least as large as the index. */
    static void source(String op, Tensor x, Tensor index, Tensor source) {
        sameType(op, x, source);
        boolean fits = source.dim() == index.dim();
        for (int d = 0; fits && index.numel() > 0 && d < index.dim(); d++) {
            fits = index.size(d) <= source.size(d);
        }
        if (!fits) {
            throw Check.shape(op, "the index must have the dimensions of the source and not be larger")
                    .operand("index", index.dtype(), index.sizes())
                    .operand("source", source.dtype(), source.sizes())
                    .error();
        }
    }

    /** A source of the dtype of self. */
    public static void sameType(String op, Tensor x, Tensor source) {
        if (source.dtype() != x.dtype()) {
            throw Check.dtype(op, "the source must have the dtype of self")
                    .expected(x.dtype())
                    .got(source.dtype())
                    .operand("self", x.dtype(), x.sizes())
                    .operand("source", source.dtype(), source.sizes())
                    .hint("Convert it with to(DType." + x.dtype().name() + ").")
                    .error();
        }
    }

    static void int64(String op, Tensor index) {
        if (index.dtype() != DType.INT64) {
            throw Check.dtype(op, "the index must be int64")
                    .got(index.dtype())
                    .operand("index", index.dtype(), index.sizes())
                    .hint("Convert it with to(DType.INT64).")
                    .error();
        }
    }

    /** The places of whole slices: at most 1-d. */
    public static void list(String op, Tensor index) {
        int64(op, index);
        if (index.dim() > 1) {
            throw Check.shape(op, "the index must be 1-d")
                    .operand("index", index.dtype(), index.sizes())
                    .error();
        }
    }

    /** A source of whole slices: the shape of self but for the dimension, where it has one slice for each place. */
    public static void slices(String op, Tensor x, int dim, Tensor index, Tensor source) {
        sameType(op, x, source);
        long[] expected = x.sizes().clone();
        if (x.dim() > 0) {
            expected[dim] = index.numel();
        }
        boolean one = x.dim() <= 1 && source.numel() == 1 && index.numel() == 1;
        if (!one && !Arrays.equals(source.sizes(), expected)) {
            throw Check.shape(op, "the source must have one slice for each position")
                    .expected(expected)
                    .got(source.sizes())
                    .operand("self", x.dtype(), x.sizes())
                    .operand("index", index.dtype(), index.sizes())
                    .error();
        }
    }

    /** Refuses positions that are not in {@code [0, size)}. */
    static void inside(String op, Tensor index, long size, int dim) {
        IndexKernels.check(
                index.sizes(),
                Dispatch.operand(index, index.sizes()),
                0,
                size,
                position -> Check.index(op, "index out of range")
                        .expected("an index in [0, " + size + ") for dimension " + dim)
                        .got(position)
                        .error());
        Reference.reachabilityFence(index);
    }

    /** Refuses positions that are not in {@code [-size, size)}. */
    static void around(String op, Tensor index, long size) {
        IndexKernels.check(
                index.sizes(),
                Dispatch.operand(index, index.sizes()),
                -size,
                size,
                position -> Check.index(op, "positions must be inside the dimension")
                        .expected(-size + " to " + (size - 1))
                        .got(position)
                        .error());
        Reference.reachabilityFence(index);
    }
}
