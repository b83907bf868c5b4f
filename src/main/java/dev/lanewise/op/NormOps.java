package dev.lanewise.op;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import dev.lanewise.internal.simd.FoldOps;
import dev.lanewise.internal.simd.LaneReduce;
import java.util.List;

/** The norms of vectors. */
public final class NormOps {
    private NormOps() {}

    /**
     * Which norm.
     *
     * @param p the order; any number, infinities included
     */
    public record Norm(ReduceOp.Args over, double p) {}

    static final class VectorNorm extends StructuredOp<Norm> {
        VectorNorm() {
            super("norm", "Norm (Σ |x|^p)^(1/p) along dimensions; p = 0 counts, p = ±Infinity is the extreme of |x|.");
            dtypes(DTypeRule.FLOATING);
            saves(Saves.INPUT0, Saves.OUTPUT);
        }

        @Override
        protected Tensor forward(Norm norm, Tensor... in) {
            Tensor x = in[0];
            StatisticsOps.checkFloating(name(), x);
            ReduceOp.Args over = norm.over();
            double p = norm.p();
            if ((p < 0 || p == Double.POSITIVE_INFINITY) && ReduceOp.count(over, x.sizes()) == 0) {
                throw Check.shape(name(), "there must be an element for this order")
                        .expected("an order in [0, Infinity)")
                        .got(p)
                        .operand("self", x.dtype(), x.sizes())
                        .hint("Name a dimension whose size is not 0.")
                        .error();
            }
            // Powers of half-precision numbers could overflow where the norm does not.
            DType wide = x.dtype().isHalf() ? DType.FLOAT32 : x.dtype();
            LaneReduce fold = fold(p);
            if (fold == null) {
                Tensor sum = Dispatch.converted(x, wide).abs().pow(p).sum(over.keepDim(), over.dims());
                return Dispatch.converted(sum.pow(1 / p), x.dtype());
            }
            Tensor folded = ReduceOp.reduce(fold, over, x, wide);
            return Dispatch.converted(p == 2 ? folded.sqrt_() : folded, x.dtype());
        }

        /** What one pass combines for an order; null for those whose powers take a function. */
        private static LaneReduce fold(double p) {
            if (p == 0) {
                return FoldOps.NONZEROS;
            } else if (p == 1) {
                return FoldOps.ABSOLUTES;
            } else if (p == 2) {
                return FoldOps.SQUARES;
            } else if (Double.isInfinite(p)) {
                return p > 0 ? FoldOps.LARGEST_ABSOLUTE : FoldOps.SMALLEST_ABSOLUTE;
            }
            return null;
        }

        @Override
        protected Tensor[] grad(Norm norm, Tensor g, Saved saved) {
            Tensor x = saved.input(0);
            Tensor out = ReduceOp.kept(norm.over(), saved.output(), saved.shape(0));
            Tensor kept = ReduceOp.kept(norm.over(), g, saved.shape(0));
            return new Tensor[] {ofInput(x, out, kept, norm)};
        }

        /** By cases, so that the gradient at 0 is a subgradient and nothing overflows needlessly. */
        private static Tensor ofInput(Tensor x, Tensor out, Tensor g, Norm norm) {
            double p = norm.p();
            if (p == 0) {
                return Tensor.zerosLike(x);
            } else if (p == 1) {
                return x.sign().mul(g);
            } else if (p == 2) {
                return g.mul(StatisticsOps.zeroWhere(out.eq(0), x.div(out)));
            } else if (Double.isInfinite(p)) {
                Tensor chosen = x.abs().eq(out).add(x.ne(x)).to(x.dtype());
                return x.sign().mul(g.div(chosen.sumKeepDim(norm.over().dims())).mul(chosen));
            } else if (p < 1) {
                Tensor scaled =
                        x.sign().mul(StatisticsOps.zeroWhere(x.eq(0), x.abs().pow(p - 1)));
                return scaled.mul(g).mul(out.pow(1 - p));
            }
            Tensor scaled =
                    p < 2 ? x.sign().mul(x.abs().pow(p - 1)) : x.mul(x.abs().pow(p - 2));
            return scaled.mul(StatisticsOps.zeroWhere(out.eq(0), g.div(out.pow(p - 1))));
        }

        @Override
        public String gradName() {
            return "NormBackward1";
        }
    }

    public static final StructuredOp<Norm> NORM = new VectorNorm();

    /** Refuses what cannot be scaled. */
    public static void checkRenorm(Tensor x, Number p, Number most) {
        if (x.dim() < 2) {
            throw Check.shape("renorm", "self must have at least two dimensions")
                    .operand("self", x.dtype(), x.sizes())
                    .error();
        }
        if (!(p.doubleValue() > 0) || !(most.doubleValue() >= 0)) {
            throw Check.argument("renorm", "p must be above 0 and maxnorm not below")
                    .got("p = " + p + ", maxnorm = " + most)
                    .error();
        }
        StatisticsOps.checkFloating("renorm", x);
    }

    /** All ops of this family. */
    public static List<StructuredOp<?>> all() {
        return List.of(NORM);
    }

    /** The functions made of the norm. */
    public static List<Composite> composites() {
        return List.of(
                new Composite("vectorNorm", "torch.linalg.vector_norm", "Norm of vectors along dimensions."),
                new Composite("dist", "torch.dist", "Norm of the difference of two tensors."),
                new Composite("renorm", "torch.renorm", "Slices scaled down to a largest norm."));
    }
}
