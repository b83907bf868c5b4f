package dev.lanewise.nn;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import dev.lanewise.op.Dispatch;
import dev.lanewise.op.LossOps;
import dev.lanewise.op.NnOps;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;

/** The losses of {@link Functional} that compare each element of a prediction with one of a target. */
abstract class Losses extends SamplingFunctions {
    private static final AtomicBoolean TOLD_OF_SHAPES = new AtomicBoolean();

    Losses() {}

    // ------------------------------------------------------------------ distances

    /** The mean of {@code (x - y)²}; see {@link #mseLoss(Tensor, Tensor, Reduction)}. */
    public static Tensor mseLoss(Tensor input, Tensor target) {
        return mseLoss(input, target, Reduction.MEAN);
    }

    /**
     * {@code (x - y)²} of each element, reduced.
     *
     * <p>Floating point. Sizes that differ are broadcast, as PyTorch does, and told once on standard error, since that is
     * hardly ever meant.
     */
    public static Tensor mseLoss(Tensor input, Tensor target, Reduction reduction) {
        compare("mseLoss", input, target);
        return Dispatch.apply(NnOps.MSE_LOSS, combined("mseLoss", reduction), input, target);
    }

    /** The mean of {@code |x - y|}; see {@link #l1Loss(Tensor, Tensor, Reduction)}. */
    public static Tensor l1Loss(Tensor input, Tensor target) {
        return l1Loss(input, target, Reduction.MEAN);
    }

    /** {@code |x - y|} of each element, reduced; sizes as in {@link #mseLoss(Tensor, Tensor, Reduction)}. */
    public static Tensor l1Loss(Tensor input, Tensor target, Reduction reduction) {
        compare("l1Loss", input, target);
        return reduced("l1Loss", reduction, input.sub(target).abs());
    }

    /** The mean with beta 1; see {@link #smoothL1Loss(Tensor, Tensor, Reduction, double)}. */
    public static Tensor smoothL1Loss(Tensor input, Tensor target) {
        return smoothL1Loss(input, target, Reduction.MEAN, 1);
    }

    /**
     * With {@code d = |x - y|}, {@code d² / (2 beta)} where d is below beta and {@code d - beta / 2} elsewhere, reduced.
     *
     * <p>Sizes as in {@link #mseLoss(Tensor, Tensor, Reduction)}. Beta is not below 0; 0 is {@link #l1Loss}. Source:
     * Girshick, "Fast R-CNN", 2015.
     */
    public static Tensor smoothL1Loss(Tensor input, Tensor target, Reduction reduction, double beta) {
        if (!(beta >= 0)) {
            throw Check.argument("smoothL1Loss", "beta must not be below 0")
                    .got(beta)
                    .error();
        }
        compare("smoothL1Loss", input, target);
        Tensor difference = input.sub(target);
        return reduced(
                "smoothL1Loss",
                reduction,
                beta == 0 ? difference.abs() : Dispatch.apply(LossOps.SMOOTH_L1, difference, beta));
    }

    /** The mean with delta 1; see {@link #huberLoss(Tensor, Tensor, Reduction, double)}. */
    public static Tensor huberLoss(Tensor input, Tensor target) {
        return huberLoss(input, target, Reduction.MEAN, 1);
    }

    /**
     * With {@code d = |x - y|}, {@code d² / 2} where d is below delta and {@code delta · (d - delta / 2)} elsewhere, reduced.
     *
     * <p>Sizes as in {@link #mseLoss(Tensor, Tensor, Reduction)}. Delta is above 0. Source: Huber, "Robust Estimation of a
     * Location Parameter", 1964.
     */
    public static Tensor huberLoss(Tensor input, Tensor target, Reduction reduction, double delta) {
        if (!(delta > 0)) {
            throw Check.argument("huberLoss", "delta must be above 0")
                    .got(delta)
                    .error();
        }
        compare("huberLoss", input, target);
        return reduced("huberLoss", reduction, Dispatch.apply(LossOps.HUBER, input.sub(target), delta));
    }

    // ------------------------------------------------------------------ probabilities

    /** The mean; see {@link #binaryCrossEntropy(Tensor, Tensor, Tensor, Reduction)}. */
    public static Tensor binaryCrossEntropy(Tensor input, Tensor target) {
        return binaryCrossEntropy(input, target, null, Reduction.MEAN);
    }

    /**
     * {@code -w · (y ln x + (1 - y) ln(1 - x))} of each element, reduced.
     *
     * <p>Input and target have the same sizes; the input is from 0 to 1. The weight w is broadcast to them, or null for 1.
     * Logarithms end at -100, so that the loss is finite.
     */
    public static Tensor binaryCrossEntropy(Tensor input, Tensor target, Tensor weight, Reduction reduction) {
        String op = "binaryCrossEntropy";
        checkSameSizes(op, input, target);
        if (!input.isFloatingPoint() || input.dtype() != target.dtype()) {
            throw withTarget(Check.dtype(op, "input and target must have one floating-point dtype"), input, target)
                    .error();
        }
        Tensor inside = input.detach().ge(0).mul(input.detach().le(1));
        if (inside.all().item() == 0) {
            throw Check.argument(op, "every probability must be between 0 and 1")
                    .operand("input", input.dtype(), input.sizes())
                    .hint("Apply sigmoid first, or use binaryCrossEntropyWithLogits.")
                    .error();
        }
        Tensor values = Dispatch.apply(LossOps.BINARY_CROSS_ENTROPY, input, target);
        return reduced(op, reduction, weight == null ? values : values.mul(weight));
    }

    /** The mean; see {@link #binaryCrossEntropyWithLogits(Tensor, Tensor, Tensor, Reduction, Tensor)}. */
    public static Tensor binaryCrossEntropyWithLogits(Tensor input, Tensor target) {
        return binaryCrossEntropyWithLogits(input, target, null, Reduction.MEAN, null);
    }

    /**
     * {@code -w · (p · y ln σ(x) + (1 - y) ln(1 - σ(x)))} of each element, reduced, with σ the sigmoid; without overflow.
     *
     * <p>Input and target have the same sizes. The weight w and the weight p of the positive targets are broadcast to them,
     * or null for 1.
     */
    public static Tensor binaryCrossEntropyWithLogits(
            Tensor input, Tensor target, Tensor weight, Reduction reduction, Tensor posWeight) {
        String op = "binaryCrossEntropyWithLogits";
        checkSameSizes(op, input, target);
        if (!input.isFloatingPoint() || !target.isFloatingPoint()) {
            throw withTarget(Check.dtype(op, "input and target must be floating point"), input, target)
                    .hint("Convert the target with to(input.dtype()).")
                    .error();
        }
        Tensor values = posWeight == null
                ? Dispatch.apply(LossOps.BINARY_CROSS_ENTROPY_WITH_LOGITS, input, target)
                : target.rsub(1)
                        .mul(input)
                        .sub(posWeight.sub(1).mul(target).add(1).mul(Activations.logsigmoid(input)));
        return reduced(op, reduction, weight == null ? values : values.mul(weight));
    }

    /** The mean over all elements; see {@link #klDiv(Tensor, Tensor, Reduction, boolean)}. */
    public static Tensor klDiv(Tensor input, Tensor target) {
        return klDiv(input, target, Reduction.MEAN, false);
    }

    /**
     * {@code y · (ln y - x)} of each element, reduced: the divergence of the target from a distribution of log-probability x.
     *
     * <p>If {@code logTarget}, the target is ln y too. {@link Reduction#BATCHMEAN} is the divergence as it is defined,
     * averaged over the first dimension. Sizes are broadcast. Source: Kullback and Leibler, "On Information and Sufficiency",
     * 1951.
     */
    public static Tensor klDiv(Tensor input, Tensor target, Reduction reduction, boolean logTarget) {
        Tensor values = logTarget
                ? target.exp().mul(target.sub(input))
                : timesItsLog(target).sub(target.mul(input));
        if (reduction == Reduction.BATCHMEAN) {
            return input.dim() == 0 ? values.sum() : values.sum().div(input.size(0));
        }
        return reduced("klDiv", reduction, values);
    }

    private static Tensor timesItsLog(Tensor y) {
        Tensor product = y.mul(y.log());
        return Tensor.where(y.eq(0), Tensor.scalar(product.dtype(), 0), product);
    }

    /** The mean, of the logarithm of the rate; see {@link #poissonNllLoss(Tensor, Tensor, boolean, boolean, double, Reduction)}. */
    public static Tensor poissonNllLoss(Tensor input, Tensor target) {
        return poissonNllLoss(input, target, true, false, 1e-8, Reduction.MEAN);
    }

    /**
     * {@code e^x - y · x} if {@code logInput}, else {@code x - y · ln(x + eps)}, reduced: the negative log-likelihood of counts
     * y of a Poisson distribution.
     *
     * <p>If {@code full}, Stirling's {@code y ln y - y + ln(2π y) / 2} is added where y is above 1.
     */
    public static Tensor poissonNllLoss(
            Tensor input, Tensor target, boolean logInput, boolean full, double eps, Reduction reduction) {
        Tensor values = logInput
                ? input.exp().sub(target.mul(input))
                : input.sub(target.mul(input.add(eps).log()));
        if (full) {
            Tensor stirling = target.mul(target.log())
                    .sub(target)
                    .add(target.mul(2 * Math.PI).log().mul(0.5));
            values = values.add(Tensor.where(target.le(1), Tensor.scalar(stirling.dtype(), 0), stirling));
        }
        return reduced("poissonNllLoss", reduction, values);
    }

    /** The mean; see {@link #gaussianNllLoss(Tensor, Tensor, Tensor, boolean, double, Reduction)}. */
    public static Tensor gaussianNllLoss(Tensor input, Tensor target, Tensor variance) {
        return gaussianNllLoss(input, target, variance, false, 1e-6, Reduction.MEAN);
    }

    /**
     * {@code (ln v + (x - y)² / v) / 2} of each element, reduced: the negative log-likelihood of y under a normal distribution
     * of mean x and variance v.
     *
     * <p>The variance has the sizes of the input, or lacks its last dimension, or has 1 there; it is not below 0 and raised to
     * eps, which its gradient does not see. If {@code full}, {@code ln(2π) / 2} is added.
     */
    public static Tensor gaussianNllLoss(
            Tensor input, Tensor target, Tensor variance, boolean full, double eps, Reduction reduction) {
        Tensor v = raised(spread(input, variance), eps);
        Tensor values = v.log().add(input.sub(target).square().div(v)).mul(0.5);
        return reduced("gaussianNllLoss", reduction, full ? values.add(0.5 * Math.log(2 * Math.PI)) : values);
    }

    /** The variance with as many dimensions as the input. */
    private static Tensor spread(Tensor input, Tensor variance) {
        long[] sizes = input.sizes();
        long[] own = variance.sizes();
        long[] shorter = Arrays.copyOf(sizes, Math.max(0, sizes.length - 1));
        boolean same = Arrays.equals(sizes, own);
        boolean without = sizes.length > 0 && Arrays.equals(shorter, own);
        boolean one = sizes.length > 0
                && own.length == sizes.length
                && own[own.length - 1] == 1
                && Arrays.equals(shorter, Arrays.copyOf(own, own.length - 1));
        if (!same && !without && !one) {
            throw Check.shape("gaussianNllLoss", "the variance must have the sizes of the input, but for the last")
                    .operand("input", input.dtype(), sizes)
                    .operand("variance", variance.dtype(), own)
                    .error();
        }
        if (variance.detach().lt(0).any().item() != 0) {
            throw Check.argument("gaussianNllLoss", "no variance must be below 0")
                    .operand("variance", variance.dtype(), own)
                    .error();
        }
        return same || !without ? variance : variance.unsqueeze(-1);
    }

    /** Each element, or a least value, whose gradient passes all the same. */
    static Tensor raised(Tensor x, double least) {
        Tensor plain = x.detach();
        return Tensor.where(plain.lt(least), x.sub(plain).add(least), x);
    }

    // ------------------------------------------------------------------ signs

    /** The mean; see {@link #softMarginLoss(Tensor, Tensor, Reduction)}. */
    public static Tensor softMarginLoss(Tensor input, Tensor target) {
        return softMarginLoss(input, target, Reduction.MEAN);
    }

    /** {@code ln(1 + e^(-y x))} of each element, reduced; targets y are 1 or -1. Sizes are broadcast. */
    public static Tensor softMarginLoss(Tensor input, Tensor target, Reduction reduction) {
        return reduced(
                "softMarginLoss",
                reduction,
                Activations.logsigmoid(input.mul(target)).neg());
    }

    /** The mean with margin 1; see {@link #hingeEmbeddingLoss(Tensor, Tensor, double, Reduction)}. */
    public static Tensor hingeEmbeddingLoss(Tensor input, Tensor target) {
        return hingeEmbeddingLoss(input, target, 1, Reduction.MEAN);
    }

    /** x where the target is 1, {@code max(0, margin - x)} where it is -1, reduced. Sizes are broadcast. */
    public static Tensor hingeEmbeddingLoss(Tensor input, Tensor target, double margin, Reduction reduction) {
        Tensor zero = Tensor.scalar(input.dtype(), 0);
        Tensor far = Tensor.where(target.ne(1), input.rsub(margin).clampMin(0), zero);
        return reduced("hingeEmbeddingLoss", reduction, far.add(Tensor.where(target.ne(-1), input, zero)));
    }

    // ------------------------------------------------------------------ shared

    /** Combines the values of the elements. */
    static Tensor reduced(String op, Reduction reduction, Tensor values) {
        return switch (combined(op, reduction)) {
            case NONE -> values;
            case MEAN -> values.mean();
            case SUM -> values.sum();
        };
    }

    static NnOps.Reduction combined(String op, Reduction reduction) {
        return switch (reduction) {
            case NONE -> NnOps.Reduction.NONE;
            case MEAN -> NnOps.Reduction.MEAN;
            case SUM -> NnOps.Reduction.SUM;
            case BATCHMEAN ->
                throw Check.argument(op, "only klDiv takes the reduction BATCHMEAN")
                        .hint("Use MEAN.")
                        .error();
        };
    }

    private static void compare(String op, Tensor input, Tensor target) {
        if (!Arrays.equals(input.sizes(), target.sizes()) && !TOLD_OF_SHAPES.getAndSet(true)) {
            System.err.println("lanewise: " + op + ": input " + Arrays.toString(input.sizes()) + " and target "
                    + Arrays.toString(target.sizes())
                    + " differ and are broadcast, which is hardly ever meant; reshape one of them.");
        }
    }

    /** Refuses an input and a target of different sizes. */
    static void checkSameSizes(String op, Tensor input, Tensor target) {
        if (!Arrays.equals(input.sizes(), target.sizes())) {
            throw withTarget(Check.shape(op, "input and target must have the same sizes"), input, target)
                    .error();
        }
    }

    /** Refuses a target that is not INT64; UINT8 is converted. */
    static Tensor labels(String op, Tensor target) {
        if (target.dtype() != DType.INT64 && target.dtype() != DType.UINT8) {
            throw Check.dtype(op, "the target must be int64")
                    .operand("target", target.dtype(), target.sizes())
                    .hint("Convert it with to(DType.INT64).")
                    .error();
        }
        return target.to(DType.INT64);
    }

    static <E extends RuntimeException> Check<E> withTarget(Check<E> check, Tensor input, Tensor target) {
        return check.operand("input", input.dtype(), input.sizes()).operand("target", target.dtype(), target.sizes());
    }
}
