package dev.lanewise;

import dev.lanewise.internal.error.Check;
import dev.lanewise.internal.shape.Shapes;
import dev.lanewise.internal.shape.View;
import dev.lanewise.internal.storage.Storage;
import dev.lanewise.op.Casts;
import dev.lanewise.op.Dispatch;
import dev.lanewise.op.ViewOps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Shapes: views, copies in another layout or dtype, and picking parts. */
abstract class TensorViews extends TensorSeries {
    TensorViews(Storage storage, View view, Tensor base) {
        super(storage, view, base);
    }

    private Tensor self() {
        return (Tensor) this;
    }

    // ------------------------------------------------------------------ views

    /** A view with other sizes over the same elements; one size may be -1. Throws if no view has these sizes. */
    public final Tensor view(long... sizes) {
        return Dispatch.applyView(ViewOps.VIEW, ViewOps.Sizes.view(Shapes.inferSize("view", sizes, numel())), self());
    }

    /** The elements with other sizes: a view where possible, else a copy; one size may be -1. */
    public final Tensor reshape(long... sizes) {
        long[] shape = Shapes.inferSize("reshape", sizes, numel());
        boolean viewable = Shapes.viewStrides(sizes(), view().strides(), shape) != null;
        return Dispatch.applyView(
                ViewOps.VIEW, ViewOps.Sizes.reshape(shape, !viewable), viewable ? self() : contiguous());
    }

    /** A view or copy with the dimensions from {@code startDim} to {@code endDim} made one. */
    public final Tensor flatten(int startDim, int endDim) {
        int from = Shapes.wrapDim("flatten", startDim, dim());
        int to = Shapes.wrapDim("flatten", endDim, dim());
        if (dim() == 0) {
            return reshape(1);
        }
        if (from > to) {
            throw Check.index("flatten", "startDim must not come after endDim")
                    .got(startDim + " and " + endDim)
                    .operand("self", dtype(), sizes())
                    .error();
        }
        long[] sizes = new long[dim() - (to - from)];
        System.arraycopy(sizes(), 0, sizes, 0, from);
        sizes[from] = 1;
        for (int d = from; d <= to; d++) {
            sizes[from] *= sizes()[d];
        }
        System.arraycopy(sizes(), to + 1, sizes, from + 1, dim() - to - 1);
        return reshape(sizes);
    }

    /** A view or copy with one dimension. */
    public final Tensor flatten() {
        return flatten(0, -1);
    }

    /** A view with two dimensions exchanged. */
    public final Tensor transpose(int dim0, int dim1) {
        return Dispatch.applyView(ViewOps.TRANSPOSE, new int[] {dim0, dim1}, self());
    }

    /** A view of a matrix with rows and columns exchanged; a 0-d or 1-d tensor stays as it is. */
    public final Tensor t() {
        requireAtMostMatrix("t");
        return Dispatch.applyView(ViewOps.T, null, self());
    }

    final void requireAtMostMatrix(String op) {
        if (dim() > 2) {
            throw Check.shape(op, "the tensor must have at most 2 dimensions")
                    .got(dim())
                    .operand("self", dtype(), sizes())
                    .hint("Use transpose or permute.")
                    .error();
        }
    }

    /** A view with the dimensions in the given order. */
    public final Tensor permute(int... dims) {
        return Dispatch.applyView(ViewOps.PERMUTE, dims.clone(), self());
    }

    /** A view without the dimensions of size 1. */
    public final Tensor squeeze() {
        return Dispatch.applyView(ViewOps.SQUEEZE, null, self());
    }

    /** A view without a dimension if its size is 1, else the same shape. */
    public final Tensor squeeze(int dim) {
        return Dispatch.applyView(ViewOps.SQUEEZE, new int[] {dim}, self());
    }

    /** A view with a dimension of size 1 inserted. */
    public final Tensor unsqueeze(int dim) {
        return Dispatch.applyView(ViewOps.UNSQUEEZE, dim, self());
    }

    /** A view with dimensions of size 1 repeated without copying; -1 keeps a size. */
    public final Tensor expand(long... sizes) {
        return Dispatch.applyView(ViewOps.EXPAND, sizes.clone(), self());
    }

    /** A view expanded to the shape of another tensor. */
    public final Tensor expandAs(Tensor other) {
        return expand(other.sizes());
    }

    /** A view of one place along a dimension, which is dropped. */
    public final Tensor select(int dim, long index) {
        return Dispatch.applyView(ViewOps.SELECT, new ViewOps.At(dim, index), self());
    }

    /** A view of one place along the first dimension. */
    public final Tensor get(long index) {
        return select(0, index);
    }

    /** A view of {@code length} places from {@code start} along a dimension. */
    public final Tensor narrow(int dim, long start, long length) {
        int d = Shapes.wrapDim("narrow", dim, dim());
        long size = size(d);
        long from = start < 0 ? start + size : start;
        if (dim() == 0 || from < 0 || length < 0 || from + length > size) {
            throw Check.index("narrow", "the range must lie inside dim " + dim)
                    .expected("start and length within " + size)
                    .got("start " + start + ", length " + length)
                    .operand("self", dtype(), sizes())
                    .error();
        }
        return slice(d, from, from + length, 1);
    }

    /** A view of every {@code step}-th place from {@code start} to before {@code end}; ends are clamped as in Python. */
    public final Tensor slice(int dim, long start, long end, long step) {
        return Dispatch.applyView(ViewOps.SLICE, new ViewOps.Slice(dim, start, end, step), self());
    }

    /** A view of the diagonal of the last two dimensions that lies {@code offset} above the main one. */
    public final Tensor diagonal(long offset, int dim1, int dim2) {
        return Dispatch.applyView(ViewOps.DIAGONAL, new ViewOps.Diagonal(offset, dim1, dim2), self());
    }

    /** Views of all places along a dimension. */
    public final List<Tensor> unbind(int dim) {
        List<Tensor> parts = new ArrayList<>();
        for (long i = 0; i < size(dim); i++) {
            parts.add(select(dim, i));
        }
        return parts;
    }

    /** Views of consecutive parts of at most {@code length} places along a dimension. */
    public final List<Tensor> split(long length, int dim) {
        if (length < 0 || length == 0 && size(dim) > 0) {
            throw Check.argument("split", "the length must be positive")
                    .got(length)
                    .error();
        }
        List<Tensor> parts = new ArrayList<>();
        for (long from = 0; from < Math.max(1, size(dim)); from += Math.max(1, length)) {
            parts.add(narrow(dim, from, Math.min(length, size(dim) - from)));
        }
        return parts;
    }

    // ------------------------------------------------------------------ picking parts

    /**
     * Picks a part as {@code x[...]} does: ranges and single positions give a view, lists of positions and masks a copy.
     *
     * @param parts one per dimension from the first on; the rest is taken whole
     */
    public final Tensor index(Index... parts) {
        return Indexing.get(self(), parts);
    }

    /** Picks a part written as in Python, for example {@code "1:3, -1"}. */
    public final Tensor index(String parts) {
        return index(Index.parse(parts));
    }

    /** Picks the elements where a BOOL mask is true, as a 1-d copy. */
    public final Tensor index(Tensor mask) {
        return index(Index.of(mask));
    }

    /** Assigns to a part as {@code x[...] = value} does; the value is broadcast. Changes and returns this tensor. */
    public final Tensor indexPut_(Tensor value, Index... parts) {
        return Indexing.put("indexPut_", self(), value, false, parts);
    }

    /** Assigns a number to a part. Changes and returns this tensor. */
    public final Tensor indexPut_(Number value, Index... parts) {
        return indexPut_(Tensor.scalar(dtype(), value), parts);
    }

    /** The slices at the positions of a 1-d INT64 or INT32 tensor along a dimension; a copy. */
    public final Tensor indexSelect(int dim, Tensor index) {
        return ((TensorIndexing) this).selected(dim, index);
    }

    /** The slices at the given positions along a dimension; a copy. */
    public final Tensor indexSelect(int dim, long... index) {
        return indexSelect(dim, Tensor.of(index));
    }

    /** The elements at the positions of an INT64 tensor along a dimension, one for each of its elements; a copy. */
    public final Tensor gather(int dim, Tensor index) {
        return ((TensorIndexing) this).gathered(dim, index);
    }

    // ------------------------------------------------------------------ copies

    /** The tensor in another dtype: itself if it has that dtype, else a copy. */
    public final Tensor to(DType dtype) {
        return dtype == dtype() ? self() : Dispatch.apply(Casts.TO, dtype, self());
    }

    /** The tensor in row-major order: itself if it is, else a copy. */
    public final Tensor contiguous() {
        return isContiguous() ? self() : Dispatch.apply(Casts.CONTIGUOUS, null, self());
    }

    final Tensor copied() {
        return Dispatch.apply(Casts.CLONE, null, self());
    }

    /** Sums over the dimensions that broadcasting from this shape would have added or repeated. */
    public final Tensor sumToSize(long... shape) {
        int added = dim() - shape.length;
        boolean fits = added >= 0;
        int[] dims = new int[dim()];
        int count = 0;
        for (int d = 0; fits && d < dim(); d++) {
            long wanted = d < added ? 1 : shape[d - added];
            fits = wanted == size(d) || wanted == 1;
            if (d < added || wanted != size(d)) {
                dims[count++] = d;
            }
        }
        if (!fits) {
            throw Check.shape("sumToSize", "the shape must be one that broadcasts to that of self")
                    .got(shape)
                    .operand("self", dtype(), sizes())
                    .error();
        }
        Tensor summed = count == 0 ? self() : ((TensorMath) this).sum(true, Arrays.copyOf(dims, count));
        return summed.reshape(shape);
    }
}
