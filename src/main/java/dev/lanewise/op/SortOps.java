package dev.lanewise.op;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import dev.lanewise.internal.kernel.KeyFilter;
import dev.lanewise.internal.kernel.Operand;
import dev.lanewise.internal.kernel.SearchKernels;
import dev.lanewise.internal.kernel.SortKernels;
import dev.lanewise.internal.kernel.UniqueKernels;
import dev.lanewise.internal.simd.KeyFilters;
import java.lang.ref.Reference;
import java.util.List;

/** Order: the values of sort, topk and kthvalue as ops, and the positions and searches that have no derivative. */
public final class SortOps {
    private SortOps() {}

    static final class Ordered extends IndexOps.Gather {
        Ordered(String name, String node, boolean inOrderOfInput, String doc) {
            super(name, node, true, inOrderOfInput, doc);
        }
    }

    public static final StructuredOp<IndexOps.Positions> SORT =
            new Ordered("sort", "SortBackward0", true, "The elements in order along a dimension; NaN last, stable.");

    public static final StructuredOp<IndexOps.Positions> TOPK = new Ordered(
            "topk", "TopkBackward0", false, "The largest or smallest elements along a dimension, in order.");

    public static final StructuredOp<IndexOps.Positions> KTHVALUE =
            new Ordered("kthvalue", "KthvalueBackward0", false, "The k-th smallest element along a dimension.");

    /** All ops of this family. */
    public static List<StructuredOp<?>> all() {
        return List.of(SORT, TOPK, KTHVALUE);
    }

    /** The functions of this family that have no derivative or are made of others. */
    public static List<Composite> composites() {
        return List.of(
                new Composite("argsort", "torch.argsort", "The positions that sort along a dimension.", false),
                new Composite("msort", "torch.msort", "The elements in order along the first dimension."),
                new Composite("unique", "torch.unique", "The distinct elements or slices, in order.", false),
                new Composite(
                        "uniqueConsecutive",
                        "torch.unique_consecutive",
                        "The elements or slices that differ from the one before.",
                        false),
                new Composite("searchsorted", "torch.searchsorted", "Where elements belong in sorted lines.", false),
                new Composite("bucketize", "torch.bucketize", "The interval that each element lies in.", false),
                new Composite("isin", "torch.isin", "Whether each element is one of a set.", false));
    }

    /** The INT64 positions that sort along a dimension of a tensor that is not 0-d, in its shape and memory order. */
    public static Tensor order(String op, Tensor x, int dim, boolean descending) {
        return order(op, SortKernels.Kind.SORT, x, dim, descending, x.size(dim), IndexOps.like(x, DType.INT64));
    }

    /** The INT64 positions of the k first elements along a dimension, by order; the tensor is not 0-d. */
    public static Tensor first(Tensor x, int dim, boolean descending, long k, boolean sorts) {
        SortKernels.Kind kind = sorts ? SortKernels.Kind.FIRST : SortKernels.Kind.FIRST_UNSORTED;
        return order(TOPK.name(), kind, x, dim, descending, k, positions(x, dim, k));
    }

    /** The INT64 positions of the k-th smallest elements along a dimension, from 1; the tensor is not 0-d. */
    public static Tensor kth(Tensor x, int dim, long k) {
        return order(KTHVALUE.name(), SortKernels.Kind.KTH, x, dim, false, k, positions(x, dim, 1));
    }

    private static Tensor positions(Tensor x, int dim, long size) {
        long[] shape = x.sizes().clone();
        shape[dim] = size;
        return Dispatch.empty(DType.INT64, shape);
    }

    private static Tensor order(
            String op, SortKernels.Kind kind, Tensor x, int dim, boolean descending, long k, Tensor out) {
        if (x.size(dim) > Integer.MAX_VALUE - 8) {
            throw Check.argument(op, "the dimension must have less than 2^31 elements")
                    .got(x.size(dim))
                    .operand("self", x.dtype(), x.sizes())
                    .error();
        }
        boolean chooses = kind == SortKernels.Kind.FIRST || kind == SortKernels.Kind.FIRST_UNSORTED;
        KeyFilter filter = chooses ? KeyFilters.current() : KeyFilter.SCALAR;
        SortKernels.order(filter, kind, x.sizes(), operand(x), dim, descending, (int) k, operand(out));
        Reference.reachabilityFence(x);
        Reference.reachabilityFence(out);
        return out;
    }

    /**
     * Runs of equal rows of a row-major matrix: for each row the number of its run, for each run its first row and its
     * length.
     */
    public record Runs(Tensor inverse, Tensor firsts, Tensor counts) {}

    /**
     * The runs of equal rows of a contiguous matrix, in lexicographic order if {@code sorts}, else as they stand.
     *
     * @param inverse whether the number of each row's run is asked for; null otherwise
     */
    public static Runs runs(Tensor matrix, boolean sorts, boolean inverse) {
        long n = matrix.size(0);
        UniqueKernels kernel = new UniqueKernels(Dispatch.operand(matrix, matrix.sizes()), matrix.size(1));
        Tensor order = null;
        if (sorts && matrix.size(1) == 1) {
            order = order("unique", matrix, 0, false);
        } else if (sorts) {
            order = Dispatch.empty(DType.INT64, n);
            kernel.order(Math.toIntExact(n), operand(order));
        }
        Tensor numbers = inverse ? Dispatch.empty(DType.INT64, n) : null;
        Tensor firsts = Dispatch.empty(DType.INT64, n);
        Tensor counts = Dispatch.empty(DType.INT64, n);
        Operand rows = order == null ? null : operand(order);
        long found = kernel.group(n, rows, inverse ? operand(numbers) : null, operand(firsts), operand(counts));
        Reference.reachabilityFence(matrix);
        Reference.reachabilityFence(order);
        Reference.reachabilityFence(numbers);
        Tensor few = firsts.narrow(0, 0, found).clone();
        return new Runs(numbers, few, counts.narrow(0, 0, found).clone());
    }

    private static Operand operand(Tensor x) {
        return Dispatch.operand(x, x.sizes());
    }

    /** Where values belong in sorted lines; see {@link Tensor#searchsorted(Tensor, Tensor, boolean)}. */
    public static Tensor search(
            String op, Tensor sorted, Tensor values, boolean right, Tensor sorter, DType positions) {
        checkLines(op, sorted, values, sorter);
        DType type = Promotion.resultType(sorted, values);
        Tensor lines = Dispatch.converted(sorted, type).contiguous();
        Tensor wanted = Dispatch.converted(values, type).contiguous();
        Tensor order = sorter == null ? null : sorter.contiguous();
        Tensor out = Dispatch.empty(positions, values.sizes());
        SearchKernels.search(
                operand(lines),
                sorted.size(-1),
                operand(wanted),
                wanted.numel(),
                sorted.dim() == 1 ? 0 : values.size(-1),
                right,
                order == null ? null : operand(order),
                operand(out));
        Reference.reachabilityFence(lines);
        Reference.reachabilityFence(wanted);
        Reference.reachabilityFence(order);
        Reference.reachabilityFence(out);
        return out;
    }

    private static void checkLines(String op, Tensor sorted, Tensor values, Tensor sorter) {
        boolean fits = sorted.dim() == 1 || sorted.dim() > 0 && sorted.dim() == values.dim();
        for (int d = 0; fits && sorted.dim() > 1 && d < sorted.dim() - 1; d++) {
            fits = sorted.size(d) == values.size(d);
        }
        if (!fits) {
            throw Check.shape(
                            op,
                            "the sorted tensor must be 1-d or have the sizes of the values but in the last dimension")
                    .operand("sorted", sorted.dtype(), sorted.sizes())
                    .operand("values", values.dtype(), values.sizes())
                    .error();
        }
        if (sorter == null) {
            return;
        }
        IndexChecks.int64(op, sorter);
        if (!sorter.shape().equals(sorted.shape())) {
            throw Check.shape(op, "the sorter must have the shape of the sorted tensor")
                    .operand("sorted", sorted.dtype(), sorted.sizes())
                    .operand("sorter", sorter.dtype(), sorter.sizes())
                    .error();
        }
        IndexChecks.inside(op, sorter, sorted.size(-1), sorted.dim() - 1);
    }

    /** Whether each element is one of a set; see {@link Tensor#isin(Tensor, Tensor, boolean)}. */
    public static Tensor contains(Tensor elements, Tensor set, boolean invert) {
        DType type = Promotion.resultType(elements, set);
        Tensor x = Dispatch.converted(elements, type);
        Tensor y = Dispatch.converted(set, type).contiguous();
        Tensor out = IndexOps.like(x, DType.BOOL);
        SearchKernels.contains(
                x.sizes(),
                operand(x),
                operand(y),
                Math.toIntExact(y.numel()),
                invert,
                Dispatch.operand(out, x.sizes()));
        Reference.reachabilityFence(x);
        Reference.reachabilityFence(y);
        Reference.reachabilityFence(out);
        return out;
    }
}
