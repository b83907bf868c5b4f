package dev.lanewise.nn;

import dev.lanewise.Linalg;
import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import java.util.List;
import java.util.function.BinaryOperator;

/** The losses of {@link Functional} that compare two or three predictions with each other, and their distances. */
abstract class PairLosses extends Losses {
    PairLosses() {}

    // ------------------------------------------------------------------ distances

    /** Along dimension 1; see {@link #cosineSimilarity(Tensor, Tensor, int, double)}. */
    public static Tensor cosineSimilarity(Tensor x1, Tensor x2) {
        return cosineSimilarity(x1, x2, 1, 1e-8);
    }

    /**
     * {@code Σ x₁ x₂ / (max(‖x₁‖, eps) · max(‖x₂‖, eps))} along a dimension, which is dropped.
     *
     * <p>Floating point; sizes are broadcast. The gradient does not see that norms are raised to eps.
     */
    public static Tensor cosineSimilarity(Tensor x1, Tensor x2, int dim, double eps) {
        if (!x1.isFloatingPoint() && !x2.isFloatingPoint()) {
            throw Check.dtype("cosineSimilarity", "one of the inputs must be floating point")
                    .operand("x1", x1.dtype(), x1.sizes())
                    .operand("x2", x2.dtype(), x2.sizes())
                    .hint("Convert with to(DType.FLOAT32) first.")
                    .error();
        }
        List<Tensor> both = Tensor.broadcastTensors(x1, x2);
        return unit(both.get(0), dim, eps).mul(unit(both.get(1), dim, eps)).sum(dim);
    }

    private static Tensor unit(Tensor x, int dim, double eps) {
        return x.div(raised(Linalg.vectorNorm(x, 2, new int[] {dim}, true, null), eps));
    }

    /** With p 2; see {@link #pairwiseDistance(Tensor, Tensor, double, double, boolean)}. */
    public static Tensor pairwiseDistance(Tensor x1, Tensor x2) {
        return pairwiseDistance(x1, x2, 2, 1e-6, false);
    }

    /**
     * {@code (Σ |x₁ - x₂ + eps|^p)^(1/p)} along the last dimension, which is dropped, or stays with size 1.
     *
     * <p>Floating point; sizes are broadcast.
     */
    public static Tensor pairwiseDistance(Tensor x1, Tensor x2, double p, double eps, boolean keepDim) {
        return Linalg.vectorNorm(x1.sub(x2).add(eps), p, new int[] {-1}, keepDim, null);
    }

    // ------------------------------------------------------------------ losses

    /** The mean with margin 0; see {@link #marginRankingLoss(Tensor, Tensor, Tensor, double, Reduction)}. */
    public static Tensor marginRankingLoss(Tensor input1, Tensor input2, Tensor target) {
        return marginRankingLoss(input1, input2, target, 0, Reduction.MEAN);
    }

    /**
     * {@code max(0, -y · (x₁ - x₂) + margin)} of each element, reduced.
     *
     * <p>The target y is 1 where the first input should be above the second, else -1. All have as many dimensions; sizes are
     * broadcast.
     */
    public static Tensor marginRankingLoss(
            Tensor input1, Tensor input2, Tensor target, double margin, Reduction reduction) {
        checkDims("marginRankingLoss", input1, input2, "target", target);
        Tensor values = target.neg().mul(input1.sub(input2)).add(margin).clampMin(0);
        return reduced("marginRankingLoss", reduction, values);
    }

    /** The mean with margin 0; see {@link #cosineEmbeddingLoss(Tensor, Tensor, Tensor, double, Reduction)}. */
    public static Tensor cosineEmbeddingLoss(Tensor input1, Tensor input2, Tensor target) {
        return cosineEmbeddingLoss(input1, input2, target, 0, Reduction.MEAN);
    }

    /**
     * With c the cosine of the angle between two vectors, {@code 1 - c} where the target is 1 and {@code max(0, c - margin)} where
     * it is -1, reduced.
     *
     * <p>Inputs {@code [N, D]} and target {@code [N]}, or {@code [D]} and 0-d.
     */
    public static Tensor cosineEmbeddingLoss(
            Tensor input1, Tensor input2, Tensor target, double margin, Reduction reduction) {
        boolean fits = target.dim() <= 1 && input1.dim() == target.dim() + 1 && input2.dim() == target.dim() + 1;
        if (!fits) {
            throw Check.shape("cosineEmbeddingLoss", "inputs must be [N, D] and the target [N], or [D] and 0-d")
                    .operand("input1", input1.dtype(), input1.sizes())
                    .operand("input2", input2.dtype(), input2.sizes())
                    .operand("target", target.dtype(), target.sizes())
                    .error();
        }
        Tensor squares1 = input1.square().sum(-1).add(1e-12);
        Tensor squares2 = input2.square().sum(-1).add(1e-12);
        Tensor cosine = input1.mul(input2).sum(-1).div(squares1.mul(squares2).sqrt());
        Tensor zero = Tensor.scalar(cosine.dtype(), 0);
        Tensor near = Tensor.where(target.eq(1), cosine.rsub(1), zero);
        Tensor far = Tensor.where(target.eq(-1), cosine.sub(margin).clampMin(0), zero);
        return reduced("cosineEmbeddingLoss", reduction, near.add(far));
    }

    /** The mean with margin 1 and p 2; see the form with all parameters. */
    public static Tensor tripletMarginLoss(Tensor anchor, Tensor positive, Tensor negative) {
        return tripletMarginLoss(anchor, positive, negative, 1, 2, 1e-6, false, Reduction.MEAN);
    }

    /**
     * {@code max(0, d(a, p) - d(a, n) + margin)} of each vector, reduced, with d the {@link #pairwiseDistance}.
     *
     * <p>If {@code swap}, the negative's distance from the positive counts where it is the smaller. All have as many
     * dimensions, the last one the vectors'. Source: Balntas et al., "Learning local feature descriptors with triplets and
     * shallow convolutional neural networks", 2016.
     */
    public static Tensor tripletMarginLoss(
            Tensor anchor,
            Tensor positive,
            Tensor negative,
            double margin,
            double p,
            double eps,
            boolean swap,
            Reduction reduction) {
        checkDims("tripletMarginLoss", anchor, positive, "negative", negative);
        Tensor near = pairwiseDistance(anchor, positive, p, eps, false);
        Tensor far = pairwiseDistance(anchor, negative, p, eps, false);
        if (swap) {
            far = far.minimum(pairwiseDistance(positive, negative, p, eps, false));
        }
        return reduced("tripletMarginLoss", reduction, near.sub(far).add(margin).clampMin(0));
    }

    /**
     * As {@link #tripletMarginLoss(Tensor, Tensor, Tensor, double, double, double, boolean, Reduction)} with any distance of
     * two tensors.
     */
    public static Tensor tripletMarginWithDistanceLoss(
            Tensor anchor,
            Tensor positive,
            Tensor negative,
            BinaryOperator<Tensor> distance,
            double margin,
            boolean swap,
            Reduction reduction) {
        Tensor near = distance.apply(anchor, positive);
        Tensor far = distance.apply(anchor, negative);
        if (swap) {
            far = far.minimum(distance.apply(positive, negative));
        }
        return reduced(
                "tripletMarginWithDistanceLoss",
                reduction,
                near.sub(far).add(margin).clampMin(0));
    }

    private static void checkDims(String op, Tensor first, Tensor second, String name, Tensor third) {
        if (first.dim() != second.dim() || first.dim() != third.dim()) {
            throw Check.shape(op, "all inputs must have the same number of dimensions")
                    .operand("first", first.dtype(), first.sizes())
                    .operand("second", second.dtype(), second.sizes())
                    .operand(name, third.dtype(), third.sizes())
                    .error();
        }
    }
}
