package dev.lanewise;

import dev.lanewise.internal.error.Check;
import dev.lanewise.op.Dispatch;
import dev.lanewise.op.InPlace;
import dev.lanewise.op.MaskOps;
import dev.lanewise.op.PickOps;
import dev.lanewise.op.Selection;
import dev.lanewise.op.StructuredOp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Turns the parts of {@link Tensor#index} into views, and lists of positions and masks into selections. */
final class Indexing {
    private final String op;
    private final Tensor original;
    private final List<Integer> selectedDims = new ArrayList<>();
    private final List<Tensor> lists = new ArrayList<>();
    private Tensor view;
    private int dim;

    private Indexing(String op, Tensor x) {
        this.op = op;
        this.original = x;
        this.view = x;
    }

    static Tensor get(Tensor x, Index... parts) {
        Indexing indexing = new Indexing("index", x);
        indexing.basic(parts);
        if (indexing.lists.isEmpty()) {
            return indexing.view;
        }
        return Dispatch.apply(PickOps.INDEX, indexing.selection(), indexing.view);
    }

    /** Assigns or adds to a part, under the name of the method that was called; gives the tensor. */
    static Tensor put(String op, Tensor x, Tensor value, boolean accumulate, Index... parts) {
        Indexing indexing = new Indexing(op, x);
        indexing.basic(parts);
        Tensor view = indexing.view;
        if (!indexing.lists.isEmpty()) {
            Selection where = indexing.selection();
            Tensor values = stripped(value, where.resultRank(view.dim()));
            PickOps.assign(op, new PickOps.Target(where, accumulate), view, values);
        } else if (accumulate) {
            view.add_(stripped(value, view.dim()));
        } else {
            InPlace.copy(op, view, stripped(value, view.dim()));
        }
        return x;
    }

    /** One part for each tensor; null takes a dimension whole. */
    static Index[] parts(Tensor... indices) {
        return Arrays.stream(indices)
                .map(index -> index == null ? Index.all() : Index.of(index))
                .toArray(Index[]::new);
    }

    /** The elements where a mask of the tensor's shape is true. */
    static Tensor masked(StructuredOp<Selection> op, Tensor x, Tensor mask) {
        return Dispatch.apply(op, hits(mask), x);
    }

    /** The places where a mask, not 0-d, is true. */
    static Selection hits(Tensor mask) {
        int[] dims = new int[mask.dim()];
        Arrays.setAll(dims, d -> d);
        return new Selection(dims, MaskOps.nonzero(mask).unbind(1).toArray(Tensor[]::new), false);
    }

    /** The value without leading dimensions of size 1 that what it is assigned to lacks. */
    private static Tensor stripped(Tensor value, int rank) {
        Tensor part = value;
        while (part.dim() > rank && part.size(0) == 1) {
            part = part.squeeze(0);
        }
        return part;
    }

    private Selection selection() {
        int[] dims = selectedDims.stream().mapToInt(Integer::intValue).toArray();
        return new Selection(dims, lists.toArray(Tensor[]::new), true);
    }

    /** Applies positions, ranges and new dimensions as views, and notes where the other parts select. */
    private void basic(Index[] parts) {
        int used = 0;
        int ellipses = 0;
        for (Index part : parts) {
            used += consumed(part);
            ellipses += part instanceof Index.Ellipsis ? 1 : 0;
        }
        if (used > original.dim() || ellipses > 1) {
            throw Check.index(op, ellipses > 1 ? "there must be at most one ellipsis" : "too many parts")
                    .expected("at most " + original.dim())
                    .got(used)
                    .operand("self", original.dtype(), original.sizes())
                    .error();
        }
        for (Index part : parts) {
            apply(part, original.dim() - used);
        }
    }

    private static int consumed(Index part) {
        if (part instanceof Index.NewAxis || part instanceof Index.Ellipsis) {
            return 0;
        }
        boolean mask = part instanceof Index.Of of && isMask(of.tensor());
        return mask ? ((Index.Of) part).tensor().dim() : 1;
    }

    private void apply(Index part, int left) {
        switch (part) {
            case Index.At at -> view = view.select(dim, at.position());
            case Index.Range range -> view = view.slice(dim++, range.start(), range.end(), range.step());
            case Index.NewAxis axis -> view = view.unsqueeze(dim++);
            case Index.Ellipsis ellipsis -> dim += left;
            case Index.Positions positions -> select(Tensor.of(positions.toArray()));
            case Index.Of of -> tensor(of.tensor());
        }
    }

    private static boolean isMask(Tensor tensor) {
        return tensor.dtype() == DType.BOOL || tensor.dtype() == DType.UINT8;
    }

    private void tensor(Tensor index) {
        if (isMask(index)) {
            mask(index);
        } else if (index.dtype() != DType.INT64) {
            throw Check.index(op, "index tensors must be int64 or bool")
                    .got(index.dtype())
                    .operand("index", index.dtype(), index.sizes())
                    .hint("Convert positions with to(DType.INT64), a mask with ne(0).")
                    .error();
        } else if (index.dim() == 0) {
            view = view.select(dim, index.itemLong());
        } else {
            select(index);
        }
    }

    private void select(Tensor positions) {
        selectedDims.add(dim++);
        lists.add(positions);
    }

    /** A mask over k dimensions selects with k lists: the positions where it is true. */
    private void mask(Tensor mask) {
        for (int d = 0; d < mask.dim(); d++) {
            if (mask.size(d) != view.size(dim + d)) {
                throw Check.index(op, "the mask must have the sizes of the dimensions it selects from")
                        .expected(view.size(dim + d) + " in dim " + (dim + d))
                        .got(mask.size(d))
                        .operand("mask", mask.dtype(), mask.sizes())
                        .operand("self", original.dtype(), original.sizes())
                        .error();
            }
        }
        if (mask.dim() == 0) {
            // One truth for the whole tensor: a new dimension with the tensor once, or not at all.
            view = view.unsqueeze(dim);
            select(mask.itemLong() != 0 ? Tensor.of(0L) : Tensor.of(new long[0]));
            return;
        }
        MaskOps.nonzero(mask).unbind(1).forEach(this::select);
    }
}
