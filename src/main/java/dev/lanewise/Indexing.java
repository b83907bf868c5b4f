package dev.lanewise;

import dev.lanewise.internal.error.Check;
import dev.lanewise.internal.shape.Shapes;
import dev.lanewise.op.InPlace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Turns the parts of {@link Tensor#index} into views, and lists of positions and masks into selections. */
final class Indexing {
    private final Tensor original;
    private final List<Integer> selectedDims = new ArrayList<>();
    private final List<Tensor> selections = new ArrayList<>();
    private Tensor view;
    private int dim;

    private Indexing(Tensor x) {
        this.original = x;
        this.view = x;
    }

    static Tensor get(Tensor x, Index... parts) {
        Indexing indexing = new Indexing(x);
        indexing.basic(parts);
        return indexing.selections.isEmpty() ? indexing.view : indexing.advanced();
    }

    static void put(Tensor x, Tensor value, Index... parts) {
        Indexing indexing = new Indexing(x);
        indexing.basic(parts);
        if (!indexing.selections.isEmpty()) {
            throw Check.argument("indexPut_", "only ranges and single positions can be assigned to")
                    .operand("self", x.dtype(), x.sizes())
                    .hint("For a mask use copy_(Tensor.where(mask, value, x)).")
                    .error();
        }
        InPlace.copy("indexPut_", indexing.view, value);
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
            throw Check.index("index", ellipses > 1 ? "there must be at most one ellipsis" : "too many parts")
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
        boolean mask = part instanceof Index.Of of && of.tensor().dtype() == DType.BOOL;
        return mask ? ((Index.Of) part).tensor().dim() : 1;
    }

    private void apply(Index part, int left) {
        switch (part) {
            case Index.At at -> view = view.select(dim, at.position());
            case Index.Range range -> view = view.slice(dim++, range.start(), range.end(), range.step());
            case Index.NewAxis axis -> view = view.unsqueeze(dim++);
            case Index.Ellipsis ellipsis -> dim += left;
            case Index.Positions positions -> select(Tensor.of(positions.toArray()));
            case Index.Of of -> {
                if (of.tensor().dtype() == DType.BOOL) {
                    mask(of.tensor());
                } else {
                    select(of.tensor().to(DType.INT64));
                }
            }
        }
    }

    private void select(Tensor positions) {
        selectedDims.add(dim);
        selections.add(wrapped(positions, view.size(dim)));
        dim++;
    }

    private static Tensor wrapped(Tensor positions, long size) {
        long[] values = positions.toLongArray();
        for (int i = 0; i < values.length; i++) {
            if (values[i] < -size || values[i] >= size) {
                throw Check.index("index", "positions must be inside the dimension")
                        .expected(-size + " to " + (size - 1))
                        .got(values[i])
                        .error();
            }
            values[i] += values[i] < 0 ? size : 0;
        }
        return Tensor.of(values).reshape(positions.sizes());
    }

    /** A mask over k dimensions selects with k lists: the positions where it is true. */
    private void mask(Tensor mask) {
        for (int d = 0; d < mask.dim(); d++) {
            if (mask.size(d) != view.size(dim + d)) {
                throw Check.index("index", "the mask must have the sizes of the dimensions it selects from")
                        .expected(view.size(dim + d) + " in dim " + (dim + d))
                        .got(mask.size(d))
                        .operand("mask", mask.dtype(), mask.sizes())
                        .operand("self", original.dtype(), original.sizes())
                        .error();
            }
        }
        boolean[] flags = mask.toBooleanArray();
        if (mask.dim() == 0) {
            // One truth for the whole tensor: a new dimension with the tensor once, or not at all.
            view = view.unsqueeze(dim);
            selectedDims.add(dim++);
            selections.add(Tensor.of(flags[0] ? new long[] {0} : new long[0]));
            return;
        }
        long[] hits = new long[flags.length];
        int count = 0;
        for (int i = 0; i < flags.length; i++) {
            if (flags[i]) {
                hits[count++] = i;
            }
        }
        long below = flags.length;
        for (int d = 0; d < mask.dim(); d++) {
            long size = mask.size(d);
            below = size == 0 ? 0 : below / size;
            long[] positions = new long[count];
            for (int i = 0; i < count; i++) {
                positions[i] = hits[i] / below % size;
            }
            selectedDims.add(dim);
            selections.add(Tensor.of(positions));
            dim++;
        }
    }

    /** Brings the selected dimensions to the front, makes them one, and selects from that by combined positions. */
    private Tensor advanced() {
        int count = selections.size();
        int[] order = frontOrder();
        Tensor front = view.permute(order);
        long[] sizes = front.sizes();
        long[][] shapes = selections.stream().map(Tensor::sizes).toArray(long[][]::new);
        long[] shape = Shapes.broadcast("index", shapes);
        Tensor combined = Tensor.zeros(DType.INT64, shape);
        long folded = 1;
        for (int i = 0; i < count; i++) {
            combined = combined.mul(sizes[i]).add(selections.get(i));
            folded *= sizes[i];
        }
        long[] rest = Arrays.copyOfRange(sizes, count, sizes.length);
        Tensor flat = front.reshape(joined(new long[] {folded}, rest));
        Tensor picked = flat.indexSelect(0, combined.reshape(combined.numel())).reshape(joined(shape, rest));
        return adjacent() ? moveBack(picked, shape.length) : picked;
    }

    private int[] frontOrder() {
        int[] order = new int[view.dim()];
        int place = 0;
        for (int d : selectedDims) {
            order[place++] = d;
        }
        for (int d = 0; d < order.length; d++) {
            if (!selectedDims.contains(d)) {
                order[place++] = d;
            }
        }
        return order;
    }

    private boolean adjacent() {
        return selectedDims.get(selectedDims.size() - 1) - selectedDims.get(0) == selectedDims.size() - 1;
    }

    /** Lists that stand side by side give their dimensions where they stood; others give them in front. */
    private Tensor moveBack(Tensor picked, int added) {
        int first = selectedDims.get(0);
        int[] order = new int[picked.dim()];
        for (int d = 0; d < order.length; d++) {
            if (d < first) {
                order[d] = added + d;
            } else {
                order[d] = d < first + added ? d - first : d;
            }
        }
        return picked.permute(order);
    }

    private static long[] joined(long[] a, long[] b) {
        long[] all = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, all, a.length, b.length);
        return all;
    }
}
