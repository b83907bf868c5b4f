package dev.lanewise.op;

import dev.lanewise.Tensor;
import dev.lanewise.internal.shape.Shapes;
import dev.lanewise.internal.shape.View;
import dev.lanewise.internal.shape.Views;
import dev.lanewise.internal.storage.Storage;
import java.util.List;

/**
 * Parts of a tensor given by strides: taking one out, putting one into zeros, clearing one. They are the derivatives of
 * views, and of each other.
 */
final class Regions {
    /** A part of a tensor; both layouts count from the beginning of one storage. */
    record Region(View base, View part) {
        private long start() {
            return Math.min(base.offset(), part.offset());
        }

        /** Elements that a storage needs for both. */
        long extent() {
            long baseEnd = base.offset() + Shapes.extent(base.shape(), base.strides());
            long partEnd = part.offset() + Shapes.extent(part.shape(), part.strides());
            return Math.max(baseEnd, partEnd) - start();
        }

        /** The base in a storage of its own. */
        View movedBase() {
            return new View(base.shape(), base.strides(), base.offset() - start());
        }

        /** The part in that storage. */
        View movedPart() {
            return new View(part.shape(), part.strides(), part.offset() - start());
        }
    }

    /** Places along a dimension up to which they are added one after the other. */
    private static final int MOST_PASSES = 64;

    private Regions() {}

    static final class AsStrided extends StructuredOp<Region> {
        AsStrided() {
            super("asStrided", "View of a part of the storage given by sizes and strides.");
            dtypes(DTypeRule.ANY);
        }

        @Override
        protected Tensor forward(Region region, Tensor... in) {
            return ViewOps.viewOf(in[0], region.part());
        }

        @Override
        protected Tensor[] grad(Region region, Tensor g, Saved saved) {
            return new Tensor[] {Dispatch.apply(EMBED, region, g)};
        }
    }

    static final StructuredOp<Region> AS_STRIDED = new AsStrided();

    static final class Extract extends StructuredOp<Region> {
        Extract() {
            super("extract", "Copy of a part of a tensor.");
            reachedBy("the derivative of embed");
            dtypes(DTypeRule.ANY);
        }

        @Override
        protected Tensor forward(Region region, Tensor... in) {
            Tensor whole = laidOut(region, in[0]);
            return new Tensor(whole.storage(), region.movedPart()).clone();
        }

        @Override
        protected Tensor[] grad(Region region, Tensor g, Saved saved) {
            return new Tensor[] {Dispatch.apply(EMBED, region, g)};
        }
    }

    static final StructuredOp<Region> EXTRACT = new Extract();

    static final class Embed extends StructuredOp<Region> {
        Embed() {
            super("embed", "Zeros with a tensor in one part.");
            reachedBy("the derivative of select, slice and diagonal");
            dtypes(DTypeRule.ANY);
        }

        @Override
        protected Tensor forward(Region region, Tensor... in) {
            Tensor memory = spread(in[0], region.movedPart(), region.extent());
            View base = region.movedBase();
            return new Tensor(averaged(memory, base).storage(), base);
        }

        @Override
        protected Tensor[] grad(Region region, Tensor g, Saved saved) {
            return new Tensor[] {Dispatch.apply(EXTRACT, region, g)};
        }
    }

    static final StructuredOp<Region> EMBED = new Embed();

    static final class Without extends StructuredOp<Region> {
        Without() {
            super("without", "Copy of a tensor with zeros in one part.");
            reachedBy("the derivative of a change through a view");
            dtypes(DTypeRule.ANY);
        }

        @Override
        protected Tensor forward(Region region, Tensor... in) {
            Tensor whole = laidOut(region, in[0]);
            new Tensor(whole.storage(), region.movedPart()).zero_();
            return whole;
        }

        @Override
        protected Tensor[] grad(Region region, Tensor g, Saved saved) {
            return new Tensor[] {Dispatch.apply(WITHOUT, region, g)};
        }
    }

    static final StructuredOp<Region> WITHOUT = new Without();

    private static final List<StructuredOp<?>> ALL = List.of(AS_STRIDED, EXTRACT, EMBED, WITHOUT);

    /** All ops of this family. */
    static List<StructuredOp<?>> all() {
        return ALL;
    }

    /** A copy in the memory layout of the region's base. */
    private static Tensor laidOut(Region region, Tensor x) {
        View base = region.movedBase();
        return new Tensor(averaged(spread(x, base, region.extent()), base).storage(), base);
    }

    /** New memory of zeros with a tensor laid out in it; where elements meet they are added. */
    private static Tensor spread(Tensor x, View layout, long extent) {
        if (!overlaps(layout)) {
            Storage storage = Storage.allocateZeroed(x.dtype(), extent);
            Casts.copyInto(new Tensor(storage, layout), x);
            return new Tensor(storage, View.contiguous(extent));
        }
        Tensor wide = x.expand(layout.shape());
        int dim = shortestThatMeets(layout);
        if (dim >= 0 && layout.shape()[dim] <= MOST_PASSES) {
            return addedUp(wide, layout, dim, extent);
        }
        Tensor places = new Tensor(Tensor.arange(extent).storage(), layout).flatten();
        return Tensor.zeros(x.dtype(), extent).scatterAdd(0, places, wide.flatten());
    }

    /** The shortest dimension without which no elements meet, -1 if there is none. */
    private static int shortestThatMeets(View layout) {
        int shortest = -1;
        long[] shape = layout.shape();
        for (int d = 0; d < shape.length; d++) {
            if (shape[d] > 1
                    && (shortest < 0 || shape[d] < shape[shortest])
                    && !overlaps(Views.select("embed", layout, d, 0))) {
                shortest = d;
            }
        }
        return shortest;
    }

    /** Adds the places along one dimension one after the other; elements of one place do not meet. */
    private static Tensor addedUp(Tensor x, View layout, int dim, long extent) {
        Tensor memory = new Tensor(Storage.allocateZeroed(x.dtype(), extent), View.contiguous(extent));
        for (long i = 0; i < x.size(dim); i++) {
            Tensor part = new Tensor(memory.storage(), Views.select("embed", layout, dim, i));
            Dispatch.mapInto(BinaryOps.ADD.kernel(x.dtype()), part, part, x.select(dim, i));
        }
        return memory;
    }

    /** Memory in which what several elements of a layout added up is their mean. */
    private static Tensor averaged(Tensor memory, View layout) {
        if (!overlaps(layout)) {
            return memory;
        }
        Tensor one = Tensor.scalar(memory.dtype(), 1);
        Tensor counts = spread(one, layout, memory.numel()).clamp_(1, null);
        return memory.div(counts).to(memory.dtype());
    }

    private static boolean overlaps(View layout) {
        return !Shapes.isContiguous(layout.shape(), layout.strides())
                && Shapes.overlapsItself(layout.shape(), layout.strides());
    }
}
