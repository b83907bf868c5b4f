package dev.lanewise;

import dev.lanewise.internal.error.Check;
import dev.lanewise.internal.shape.Shapes;
import dev.lanewise.internal.shape.View;
import dev.lanewise.internal.storage.Storage;
import dev.lanewise.op.Dispatch;
import dev.lanewise.op.IndexOps;
import dev.lanewise.op.MaskOps;
import dev.lanewise.op.PartOps;
import dev.lanewise.op.PickOps;
import dev.lanewise.op.ScatterOps;
import dev.lanewise.op.Selection;
import java.util.List;

/**
 * Reading and writing at positions held in tensors.
 *
 * <p>Positions are found to be inside their dimension before anything is written; those that are not are refused with
 * {@link IndexException}. Where several elements are added to one, they are added in the order of their positions, so that
 * the result has the same bits with any number of threads. Forms that end in {@code _} change this tensor and return it.
 */
abstract class TensorIndexing extends TensorShapes {
    TensorIndexing(Storage storage, View view, Tensor base) {
        super(storage, view, base);
    }

    private Tensor self() {
        return (Tensor) this;
    }

    // ------------------------------------------------------------------ elements along a dimension

    final Tensor gathered(int dim, Tensor index) {
        int d = Shapes.wrapDim("gather", dim, dim());
        if (dim() == 0 || index.dim() == 0) {
            return Scattering.lined(self()).gather(d, Scattering.lined(index)).reshape(index.sizes());
        }
        return Dispatch.apply(IndexOps.GATHER, new IndexOps.Positions(d, index, sizes()), self());
    }

    /** The elements at positions along a dimension; tensor and INT64 index are broadcast in the others. A copy. */
    public final Tensor takeAlongDim(Tensor index, int dim) {
        int d = Shapes.wrapDim("takeAlongDim", dim, dim());
        if (index.dim() != dim()) {
            throw Check.shape("takeAlongDim", "the index must have as many dimensions as self")
                    .expected(dim())
                    .got(index.dim())
                    .operand("index", index.dtype(), index.sizes())
                    .error();
        }
        if (dim() == 0) {
            return self().gather(0, index);
        }
        long[] own = sizes().clone();
        long[] others = index.sizes().clone();
        own[d] = 1;
        others[d] = 1;
        long[] wide = Shapes.broadcast("takeAlongDim", own, others);
        wide[d] = size(d);
        Tensor x = self().expand(wide);
        wide = wide.clone();
        wide[d] = index.size(d);
        return x.gather(d, index.expand(wide));
    }

    /** The elements at INT64 positions counted through the whole tensor, 1-d; a copy. */
    public final Tensor takeAlongDim(Tensor index) {
        return self().reshape(numel()).gather(0, index.reshape(index.numel()));
    }

    /**
     * A copy with {@code out[index[i][j]][j] = source[i][j]}, written for dim 0. The INT64 index has as many dimensions as
     * this tensor and the source, and is not larger than these; where positions repeat, the last one counts.
     */
    public final Tensor scatter(int dim, Tensor index, Tensor source) {
        return Scattering.along(self(), ScatterOps.SCATTER, "scatter", false, dim, index, source);
    }

    /** A copy with a number at the positions along a dimension. */
    public final Tensor scatter(int dim, Tensor index, Number value) {
        return scatter(dim, index, Scattering.filled(self(), index, value));
    }

    /** A copy with elements combined with those at the positions along a dimension; {@code add} or {@code multiply}. */
    public final Tensor scatter(int dim, Tensor index, Tensor source, String reduce) {
        return Scattering.reduced(
                self(), "scatter", false, dim, index, source, Scattering.reduction("scatter", reduce), true);
    }

    /** A copy with a number combined with the elements at the positions; {@code add} or {@code multiply}. */
    public final Tensor scatter(int dim, Tensor index, Number value, String reduce) {
        return scatter(dim, index, Scattering.filled(self(), index, value), reduce);
    }

    /** Writes elements at the positions along a dimension, as {@link #scatter(int, Tensor, Tensor)} says. */
    public final Tensor scatter_(int dim, Tensor index, Tensor source) {
        return Scattering.along(self(), ScatterOps.SCATTER, "scatter_", true, dim, index, source);
    }

    /** Writes a number at the positions along a dimension. */
    public final Tensor scatter_(int dim, Tensor index, Number value) {
        return scatter_(dim, index, Scattering.filled(self(), index, value));
    }

    /** Combines elements with those at the positions along a dimension; {@code add} or {@code multiply}. */
    public final Tensor scatter_(int dim, Tensor index, Tensor source, String reduce) {
        return Scattering.reduced(
                self(), "scatter_", true, dim, index, source, Scattering.reduction("scatter_", reduce), true);
    }

    /** Combines a number with the elements at the positions along a dimension; {@code add} or {@code multiply}. */
    public final Tensor scatter_(int dim, Tensor index, Number value, String reduce) {
        return scatter_(dim, index, Scattering.filled(self(), index, value), reduce);
    }

    /** A copy with {@code out[index[i][j]][j] += source[i][j]}, written for dim 0; index and source as in scatter. */
    public final Tensor scatterAdd(int dim, Tensor index, Tensor source) {
        return Scattering.along(self(), ScatterOps.SCATTER_ADD, "scatterAdd", false, dim, index, source);
    }

    /** Adds elements at the positions along a dimension, as {@link #scatterAdd} says. */
    public final Tensor scatterAdd_(int dim, Tensor index, Tensor source) {
        return Scattering.along(self(), ScatterOps.SCATTER_ADD, "scatterAdd_", true, dim, index, source);
    }

    /** As {@link #scatterReduce(int, Tensor, Tensor, String, boolean)}, with this tensor's own elements. */
    public final Tensor scatterReduce(int dim, Tensor index, Tensor source, String reduce) {
        return scatterReduce(dim, index, source, reduce, true);
    }

    /**
     * A copy with the elements that meet at a position along a dimension made one; index and source as in scatter.
     *
     * @param reduce {@code sum}, {@code prod}, {@code mean} (rounded down for integers), {@code amax} or {@code amin}
     * @param includeSelf false if this tensor's element does not count where another comes
     */
    public final Tensor scatterReduce(int dim, Tensor index, Tensor source, String reduce, boolean includeSelf) {
        ScatterOps.Reduction how = ScatterOps.Reduction.of("scatterReduce", reduce);
        return Scattering.reduced(self(), "scatterReduce", false, dim, index, source, how, includeSelf);
    }

    /** Makes the elements that meet at a position one, as {@link #scatterReduce(int, Tensor, Tensor, String)} says. */
    public final Tensor scatterReduce_(int dim, Tensor index, Tensor source, String reduce) {
        return scatterReduce_(dim, index, source, reduce, true);
    }

    /** Makes the elements that meet at a position one, with or without this tensor's own. */
    public final Tensor scatterReduce_(int dim, Tensor index, Tensor source, String reduce, boolean includeSelf) {
        ScatterOps.Reduction how = ScatterOps.Reduction.of("scatterReduce_", reduce);
        return Scattering.reduced(self(), "scatterReduce_", true, dim, index, source, how, includeSelf);
    }

    // ------------------------------------------------------------------ slices along a dimension

    final Tensor selected(int dim, Tensor index) {
        int d = Shapes.wrapDim("indexSelect", dim, dim());
        Tensor result = Dispatch.apply(
                PickOps.INDEX_SELECT,
                new Selection(d, Scattering.list("indexSelect", index), false),
                Scattering.lined(self()));
        return dim() == 0 ? result.reshape() : result;
    }

    /** A copy with the slices of the source added at the positions of a 1-d index along a dimension. */
    public final Tensor indexAdd(int dim, Tensor index, Tensor source) {
        return Scattering.slices(self(), PickOps.INDEX_ADD, "indexAdd", false, dim, index, source);
    }

    /** A copy with alpha times the slices of the source added at the positions of a 1-d index along a dimension. */
    public final Tensor indexAdd(int dim, Tensor index, Tensor source, Number alpha) {
        return Scattering.slices(
                self(),
                PickOps.INDEX_ADD,
                "indexAdd",
                false,
                dim,
                index,
                Scattering.scaled(self(), "indexAdd", source, alpha));
    }

    /** Adds the slices of the source at the positions of a 1-d index along a dimension. */
    public final Tensor indexAdd_(int dim, Tensor index, Tensor source) {
        return Scattering.slices(self(), PickOps.INDEX_ADD, "indexAdd_", true, dim, index, source);
    }

    /** Adds alpha times the slices of the source at the positions of a 1-d index along a dimension. */
    public final Tensor indexAdd_(int dim, Tensor index, Tensor source, Number alpha) {
        return Scattering.slices(
                self(),
                PickOps.INDEX_ADD,
                "indexAdd_",
                true,
                dim,
                index,
                Scattering.scaled(self(), "indexAdd_", source, alpha));
    }

    /** A copy with the slices at the positions of a 1-d index along a dimension replaced by those of the source. */
    public final Tensor indexCopy(int dim, Tensor index, Tensor source) {
        return Scattering.slices(self(), PickOps.INDEX_COPY, "indexCopy", false, dim, index, source);
    }

    /** Replaces the slices at the positions of a 1-d index along a dimension by those of the source. */
    public final Tensor indexCopy_(int dim, Tensor index, Tensor source) {
        return Scattering.slices(self(), PickOps.INDEX_COPY, "indexCopy_", true, dim, index, source);
    }

    /** A copy with the slices at the positions of a 1-d index along a dimension set to a number. */
    public final Tensor indexFill(int dim, Tensor index, Number value) {
        return Scattering.fill(self(), "indexFill", false, dim, index, Tensor.scalar(dtype(), value));
    }

    /** A copy with the slices at the positions of a 1-d index along a dimension set to the element of a 0-d tensor. */
    public final Tensor indexFill(int dim, Tensor index, Tensor value) {
        return Scattering.fill(self(), "indexFill", false, dim, index, value);
    }

    /** Sets the slices at the positions of a 1-d index along a dimension to a number. */
    public final Tensor indexFill_(int dim, Tensor index, Number value) {
        return Scattering.fill(self(), "indexFill_", true, dim, index, Tensor.scalar(dtype(), value));
    }

    /** Sets the slices at the positions of a 1-d index along a dimension to the element of a 0-d tensor. */
    public final Tensor indexFill_(int dim, Tensor index, Tensor value) {
        return Scattering.fill(self(), "indexFill_", true, dim, index, value);
    }

    /**
     * A copy with the slices of the source made one with those at the positions of a 1-d index along a dimension.
     *
     * @param reduce {@code prod}, {@code mean}, {@code amax} or {@code amin}
     * @param includeSelf false if this tensor's slice does not count where another comes
     */
    public final Tensor indexReduce(int dim, Tensor index, Tensor source, String reduce, boolean includeSelf) {
        return Scattering.reducedSlices(self(), "indexReduce", false, dim, index, source, reduce, includeSelf);
    }

    /** Makes slices one in place, as {@link #indexReduce} says. */
    public final Tensor indexReduce_(int dim, Tensor index, Tensor source, String reduce, boolean includeSelf) {
        return Scattering.reducedSlices(self(), "indexReduce_", true, dim, index, source, reduce, includeSelf);
    }

    // ------------------------------------------------------------------ lists, masks, the whole tensor

    /**
     * A copy with values at the places where INT64 or BOOL index tensors select, one for each dimension from the first on and
     * null for a whole one; they are broadcast together, and the values to what they select.
     *
     * @param accumulate adds the values instead, all of them where positions repeat
     */
    public final Tensor indexPut(Tensor[] indices, Tensor values, boolean accumulate) {
        return Indexing.put("indexPut", self().clone(), values, accumulate, Indexing.parts(indices));
    }

    /** Writes or adds values as {@link #indexPut(Tensor[], Tensor, boolean)} says. */
    public final Tensor indexPut_(Tensor[] indices, Tensor values, boolean accumulate) {
        return Indexing.put("indexPut_", self(), values, accumulate, Indexing.parts(indices));
    }

    /** A copy after the assignment {@code x[...] = value}; the value is broadcast. */
    public final Tensor indexPut(Tensor value, Index... parts) {
        Tensor copy = self().clone();
        return copy.indexPut_(value, parts);
    }

    /** The elements where a BOOL mask is true, in row-major order; tensor and mask are broadcast. A copy, 1-d. */
    public final Tensor maskedSelect(Tensor mask) {
        long[] shape = Scattering.masked(self(), "maskedSelect", mask);
        Tensor x = self().expand(shape);
        Tensor wide = mask.expand(shape);
        return Indexing.masked(PickOps.MASKED_SELECT, Scattering.lined(x), Scattering.lined(wide));
    }

    /** A copy with the elements where a BOOL mask is true replaced by those of the source, one after the other. */
    public final Tensor maskedScatter(Tensor mask, Tensor source) {
        long[] shape = Scattering.masked(self(), "maskedScatter", mask);
        Tensor x = Scattering.lined(self().expand(shape));
        return Scattering.spread("maskedScatter", false, x, Scattering.lined(mask.expand(shape)), source)
                .reshape(shape);
    }

    /** Replaces the elements where a BOOL mask is true by those of the source, one after the other. */
    public final Tensor maskedScatter_(Tensor mask, Tensor source) {
        Scattering.masked(self(), "maskedScatter_", mask);
        Scattering.spread(
                "maskedScatter_", true, Scattering.lined(self()), Scattering.lined(mask.expand(sizes())), source);
        return self();
    }

    /** The elements at INT64 positions counted through the whole tensor in row-major order, negative ones from its end. */
    public final Tensor take(Tensor index) {
        return Dispatch.apply(PickOps.TAKE, new Selection(0, index, true), self().reshape(numel()));
    }

    /** A copy with elements at positions counted through the whole tensor replaced, or added to if {@code accumulate}. */
    public final Tensor put(Tensor index, Tensor source, boolean accumulate) {
        return Scattering.put("put", false, self(), index, source, accumulate);
    }

    /** Replaces elements at positions counted through the whole tensor, or adds to them if {@code accumulate}. */
    public final Tensor put_(Tensor index, Tensor source, boolean accumulate) {
        return Scattering.put("put_", true, self(), index, source, accumulate);
    }

    // ------------------------------------------------------------------ regular parts

    /** A copy with one place along a dimension replaced by the source, which lacks the dimension. */
    public final Tensor selectScatter(Tensor source, int dim, long index) {
        return PartOps.select(self(), source, dim, index);
    }

    /** A copy with every step-th place from start to end (excluded) along a dimension replaced by the source. */
    public final Tensor sliceScatter(Tensor source, int dim, long start, long end, long step) {
        return PartOps.slice(self(), source, dim, start, end, step);
    }

    /** A copy with the main diagonal of the first two dimensions replaced by the source. */
    public final Tensor diagonalScatter(Tensor source) {
        return diagonalScatter(source, 0, 0, 1);
    }

    /** A copy with a diagonal over two dimensions replaced by the source, which has it as its last dimension. */
    public final Tensor diagonalScatter(Tensor source, long offset, int dim1, int dim2) {
        return PartOps.diagonal(self(), source, offset, dim1, dim2);
    }

    // ------------------------------------------------------------------ positions

    /** The positions of the elements that are not 0 in row-major order: INT64, a row for each, a column per dimension. */
    public final Tensor nonzero() {
        return MaskOps.nonzero(self());
    }

    /** The positions of the elements that are not 0, one INT64 list per dimension; a 0-d tensor counts as 1-d. */
    public final List<Tensor> nonzeroTuple() {
        return Scattering.lined(self()).nonzero().unbind(1);
    }

    /** The positions of the elements that are not 0; the same as {@link #nonzero()}. */
    public final Tensor argwhere() {
        return nonzero();
    }

    /** The positions where a condition holds (elements are not 0), one INT64 list per dimension. */
    public static List<Tensor> where(Tensor condition) {
        return condition.nonzeroTuple();
    }

    /** Row and column numbers of the part of a matrix on and below the main diagonal, INT64[2, n] in row-major order. */
    public static Tensor trilIndices(long rows, long columns) {
        return trilIndices(DType.INT64, rows, columns, 0);
    }

    /** Row and column numbers of the part of a matrix on and below a diagonal, {@code offset} above the main one. */
    public static Tensor trilIndices(DType dtype, long rows, long columns, long offset) {
        return MaskOps.triangle("trilIndices", true, rows, columns, offset, dtype);
    }

    /** Row and column numbers of the part of a matrix on and above the main diagonal, INT64[2, n] in row-major order. */
    public static Tensor triuIndices(long rows, long columns) {
        return triuIndices(DType.INT64, rows, columns, 0);
    }

    /** Row and column numbers of the part of a matrix on and above a diagonal, {@code offset} above the main one. */
    public static Tensor triuIndices(DType dtype, long rows, long columns, long offset) {
        return MaskOps.triangle("triuIndices", false, rows, columns, offset, dtype);
    }
}
