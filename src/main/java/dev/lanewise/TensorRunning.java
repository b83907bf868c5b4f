package dev.lanewise;

import dev.lanewise.internal.error.Check;
import dev.lanewise.internal.shape.Shapes;
import dev.lanewise.internal.shape.View;
import dev.lanewise.internal.storage.Storage;
import dev.lanewise.op.Dispatch;
import dev.lanewise.op.InPlace;
import dev.lanewise.op.RunningOps;
import dev.lanewise.op.StructuredOp;
import java.util.Arrays;

/** Running reductions, differences and integrals along a dimension. */
abstract class TensorRunning extends TensorArithmetic {
    TensorRunning(Storage storage, View view, Tensor base) {
        super(storage, view, base);
    }

    private Tensor self() {
        return (Tensor) this;
    }

    // ------------------------------------------------------------------ running reductions

    /** The sums of the elements up to each along a dimension; INT64 for integers and booleans. */
    public final Tensor cumsum(int dim) {
        return Dispatch.apply(RunningOps.CUMSUM, along("cumsum", dim), whole());
    }

    /** The running sums of the elements in another dtype, which the sums have too. */
    public final Tensor cumsum(int dim, DType dtype) {
        return as(dtype, self().to(dtype).cumsum(dim));
    }

    /** The products of the elements up to each along a dimension; INT64 for integers and booleans. */
    public final Tensor cumprod(int dim) {
        return Dispatch.apply(RunningOps.CUMPROD, along("cumprod", dim), whole());
    }

    /** The running products of the elements in another dtype, which the products have too. */
    public final Tensor cumprod(int dim, DType dtype) {
        return as(dtype, self().to(dtype).cumprod(dim));
    }

    /** Replaces each element by the sum of those up to it along a dimension. Changes and returns this tensor. */
    public final Tensor cumsum_(int dim) {
        InPlace.checkFill("cumsum_", self());
        return InPlace.copy("cumsum_", self(), cumsum(dim, dtype()));
    }

    /** Replaces each element by the product of those up to it along a dimension. Changes and returns this tensor. */
    public final Tensor cumprod_(int dim) {
        InPlace.checkFill("cumprod_", self());
        // The derivative reads the elements as they were.
        return InPlace.copy("cumprod_", self(), self().clone().cumprod(dim, dtype()));
    }

    /** log(Σ exp(x)) of the elements up to each along a dimension, computed so that no exponential overflows. */
    public final Tensor logcumsumexp(int dim) {
        return Dispatch.apply(RunningOps.LOGCUMSUMEXP, along("logcumsumexp", dim), self());
    }

    /** The largest of the elements up to each along a dimension, and where it stands last; NaN beats all. */
    public final ValuesIndices cummax(int dim) {
        return running("cummax", RunningOps.CUMMAX, true, dim);
    }

    /** The smallest of the elements up to each along a dimension, and where it stands last; NaN beats all. */
    public final ValuesIndices cummin(int dim) {
        return running("cummin", RunningOps.CUMMIN, false, dim);
    }

    private ValuesIndices running(String name, StructuredOp<RunningOps.Found> op, boolean largest, int dim) {
        RunningOps.Found found = RunningOps.find(largest, self(), Shapes.wrapDim(name, dim, dim()));
        return new ValuesIndices(Dispatch.apply(op, found, self()), found.positions(), name);
    }

    private RunningOps.Along along(String op, int dim) {
        return new RunningOps.Along(Shapes.wrapDim(op, dim, dim()));
    }

    /** The tensor itself, or integers and booleans as INT64. */
    private Tensor whole() {
        return isFloatingPoint() ? self() : self().to(DType.INT64);
    }

    // ------------------------------------------------------------------ differences

    /** The differences of neighbours along the last dimension, which gets one shorter. */
    public final Tensor diff() {
        return diff(1, -1);
    }

    /** The differences of neighbours along a dimension, taken n times; the dimension gets n shorter. Of booleans: x ≠ y. */
    public final Tensor diff(int n, int dim) {
        return diff(n, dim, null, null);
    }

    /**
     * The n-th differences along a dimension, after tensors were put before and behind it.
     *
     * @param n 0 or more; 0 gives the tensor without what was to be put around it
     * @param prepend null, or a tensor that {@link #cat} would take; a 0-d one stands for one slice of equal elements
     * @param append as {@code prepend}
     */
    public final Tensor diff(int n, int dim, Tensor prepend, Tensor append) {
        if (dim() == 0) {
            throw Check.shape("diff", "self must have at least one dimension")
                    .operand("self", dtype(), sizes())
                    .error();
        }
        if (n < 0) {
            throw Check.argument("diff", "the order must be 0 or more").got(n).error();
        }
        int d = Shapes.wrapDim("diff", dim, dim());
        if (n == 0) {
            return self().clone();
        }
        Tensor x = joined(d, prepend, append);
        for (long left = Math.min(n, x.size(d)); left > 0; left--) {
            long length = x.size(d) - 1;
            Tensor later = x.narrow(d, 1, length);
            Tensor earlier = x.narrow(d, 0, length);
            x = x.dtype() == DType.BOOL ? later.ne(earlier) : later.sub(earlier);
        }
        return x;
    }

    private Tensor joined(int dim, Tensor prepend, Tensor append) {
        Tensor x = self();
        if (prepend != null) {
            x = Tensor.cat(dim, slice(dim, prepend), x);
        }
        return append == null ? x : Tensor.cat(dim, x, slice(dim, append));
    }

    private Tensor slice(int dim, Tensor part) {
        if (part.dim() > 0) {
            return part;
        }
        long[] sizes = sizes().clone();
        sizes[dim] = 1;
        return part.expand(sizes);
    }

    // ------------------------------------------------------------------ integrals

    /** The integral along the last dimension by the trapezoidal rule, for points at distance 1. */
    public final Tensor trapezoid() {
        return trapezoid(1, -1);
    }

    /** The integral along the last dimension by the trapezoidal rule, for points at equal distances. */
    public final Tensor trapezoid(Number dx) {
        return trapezoid(dx, -1);
    }

    /** The integral along a dimension, which is dropped, for points at equal distances: dx · Σ (y[i] + y[i + 1]) / 2. */
    public final Tensor trapezoid(Number dx, int dim) {
        int d = integrated("trapezoid", dim);
        if (size(d) == 0) {
            return nothing(d);
        }
        Tensor ends = self().select(d, 0).add(self().select(d, -1)).mul(0.5);
        return self().sum(d).sub(ends).mul(dx);
    }

    /** The integral along the last dimension by the trapezoidal rule, at given points. */
    public final Tensor trapezoid(Tensor x) {
        return trapezoid(x, -1);
    }

    /**
     * The integral along a dimension, which is dropped: Σ (x[i + 1] - x[i]) (y[i] + y[i + 1]) / 2.
     *
     * @param x the points: of one dimension, or such that its differences broadcast with those of this tensor
     */
    public final Tensor trapezoid(Tensor x, int dim) {
        int d = integrated("trapezoid", dim);
        return size(d) == 0
                ? nothing(d)
                : pairs(d).mul(distances("trapezoid", x, d)).sum(d).div(2);
    }

    /** The integrals up to each point along the last dimension, for points at distance 1. */
    public final Tensor cumulativeTrapezoid() {
        return cumulativeTrapezoid(1, -1);
    }

    /** The integrals up to each point along the last dimension, for points at equal distances. */
    public final Tensor cumulativeTrapezoid(Number dx) {
        return cumulativeTrapezoid(dx, -1);
    }

    /** The integrals up to each point along a dimension, which gets one shorter, for points at equal distances. */
    public final Tensor cumulativeTrapezoid(Number dx, int dim) {
        int d = integrated("cumulativeTrapezoid", dim);
        return pairs(d).mul(dx.doubleValue() / 2).cumsum(d);
    }

    /** The integrals up to each point along the last dimension, at given points. */
    public final Tensor cumulativeTrapezoid(Tensor x) {
        return cumulativeTrapezoid(x, -1);
    }

    /** The integrals up to each point along a dimension, which gets one shorter; points as in {@link #trapezoid}. */
    public final Tensor cumulativeTrapezoid(Tensor x, int dim) {
        int d = integrated("cumulativeTrapezoid", dim);
        return pairs(d).mul(distances("cumulativeTrapezoid", x, d).div(2)).cumsum(d);
    }

    private int integrated(String op, int dim) {
        if (dtype() == DType.BOOL) {
            throw Check.dtype(op, "booleans have no integral")
                    .operand("self", dtype(), sizes())
                    .hint("Convert with to(DType.FLOAT32).")
                    .error();
        }
        int d = Shapes.wrapDim(op, dim, dim());
        if (dim() == 0) {
            throw Check.index(op, "self must have at least one dimension")
                    .operand("self", dtype(), sizes())
                    .error();
        }
        return d;
    }

    /** Zeros in the shape without a dimension. */
    private Tensor nothing(int dim) {
        return Tensor.zeros(dtype(), Shapes.reducedShape(sizes(), new int[] {dim}, false));
    }

    private Tensor pairs(int dim) {
        long n = Math.max(0, size(dim) - 1);
        return self().narrow(dim, 0, n).add(self().narrow(dim, size(dim) - n, n));
    }

    private Tensor distances(String op, Tensor x, int dim) {
        if (x.dtype() == DType.BOOL || x.dim() == 0 || x.dim() == 1 && x.size(0) != size(dim)) {
            throw Check.shape(op, "there must be a point, a number, for each element along dim " + dim)
                    .expected(size(dim) + " points")
                    .operand("self", dtype(), sizes())
                    .operand("x", x.dtype(), x.sizes())
                    .error();
        }
        if (x.dim() == 1) {
            long[] sizes = new long[dim() - dim];
            Arrays.fill(sizes, 1);
            sizes[0] = Math.max(0, x.size(0) - 1);
            return x.diff().reshape(sizes);
        }
        long[] padded = new long[Math.max(x.dim(), dim())];
        Arrays.fill(padded, 1);
        System.arraycopy(x.sizes(), 0, padded, padded.length - x.dim(), x.dim());
        return x.reshape(padded).diff(1, dim);
    }
}
