package dev.lanewise.op;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import dev.lanewise.internal.shape.View;
import dev.lanewise.internal.shape.Views;
import dev.lanewise.internal.storage.Storage;
import java.util.Arrays;
import java.util.List;

/** Copies of a tensor with one regular part replaced: the reverse of select, slice and diagonal. */
public final class PartOps {
    private PartOps() {}

    static final class Replace extends StructuredOp<Regions.Region> {
        Replace(String name, String doc) {
            super(name, doc);
            dtypes(DTypeRule.ANY);
        }

        @Override
        protected Tensor forward(Regions.Region region, Tensor... in) {
            long[] expected = region.part().shape();
            if (!Arrays.equals(expected, in[1].sizes())) {
                throw Check.shape(name(), "the source must have the shape of the part it replaces")
                        .expected(expected)
                        .got(in[1].sizes())
                        .operand("self", in[0].dtype(), in[0].sizes())
                        .error();
            }
            DType type = in[0].dtype();
            Tensor whole = new Tensor(Storage.allocate(type, in[0].numel()), region.movedBase());
            Casts.copyInto(whole, in[0]);
            Casts.copyInto(new Tensor(whole.storage(), region.movedPart()), in[1]);
            return whole;
        }

        @Override
        protected Tensor[] grad(Regions.Region region, Tensor g, Saved saved) {
            return new Tensor[] {
                saved.wants(0) ? Dispatch.apply(Regions.WITHOUT, region, g) : null,
                saved.wants(1) ? Dispatch.apply(Regions.EXTRACT, region, g) : null
            };
        }
    }

    private static final StructuredOp<Regions.Region> SELECT_SCATTER =
            new Replace("selectScatter", "Copy with one place along a dimension replaced.");

    private static final StructuredOp<Regions.Region> SLICE_SCATTER =
            new Replace("sliceScatter", "Copy with every step-th place from start to end along a dimension replaced.");

    private static final StructuredOp<Regions.Region> DIAGONAL_SCATTER =
            new Replace("diagonalScatter", "Copy with a diagonal over two dimensions replaced.");

    /** A copy of {@code x} with one place along a dimension replaced. */
    public static Tensor select(Tensor x, Tensor source, int dim, long index) {
        View whole = View.contiguous(x.sizes());
        View part = Views.select(SELECT_SCATTER.name(), whole, dim, index);
        return Dispatch.apply(SELECT_SCATTER, new Regions.Region(whole, part), x, source);
    }

    /** A copy of {@code x} with every step-th place from start to end along a dimension replaced. */
    public static Tensor slice(Tensor x, Tensor source, int dim, long start, long end, long step) {
        View whole = View.contiguous(x.sizes());
        View part = Views.slice(SLICE_SCATTER.name(), whole, dim, start, end, step);
        return Dispatch.apply(SLICE_SCATTER, new Regions.Region(whole, part), x, source);
    }

    /** A copy of {@code x} with a diagonal replaced. */
    public static Tensor diagonal(Tensor x, Tensor source, long offset, int dim1, int dim2) {
        View whole = View.contiguous(x.sizes());
        View part = Views.diagonal(DIAGONAL_SCATTER.name(), whole, offset, dim1, dim2);
        return Dispatch.apply(DIAGONAL_SCATTER, new Regions.Region(whole, part), x, source);
    }

    /** All ops of this family. */
    public static List<StructuredOp<?>> all() {
        return List.of(SELECT_SCATTER, SLICE_SCATTER, DIAGONAL_SCATTER);
    }
}
