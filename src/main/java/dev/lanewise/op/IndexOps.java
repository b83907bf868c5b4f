package dev.lanewise.op;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.internal.kernel.IndexKernels;
import dev.lanewise.internal.shape.View;
import dev.lanewise.internal.storage.Storage;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The ops that read elements at positions along a dimension that a tensor of the same rank holds. */
public final class IndexOps {
    private static final List<StructuredOp<?>> ALL = new ArrayList<>();

    private IndexOps() {}

    /**
     * Positions along a dimension.
     *
     * @param shape sizes of the tensor they point into
     * @param drop drops the dimension from what is gathered; its index then has size 1 there
     * @param pinned the index as it was when the positions were made
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Positions(int dim, Tensor index, long[] shape, boolean drop, Pinned pinned) {
        /** Positions that keep the dimension. */
        public Positions(int dim, Tensor index, long[] shape) {
            this(dim, index, shape, false);
        }

        /** Positions that may drop the dimension. */
        public Positions(int dim, Tensor index, long[] shape, boolean drop) {
            this(dim, index, shape, drop, new Pinned(index));
        }
    }

    static class Gather extends StructuredOp<Positions> {
        private final String node;
        private final boolean inOrderOfInput;
        private final boolean found;

        Gather(String name, String node, String doc) {
            this(name, node, false, false, doc);
        }

        /**
         * @param found true if the positions were found in the input, and need no check
         * @param inOrderOfInput true if a result of the input's shape has its memory order too
         */
        Gather(String name, String node, boolean found, boolean inOrderOfInput, String doc) {
            super(name, doc);
            this.node = node;
            this.found = found;
            this.inOrderOfInput = inOrderOfInput;
            dtypes(DTypeRule.ANY);
        }

        @Override
        protected final Tensor forward(Positions at, Tensor... in) {
            Tensor x = in[0];
            if (!found) {
                IndexChecks.along(name(), x, at.dim(), at.index());
            }
            Selection slices = found ? null : Selection.ofExpanded(x, at.dim(), at.index());
            if (slices != null) {
                Tensor picked = slices.take(name(), x);
                return at.drop() ? picked.squeeze(at.dim()) : picked;
            }
            Tensor out = inOrderOfInput
                    ? like(x, x.dtype())
                    : Dispatch.empty(x.dtype(), at.index().sizes());
            long[] shape = at.index().sizes();
            IndexKernels.gather(
                    shape,
                    Dispatch.operand(x, x.sizes()),
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
            Tensor zeros = Tensor.zeros(g.dtype(), saved.shape(0));
            return new Tensor[] {zeros.scatterAdd(at.dim(), at.pinned().unchanged(name()), kept)};
        }

        @Override
        public final String gradName() {
            return node;
        }
    }

    public static final StructuredOp<Positions> GATHER =
            register(new Gather("gather", "GatherBackward0", "Elements at given positions along a dimension."));
    /** Gather as {@code max(dim)} and {@code min(dim)} use it for their values. */
    public static final StructuredOp<Positions> MAX_VALUES = register(
            new Gather("max", "MaxBackward0", true, false, "Largest element along a dimension, at its position."));

    public static final StructuredOp<Positions> MIN_VALUES = register(
            new Gather("min", "MinBackward0", true, false, "Smallest element along a dimension, at its position."));

    /** All ops of this family. */
    public static List<StructuredOp<?>> all() {
        return Collections.unmodifiableList(ALL);
    }

    /** A new tensor of a dtype with the shape and memory order of another. */
    static Tensor like(Tensor x, DType type) {
        View layout = Layouts.common("empty", x);
        return new Tensor(Storage.allocate(type, x.numel()), layout);
    }

    private static StructuredOp<Positions> register(StructuredOp<Positions> op) {
        ALL.add(op);
        return op;
    }
}
