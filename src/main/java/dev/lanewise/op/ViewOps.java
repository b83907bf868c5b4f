package dev.lanewise.op;

import dev.lanewise.GradMode;
import dev.lanewise.Tensor;
import dev.lanewise.internal.shape.View;
import dev.lanewise.internal.shape.Views;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The ops whose result shares the memory of their input. */
public final class ViewOps {
    private static final List<StructuredOp<?>> ALL = new ArrayList<>();

    private ViewOps() {}

    /** A place along a dimension. */
    public record At(int dim, long index) {}

    /** A stretch along a dimension: every {@code step}-th place from {@code start} to before {@code end}. */
    public record Slice(int dim, long start, long end, long step) {}

    /** The two dimensions of a diagonal and how far it lies above the main one. */
    public record Diagonal(long shift, int dim1, int dim2) {}

    /** Other sizes, and the name of the graph node, which tells how they were asked for. */
    public record Sizes(long[] shape, String node) {
        static final String UNSAFE_VIEW = "UnsafeViewBackward0";

        /** Of {@code view}. */
        public static Sizes view(long[] shape) {
            return new Sizes(shape, "ViewBackward0");
        }

        /** Of {@code reshape}, which PyTorch records by the function that it ends in. */
        public static Sizes reshape(long[] shape, boolean copied) {
            return new Sizes(shape, copied ? UNSAFE_VIEW : "ReshapeAliasBackward0");
        }
    }

    /** A new result with other sizes, recorded as PyTorch records such an inner step. */
    static Tensor unsafeView(Tensor result, long... shape) {
        return Dispatch.applyView(VIEW, new Sizes(shape, Sizes.UNSAFE_VIEW), result);
    }

    static final class ViewAs extends StructuredOp<Sizes> {
        ViewAs() {
            super("view", "View with other sizes over the same elements in the same order.");
            dtypes(DTypeRule.ANY);
        }

        @Override
        protected Tensor forward(Sizes args, Tensor... in) {
            Tensor x = in[0];
            return viewOf(x, Views.view("view", x.view(), args.shape()));
        }

        @Override
        protected Tensor[] grad(Sizes args, Tensor g, Saved saved) {
            return new Tensor[] {g.reshape(saved.shape(0))};
        }

        @Override
        protected String gradName(Sizes args) {
            return args.node();
        }
    }

    public static final StructuredOp<Sizes> VIEW = register(new ViewAs());

    static final class Transpose extends StructuredOp<int[]> {
        Transpose() {
            super("transpose", "View with two dimensions exchanged.");
            dtypes(DTypeRule.ANY);
        }

        @Override
        protected Tensor forward(int[] args, Tensor... in) {
            Tensor x = in[0];
            return viewOf(x, Views.transpose("transpose", x.view(), args[0], args[1]));
        }

        @Override
        protected Tensor[] grad(int[] args, Tensor g, Saved saved) {
            return new Tensor[] {g.transpose(args[0], args[1])};
        }
    }

    public static final StructuredOp<int[]> TRANSPOSE = register(new Transpose());

    static final class T extends StructuredOp<Void> {
        T() {
            super("t", "View of a matrix with rows and columns exchanged.");
            dtypes(DTypeRule.ANY);
        }

        @Override
        protected Tensor forward(Void args, Tensor... in) {
            Tensor x = in[0];
            return viewOf(x, Views.transpose("t", x.view(), 0, x.dim() - 1));
        }

        @Override
        protected Tensor[] grad(Void args, Tensor g, Saved saved) {
            return new Tensor[] {g.t()};
        }
    }

    public static final StructuredOp<Void> T = register(new T());

    static final class Permute extends StructuredOp<int[]> {
        Permute() {
            super("permute", "View with the dimensions in another order.");
            dtypes(DTypeRule.ANY);
        }

        @Override
        protected Tensor forward(int[] args, Tensor... in) {
            Tensor x = in[0];
            return viewOf(x, Views.permute("permute", x.view(), args));
        }

        @Override
        protected Tensor[] grad(int[] args, Tensor g, Saved saved) {
            return new Tensor[] {g.permute(inverse(args))};
        }
    }

    public static final StructuredOp<int[]> PERMUTE = register(new Permute());

    static final class Squeeze extends StructuredOp<int[]> {
        Squeeze() {
            super("squeeze", "View without dimensions of size 1.");
            dtypes(DTypeRule.ANY);
        }

        @Override
        protected Tensor forward(int[] args, Tensor... in) {
            Tensor x = in[0];
            return viewOf(x, squeezed(x.view(), args));
        }

        @Override
        protected String gradName(int[] args) {
            return args == null ? gradName() : "SqueezeBackward1";
        }

        @Override
        protected Tensor[] grad(int[] args, Tensor g, Saved saved) {
            return new Tensor[] {g.reshape(saved.shape(0))};
        }
    }

    public static final StructuredOp<int[]> SQUEEZE = register(new Squeeze());

    static final class Unsqueeze extends StructuredOp<Integer> {
        Unsqueeze() {
            super("unsqueeze", "View with a dimension of size 1 inserted.");
            dtypes(DTypeRule.ANY);
        }

        @Override
        protected Tensor forward(Integer args, Tensor... in) {
            Tensor x = in[0];
            return viewOf(x, Views.unsqueeze("unsqueeze", x.view(), args));
        }

        @Override
        protected Tensor[] grad(Integer args, Tensor g, Saved saved) {
            return new Tensor[] {g.reshape(saved.shape(0))};
        }
    }

    public static final StructuredOp<Integer> UNSQUEEZE = register(new Unsqueeze());

    static final class Expand extends StructuredOp<long[]> {
        Expand() {
            super("expand", "View with dimensions of size 1 repeated without copying.");
            dtypes(DTypeRule.ANY);
        }

        @Override
        protected Tensor forward(long[] args, Tensor... in) {
            Tensor x = in[0];
            return viewOf(x, Views.expand("expand", x.view(), args));
        }

        @Override
        protected Tensor[] grad(long[] args, Tensor g, Saved saved) {
            return new Tensor[] {g};
        }
    }

    public static final StructuredOp<long[]> EXPAND = register(new Expand());

    static final class Select extends StructuredOp<At> {
        Select() {
            super("select", "View of one place along a dimension, which is dropped.");
            dtypes(DTypeRule.ANY);
        }

        @Override
        protected Tensor forward(At args, Tensor... in) {
            return viewOf(in[0], part(args, in[0].view()));
        }

        @Override
        protected Tensor[] grad(At args, Tensor g, Saved saved) {
            View whole = View.contiguous(saved.shape(0));
            Regions.Region region = new Regions.Region(whole, part(args, whole));
            return new Tensor[] {Dispatch.apply(Regions.EMBED, region, g)};
        }

        private static View part(At args, View whole) {
            return Views.select("select", whole, args.dim(), args.index());
        }
    }

    public static final StructuredOp<At> SELECT = register(new Select());

    static final class SliceOp extends StructuredOp<Slice> {
        SliceOp() {
            super("slice", "View of every step-th place from start to end along a dimension.");
            dtypes(DTypeRule.ANY);
        }

        @Override
        protected Tensor forward(Slice args, Tensor... in) {
            return viewOf(in[0], part(args, in[0].view()));
        }

        @Override
        protected Tensor[] grad(Slice args, Tensor g, Saved saved) {
            View whole = View.contiguous(saved.shape(0));
            Regions.Region region = new Regions.Region(whole, part(args, whole));
            return new Tensor[] {Dispatch.apply(Regions.EMBED, region, g)};
        }

        private static View part(Slice args, View whole) {
            return Views.slice("slice", whole, args.dim(), args.start(), args.end(), args.step());
        }
    }

    public static final StructuredOp<Slice> SLICE = register(new SliceOp());

    static final class DiagonalOp extends StructuredOp<Diagonal> {
        DiagonalOp() {
            super("diagonal", "View of a diagonal over two dimensions, as the last dimension.");
            dtypes(DTypeRule.ANY);
        }

        @Override
        protected Tensor forward(Diagonal args, Tensor... in) {
            return viewOf(in[0], part(args, in[0].view()));
        }

        @Override
        protected Tensor[] grad(Diagonal args, Tensor g, Saved saved) {
            View whole = View.contiguous(saved.shape(0));
            Regions.Region region = new Regions.Region(whole, part(args, whole));
            return new Tensor[] {Dispatch.apply(Regions.EMBED, region, g)};
        }

        private static View part(Diagonal args, View whole) {
            return Views.diagonal("diagonal", whole, args.shift(), args.dim1(), args.dim2());
        }
    }

    public static final StructuredOp<Diagonal> DIAGONAL = register(new DiagonalOp());

    /** Windows of some places along a dimension, some places apart. */
    public record Windows(int dim, long size, long step) {}

    static final class Unfold extends StructuredOp<Windows> {
        Unfold() {
            super("unfold", "View of windows along a dimension, with the places of a window as a new last dimension.");
            torch("torch.Tensor.unfold");
            dtypes(DTypeRule.ANY);
        }

        @Override
        protected Tensor forward(Windows args, Tensor... in) {
            return viewOf(in[0], part(args, in[0].view()));
        }

        @Override
        protected Tensor[] grad(Windows args, Tensor g, Saved saved) {
            View whole = View.contiguous(saved.shape(0));
            Regions.Region region = new Regions.Region(whole, part(args, whole));
            return new Tensor[] {Dispatch.apply(Regions.EMBED, region, g)};
        }

        private static View part(Windows args, View whole) {
            return Views.unfold("unfold", whole, args.dim(), args.size(), args.step());
        }
    }

    public static final StructuredOp<Windows> UNFOLD = register(new Unfold());

    /** A view of any elements of the storage of a tensor; the caller has checked that they exist. */
    public static Tensor asStrided(Tensor x, long[] sizes, long[] strides, long offset) {
        Regions.Region region = new Regions.Region(x.view(), new View(sizes, strides, offset));
        return Dispatch.applyView(Regions.AS_STRIDED, region, x);
    }

    /** New zeros of a shape with a tensor added at the places that strides give to its elements. */
    public static Tensor overlay(Tensor x, long[] shape, long[] strides) {
        View part = new View(x.sizes(), strides, 0);
        return Dispatch.apply(Regions.EMBED, new Regions.Region(View.contiguous(shape), part), x);
    }

    /** All ops of this family. */
    public static List<StructuredOp<?>> all() {
        return Collections.unmodifiableList(ALL);
    }

    /**
     * A tensor on the same storage; a later change in place is followed unless recording is off.
     *
     * <p>A leaf that requires grad is the base of its views even if it is a view itself: changes through them are
     * refused.
     */
    static Tensor viewOf(Tensor x, View view) {
        if (!GradMode.isEnabled()) {
            return new Tensor(x.storage(), view);
        }
        Tensor base = x.viewBase();
        return new Tensor(x.storage(), view, base == null || x.requiresGrad() && x.isLeaf() ? x : base);
    }

    private static View squeezed(View view, int[] dims) {
        if (dims == null) {
            return Views.squeeze(view);
        }
        return Views.squeeze("squeeze", view, dims[0]);
    }

    private static int[] inverse(int[] dims) {
        int[] result = new int[dims.length];
        for (int i = 0; i < dims.length; i++) {
            result[dims[i] < 0 ? dims[i] + dims.length : dims[i]] = i;
        }
        return result;
    }

    private static <A> StructuredOp<A> register(StructuredOp<A> op) {
        ALL.add(op);
        return op;
    }
}
