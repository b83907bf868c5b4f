package dev.lanewise;

import dev.lanewise.internal.error.Check;
import dev.lanewise.internal.shape.Shapes;
import dev.lanewise.internal.shape.View;
import dev.lanewise.internal.storage.Storage;
import dev.lanewise.op.Dispatch;
import dev.lanewise.op.IndexOps;
import dev.lanewise.op.Promotion;
import dev.lanewise.op.SortOps;
import dev.lanewise.op.StructuredOp;

/**
 * Order: sorting, the largest elements, distinct elements, searching.
 *
 * <p>Equal elements keep their order, -0.0 equals 0.0, and NaN is larger than all numbers.
 */
abstract class TensorSorting extends TensorStatistics {
    TensorSorting(Storage storage, View view, Tensor base) {
        super(storage, view, base);
    }

    private Tensor self() {
        return (Tensor) this;
    }

    // ------------------------------------------------------------------ sorting

    /** The elements in rising order along the last dimension, and where they stood. Equal elements keep their order. */
    public final ValuesIndices sort() {
        return sort(-1, false);
    }

    /** The elements in rising order along a dimension, and where they stood. Equal elements keep their order. */
    public final ValuesIndices sort(int dim) {
        return sort(dim, false);
    }

    /**
     * The elements in rising or falling order along a dimension, and where they stood. Equal elements keep their order either
     * way; NaN counts as the largest. Both results have the shape of this tensor.
     */
    public final ValuesIndices sort(int dim, boolean descending) {
        int d = Shapes.wrapDim("sort", dim, dim());
        if (dim() == 0) {
            ValuesIndices one = self().reshape(1).sort(0, descending);
            return new ValuesIndices(one.values().reshape(), one.indices().reshape(), one.op());
        }
        return picked(SortOps.SORT, SortOps.order("sort", self(), d, descending), d, false);
    }

    /** The positions that sort along the last dimension in rising order, INT64; equal elements keep their order. */
    public final Tensor argsort() {
        return argsort(-1, false);
    }

    /** The positions that sort along a dimension in rising order, INT64; equal elements keep their order. */
    public final Tensor argsort(int dim) {
        return argsort(dim, false);
    }

    /** The positions that sort along a dimension in rising or falling order, INT64; equal elements keep their order. */
    public final Tensor argsort(int dim, boolean descending) {
        int d = Shapes.wrapDim("argsort", dim, dim());
        if (dim() == 0) {
            return Tensor.scalar(DType.INT64, 0);
        }
        return SortOps.order("argsort", self(), d, descending);
    }

    /** The elements in rising order along the first dimension. */
    public final Tensor msort() {
        return sort(0).values();
    }

    // ------------------------------------------------------------------ choosing

    /** The k largest elements along the last dimension, the largest first, and where they stand. */
    public final ValuesIndices topk(long k) {
        return topk(k, -1, true);
    }

    /** The k largest elements along a dimension, the largest first, and where they stand. */
    public final ValuesIndices topk(long k, int dim) {
        return topk(k, dim, true);
    }

    /** The k largest or smallest elements along a dimension, in order from the extreme on, and where they stand. */
    public final ValuesIndices topk(long k, int dim, boolean largest) {
        return topk(k, dim, largest, true);
    }

    /**
     * The k largest or smallest elements along a dimension and where they stand; which of equal ones is not said, but always
     * the same. The dimension has size k in the results. Throws IllegalArgumentException if there are less than k.
     *
     * @param sorted in order from the extreme on, else in any order
     */
    public final ValuesIndices topk(long k, int dim, boolean largest, boolean sorted) {
        int d = Shapes.wrapDim("topk", dim, dim());
        long size = dim() == 0 ? 1 : size(d);
        if (k < 0 || k > size) {
            throw Check.argument("topk", "k must not be larger than the dimension")
                    .expected("0 to " + size)
                    .got(k)
                    .operand("self", dtype(), sizes())
                    .error();
        }
        if (dim() == 0) {
            ValuesIndices one = self().reshape(1).topk(1, 0, largest);
            return new ValuesIndices(one.values().reshape(), one.indices().reshape(), one.op());
        }
        return picked(SortOps.TOPK, SortOps.first(self(), d, largest, k, sorted), d, false);
    }

    /** The k-th smallest element along the last dimension, counted from 1, and where it stands; the dimension is dropped. */
    public final ValuesIndices kthvalue(long k) {
        return kthvalue(k, -1);
    }

    /** The k-th smallest element along a dimension, counted from 1, and where it stands; the dimension is dropped. */
    public final ValuesIndices kthvalue(long k, int dim) {
        return kth(k, dim, true);
    }

    /** The k-th smallest element along a dimension, counted from 1, and where it stands; the dimension stays, of size 1. */
    public final ValuesIndices kthvalueKeepDim(long k, int dim) {
        return kth(k, dim, false);
    }

    private ValuesIndices kth(long k, int dim, boolean drop) {
        int d = Shapes.wrapDim("kthvalue", dim, dim());
        long size = dim() == 0 ? 1 : size(d);
        if (k < 1 || k > size) {
            throw Check.argument("kthvalue", "k must be a position in the dimension, counted from 1")
                    .expected("1 to " + size)
                    .got(k)
                    .operand("self", dtype(), sizes())
                    .error();
        }
        if (dim() == 0) {
            return self().reshape(1).kthvalue(1, 0);
        }
        return picked(SortOps.KTHVALUE, SortOps.kth(self(), d, k), d, drop);
    }

    private ValuesIndices picked(StructuredOp<IndexOps.Positions> op, Tensor order, int dim, boolean drop) {
        Tensor values = Dispatch.apply(op, new IndexOps.Positions(dim, order, sizes(), drop), self());
        return new ValuesIndices(values, drop ? order.squeeze(dim) : order, op.name());
    }

    // ------------------------------------------------------------------ distinct elements

    /** The distinct elements in rising order, 1-d. Each NaN is different from all others. No gradient. */
    public final Tensor unique() {
        return unique(true, false, false).values();
    }

    /** The distinct slices along a dimension in lexicographic order. No gradient. */
    public final Tensor unique(int dim) {
        return unique(true, false, false, dim).values();
    }

    /**
     * The distinct elements in rising order, 1-d, which is what both values of {@code sorted} give; if asked for, with where
     * each element of this tensor went (of its shape) and how often each came. No gradient.
     */
    public final UniqueValues unique(boolean sorted, boolean returnInverse, boolean returnCounts) {
        return distinct(true, returnInverse, returnCounts);
    }

    /**
     * The distinct slices along a dimension in lexicographic order; if asked for, with where each slice of this tensor went
     * and how often each came. No gradient.
     */
    public final UniqueValues unique(boolean sorted, boolean returnInverse, boolean returnCounts, int dim) {
        return distinct("unique", true, returnInverse, returnCounts, dim);
    }

    /** The elements that differ from the one before in row-major order, 1-d. No gradient. */
    public final Tensor uniqueConsecutive() {
        return uniqueConsecutive(false, false).values();
    }

    /** As {@link #uniqueConsecutive()}, with the number of the run of each element and the length of each run. */
    public final UniqueValues uniqueConsecutive(boolean returnInverse, boolean returnCounts) {
        return distinct(false, returnInverse, returnCounts);
    }

    /** The slices along a dimension that differ from the one before. No gradient. */
    public final UniqueValues uniqueConsecutive(boolean returnInverse, boolean returnCounts, int dim) {
        return distinct("uniqueConsecutive", false, returnInverse, returnCounts, dim);
    }

    private UniqueValues distinct(boolean sorts, boolean returnInverse, boolean returnCounts) {
        Tensor flat = self().detach().reshape(numel());
        SortOps.Runs runs = SortOps.runs(flat.contiguous().reshape(numel(), 1), sorts, returnInverse);
        return new UniqueValues(
                flat.indexSelect(0, runs.firsts()),
                returnInverse ? runs.inverse().reshape(sizes()) : null,
                returnCounts ? runs.counts() : null);
    }

    private UniqueValues distinct(String op, boolean sorts, boolean returnInverse, boolean returnCounts, int dim) {
        int d = Shapes.wrapDim(op, dim, dim());
        if (dim() == 0) {
            UniqueValues one = ((TensorSorting) self().reshape(1)).distinct(op, sorts, returnInverse, returnCounts, 0);
            return new UniqueValues(one.values().reshape(1), one.inverse(), one.counts());
        }
        if (numel() == 0 && size(d) > 0) {
            throw Check.shape(op, "no other dimension may be empty")
                    .operand("self", dtype(), sizes())
                    .error();
        }
        Tensor outside = self().detach();
        int[] front = new int[dim()];
        for (int i = 1; i < front.length; i++) {
            front[i] = i <= d ? i - 1 : i;
        }
        front[0] = d;
        Tensor rows = outside.permute(front).contiguous();
        Tensor matrix = rows.reshape(size(d), size(d) == 0 ? 0 : numel() / size(d));
        SortOps.Runs runs = SortOps.runs(matrix, sorts, returnInverse);
        return new UniqueValues(
                outside.indexSelect(d, runs.firsts()),
                returnInverse ? runs.inverse() : null,
                returnCounts ? runs.counts() : null);
    }

    // ------------------------------------------------------------------ searching

    /** Where values belong in sorted lines, before equal elements; see {@link #searchsorted(Tensor, Tensor, boolean)}. */
    public static Tensor searchsorted(Tensor sortedSequence, Tensor values) {
        return searchsorted(sortedSequence, values, false);
    }

    /**
     * For each value the position i at which it belongs in a sorted line: {@code line[i - 1] < value <= line[i]}, or
     * {@code line[i - 1] <= value < line[i]} if {@code right}. INT64, of the shape of the values.
     *
     * @param sortedSequence one line for all values, or lines in the last dimension, one for each of the values' lines
     */
    public static Tensor searchsorted(Tensor sortedSequence, Tensor values, boolean right) {
        return searchsorted(sortedSequence, values, right, null, false);
    }

    /** Where one number belongs in a sorted line, INT64 and 0-d. */
    public static Tensor searchsorted(Tensor sortedSequence, Number value, boolean right) {
        return searchsorted(sortedSequence, number(sortedSequence, value), right);
    }

    /**
     * As {@link #searchsorted(Tensor, Tensor, boolean)}.
     *
     * @param sorter INT64 positions along the last dimension that sort the sequence, or null if it is sorted
     * @param outInt32 gives positions in INT32
     */
    public static Tensor searchsorted(
            Tensor sortedSequence, Tensor values, boolean right, Tensor sorter, boolean outInt32) {
        DType positions = outInt32 ? DType.INT32 : DType.INT64;
        return SortOps.search("searchsorted", sortedSequence, values, right, sorter, positions);
    }

    /** The interval between sorted boundaries that each element lies in, the right end included, INT64. */
    public final Tensor bucketize(Tensor boundaries) {
        return bucketize(boundaries, false, false);
    }

    /** The interval between sorted boundaries that each element lies in; the left end is included if {@code right}. */
    public final Tensor bucketize(Tensor boundaries, boolean right) {
        return bucketize(boundaries, right, false);
    }

    /** As {@link #bucketize(Tensor, boolean)}; positions in INT32 if asked for. Boundaries must be 1-d. */
    public final Tensor bucketize(Tensor boundaries, boolean right, boolean outInt32) {
        if (boundaries.dim() != 1) {
            throw Check.shape("bucketize", "the boundaries must be 1-d")
                    .operand("boundaries", boundaries.dtype(), boundaries.sizes())
                    .error();
        }
        DType positions = outInt32 ? DType.INT32 : DType.INT64;
        return SortOps.search("bucketize", boundaries, self(), right, null, positions);
    }

    /** Whether each element equals one of the test elements, BOOL. */
    public static Tensor isin(Tensor elements, Tensor testElements) {
        return isin(elements, testElements, false);
    }

    /** Whether each element equals one of the test elements (none of them, if {@code invert}), BOOL. NaN equals nothing. */
    public static Tensor isin(Tensor elements, Tensor testElements, boolean invert) {
        return SortOps.contains(elements, testElements, invert);
    }

    /** Whether each element equals a number (does not, if {@code invert}), BOOL. */
    public static Tensor isin(Tensor elements, Number testElement, boolean invert) {
        return SortOps.contains(elements, number(elements, testElement), invert);
    }

    /** Whether a number equals one of the test elements (none of them, if {@code invert}), BOOL and 0-d. */
    public static Tensor isin(Number element, Tensor testElements, boolean invert) {
        return SortOps.contains(number(testElements, element), testElements, invert);
    }

    /** A number in the dtype that it is compared with a tensor in. */
    private static Tensor number(Tensor other, Number value) {
        return Tensor.scalar(Promotion.resultType(other.dtype(), value), value);
    }
}
