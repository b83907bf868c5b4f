package dev.lanewise;

import dev.lanewise.internal.error.Check;
import dev.lanewise.internal.shape.Shapes;
import dev.lanewise.internal.shape.View;
import dev.lanewise.internal.storage.Storage;
import dev.lanewise.op.Dispatch;
import dev.lanewise.op.InPlace;
import dev.lanewise.op.ViewOps;
import java.util.Arrays;

/** Views by strides, and changes of a tensor's own view. */
abstract class TensorLayouts extends TensorJoins {
    TensorLayouts(Storage storage, View view, Tensor base) {
        super(storage, view, base);
    }

    private Tensor self() {
        return (Tensor) this;
    }

    // ------------------------------------------------------------------ views

    /**
     * A view of windows of {@code size} places along a dimension, {@code step} apart, as a new last dimension.
     *
     * <p>The dimension becomes the number of windows, (n - size) / step + 1. Windows overlap where the step is
     * smaller than the size, and then the view cannot be changed in place.
     */
    public final Tensor unfold(int dim, long size, long step) {
        int d = Shapes.wrapDim("unfold", dim, dim());
        return Dispatch.applyView(ViewOps.UNFOLD, new ViewOps.Windows(d, size, step), self());
    }

    /** As {@link #asStrided(long[], long[], long)} from the first element of this tensor on. */
    public final Tensor asStrided(long[] sizes, long[] strides) {
        return asStrided(sizes, strides, storageOffset());
    }

    /**
     * A view of the storage with any sizes and strides, which count elements and are not negative.
     *
     * @param offset place of the first element in the storage, whatever the offset of this tensor is
     */
    public final Tensor asStrided(long[] sizes, long[] strides, long offset) {
        boolean fits = sizes.length == strides.length && offset >= 0;
        for (long stride : strides) {
            fits &= stride >= 0;
        }
        if (!fits) {
            throw Check.argument(
                            "asStrided", "there must be a stride, 0 or more, for every size, and no negative offset")
                    .got("strides " + Arrays.toString(strides) + " and offset " + offset + " for sizes "
                            + Arrays.toString(sizes))
                    .operand("self", dtype(), sizes())
                    .error();
        }
        Shapes.numel("asStrided", sizes);
        long end = offset + Shapes.extent(sizes, strides);
        if (end > storage().numel()) {
            throw Check.shape("asStrided", "the elements must lie in the storage")
                    .expected("at most " + storage().numel() + " elements")
                    .got(end)
                    .operand("self", dtype(), sizes())
                    .error();
        }
        return ViewOps.asStrided(self(), sizes.clone(), strides.clone(), offset);
    }

    // ------------------------------------------------------------------ changes of the tensor's own view

    /** Exchanges two dimensions of this tensor; the elements stay where they are. */
    public final Tensor transpose_(int dim0, int dim1) {
        return InPlace.applyView(ViewOps.TRANSPOSE, new int[] {dim0, dim1}, self());
    }

    /** As {@link #transpose_(int, int)}. */
    public final Tensor swapaxes_(int dim0, int dim1) {
        return transpose_(dim0, dim1);
    }

    /** As {@link #transpose_(int, int)}. */
    public final Tensor swapdims_(int dim0, int dim1) {
        return transpose_(dim0, dim1);
    }

    /** Exchanges rows and columns of this matrix; the elements stay where they are. */
    public final Tensor t_() {
        requireAtMostMatrix("t_");
        return InPlace.applyView(ViewOps.T, null, self());
    }

    /** Drops the dimensions of size 1 of this tensor. */
    public final Tensor squeeze_() {
        return InPlace.applyView(ViewOps.SQUEEZE, null, self());
    }

    /** Drops a dimension of this tensor if its size is 1. */
    public final Tensor squeeze_(int dim) {
        return InPlace.applyView(ViewOps.SQUEEZE, new int[] {dim}, self());
    }

    /** Inserts a dimension of size 1 into this tensor. */
    public final Tensor unsqueeze_(int dim) {
        return InPlace.applyView(ViewOps.UNSQUEEZE, dim, self());
    }

    // ------------------------------------------------------------------ the main diagonal

    /** As {@link #fillDiagonal_(Number, boolean)} without starting again. */
    public final Tensor fillDiagonal_(Number value) {
        return fillDiagonal_(value, false);
    }

    /**
     * Sets the elements whose positions are equal in all dimensions to a number.
     *
     * @param wrap starts again at the first column of a tall matrix, one row below where the diagonal ended
     */
    public final Tensor fillDiagonal_(Number value, boolean wrap) {
        requireRank("fillDiagonal_", 2);
        long steps = 0;
        for (int d = 0; d < dim(); d++) {
            steps += stride(d);
            if (dim() > 2 && size(d) != size(0)) {
                throw Check.shape("fillDiagonal_", "all sizes must be equal where there are more than 2 dimensions")
                        .operand("self", dtype(), sizes())
                        .error();
            }
        }
        Tensor number = Tensor.scalar(dtype(), value);
        InPlace.checkFill("fillDiagonal_", self());
        if (dim() > 2) {
            Tensor diagonal = ViewOps.asStrided(self(), new long[] {size(0)}, new long[] {steps}, storageOffset());
            InPlace.copy("fillDiagonal_", diagonal, number);
            return self();
        }
        long rows = size(0);
        long last = wrap ? rows : Math.min(rows, 1);
        for (long row = 0; row < last; row += size(1) + 1) {
            InPlace.copy("fillDiagonal_", narrow(0, row, rows - row).diagonal(0, 0, 1), number);
        }
        return self();
    }
}
