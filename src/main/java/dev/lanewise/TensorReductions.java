package dev.lanewise;

import dev.lanewise.internal.error.Check;
import dev.lanewise.internal.shape.Shapes;
import dev.lanewise.internal.shape.View;
import dev.lanewise.internal.storage.Storage;
import dev.lanewise.op.ArgOps;
import dev.lanewise.op.Dispatch;
import dev.lanewise.op.IndexOps;
import dev.lanewise.op.Matmul;
import dev.lanewise.op.MatmulOps;
import dev.lanewise.op.ReduceOp;
import dev.lanewise.op.ReduceOps;
import dev.lanewise.op.StructuredOp;

/** Reductions along dimensions and matrix products. */
abstract class TensorReductions extends TensorInPlace {
    TensorReductions(Storage storage, View view, Tensor base) {
        super(storage, view, base);
    }

    private Tensor self() {
        return (Tensor) this;
    }

    // ------------------------------------------------------------------ reductions

    /** The sum of all elements, 0-d; INT64 for integers and booleans. */
    public final Tensor sum() {
        return whole(ReduceOps.SUM);
    }

    /** The sums along dimensions, which are dropped; INT64 for integers and booleans. */
    public final Tensor sum(int... dims) {
        return reduce(ReduceOps.SUM, false, dims);
    }

    /** The sums along dimensions, which stay with size 1 if {@code keepDim}; no dimensions mean all. */
    public final Tensor sum(boolean keepDim, int... dims) {
        return reduce(ReduceOps.SUM, keepDim, dims);
    }

    /** The sums along dimensions, which stay with size 1. */
    public final Tensor sumKeepDim(int... dims) {
        return reduce(ReduceOps.SUM, true, dims);
    }

    /** The mean of all elements, 0-d; floating point only. */
    public final Tensor mean() {
        return whole(ReduceOps.MEAN);
    }

    /** The means along dimensions, which are dropped. */
    public final Tensor mean(int... dims) {
        return reduce(ReduceOps.MEAN, false, dims);
    }

    /** The means along dimensions, which stay with size 1. */
    public final Tensor meanKeepDim(int... dims) {
        return reduce(ReduceOps.MEAN, true, dims);
    }

    /** The sums along dimensions (none means all) of the elements in another dtype, which the sums have too. */
    public final Tensor sum(DType dtype, int... dims) {
        return as(dtype, self().to(dtype).sum(false, dims));
    }

    /** The sums of the elements in another dtype along dimensions, which stay with size 1. */
    public final Tensor sumKeepDim(DType dtype, int... dims) {
        return as(dtype, self().to(dtype).sumKeepDim(dims));
    }

    /** The means along dimensions (none means all) of the elements in another, floating-point dtype. */
    public final Tensor mean(DType dtype, int... dims) {
        Tensor x = self().to(dtype);
        return dims.length == 0 ? x.mean() : x.mean(dims);
    }

    /** The means of the elements in another, floating-point dtype along dimensions, which stay with size 1. */
    public final Tensor meanKeepDim(DType dtype, int... dims) {
        return self().to(dtype).meanKeepDim(dims);
    }

    /** The product of all elements, 0-d; INT64 for integers and booleans. */
    public final Tensor prod() {
        return whole(ReduceOps.PROD);
    }

    /** The products along a dimension, which is dropped; INT64 for integers and booleans. */
    public final Tensor prod(int dim) {
        return reduce(ReduceOps.PROD, false, dim);
    }

    /** The products along a dimension, which stays with size 1. */
    public final Tensor prodKeepDim(int dim) {
        return reduce(ReduceOps.PROD, true, dim);
    }

    /** The product of all elements in another dtype, which the product has too. */
    public final Tensor prod(DType dtype) {
        return as(dtype, self().to(dtype).prod());
    }

    /** The products along a dimension of the elements in another dtype, which the products have too. */
    public final Tensor prod(DType dtype, int dim) {
        return as(dtype, self().to(dtype).prod(dim));
    }

    /** The products of the elements in another dtype along a dimension, which stays with size 1. */
    public final Tensor prodKeepDim(DType dtype, int dim) {
        return as(dtype, self().to(dtype).prodKeepDim(dim));
    }

    /** The largest element, 0-d; NaN if there is one. */
    public final Tensor max() {
        return whole(ReduceOps.AMAX);
    }

    /** The smallest element, 0-d; NaN if there is one. */
    public final Tensor min() {
        return whole(ReduceOps.AMIN);
    }

    /** The largest elements along dimensions, which are dropped; the gradient is shared by equal ones. */
    public final Tensor amax(int... dims) {
        return reduce(ReduceOps.AMAX, false, dims);
    }

    /** The largest elements along dimensions, which stay with size 1. */
    public final Tensor amaxKeepDim(int... dims) {
        return reduce(ReduceOps.AMAX, true, dims);
    }

    /** The smallest elements along dimensions, which are dropped; the gradient is shared by equal ones. */
    public final Tensor amin(int... dims) {
        return reduce(ReduceOps.AMIN, false, dims);
    }

    /** The smallest elements along dimensions, which stay with size 1. */
    public final Tensor aminKeepDim(int... dims) {
        return reduce(ReduceOps.AMIN, true, dims);
    }

    /** The largest element along a dimension and where it stands first; the dimension is dropped. */
    public final ValuesIndices max(int dim) {
        return extreme("max", true, dim, false);
    }

    /** The largest element along a dimension and where it stands first; the dimension stays with size 1. */
    public final ValuesIndices maxKeepDim(int dim) {
        return extreme("max", true, dim, true);
    }

    /** The smallest element along a dimension and where it stands first; the dimension is dropped. */
    public final ValuesIndices min(int dim) {
        return extreme("min", false, dim, false);
    }

    /** The smallest element along a dimension and where it stands first; the dimension stays with size 1. */
    public final ValuesIndices minKeepDim(int dim) {
        return extreme("min", false, dim, true);
    }

    /** Where the largest element stands first in row-major order, INT64 and 0-d. */
    public final Tensor argmax() {
        return ArgOps.ofAll("argmax", true, self());
    }

    /** Where the largest element stands first in row-major order, INT64, with all dimensions of size 1. */
    public final Tensor argmaxKeepDim() {
        return argmax().reshape(
                        Shapes.reducedShape(sizes(), ReduceOp.Args.all(self()).dims(), true));
    }

    /** Where the largest element along a dimension stands first; the dimension is dropped. */
    public final Tensor argmax(int dim) {
        return dropped(argmaxKeepDim(dim), dim);
    }

    /** Where the largest element along a dimension stands first; the dimension stays with size 1. */
    public final Tensor argmaxKeepDim(int dim) {
        return ArgOps.find("argmax", true, self(), Shapes.wrapDim("argmax", dim, dim()));
    }

    /** Where the smallest element stands first in row-major order, INT64 and 0-d. */
    public final Tensor argmin() {
        return ArgOps.ofAll("argmin", false, self());
    }

    /** Where the smallest element stands first in row-major order, INT64, with all dimensions of size 1. */
    public final Tensor argminKeepDim() {
        return argmin().reshape(
                        Shapes.reducedShape(sizes(), ReduceOp.Args.all(self()).dims(), true));
    }

    /** Where the smallest element along a dimension stands first; the dimension is dropped. */
    public final Tensor argmin(int dim) {
        return dropped(argminKeepDim(dim), dim);
    }

    /** Where the smallest element along a dimension stands first; the dimension stays with size 1. */
    public final Tensor argminKeepDim(int dim) {
        return ArgOps.find("argmin", false, self(), Shapes.wrapDim("argmin", dim, dim()));
    }

    /** Sums and products of integers are INT64 until they are put into the dtype that was asked for. */
    static Tensor as(DType dtype, Tensor result) {
        return result.to(dtype);
    }

    private Tensor whole(ReduceOp op) {
        return Dispatch.apply(op, ReduceOp.Args.all(self()), self());
    }

    private Tensor reduce(ReduceOp op, boolean keepDim, int... dims) {
        return Dispatch.apply(op, ReduceOp.Args.of(op.name(), self(), keepDim, dims), self());
    }

    private static Tensor dropped(Tensor kept, int dim) {
        return kept.dim() == 0 ? kept : kept.squeeze(dim);
    }

    private ValuesIndices extreme(String name, boolean largest, int dim, boolean keepDim) {
        int d = Shapes.wrapDim(name, dim, dim());
        if (dim() == 0) {
            return new ValuesIndices(self().copied(), Tensor.scalar(0), name);
        }
        Tensor positions = ArgOps.find(name, largest, self(), d);
        StructuredOp<IndexOps.Positions> op = largest ? IndexOps.MAX_VALUES : IndexOps.MIN_VALUES;
        IndexOps.Positions at = new IndexOps.Positions(d, positions, sizes(), !keepDim);
        Tensor values = Dispatch.apply(op, at, self());
        return new ValuesIndices(values, keepDim ? positions : positions.squeeze(d), name);
    }

    // ------------------------------------------------------------------ products

    /**
     * The matrix product of the last two dimensions, with all others broadcast; 1-d tensors count as a row on the left and a
     * column on the right, and that dimension is dropped from the result.
     */
    public final Tensor matmul(Tensor other) {
        return Matmul.matmul(self(), other);
    }

    /** The product of two matrices. */
    public final Tensor mm(Tensor other) {
        return Dispatch.apply(MatmulOps.MM, null, self(), other);
    }

    /** The products of the matrices of two batches of equal size. */
    public final Tensor bmm(Tensor other) {
        return Dispatch.apply(MatmulOps.BMM, null, self(), other);
    }

    /** The product of a matrix and a vector. */
    public final Tensor mv(Tensor vector) {
        if (dim() != 2 || vector.dim() != 1) {
            throw Check.shape("mv", "there must be a matrix and a vector")
                    .operand("self", dtype(), sizes())
                    .operand("vector", vector.dtype(), vector.sizes())
                    .error();
        }
        return Dispatch.apply(MatmulOps.MV, null, self(), vector);
    }

    /** The inner product of two vectors, 0-d. */
    public final Tensor dot(Tensor other) {
        return Dispatch.apply(MatmulOps.DOT, null, self(), other);
    }
}
