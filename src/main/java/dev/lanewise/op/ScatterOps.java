package dev.lanewise.op;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import dev.lanewise.internal.kernel.Combine;
import dev.lanewise.internal.kernel.Operand;
import dev.lanewise.internal.kernel.ScatterKernels;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The ops that write elements at positions along a dimension that a tensor of the same rank holds. */
public final class ScatterOps {
    private static final List<StructuredOp<?>> ALL = new ArrayList<>();

    private ScatterOps() {}

    /** How elements that meet are made one. */
    public enum Reduction {
        /** Their sum. */
        SUM,
        /** Their product. */
        PROD,
        /** Their mean; rounded down for integers. */
        MEAN,
        /** The largest. */
        AMAX,
        /** The smallest. */
        AMIN;

        /** The reduction that PyTorch calls by this name. */
        public static Reduction of(String op, String name) {
            return switch (name) {
                case "sum" -> SUM;
                case "prod" -> PROD;
                case "mean" -> MEAN;
                case "amax" -> AMAX;
                case "amin" -> AMIN;
                default ->
                    throw Check.argument(op, "the reduction must be known")
                            .expected("sum, prod, mean, amax or amin")
                            .got(name)
                            .error();
            };
        }

        Combine combine() {
            return switch (this) {
                case SUM, MEAN -> Combine.ADD;
                case PROD -> Combine.MULTIPLY;
                case AMAX -> Combine.MAX;
                case AMIN -> Combine.MIN;
            };
        }

        /** The element that changes no other. */
        Number identity(DType type) {
            return switch (this) {
                case SUM, MEAN -> 0;
                case PROD -> 1;
                case AMAX -> lowest(type);
                case AMIN -> highest(type);
            };
        }

        private static Number lowest(DType type) {
            if (type.isFloatingPoint()) {
                return Double.NEGATIVE_INFINITY;
            }
            boolean unsigned = type == DType.BOOL || type == DType.UINT8;
            return unsigned ? 0L : Long.MIN_VALUE >> 64 - (8 << type.shift());
        }

        private static Number highest(DType type) {
            if (type.isFloatingPoint()) {
                return Double.POSITIVE_INFINITY;
            }
            if (type == DType.BOOL) {
                return 1L;
            }
            return type == DType.UINT8 ? 255L : Long.MAX_VALUE >> 64 - (8 << type.shift());
        }
    }

    /** Positions along a dimension to write to. */
    public record Along(int dim, Pinned index) {
        /** Positions held in a tensor. */
        public Along(int dim, Tensor index) {
            this(dim, new Pinned(index));
        }
    }

    /** Positions along a dimension to write to, and what happens to elements that meet. */
    public record Reducing(int dim, Pinned index, Reduction how, boolean includeSelf) {
        /** Positions held in a tensor. */
        public static Reducing of(int dim, Tensor index, Reduction how, boolean includeSelf) {
            return new Reducing(dim, new Pinned(index), how, includeSelf);
        }
    }

    static final class Scatter extends ChangeOp<Along> {
        Scatter() {
            super("scatter", "Copy with elements replaced at given positions along a dimension.");
        }

        @Override
        void check(String called, Along at, Tensor... in) {
            checkScatter(called, at.dim(), at.index(), in);
        }

        @Override
        void write(Along at, Tensor out, Tensor... in) {
            run(Combine.SET, at.dim(), at.index().tensor(), in[1], out);
        }

        @Override
        protected Tensor[] grad(Along at, Tensor g, Saved saved) {
            Tensor index = at.index().unchanged(name());
            Tensor self = saved.wants(0) ? g.scatter(at.dim(), index, 0) : null;
            return new Tensor[] {self, saved.wants(1) ? g.gather(at.dim(), index) : null};
        }
    }

    public static final ChangeOp<Along> SCATTER = register(new Scatter());

    static final class ScatterAdd extends ChangeOp<Along> {
        ScatterAdd() {
            super("scatterAdd", "Copy with elements added at given positions along a dimension.");
        }

        @Override
        void check(String called, Along at, Tensor... in) {
            checkScatter(called, at.dim(), at.index(), in);
        }

        @Override
        void write(Along at, Tensor out, Tensor... in) {
            run(Combine.ADD, at.dim(), at.index().tensor(), in[1], out);
        }

        @Override
        protected Tensor[] grad(Along at, Tensor g, Saved saved) {
            Tensor source = saved.wants(1) ? g.gather(at.dim(), at.index().unchanged(name())) : null;
            return new Tensor[] {g, source};
        }
    }

    public static final ChangeOp<Along> SCATTER_ADD = register(new ScatterAdd());

    static final class ScatterReduce extends ChangeOp<Reducing> {
        ScatterReduce() {
            super("scatterReduce", "Sum, product, mean or extreme of the elements that meet at given positions.");
            saves(Saves.INPUT0, Saves.INPUT1, Saves.OUTPUT);
        }

        @Override
        void check(String called, Reducing at, Tensor... in) {
            checkScatter(called, at.dim(), at.index(), in);
        }

        @Override
        void write(Reducing at, Tensor out, Tensor... in) {
            Tensor index = at.index().tensor();
            if (!at.includeSelf()) {
                Tensor identity = Tensor.scalar(out.dtype(), at.how().identity(out.dtype()));
                run(Combine.SET, at.dim(), index, identity.expand(index.sizes()), out);
            }
            run(at.how().combine(), at.dim(), index, in[1], out);
            if (at.how() == Reduction.MEAN) {
                Tensor counts = Tensor.full(DType.INT64, at.includeSelf() ? 1 : 0, out.sizes());
                run(Combine.ADD, at.dim(), index, Tensor.ones(DType.INT64).expand(index.sizes()), counts);
                ScatterKernels.divide(
                        out.sizes(), Dispatch.operand(out, out.sizes()), Dispatch.operand(counts, out.sizes()));
                Reference.reachabilityFence(counts);
            }
        }

        @Override
        protected Tensor[] grad(Reducing at, Tensor g, Saved saved) {
            return ScatterGradients.of(at, at.index().unchanged(name()), g, saved);
        }
    }

    public static final ChangeOp<Reducing> SCATTER_REDUCE = register(new ScatterReduce());

    /** Applies scatterReduce under the name that was called. */
    public static Tensor reduce(String called, boolean inPlace, Reducing at, Tensor self, Tensor source) {
        if (inPlace) {
            return SCATTER_REDUCE.change(called, at, self, source);
        }
        if (!called.equals(SCATTER_REDUCE.name())) {
            SCATTER_REDUCE.check(called, at, self, source);
        }
        return Dispatch.apply(SCATTER_REDUCE, at, self, source);
    }

    /** All ops of this family. */
    public static List<StructuredOp<?>> all() {
        return Collections.unmodifiableList(ALL);
    }

    private static void checkScatter(String called, int dim, Pinned index, Tensor... in) {
        IndexChecks.along(called, in[0], dim, index.tensor());
        IndexChecks.source(called, in[0], index.tensor(), in[1]);
    }

    private static void run(Combine how, int dim, Tensor index, Tensor source, Tensor out) {
        long[] shape = index.sizes();
        Selection slices = Selection.ofExpanded(out, dim, index);
        if (slices != null) {
            slices.put("scatter", how, out, source);
        } else if (index.numel() > 0) {
            Operand from = new Operand(
                    source.storage().segment(),
                    source.byteOffset(),
                    source.dtype(),
                    source.view().strides());
            ScatterKernels.scatter(
                    how, shape, from, dim, Dispatch.operand(index, shape), Dispatch.operand(out, out.sizes()));
        }
        Reference.reachabilityFence(index);
        Reference.reachabilityFence(source);
        Reference.reachabilityFence(out);
    }

    private static <A> ChangeOp<A> register(ChangeOp<A> op) {
        ALL.add(op);
        return op;
    }
}
