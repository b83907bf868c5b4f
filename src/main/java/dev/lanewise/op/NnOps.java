package dev.lanewise.op;

import dev.lanewise.DType;
import dev.lanewise.GradMode;
import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import dev.lanewise.internal.kernel.RowPicks;
import dev.lanewise.internal.simd.Reductions;
import java.lang.ref.Reference;
import java.util.List;

/** Softmax and the losses. */
public final class NnOps {
    /** How a loss combines the values of its elements. */
    public enum Reduction {
        /** Leaves them as they are. */
        NONE,
        /** Their mean. */
        MEAN,
        /** Their sum. */
        SUM
    }

    private NnOps() {}

    static final class Softmax extends StructuredOp<Integer> {
        Softmax() {
            super("softmax", "Exponentials divided by their sum along a dimension.");
            dtypes(DTypeRule.FLOATING);
            saves(Saves.OUTPUT);
        }

        @Override
        protected Tensor forward(Integer dim, Tensor... in) {
            return run(false, dim, in[0]);
        }

        @Override
        protected Tensor[] grad(Integer dim, Tensor g, Saved saved) {
            Tensor out = saved.output();
            if (!GradMode.isEnabled()) {
                return new Tensor[] {fusedGrad(false, dim, g, out)};
            }
            Tensor weighted = g.mul(out);
            return new Tensor[] {weighted.sub(out.mul(weighted.sumKeepDim(dim)))};
        }
    }

    public static final StructuredOp<Integer> SOFTMAX = new Softmax();

    static final class LogSoftmax extends StructuredOp<Integer> {
        LogSoftmax() {
            super("logSoftmax", "Logarithm of softmax, computed without overflow.");
            dtypes(DTypeRule.FLOATING);
            saves(Saves.OUTPUT);
        }

        @Override
        protected Tensor forward(Integer dim, Tensor... in) {
            return run(true, dim, in[0]);
        }

        @Override
        protected Tensor[] grad(Integer dim, Tensor g, Saved saved) {
            if (!GradMode.isEnabled()) {
                return new Tensor[] {fusedGrad(true, dim, g, saved.output())};
            }
            return new Tensor[] {g.sub(saved.output().exp().mul(g.sumKeepDim(dim)))};
        }
    }

    public static final StructuredOp<Integer> LOG_SOFTMAX = new LogSoftmax();

    static final class MseLoss extends StructuredOp<Reduction> {
        MseLoss() {
            super("mseLoss", "Squared difference of prediction and target, reduced.");
            saves(Saves.INPUT0, Saves.INPUT1);
        }

        @Override
        protected Tensor forward(Reduction reduction, Tensor... in) {
            return reduced(reduction, in[0].sub(in[1]).square_());
        }

        @Override
        protected Tensor[] grad(Reduction reduction, Tensor g, Saved saved) {
            Tensor difference = saved.input(0).sub(saved.input(1));
            double scale = reduction == Reduction.MEAN ? 2.0 / difference.numel() : 2.0;
            Tensor grad = difference.mul(scale).mul(g);
            return new Tensor[] {grad, saved.wants(1) ? grad.neg() : null};
        }
    }

    public static final StructuredOp<Reduction> MSE_LOSS = new MseLoss();

    /** The class of each row, and the reduction. */
    public record Targets(Tensor target, Reduction reduction) {
        /** What the sum of the log-probabilities is divided by. */
        private double divisor() {
            return reduction == Reduction.MEAN ? -target.size(0) : -1;
        }
    }

    static final class NllLoss extends StructuredOp<Targets> {
        /** Rows that one thread goes through in less time than several ops of few elements take. */
        private static final int MOST_ROWS = 1 << 12;

        NllLoss() {
            super("nllLoss", "Negative log-probability of each row's class, reduced.");
        }

        @Override
        protected Tensor forward(Targets args, Tensor... in) {
            Tensor logProbabilities = in[0];
            checkTargets(logProbabilities, args.target());
            if (args.reduction() != Reduction.NONE && isBrief(args, logProbabilities.sizes())) {
                return sum(args, logProbabilities);
            }
            Tensor picked =
                    logProbabilities.gather(1, args.target().unsqueeze(1)).squeeze(1);
            return reduced(args.reduction(), picked.neg());
        }

        @Override
        protected Tensor[] grad(Targets args, Tensor g, Saved saved) {
            long[] shape = saved.shape(0);
            if (args.reduction() != Reduction.NONE && !GradMode.isEnabled() && isBrief(args, shape)) {
                return new Tensor[] {spread(args, g, shape)};
            }
            Tensor index = args.target().unsqueeze(1);
            Tensor each = args.reduction() == Reduction.MEAN ? g.div(-shape[0]) : g.neg();
            Tensor column = each.dim() == 0 ? each.expand(shape[0], 1) : each.unsqueeze(1);
            return new Tensor[] {Tensor.zeros(g.dtype(), shape).scatterAdd(1, index, column)};
        }

        /** True for targets that one pass over the rows reads; wrong ones are refused by the gather. */
        private static boolean isBrief(Targets args, long[] shape) {
            Tensor target = args.target();
            return shape[0] > 0
                    && shape[0] <= MOST_ROWS
                    && RowPicks.areInside(shape[0], shape[1], Dispatch.operand(target, target.sizes()));
        }

        private static Tensor sum(Targets args, Tensor x) {
            Tensor target = args.target();
            Tensor out = Dispatch.emptyScalar(x.dtype());
            RowPicks.sum(
                    x.size(0),
                    Dispatch.operand(x, x.sizes()),
                    Dispatch.operand(target, target.sizes()),
                    args.divisor(),
                    Dispatch.operand(out, out.sizes()));
            Reference.reachabilityFence(x);
            Reference.reachabilityFence(target);
            Reference.reachabilityFence(out);
            return out;
        }

        private static Tensor spread(Targets args, Tensor g, long[] shape) {
            Tensor target = args.target();
            Tensor out = Tensor.zeros(g.dtype(), shape);
            RowPicks.fill(
                    shape[0],
                    Dispatch.operand(out, shape),
                    Dispatch.operand(target, target.sizes()),
                    Dispatch.operand(g, g.sizes()),
                    args.divisor());
            Reference.reachabilityFence(g);
            Reference.reachabilityFence(target);
            Reference.reachabilityFence(out);
            return out;
        }

        private static void checkTargets(Tensor x, Tensor target) {
            if (x.dim() != 2 || target.dim() != 1 || target.size(0) != x.size(0)) {
                throw Check.shape("nllLoss", "there must be one class per row of log-probabilities")
                        .operand("input", x.dtype(), x.sizes())
                        .operand("target", target.dtype(), target.sizes())
                        .hint("The input is [N, C], the target [N].")
                        .error();
            }
            if (target.dtype() != DType.INT64) {
                throw Check.dtype("nllLoss", "the target must be int64")
                        .operand("target", target.dtype(), target.sizes())
                        .hint("Convert it with to(DType.INT64).")
                        .error();
            }
        }
    }

    public static final StructuredOp<Targets> NLL_LOSS = new NllLoss();

    /** All ops of this family. */
    public static List<StructuredOp<?>> all() {
        return List.of(SOFTMAX, LOG_SOFTMAX, MSE_LOSS, NLL_LOSS);
    }

    private static Tensor reduced(Reduction reduction, Tensor values) {
        return switch (reduction) {
            case NONE -> values;
            case MEAN -> values.mean();
            case SUM -> values.sum();
        };
    }

    /** The derivative in one pass over each row, for gradients that need no graph of their own. */
    private static Tensor fusedGrad(boolean log, int dim, Tensor g, Tensor result) {
        Tensor out = Dispatch.empty(result.dtype(), result.sizes());
        Reductions.softmaxGrad(
                log,
                out.sizes(),
                Dispatch.operand(g, out.sizes()),
                Dispatch.operand(result, out.sizes()),
                dim,
                Dispatch.operand(out, out.sizes()));
        Reference.reachabilityFence(g);
        Reference.reachabilityFence(result);
        Reference.reachabilityFence(out);
        return out;
    }

    private static Tensor run(boolean log, int dim, Tensor x) {
        if (!x.isFloatingPoint()) {
            throw Check.dtype(log ? "logSoftmax" : "softmax", "the dtype must be floating point")
                    .operand("self", x.dtype(), x.sizes())
                    .hint("Convert with to(DType.FLOAT32) first.")
                    .error();
        }
        Tensor out = Dispatch.empty(x.dtype(), x.sizes());
        Reductions.softmax(log, x.sizes(), Dispatch.operand(x, x.sizes()), dim, Dispatch.operand(out, out.sizes()));
        Reference.reachabilityFence(x);
        Reference.reachabilityFence(out);
        return out;
    }
}
