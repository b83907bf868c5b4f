package dev.lanewise;

import dev.lanewise.internal.error.Check;
import dev.lanewise.internal.shape.Shapes;
import dev.lanewise.internal.shape.View;
import dev.lanewise.internal.storage.Storage;
import dev.lanewise.op.Dispatch;
import dev.lanewise.op.FlipOps;
import dev.lanewise.op.InPlace;
import dev.lanewise.op.TriangleOps;
import dev.lanewise.op.ViewOps;

/** Rearrangements: flips, repeats, triangles, diagonals, and views by other names. */
abstract class TensorShapes extends TensorLayouts {
    TensorShapes(Storage storage, View view, Tensor base) {
        super(storage, view, base);
    }

    private Tensor self() {
        return (Tensor) this;
    }

    // ------------------------------------------------------------------ triangles and diagonals

    /** The lower triangle of each matrix {@code [..., r, c]}, the rest 0; a row-major copy. */
    public final Tensor tril() {
        return tril(0);
    }

    /**
     * The elements with {@code column - row <= diagonal} of each matrix {@code [..., r, c]}, the rest 0; a row-major
     * copy.
     */
    public final Tensor tril(long diagonal) {
        requireMatrix("tril");
        return Dispatch.apply(TriangleOps.TRIL, diagonal, self());
    }

    /** Sets all but the lower triangle of each matrix to 0. */
    public final Tensor tril_() {
        return tril_(0);
    }

    /** Sets the elements with {@code column - row > diagonal} of each matrix to 0. */
    public final Tensor tril_(long diagonal) {
        requireMatrix("tril_");
        return InPlace.apply(TriangleOps.TRIL, diagonal, self());
    }

    /** The upper triangle of each matrix {@code [..., r, c]}, the rest 0; a row-major copy. */
    public final Tensor triu() {
        return triu(0);
    }

    /**
     * The elements with {@code column - row >= diagonal} of each matrix {@code [..., r, c]}, the rest 0; a row-major
     * copy.
     */
    public final Tensor triu(long diagonal) {
        requireMatrix("triu");
        return Dispatch.apply(TriangleOps.TRIU, diagonal, self());
    }

    /** Sets all but the upper triangle of each matrix to 0. */
    public final Tensor triu_() {
        return triu_(0);
    }

    /** Sets the elements with {@code column - row < diagonal} of each matrix to 0. */
    public final Tensor triu_(long diagonal) {
        requireMatrix("triu_");
        return InPlace.apply(TriangleOps.TRIU, diagonal, self());
    }

    private void requireMatrix(String op) {
        if (dim() < 2) {
            throw Check.shape(op, "the tensor must have at least 2 dimensions")
                    .got(dim())
                    .operand("self", dtype(), sizes())
                    .error();
        }
    }

    /**
     * Square matrices with the last dimension on their main diagonal and 0 elsewhere; a copy with one more dimension.
     */
    public final Tensor diagEmbed() {
        return diagEmbed(0, -2, -1);
    }

    /**
     * Matrices over the dimensions {@code dim1} and {@code dim2} of the result, with the last dimension on the
     * diagonal that lies {@code offset} above the main one and 0 elsewhere; a row-major copy.
     */
    public final Tensor diagEmbed(long offset, int dim1, int dim2) {
        int row = Shapes.wrapDim("diagEmbed", dim1, dim() + 1);
        int column = Shapes.wrapDim("diagEmbed", dim2, dim() + 1);
        if (row == column || dim() == 0) {
            String rule = dim() == 0 ? "self must have at least 1 dimension" : "the two dims must differ";
            throw Check.shape("diagEmbed", rule)
                    .got(dim() == 0 ? "a 0-d tensor" : dim1 + " and " + dim2)
                    .operand("self", dtype(), sizes())
                    .error();
        }
        return Dispatch.apply(TriangleOps.DIAG_EMBED, new ViewOps.Diagonal(offset, row, column), self());
    }

    /** As {@link #diag(long)} with the main diagonal. */
    public final Tensor diag() {
        return diag(0);
    }

    /** A matrix with this vector on a diagonal, or a copy of a diagonal of this matrix. */
    public final Tensor diag(long diagonal) {
        if (dim() != 1 && dim() != 2) {
            throw Check.shape("diag", "the tensor must be a vector or a matrix")
                    .got(dim() + " dimensions")
                    .operand("self", dtype(), sizes())
                    .hint("Use diagonal or diagEmbed for more dimensions.")
                    .error();
        }
        return dim() == 1 ? diagEmbed(diagonal, 0, 1) : diagonal(diagonal, 0, 1).clone();
    }

    /** A view of the main diagonal of the first two dimensions, as the last dimension. */
    public final Tensor diagonal() {
        return diagonal(0, 0, 1);
    }

    /** A view of the diagonal of the first two dimensions that lies {@code offset} above the main one. */
    public final Tensor diagonal(long offset) {
        return diagonal(offset, 0, 1);
    }

    /** The sum of the main diagonal of a matrix, 0-d; INT64 for integers. */
    public final Tensor trace() {
        if (dim() != 2) {
            throw Check.shape("trace", "the tensor must be a matrix")
                    .got(dim() + " dimensions")
                    .operand("self", dtype(), sizes())
                    .error();
        }
        return diagonal().sum();
    }

    // ------------------------------------------------------------------ copies in another order

    /** A copy with the order along the given dimensions reversed, in the same memory order. */
    public final Tensor flip(int... dims) {
        int[] wrapped = Shapes.wrapDims("flip", dims, dim());
        return Dispatch.apply(FlipOps.FLIP, dim() == 0 ? new int[0] : wrapped, self());
    }

    /** A copy with the order along dimension 1 reversed. */
    public final Tensor fliplr() {
        requireRank("fliplr", 2);
        return flip(1);
    }

    /** A copy with the order along dimension 0 reversed. */
    public final Tensor flipud() {
        requireRank("flipud", 1);
        return flip(0);
    }

    /** A copy turned by 90 degrees, from dimension 0 towards dimension 1. */
    public final Tensor rot90() {
        return rot90(1, 0, 1);
    }

    /**
     * A copy turned {@code k} times by 90 degrees, from dimension {@code dim0} towards {@code dim1}; negative k turns
     * back.
     */
    public final Tensor rot90(int k, int dim0, int dim1) {
        requireRank("rot90", 2);
        int[] dims = Shapes.wrapDims("rot90", new int[] {dim0, dim1}, dim());
        return switch (Math.floorMod(k, 4)) {
            case 1 -> flip(dims[1]).transpose(dims[0], dims[1]);
            case 2 -> flip(dims);
            case 3 -> flip(dims[0]).transpose(dims[0], dims[1]);
            default -> self().clone();
        };
    }

    /** A copy with the elements, in row-major order, moved on by {@code shift} places; the last ones come first. */
    public final Tensor roll(long shift) {
        return flatten().roll(shift, 0).view(sizes());
    }

    /** A copy moved on by {@code shift} places along a dimension; what leaves at one end comes back at the other. */
    public final Tensor roll(long shift, int dim) {
        return roll(new long[] {shift}, new int[] {dim});
    }

    /** A copy moved along several dimensions, each by its own shift. */
    public final Tensor roll(long[] shifts, int[] dims) {
        if (shifts.length != dims.length || shifts.length == 0) {
            throw Check.argument("roll", "there must be one shift for each dimension, and at least one")
                    .got(shifts.length + " shifts and " + dims.length + " dims")
                    .operand("self", dtype(), sizes())
                    .error();
        }
        int[] wrapped = new int[dims.length];
        for (int i = 0; i < dims.length; i++) {
            wrapped[i] = requireDim("roll", dims[i]);
        }
        return Dispatch.apply(FlipOps.ROLL, new FlipOps.Shifts(shifts.clone(), wrapped), self());
    }

    /**
     * A row-major copy, {@code times[d]} times over along each dimension; further leading numbers are new dimensions.
     */
    public final Tensor repeat(long... times) {
        boolean positive = true;
        for (long count : times) {
            positive &= count >= 0;
        }
        if (times.length < dim() || !positive) {
            throw Check.shape("repeat", "there must be a number, 0 or more, for every dimension")
                    .expected("at least " + dim() + " numbers")
                    .got(times)
                    .operand("self", dtype(), sizes())
                    .hint("Use tile to repeat the last dimensions alone.")
                    .error();
        }
        return Dispatch.apply(FlipOps.REPEAT, times.clone(), self());
    }

    /** As {@link #repeat}, with fewer numbers for the last dimensions alone. */
    public final Tensor tile(long... times) {
        int missing = Math.max(0, dim() - times.length);
        long[] all = new long[missing + times.length];
        for (int d = 0; d < all.length; d++) {
            all[d] = d < missing ? 1 : times[d - missing];
        }
        return repeat(all);
    }

    /** Each element, in row-major order, {@code times} times in a row; a 1-d copy. */
    public final Tensor repeatInterleave(long times) {
        return flatten().repeatInterleave(times, 0);
    }

    /** Each place along a dimension {@code times} times in a row; a copy. */
    public final Tensor repeatInterleave(long times, int dim) {
        if (times < 0) {
            throw Check.argument("repeatInterleave", "the number of repeats must not be negative")
                    .got(times)
                    .operand("self", dtype(), sizes())
                    .error();
        }
        if (dim() == 0) {
            return reshape(1).repeatInterleave(times, dim);
        }
        int d = Shapes.wrapDim("repeatInterleave", dim, dim());
        long[] wide = new long[dim() + 1];
        long[] sizes = sizes().clone();
        for (int i = 0; i < wide.length; i++) {
            wide[i] = i == d + 1 ? times : sizes[i > d ? i - 1 : i];
        }
        sizes[d] = Math.multiplyExact(sizes[d], times);
        return times == 1
                ? self().clone()
                : unsqueeze(d + 1).expand(wide).contiguous().view(sizes);
    }

    /** Each element, in row-major order, as many times in a row as its number in {@code times} says; a 1-d copy. */
    public final Tensor repeatInterleave(Tensor times) {
        return flatten().repeatInterleave(times, 0);
    }

    /** Each place along a dimension as many times in a row as its number in {@code times} says; a copy. */
    public final Tensor repeatInterleave(Tensor times, int dim) {
        if (dim() == 0) {
            return reshape(1).repeatInterleave(times, dim);
        }
        int d = Shapes.wrapDim("repeatInterleave", dim, dim());
        Tensor each = times.numel() == 1 ? times.reshape(1).expand(size(d)) : times;
        if (each.dim() != 1 || each.size(0) != size(d)) {
            throw Check.shape("repeatInterleave", "there must be one number of repeats for each place")
                    .expected(size(d))
                    .operand("self", dtype(), sizes())
                    .operand("times", times.dtype(), times.sizes())
                    .error();
        }
        return indexSelect(d, Sequences.repeated(each));
    }

    // ------------------------------------------------------------------ views by other names

    /** A view with a dimension split into several; one size may be -1. */
    public final Tensor unflatten(int dim, long... sizes) {
        int d = requireDim("unflatten", dim);
        long[] inner = Shapes.inferSize("unflatten", sizes, size(d));
        if (inner.length == 0) {
            throw Check.shape("unflatten", "there must be at least one size")
                    .operand("self", dtype(), sizes())
                    .error();
        }
        long[] shape = new long[dim() - 1 + inner.length];
        System.arraycopy(sizes(), 0, shape, 0, d);
        System.arraycopy(inner, 0, shape, d, inner.length);
        System.arraycopy(sizes(), d + 1, shape, d + inner.length, dim() - d - 1);
        return view(shape);
    }

    /** A view with one dimension moved to another place; the others keep their order. */
    public final Tensor movedim(int source, int destination) {
        return movedim(new int[] {source}, new int[] {destination});
    }

    /** A view with dimensions moved to other places; the others keep their order. */
    public final Tensor movedim(int[] source, int[] destination) {
        if (source.length != destination.length) {
            throw Check.argument("movedim", "there must be one destination for each source")
                    .got(source.length + " sources and " + destination.length + " destinations")
                    .operand("self", dtype(), sizes())
                    .error();
        }
        int[] from = Shapes.wrapDims("movedim", source, dim());
        int[] to = Shapes.wrapDims("movedim", destination, dim());
        int[] order = new int[dim()];
        boolean[] moved = new boolean[Math.max(1, dim())];
        boolean[] taken = new boolean[Math.max(1, dim())];
        for (int i = 0; dim() > 0 && i < from.length; i++) {
            order[to[i]] = from[i];
            moved[from[i]] = true;
            taken[to[i]] = true;
        }
        int next = 0;
        for (int d = 0; d < order.length; d++) {
            if (!taken[d]) {
                while (moved[next]) {
                    next++;
                }
                order[d] = next++;
            }
        }
        return permute(order);
    }

    /** As {@link #movedim(int, int)}. */
    public final Tensor moveaxis(int source, int destination) {
        return movedim(source, destination);
    }

    /** As {@link #movedim(int[], int[])}. */
    public final Tensor moveaxis(int[] source, int[] destination) {
        return movedim(source, destination);
    }

    /** As {@link #transpose(int, int)}. */
    public final Tensor swapaxes(int dim0, int dim1) {
        return transpose(dim0, dim1);
    }

    /** As {@link #transpose(int, int)}. */
    public final Tensor swapdims(int dim0, int dim1) {
        return transpose(dim0, dim1);
    }

    /** A view expanded to a shape. */
    public final Tensor broadcastTo(long... shape) {
        return expand(shape);
    }

    /** A view or copy with one dimension. */
    public final Tensor ravel() {
        return flatten();
    }

    /** A view with the sizes of another tensor. */
    public final Tensor viewAs(Tensor other) {
        return view(other.sizes());
    }

    /** The elements with the sizes of another tensor: a view where possible, else a copy. */
    public final Tensor reshapeAs(Tensor other) {
        return reshape(other.sizes());
    }
}
