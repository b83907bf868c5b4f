package dev.lanewise.op;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.internal.kernel.BagKernels;
import java.lang.ref.Reference;
import java.util.List;

/** Rows of a table looked up by number. */
public final class EmbeddingOps {
    private EmbeddingOps() {}

    /**
     * What is looked up.
     *
     * @param where the numbers as a selection of rows
     * @param numbers INT64
     * @param padding the row that has no gradient; less than 0 for none
     * @param byFrequency divides the gradient of each row by how often it was looked up
     */
    public record Lookup(Selection where, Pinned numbers, long padding, boolean byFrequency) {
        /** Numbers of any shape. */
        public static Lookup of(Tensor numbers, long padding, boolean byFrequency) {
            return new Lookup(new Selection(0, numbers, false), new Pinned(numbers), padding, byFrequency);
        }
    }

    static final class Embedding extends StructuredOp<Lookup> {
        Embedding() {
            super("embedding", "Rows of a table, by their numbers.");
            dtypes(DTypeRule.ANY);
            torch("torch.nn.functional.embedding");
        }

        @Override
        protected Tensor forward(Lookup at, Tensor... in) {
            at.where().check(name(), in[0]);
            return at.where().take(name(), in[0]);
        }

        @Override
        protected Tensor[] grad(Lookup at, Tensor g, Saved saved) {
            PickOps.Spreading rows = new PickOps.Spreading(at.where(), saved.shape(0));
            return new Tensor[] {Dispatch.apply(PickOps.SPREAD, rows, share(at, g))};
        }

        @Override
        protected Tensor[] gradToLeaves(Lookup at, Tensor g, Saved saved) {
            Tensor sum = saved.collected(0);
            boolean added = sum != null && PickOps.isAdded(at.where(), share(at, g), sum);
            return added ? new Tensor[1] : grad(at, g, saved);
        }

        /** What each looked up row adds to the gradient of the table. */
        private Tensor share(Lookup at, Tensor g) {
            Tensor numbers = at.numbers().unchanged(name());
            Tensor share = g;
            if (at.byFrequency()) {
                Tensor flat = numbers.reshape(numbers.numel());
                Tensor often = flat.bincount().indexSelect(0, flat).reshape(numbers.sizes());
                share = share.div(often.unsqueeze(-1).to(g.dtype()));
            }
            if (at.padding() >= 0) {
                Tensor padding = numbers.eq(at.padding()).unsqueeze(-1);
                share = share.maskedFill(padding, 0);
            }
            return share;
        }
    }

    public static final StructuredOp<Lookup> EMBEDDING = new Embedding();

    /** All ops of this family. */
    public static List<StructuredOp<?>> all() {
        return List.of(EMBEDDING);
    }

    /** The functions of this family that have no derivative or are made of others. */
    static List<Composite> composites() {
        String torch = "torch.nn.functional.";
        return List.of(
                new Composite("embeddingBag", torch + "embedding_bag", "Sums, means or maxima of bags of rows."),
                new Composite("oneHot", torch + "one_hot", "1 at the place of each number, else 0.", false));
    }

    /**
     * For each bag of rows and each column the number of the row with the largest element, the first of equal ones; 0 for an
     * empty bag.
     *
     * @param rows {@code [N, D]}, floating point
     * @param begins where each bag begins, and {@code N}
     * @return INT64, {@code [bags, D]}
     */
    public static Tensor largest(Tensor rows, long[] begins) {
        Tensor x = rows.detach().contiguous();
        Tensor out = Dispatch.empty(DType.INT64, begins.length - 1, rows.size(1));
        BagKernels.largest(Dispatch.operand(x, x.sizes()), rows.size(1), begins, Dispatch.operand(out, out.sizes()));
        Reference.reachabilityFence(x);
        Reference.reachabilityFence(out);
        return out;
    }
}
