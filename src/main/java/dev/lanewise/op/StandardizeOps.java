package dev.lanewise.op;

import dev.lanewise.GradMode;
import dev.lanewise.Tensor;
import dev.lanewise.VarMean;
import java.util.List;

/** Normalisation by mean and variance, which all normalisation layers share. */
public final class StandardizeOps {
    private StandardizeOps() {}

    /** The dimensions that mean and variance are taken over, what is added to the variance, and both with sizes of 1. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Statistics(int[] dims, double eps, VarMean values) {}

    static final class Standardize extends StructuredOp<Statistics> {
        Standardize() {
            super("standardize", "Difference from the mean over the root of the biased variance plus eps.");
            dtypes(DTypeRule.FLOATING);
            saves(Saves.INPUT0, Saves.OUTPUT);
            reachedBy("nn.Functional.batchNorm, instanceNorm, layerNorm and groupNorm");
            torch("");
        }

        @Override
        protected Tensor forward(Statistics args, Tensor... in) {
            return in[0].sub(args.values().mean()).mul_(scale(args.values().var(), args.eps()));
        }

        /** x̂' = s · (g - mean(g) - x̂ · mean(g · x̂)) with s = 1 / √(variance + eps). */
        @Override
        protected Tensor[] grad(Statistics args, Tensor g, Saved saved) {
            Tensor x = saved.input(0);
            Tensor out = saved.output();
            // The variance is a function of x only where the derivative itself is differentiated.
            Tensor var = GradMode.isEnabled()
                    ? x.var(args.dims(), 0, true)
                    : args.values().var();
            Tensor along = out.mul(g.mul(out).meanKeepDim(args.dims()));
            Tensor rest = g.sub(g.meanKeepDim(args.dims())).sub(along);
            return new Tensor[] {rest.mul(scale(var, args.eps()))};
        }

        private static Tensor scale(Tensor var, double eps) {
            return var.add(eps).rsqrt();
        }
    }

    private static final StructuredOp<Statistics> STANDARDIZE = new Standardize();

    /**
     * {@code (x - mean) / √(var + eps)}, where {@code values} are mean and biased variance of x over the dimensions, with
     * sizes of 1 there.
     */
    public static Tensor standardize(Tensor x, int[] dims, double eps, VarMean values) {
        return Dispatch.apply(STANDARDIZE, new Statistics(dims, eps, values), x);
    }

    /** All ops of this family. */
    public static List<StructuredOp<?>> all() {
        return List.of(STANDARDIZE);
    }
}
