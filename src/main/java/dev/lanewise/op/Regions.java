package dev.lanewise.op;

import dev.lanewise.Tensor;
import dev.lanewise.internal.shape.Shapes;
import dev.lanewise.internal.shape.View;
import dev.lanewise.internal.storage.Storage;
import java.util.List;

/**
 * Parts of a tensor given by strides: taking one out, putting one into zeros, clearing one. They are the derivatives of
 * views, and of each other.
 */
final class Regions {
    /** A part of a tensor; both layouts count from the beginning of one storage. */
    record Region(View base, View part) {
        /** Elements that a storage needs for the base alone. */
        long extent() {
            return Shapes.extent(base.shape(), base.strides());
        }

        /** The base at the beginning of a storage of its own. */
        View movedBase() {
            return new View(base.shape(), base.strides(), 0);
        }

        /** The part in that storage. */
        View movedPart() {
            return new View(part.shape(), part.strides(), part.offset() - base.offset());
        }
    }

    private Regions() {}

    static final class AsStrided extends StructuredOp<Region> {
        AsStrided() {
            super("asStrided", "View of a part of the storage given by sizes and strides.");
            reachedBy("the history of a view whose base was changed in place");
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
            Storage storage = Storage.allocateZeroed(in[0].dtype(), region.extent());
            Casts.copyInto(new Tensor(storage, region.movedPart()), in[0]);
            return new Tensor(storage, region.movedBase());
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
        Tensor whole = new Tensor(Storage.allocateZeroed(x.dtype(), region.extent()), region.movedBase());
        Casts.copyInto(whole, x);
        return whole;
    }
}
