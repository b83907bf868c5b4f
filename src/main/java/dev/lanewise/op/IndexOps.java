package dev.lanewise.op;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import dev.lanewise.internal.kernel.IndexKernels;
import dev.lanewise.internal.shape.View;
import dev.lanewise.internal.storage.Storage;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The ops that read or write at positions held in a tensor. */
public final class IndexOps {
    private static final List<StructuredOp<?>> ALL = new ArrayList<>();

    private IndexOps() {}

    /**
     * Positions along a dimension.
     *
     * @param shape sizes of the tensor they point into
     * @param drop drops the dimension from what is gathered; its index then has size 1 there
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Positions(int dim, Tensor index, long[] shape, boolean drop) {
        /** Positions that keep the dimension. */
        public Positions(int dim, Tensor index, long[] shape) {
            this(dim, index, shape, false);
        }
    }

    static class Gather extends StructuredOp<Positions> {
        private final String node;

        Gather(String name, String node, String doc) {
            super(name, doc);
            this.node = node;
            dtypes(DTypeRule.ANY);
        }

        @Override
        protected final Tensor forward(Positions at, Tensor... in) {
            Tensor x = in[0];
            checkIndex(name(), at.index(), x.dim());
            Tensor out = Dispatch.empty(x.dtype(), at.index().sizes());
            long[] shape = at.index().sizes();
            IndexKernels.gather(
                    shape,
                    Dispatch.operand(x, x.sizes()),
                    x.sizes(),
                    at.dim(),
                    Dispatch.operand(at.index(), shape),
                    Dispatch.operand(out, shape));
            Reference.reachabilityFence(in);
            Reference.reachabilityFence(at);
            Reference.reachabilityFence(out);
            return at.drop() ? out.squeeze(at.dim()) : out;
        }

        @Override
        protected final Tensor[] grad(Positions at, Tensor g, Saved saved) {
            Tensor kept = at.drop() ? g.unsqueeze(at.dim()) : g;
            return new Tensor[] {Dispatch.apply(SCATTER_ADD, new Positions(at.dim(), at.index(), saved.shape(0)), kept)
            };
        }

        @Override
        public final String gradName() {
            return node;
        }
    }

    public static final StructuredOp<Positions> GATHER =
            register(new Gather("gather", "GatherBackward0", "Elements at given positions along a dimension."));
    /** Gather as {@code max(dim)} and {@code min(dim)} use it for their values. */
    public static final StructuredOp<Positions> MAX_VALUES =
            register(new Gather("max", "MaxBackward0", "Largest element along a dimension, at its position."));

    public static final StructuredOp<Positions> MIN_VALUES =
            register(new Gather("min", "MinBackward0", "Smallest element along a dimension, at its position."));

    public static final StructuredOp<Positions> INDEX_SELECT = register(
            new Gather("indexSelect", "IndexSelectBackward0", "Whole slices at given positions along a dimension."));

    static final class ScatterAdd extends StructuredOp<Positions> {
        ScatterAdd() {
            super("scatterAdd", "Zeros with elements added at given positions along a dimension.");
            reachedBy("the derivative of gather");
        }

        @Override
        protected Tensor forward(Positions at, Tensor... in) {
            Tensor source = in[0];
            long n = 1;
            for (long size : at.shape()) {
                n *= size;
            }
            Tensor out = new Tensor(Storage.allocateZeroed(source.dtype(), n), View.contiguous(at.shape()));
            long[] shape = at.index().sizes();
            IndexKernels.scatterAdd(
                    shape,
                    Dispatch.operand(source, shape),
                    at.dim(),
                    Dispatch.operand(at.index(), shape),
                    Dispatch.operand(out, at.shape()),
                    at.shape());
            Reference.reachabilityFence(in);
            Reference.reachabilityFence(at);
            Reference.reachabilityFence(out);
            return out;
        }

        @Override
        protected Tensor[] grad(Positions at, Tensor g, Saved saved) {
            return new Tensor[] {Dispatch.apply(GATHER, at, g)};
        }
    }

    public static final StructuredOp<Positions> SCATTER_ADD = register(new ScatterAdd());

    /** All ops of this family. */
    public static List<StructuredOp<?>> all() {
        return Collections.unmodifiableList(ALL);
    }

    private static void checkIndex(String op, Tensor index, int rank) {
        if (index.dtype() != DType.INT64) {
            throw Check.dtype(op, "the index must be int64")
                    .got(index.dtype())
                    .operand("index", index.dtype(), index.sizes())
                    .hint("Convert it with to(DType.INT64).")
                    .error();
        }
        if (index.dim() != rank) {
            throw Check.shape(op, "the index must have as many dimensions as self")
                    .expected(rank)
                    .got(index.dim())
                    .operand("index", index.dtype(), index.sizes())
                    .error();
        }
    }

    private static StructuredOp<Positions> register(StructuredOp<Positions> op) {
        ALL.add(op);
        return op;
    }
}
