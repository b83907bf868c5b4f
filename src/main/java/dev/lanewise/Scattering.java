package dev.lanewise;

import dev.lanewise.internal.error.Check;
import dev.lanewise.internal.shape.Shapes;
import dev.lanewise.op.ChangeOp;
import dev.lanewise.op.InPlace;
import dev.lanewise.op.IndexChecks;
import dev.lanewise.op.PickOps;
import dev.lanewise.op.ScatterOps;
import dev.lanewise.op.Selection;
import java.util.Arrays;

/** What the methods of {@link TensorIndexing} that write have in common; 0-d tensors are written to as 1-d ones. */
final class Scattering {
    private Scattering() {}

    /** The tensor itself, or a view of a 0-d one as 1-d. */
    static Tensor lined(Tensor x) {
        return x.dim() == 0 ? x.reshape(1) : x;
    }

    /** A result in the tensor's shape; in place the tensor. */
    private static Tensor done(Tensor x, boolean inPlace, Tensor result) {
        if (inPlace) {
            return x;
        }
        return x.dim() == 0 ? result.reshape() : result;
    }

    // ------------------------------------------------------------------ elements along a dimension

    /** A number for each position of an index, in one element. */
    static Tensor filled(Tensor x, Tensor index, Number value) {
        return Tensor.scalar(x.dtype(), value).expand(index.sizes());
    }

    /** An index that does not change while it is read: a copy if it is in the memory that is written. */
    private static Tensor apart(Tensor x, boolean inPlace, Tensor index) {
        return inPlace && index.storage() == x.storage() ? index.clone() : index;
    }

    /** The reductions of scatter. */
    static ScatterOps.Reduction reduction(String op, String name) {
        return switch (name) {
            case "add" -> ScatterOps.Reduction.SUM;
            case "multiply" -> ScatterOps.Reduction.PROD;
            default ->
                throw Check.argument(op, "the reduction must be known")
                        .expected("add or multiply")
                        .got(name)
                        .error();
        };
    }

    static Tensor along(
            Tensor x,
            ChangeOp<ScatterOps.Along> op,
            String name,
            boolean inPlace,
            int dim,
            Tensor index,
            Tensor source) {
        int d = Shapes.wrapDim(name, dim, x.dim());
        Tensor positions = apart(x, inPlace, lined(index));
        ScatterOps.Along at = new ScatterOps.Along(d, positions);
        return done(x, inPlace, ChangeOp.apply(op, inPlace, at, lined(x), fitted(positions, lined(source))));
    }

    static Tensor reduced(
            Tensor x,
            String name,
            boolean inPlace,
            int dim,
            Tensor index,
            Tensor source,
            ScatterOps.Reduction how,
            boolean includeSelf) {
        int d = Shapes.wrapDim(name, dim, x.dim());
        Tensor positions = apart(x, inPlace, lined(index));
        ScatterOps.Reducing at = ScatterOps.Reducing.of(d, positions, how, includeSelf);
        return done(x, inPlace, ScatterOps.reduce(name, inPlace, at, lined(x), fitted(positions, lined(source))));
    }

    /** The part of a source that is read: it may be larger than the index. */
    private static Tensor fitted(Tensor index, Tensor source) {
        Tensor part = source;
        for (int d = 0; source.dim() == index.dim() && d < index.dim(); d++) {
            part = part.size(d) > index.size(d) ? part.narrow(d, 0, index.size(d)) : part;
        }
        return part;
    }

    // ------------------------------------------------------------------ slices along a dimension

    static Tensor reducedSlices(
            Tensor x,
            String name,
            boolean inPlace,
            int dim,
            Tensor index,
            Tensor source,
            String reduce,
            boolean includeSelf) {
        int d = Shapes.wrapDim(name, dim, x.dim());
        ScatterOps.Reduction how = ScatterOps.Reduction.of(name, reduce);
        Tensor list = list(name, index);
        Tensor rows = lined(source);
        IndexChecks.slices(name, lined(x), d, list, rows);
        long[] ones = new long[Math.max(1, x.dim())];
        Arrays.fill(ones, 1);
        ones[d] = list.numel();
        return reduced(x, name, inPlace, d, list.reshape(ones).expand(rows.sizes()), rows, how, includeSelf);
    }

    static Tensor scaled(Tensor x, String op, Tensor source, Number alpha) {
        boolean whole = !(alpha instanceof Double || alpha instanceof Float);
        if (!x.isFloatingPoint() && !whole) {
            throw Check.argument(op, "alpha must be a whole number for integers")
                    .got(alpha)
                    .operand("self", x.dtype(), x.sizes())
                    .error();
        }
        // BOOL has no product.
        return alpha.doubleValue() == 1 ? source : source.mul(alpha);
    }

    static Tensor slices(
            Tensor x, ChangeOp<PickOps.Target> op, String name, boolean inPlace, int dim, Tensor index, Tensor source) {
        int d = Shapes.wrapDim(name, dim, x.dim());
        Tensor list = list(name, index);
        Tensor rows = lined(source);
        IndexChecks.slices(name, lined(x), d, list, rows);
        PickOps.Target at = new PickOps.Target(new Selection(d, list, false), op == PickOps.INDEX_ADD);
        return done(x, inPlace, ChangeOp.apply(op, inPlace, at, lined(x), rows));
    }

    static Tensor fill(Tensor x, String name, boolean inPlace, int dim, Tensor index, Tensor value) {
        int d = Shapes.wrapDim(name, dim, x.dim());
        if (value.dim() != 0) {
            throw Check.shape(name, "the value must be 0-d")
                    .operand("value", value.dtype(), value.sizes())
                    .error();
        }
        PickOps.Target at = new PickOps.Target(new Selection(d, list(name, index), true), false);
        return done(x, inPlace, ChangeOp.apply(PickOps.INDEX_FILL, inPlace, at, lined(x), value.to(x.dtype())));
    }

    /** A 1-d index as INT64. */
    static Tensor list(String op, Tensor index) {
        Tensor wide = index.dtype() == DType.INT32 ? index.to(DType.INT64) : index;
        IndexChecks.list(op, wide);
        return lined(wide);
    }

    // ------------------------------------------------------------------ masks, the whole tensor

    /** The shape that tensor and mask broadcast to. */
    static long[] masked(Tensor x, String op, Tensor mask) {
        if (mask.dtype() != DType.BOOL) {
            throw Check.dtype(op, "the mask must be bool")
                    .got(mask.dtype())
                    .operand("mask", mask.dtype(), mask.sizes())
                    .hint("Compare first, for example with ne(0).")
                    .error();
        }
        return Shapes.broadcast(op, x.sizes(), mask.sizes());
    }

    static Tensor spread(String name, boolean inPlace, Tensor x, Tensor mask, Tensor source) {
        IndexChecks.sameType(name, x, source);
        Selection where = Indexing.hits(mask);
        long count = where.count();
        if (source.numel() < count) {
            throw Check.shape(name, "the source must have an element for each place of the mask")
                    .expected("at least " + count)
                    .got(source.numel())
                    .operand("source", source.dtype(), source.sizes())
                    .error();
        }
        Tensor values = source.reshape(source.numel()).narrow(0, 0, count);
        return ChangeOp.apply(PickOps.MASKED_SCATTER, inPlace, new PickOps.Target(where, false), x, values);
    }

    static Tensor put(String name, boolean inPlace, Tensor x, Tensor index, Tensor source, boolean accumulate) {
        if (index.numel() != source.numel()) {
            throw Check.shape(name, "there must be as many positions as elements of the source")
                    .operand("index", index.dtype(), index.sizes())
                    .operand("source", source.dtype(), source.sizes())
                    .error();
        }
        Tensor list = index.reshape(index.numel());
        PickOps.Target at = new PickOps.Target(new Selection(0, list, true), accumulate);
        Tensor elements = source.reshape(source.numel());
        if (inPlace && x.isContiguous()) {
            ChangeOp.apply(PickOps.PUT, true, at, x.view(x.numel()), elements);
            return x;
        }
        Tensor result = ChangeOp.apply(PickOps.PUT, false, at, x.reshape(x.numel()), elements);
        return inPlace ? InPlace.copy(name, x, result.reshape(x.sizes())) : result.reshape(x.sizes());
    }
}
