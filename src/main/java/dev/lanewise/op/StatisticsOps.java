package dev.lanewise.op;

import dev.lanewise.DType;
import dev.lanewise.GradMode;
import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import dev.lanewise.internal.kernel.Operand;
import dev.lanewise.internal.kernel.Selection;
import dev.lanewise.internal.kernel.Variance;
import dev.lanewise.internal.shape.Shapes;
import dev.lanewise.internal.simd.Reductions;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The statistics along dimensions that are no fold of two elements into one. */
public final class StatisticsOps {
    private static final List<StructuredOp<?>> ALL = new ArrayList<>();

    private StatisticsOps() {}

    /**
     * What to take the variance of.
     *
     * @param correction what is subtracted from the number of elements before dividing by it
     */
    public record Spread(ReduceOp.Args over, long correction) {}

    static class Var extends StructuredOp<Spread> {
        private final boolean root;

        Var() {
            this("var", "Variance: squared distances from the mean, summed and divided by n - correction.", false);
        }

        Var(String name, String doc, boolean root) {
            super(name, doc);
            this.root = root;
            dtypes(DTypeRule.FLOATING);
            saves(Saves.INPUT0);
        }

        @Override
        protected final Tensor forward(Spread spread, Tensor... in) {
            Tensor x = in[0];
            checkFloating(name(), x);
            ReduceOp.Args over = spread.over();
            Tensor out = Dispatch.empty(x.dtype(), Shapes.reducedShape(x.sizes(), over.dims(), over.keepDim()));
            moments(x, over.dims(), spread.correction(), root, out, null);
            return out;
        }

        @Override
        protected Tensor[] grad(Spread spread, Tensor g, Saved saved) {
            return new Tensor[] {ofVariance(spread, g, saved)};
        }

        /** The gradient of the input from that of the variance. */
        final Tensor ofVariance(Spread spread, Tensor g, Saved saved) {
            ReduceOp.Args over = spread.over();
            Tensor x = saved.input(0);
            Tensor kept = ReduceOp.kept(over, g, saved.shape(0));
            Tensor mean = x.meanKeepDim(over.dims());
            double freedom = (double) ReduceOp.count(over, saved.shape(0)) - spread.correction();
            if (over.whole() && freedom <= 0) {
                // The formula would divide by zero; PyTorch then tells apart only what equals the mean.
                Tensor nan = Tensor.scalar(g.dtype(), Double.NaN);
                Tensor infinity = Tensor.scalar(g.dtype(), Double.POSITIVE_INFINITY);
                return kept.mul(Tensor.where(x.eq(mean), nan, infinity));
            }
            return kept.mul(2 / freedom).mul(x.sub(mean));
        }
    }

    /** What {@link #VAR} or {@link #STD} gives, and the means, in one pass; both become part of the graph. */
    public static Tensor[] withMeans(StructuredOp<Spread> op, Spread spread, Tensor x) {
        checkFloating(op.name(), x);
        ReduceOp.Args over = spread.over();
        long[] shape = Shapes.reducedShape(x.sizes(), over.dims(), over.keepDim());
        Tensor values = Dispatch.empty(x.dtype(), shape);
        Tensor means = Dispatch.empty(x.dtype(), shape);
        moments(x, over.dims(), spread.correction(), op == STD, values, means);
        if (x.requiresGrad()) {
            Dispatch.record(op, spread, values, x);
            Dispatch.record(ReduceOps.MEAN, over, means, x);
        }
        return new Tensor[] {values, means};
    }

    /** Writes variances (or their roots) and means, row-major and without gaps; either may be null. */
    static void moments(Tensor x, int[] dims, long correction, boolean root, Tensor spread, Tensor means) {
        Variance.Wanted wanted = new Variance.Wanted(correction, root, target(spread), target(means));
        Reductions.variance(ReduceOps.SUM, wanted, x.sizes(), Dispatch.operand(x, x.sizes()), dims);
        Reference.reachabilityFence(x);
        Reference.reachabilityFence(spread);
        Reference.reachabilityFence(means);
    }

    private static Operand target(Tensor out) {
        return out == null ? null : Dispatch.operand(out, out.sizes());
    }

    public static final StructuredOp<Spread> VAR = register(new Var());

    static final class Std extends Var {
        Std() {
            super("std", "Standard deviation: the square root of the variance.", true);
            saves(Saves.OUTPUT);
        }

        @Override
        protected Tensor[] grad(Spread spread, Tensor g, Saved saved) {
            Tensor out = saved.output();
            Tensor ofVariance = zeroWhere(out.eq(0), g.div(out.mul(2)));
            return new Tensor[] {ofVariance(spread, ofVariance, saved)};
        }
    }

    public static final StructuredOp<Spread> STD = register(new Std());

    static final class Logsumexp extends StructuredOp<ReduceOp.Args> {
        Logsumexp() {
            super("logsumexp", "Logarithm of the sum of the exponentials, computed so that none overflows.");
            dtypes(DTypeRule.FLOATING);
            saves(Saves.INPUT0, Saves.OUTPUT);
        }

        @Override
        protected Tensor forward(ReduceOp.Args over, Tensor... in) {
            Tensor x = Dispatch.converted(in[0], computeType(in[0].dtype()));
            DType wide = x.dtype().isHalf() ? DType.FLOAT32 : x.dtype();
            long[] shape = Shapes.reducedShape(x.sizes(), over.dims(), over.keepDim());
            Tensor most = ReduceOp.reduce(ReduceOps.AMAX, over, x, wide);
            Tensor shift = zeroWhere(most.abs().eq(Double.POSITIVE_INFINITY), most);
            Tensor sum = Dispatch.empty(wide, shape);
            Reductions.shiftedSum(
                    BinaryOps.SUB.kernel(wide),
                    UnaryOps.EXP.kernel(wide),
                    x.sizes(),
                    Dispatch.operand(x, x.sizes()),
                    over.dims(),
                    Dispatch.operand(shift, shape),
                    Dispatch.operand(sum, shape));
            Reference.reachabilityFence(x);
            Reference.reachabilityFence(shift);
            return Dispatch.converted(sum.log_().add_(shift), x.dtype());
        }

        @Override
        protected Tensor[] grad(ReduceOp.Args over, Tensor g, Saved saved) {
            Tensor out = ReduceOp.kept(over, saved.output(), saved.shape(0));
            Tensor kept = ReduceOp.kept(over, g, saved.shape(0));
            Tensor distance = saved.input(0).sub(out);
            return new Tensor[] {
                GradMode.isEnabled()
                        ? kept.mul(distance.exp())
                        : distance.exp_().mul_(kept)
            };
        }
    }

    public static final StructuredOp<ReduceOp.Args> LOGSUMEXP = register(new Logsumexp());

    /** Median of all elements; those that equal it share the gradient. */
    static final class Middle extends StructuredOp<Void> {
        private final Selection.Kind kind;
        private final String node;

        Middle(Selection.Kind kind, String method, String node, String doc) {
            super(method + "OfAll", doc);
            this.kind = kind;
            this.node = node;
            dtypes(DTypeRule.ANY);
            torch("torch." + method);
            reachedBy(method + "()");
            saves(Saves.INPUT0, Saves.OUTPUT);
        }

        @Override
        protected Tensor forward(Void args, Tensor... in) {
            Tensor x = in[0];
            if (x.numel() == 0) {
                return Tensor.scalar(Double.NaN).to(x.dtype());
            }
            Tensor line = x.contiguous().reshape(x.numel());
            return line.gather(0, find(kind, line, 0)).reshape();
        }

        @Override
        protected Tensor[] grad(Void args, Tensor g, Saved saved) {
            Tensor x = saved.input(0);
            Tensor out = saved.output();
            Tensor chosen = Tensor.where(out.ne(out), x.ne(x), x.eq(out)).to(g.dtype());
            return new Tensor[] {chosen.mul(g.div(chosen.sum()))};
        }

        @Override
        public String gradName() {
            return node;
        }
    }

    public static final StructuredOp<Void> MEDIAN_OF_ALL =
            register(new Middle(Selection.Kind.MEDIAN, "median", "MedianBackward0", "Lower median of all elements."));

    public static final StructuredOp<Void> NANMEDIAN_OF_ALL = register(new Middle(
            Selection.Kind.NAN_MEDIAN,
            "nanmedian",
            "NanmedianBackward0",
            "Lower median of all elements that are not NaN."));

    /** Elements gathered from where {@link #find} found them. */
    public static final StructuredOp<IndexOps.Positions> MEDIAN =
            register(new IndexOps.Gather("median", "MedianBackward1", "Lower median along a dimension."));

    public static final StructuredOp<IndexOps.Positions> NANMEDIAN = register(new IndexOps.Gather(
            "nanmedian", "NanmedianBackward1", "Lower median of what is not NaN along a dimension."));

    public static final StructuredOp<IndexOps.Positions> MODE =
            register(new IndexOps.Gather("mode", "ModeBackward0", "Most frequent element along a dimension."));

    /** Positions of medians or modes along a dimension, which stays with size 1. */
    public static Tensor find(Selection.Kind kind, Tensor x, int dim) {
        if (x.dim() > 0) {
            ArgOps.checkSize(kind == Selection.Kind.MODE ? "mode" : "median", x, dim);
        }
        Lines lines = Lines.inOnePiece(x.detach(), dim);
        long[] found = lines.x().sizes().clone();
        if (x.dim() > 0) {
            found[x.dim() - 1] = 1;
        }
        Tensor out = Dispatch.empty(DType.INT64, found);
        Selection.run(
                kind,
                lines.tiles().lines(),
                lines.tiles().n(),
                Dispatch.operand(lines.x(), lines.x().sizes()),
                Dispatch.operand(out, found));
        Reference.reachabilityFence(lines);
        Reference.reachabilityFence(out);
        return x.dim() == 0 ? out : out.transpose(dim, -1).contiguous();
    }

    /** The functions made of these and other ops. */
    public static List<Composite> composites() {
        return List.of(
                new Composite("nansum", "torch.nansum", "Sum of the elements that are not NaN."),
                new Composite("nanmean", "torch.nanmean", "Mean of the elements that are not NaN."),
                new Composite("varMean", "torch.var_mean", "Variance and mean."),
                new Composite("stdMean", "torch.std_mean", "Standard deviation and mean."),
                new Composite("aminmax", "torch.aminmax", "Smallest and largest element."),
                new Composite("argmax", "torch.argmax", "Where the largest element stands.", false),
                new Composite("argmin", "torch.argmin", "Where the smallest element stands.", false),
                new Composite("countNonzero", "torch.count_nonzero", "Number of elements that are not 0.", false),
                new Composite("bincount", "torch.bincount", "How often each whole number occurs.", false),
                new Composite("histc", "torch.histc", "How many elements are in each of some intervals.", false),
                new Composite("diff", "torch.diff", "Differences of neighbours."),
                new Composite("trapezoid", "torch.trapezoid", "Integral by the trapezoidal rule."),
                new Composite(
                        "cumulativeTrapezoid",
                        "torch.cumulative_trapezoid",
                        "Running integral by the trapezoidal rule."));
    }

    /** All ops of this family. */
    public static List<StructuredOp<?>> all() {
        return Collections.unmodifiableList(ALL);
    }

    private static <A> StructuredOp<A> register(StructuredOp<A> op) {
        ALL.add(op);
        return op;
    }

    /** Refuses integers and booleans, which PyTorch does not convert either. */
    public static void checkFloating(String op, Tensor x) {
        if (!x.isFloatingPoint()) {
            throw Check.dtype(op, "the dtype must be floating point")
                    .got(x.dtype())
                    .operand("self", x.dtype(), x.sizes())
                    .hint("Convert with to(DType.FLOAT32) first.")
                    .error();
        }
    }

    /** The tensor with zeros where a condition holds, whatever was there. */
    static Tensor zeroWhere(Tensor condition, Tensor x) {
        return Tensor.where(condition, Tensor.scalar(x.dtype(), 0), x);
    }
}
