package dev.lanewise.op;

import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import dev.lanewise.internal.kernel.Combine;
import dev.lanewise.internal.shape.Shapes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** The ops that read and write slices at lists of positions. */
public final class PickOps {
    private static final List<StructuredOp<?>> ALL = new ArrayList<>();

    private PickOps() {}

    /** Places to write to, and whether what is there is added to. */
    public record Target(Selection where, boolean accumulate) {}

    static final class Pick extends StructuredOp<Selection> {
        Pick(String name, String torch, String doc) {
            super(name, doc);
            dtypes(DTypeRule.ANY);
            torch(torch);
        }

        @Override
        protected Tensor forward(Selection where, Tensor... in) {
            where.check(name(), in[0]);
            return where.take(name(), in[0]);
        }

        @Override
        protected Tensor[] grad(Selection where, Tensor g, Saved saved) {
            where.requireUnchanged(name());
            return new Tensor[] {Dispatch.apply(SPREAD, new Spreading(where, saved.shape(0)), g)};
        }

        @Override
        protected Tensor[] gradToLeaves(Selection where, Tensor g, Saved saved) {
            where.requireUnchanged(name());
            return isAdded(where, g, saved.collected(0)) ? new Tensor[1] : grad(where, g, saved);
        }
    }

    /**
     * Places to add to in zeros.
     *
     * @param shape of the zeros
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Spreading(Selection where, long[] shape) {}

    static final class Spread extends StructuredOp<Spreading> {
        Spread() {
            super("spread", "Zeros with elements or slices added at lists of positions.");
            dtypes(DTypeRule.ANY);
            torch("");
            reachedBy("the derivative of indexing and embedding");
        }

        @Override
        protected Tensor forward(Spreading at, Tensor... in) {
            Tensor out = Tensor.zeros(in[0].dtype(), at.shape());
            at.where().put(name(), Combine.ADD, out, in[0]);
            return out;
        }

        @Override
        protected Tensor[] grad(Spreading at, Tensor g, Saved saved) {
            at.where().requireUnchanged(name());
            return new Tensor[] {Dispatch.apply(INDEX, at.where(), g)};
        }
    }

    /** Adds slices where they were taken from to a tensor; false if there is none or it shares memory with them. */
    static boolean isAdded(Selection where, Tensor slices, Tensor sum) {
        if (sum == null || sum.storage() == slices.storage() || sum.dtype() != slices.dtype()) {
            return false;
        }
        where.put(SPREAD.name(), Combine.ADD, sum, slices);
        sum.storage().bumpVersion(BinaryOps.ADD.inPlaceName());
        return true;
    }

    /** The derivative of reading at lists of positions: what was read from one place is added up there. */
    public static final StructuredOp<Spreading> SPREAD = registerSpread();

    private static StructuredOp<Spreading> registerSpread() {
        Spread op = new Spread();
        ALL.add(op);
        return op;
    }

    public static final StructuredOp<Selection> INDEX = register(
            new Pick("index", "Tensor.__getitem__", "Elements or slices at lists of positions in some dimensions."));

    public static final StructuredOp<Selection> INDEX_SELECT = register(
            new Pick("indexSelect", "torch.index_select", "Whole slices at given positions along a dimension."));

    public static final StructuredOp<Selection> MASKED_SELECT =
            register(new Pick("maskedSelect", "torch.masked_select", "The elements where a mask is true, 1-d."));

    public static final StructuredOp<Selection> TAKE =
            register(new Pick("take", "torch.take", "Elements at positions counted through the whole tensor."));

    static final class Put extends ChangeOp<Target> {
        Put(String name, String torch, String doc) {
            super(name, doc);
            torch(torch);
        }

        @Override
        void check(String called, Target at, Tensor... in) {
            at.where().check(called, in[0]);
            IndexChecks.sameType(called, in[0], in[1]);
            long[] shape = at.where().resultShape(called, in[0]);
            if (!Arrays.equals(Shapes.broadcast(called, shape, in[1].sizes()), shape)) {
                throw Check.shape(called, "the value must broadcast to what is selected")
                        .expected(shape)
                        .got(in[1].sizes())
                        .operand("self", in[0].dtype(), in[0].sizes())
                        .error();
            }
        }

        @Override
        void write(Target at, Tensor out, Tensor... in) {
            at.where().put(name(), at.accumulate() ? Combine.ADD : Combine.SET, out, in[1]);
        }

        @Override
        protected Tensor[] grad(Target at, Tensor g, Saved saved) {
            at.where().requireUnchanged(name());
            Tensor self = g;
            if (saved.wants(0) && !at.accumulate()) {
                Target same = new Target(at.where(), false);
                self = Dispatch.apply(INDEX_PUT, same, g, Tensor.scalar(g.dtype(), 0));
            }
            return new Tensor[] {self, saved.wants(1) ? Dispatch.apply(INDEX, at.where(), g) : null};
        }
    }

    public static final ChangeOp<Target> INDEX_PUT = register(new Put(
            "indexPut",
            "Tensor.index_put",
            "Copy with elements or slices at lists of positions replaced or added to."));

    public static final ChangeOp<Target> INDEX_ADD = register(
            new Put("indexAdd", "torch.index_add", "Copy with slices added at given positions along a dimension."));

    public static final ChangeOp<Target> INDEX_COPY = register(new Put(
            "indexCopy", "torch.index_copy", "Copy with slices at given positions along a dimension replaced."));

    public static final ChangeOp<Target> INDEX_FILL = register(new Put(
            "indexFill",
            "torch.index_fill",
            "Copy with slices at given positions along a dimension set to one number."));

    public static final ChangeOp<Target> MASKED_SCATTER = register(new Put(
            "maskedScatter",
            "Tensor.masked_scatter",
            "Copy with the elements where a mask is true replaced, one after the other."));

    public static final ChangeOp<Target> PUT = register(new Put(
            "put",
            "Tensor.put",
            "Copy with elements at positions counted through the whole tensor replaced or added to."));

    /** Assigns in place, called by another name. */
    public static Tensor assign(String called, Target at, Tensor self, Tensor values) {
        return INDEX_PUT.change(called, at, self, values);
    }

    /** All ops of this family. */
    public static List<StructuredOp<?>> all() {
        return Collections.unmodifiableList(ALL);
    }

    private static <A> ChangeOp<A> register(ChangeOp<A> op) {
        ALL.add(op);
        return op;
    }

    private static StructuredOp<Selection> register(StructuredOp<Selection> op) {
        ALL.add(op);
        return op;
    }
}
