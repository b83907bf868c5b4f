package dev.lanewise.nn;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import dev.lanewise.op.Dispatch;
import dev.lanewise.op.MatmulOps;
import dev.lanewise.op.NnOps;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What the modules compute, as functions without state.
 *
 * <p>Source: PyTorch's {@code torch.nn.functional}.
 */
public final class Functional {
    private static final AtomicBoolean TOLD_OF_SHAPES = new AtomicBoolean();

    private Functional() {}

    /**
     * {@code y = x·Wᵀ + b}.
     *
     * <p>Input {@code [..., in]}, weight {@code [out, in]}, bias {@code [out]} or null, all of one dtype; the result is
     * {@code [..., out]}.
     */
    public static Tensor linear(Tensor input, Tensor weight, Tensor bias) {
        checkLinear(input, weight, bias);
        if (input.dim() == 2) {
            return rows(input, weight, bias);
        }
        long[] shape = input.shape().toArray();
        long features = shape[shape.length - 1];
        shape[shape.length - 1] = 1;
        Tensor flat = rows(input.reshape(Arrays.stream(shape).reduce(1, (a, b) -> a * b), features), weight, bias);
        shape[shape.length - 1] = weight.size(0);
        return flat.reshape(shape);
    }

    private static Tensor rows(Tensor x, Tensor weight, Tensor bias) {
        return bias == null
                ? Dispatch.apply(MatmulOps.LINEAR, null, x, weight)
                : Dispatch.apply(MatmulOps.LINEAR, null, x, weight, bias);
    }

    private static void checkLinear(Tensor input, Tensor weight, Tensor bias) {
        boolean fits = input.dim() > 0 && weight.dim() == 2 && input.size(-1) == weight.size(1);
        if (!fits || (bias != null && (bias.dim() != 1 || bias.size(0) != weight.size(0)))) {
            throw withOperands(
                            Check.shape("linear", "the input must be [..., in], the weight [out, in], the bias [out]"),
                            input,
                            weight,
                            bias)
                    .error();
        }
        if (input.dtype() != weight.dtype() || (bias != null && bias.dtype() != weight.dtype())) {
            throw withOperands(Check.dtype("linear", "input, weight and bias must have one dtype"), input, weight, bias)
                    .hint("Convert the input with to(DType." + weight.dtype().name() + ").")
                    .error();
        }
    }

    private static <E extends RuntimeException> Check<E> withOperands(
            Check<E> check, Tensor input, Tensor weight, Tensor bias) {
        check.operand("input", input.dtype(), input.shape().toArray())
                .operand("weight", weight.dtype(), weight.shape().toArray());
        return bias == null
                ? check
                : check.operand("bias", bias.dtype(), bias.shape().toArray());
    }

    /**
     * Sets each element to zero with probability {@code p} and divides the others by {@code 1 - p}, if {@code training}.
     *
     * <p>Draws 53 bits per element from the default generator, in the order of memory; nothing if {@code p} is 0 or 1.
     * Returns the input itself if nothing is to be done.
     */
    public static Tensor dropout(Tensor input, double p, boolean training) {
        return Noise.dropout(input, p, training);
    }

    /**
     * Sets whole channels of a {@code [N, C, L]} or {@code [C, L]} input to zero with probability {@code p} and divides the
     * others by {@code 1 - p}, if {@code training}.
     */
    public static Tensor dropout1d(Tensor input, double p, boolean training) {
        return input.dim() == 2
                ? Noise.features("dropout1d", input.unsqueeze(0), p, training).squeeze(0)
                : Noise.features("dropout1d", input, p, training);
    }

    /** Sets whole channels of a {@code [N, C, H, W]} input to zero, as {@link #dropout1d} does. */
    public static Tensor dropout2d(Tensor input, double p, boolean training) {
        return Noise.features("dropout2d", input, p, training);
    }

    /** Sets whole channels of a {@code [N, C, D, H, W]} or {@code [C, D, H, W]} input to zero, as {@link #dropout1d} does. */
    public static Tensor dropout3d(Tensor input, double p, boolean training) {
        return input.dim() == 4
                ? Noise.features("dropout3d", input.unsqueeze(0), p, training).squeeze(0)
                : Noise.features("dropout3d", input, p, training);
    }

    /**
     * Sets each element to the negative saturation of SELU with probability {@code p}, then scales and shifts all so that
     * mean 0 and variance 1 are kept, if {@code training}.
     *
     * <p>Source: G. Klambauer et al., "Self-normalizing neural networks", 2017.
     */
    public static Tensor alphaDropout(Tensor input, double p, boolean training) {
        return Noise.alpha(input, p, training, false);
    }

    /** Does what {@link #alphaDropout} does to whole channels of a {@code [N, C, ...]} input. */
    public static Tensor featureAlphaDropout(Tensor input, double p, boolean training) {
        return Noise.alpha(input, p, training, true);
    }

    /**
     * Multiplies each element that is not positive by a slope: drawn uniformly from {@code [lower, upper)} if
     * {@code training}, the middle of the two otherwise.
     */
    public static Tensor rrelu(Tensor input, double lower, double upper, boolean training) {
        return Noise.rrelu(input, lower, upper, training);
    }

    /** See {@link #gumbelSoftmax(Tensor, double, boolean, int)}: not hard, along the last dimension. */
    public static Tensor gumbelSoftmax(Tensor logits, double temperature) {
        return gumbelSoftmax(logits, temperature, false, -1);
    }

    /**
     * Draws a nearly one-hot vector along a dimension: the softmax of {@code (x + g) / temperature} with Gumbel noise g.
     *
     * <p>If {@code hard}, the result is one-hot and its derivative that of the softmax. Source: E. Jang et al., "Categorical
     * reparameterization with Gumbel-softmax", 2016.
     */
    public static Tensor gumbelSoftmax(Tensor logits, double temperature, boolean hard, int dim) {
        return Noise.gumbelSoftmax(logits, temperature, hard, dim);
    }

    static void checkDropout(double p) {
        if (!(p >= 0 && p <= 1)) {
            throw Check.argument("dropout", "the probability must be between 0 and 1")
                    .got(p)
                    .error();
        }
    }

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
        return Dispatch.apply(NnOps.MSE_LOSS, combined(reduction), input, target);
    }

    /** The mean of {@code |x - y|}; see {@link #l1Loss(Tensor, Tensor, Reduction)}. */
    public static Tensor l1Loss(Tensor input, Tensor target) {
        return l1Loss(input, target, Reduction.MEAN);
    }

    /** {@code |x - y|} of each element, reduced; sizes as in {@link #mseLoss(Tensor, Tensor, Reduction)}. */
    public static Tensor l1Loss(Tensor input, Tensor target, Reduction reduction) {
        compare("l1Loss", input, target);
        Tensor values = input.sub(target).abs();
        return switch (reduction) {
            case NONE -> values;
            case MEAN -> values.mean();
            case SUM -> values.sum();
        };
    }

    /** The mean of {@code -x[n, y[n]]}; see {@link #nllLoss(Tensor, Tensor, Reduction)}. */
    public static Tensor nllLoss(Tensor input, Tensor target) {
        return nllLoss(input, target, Reduction.MEAN);
    }

    /**
     * {@code -x[n, y[n]]} for each sample n, reduced: the negative log-probability of its class.
     *
     * <p>Input {@code [N, C]}, target INT64 {@code [N]} from 0 to C - 1. Also {@code [C]} with a 0-d target, and
     * {@code [N, C, d1, ...]} with {@code [N, d1, ...]}.
     */
    public static Tensor nllLoss(Tensor input, Tensor target, Reduction reduction) {
        checkClasses("nllLoss", input, target);
        return classLoss(input, target, reduction);
    }

    private static Tensor classLoss(Tensor input, Tensor target, Reduction reduction) {
        int rank = input.dim();
        if (rank == 2) {
            return rowLoss(input, target, reduction);
        }
        if (rank == 1) {
            Tensor loss = rowLoss(input.unsqueeze(0), target.reshape(1), reduction);
            return reduction == Reduction.NONE ? loss.squeeze(0) : loss;
        }
        int[] classesLast = new int[rank];
        for (int d = 1; d < rank; d++) {
            classesLast[d] = d == rank - 1 ? 1 : d + 1;
        }
        Tensor rows = input.permute(classesLast).reshape(target.numel(), input.size(1));
        Tensor loss = rowLoss(rows, target.flatten(), reduction);
        return reduction == Reduction.NONE ? loss.reshape(target.shape().toArray()) : loss;
    }

    private static Tensor rowLoss(Tensor input, Tensor target, Reduction reduction) {
        return Dispatch.apply(NnOps.NLL_LOSS, new NnOps.Targets(target, combined(reduction)), input);
    }

    /** The mean cross entropy; see {@link #crossEntropy(Tensor, Tensor, Reduction)}. */
    public static Tensor crossEntropy(Tensor input, Tensor target) {
        return crossEntropy(input, target, Reduction.MEAN);
    }

    /**
     * {@code -log(e^x[n, y[n]] / Σ_c e^x[n, c])} for each sample n, reduced: {@link Tensor#logSoftmax(int)}, then
     * {@link #nllLoss(Tensor, Tensor, Reduction)}, whose shapes it takes.
     */
    public static Tensor crossEntropy(Tensor input, Tensor target, Reduction reduction) {
        checkClasses("crossEntropy", input, target);
        return classLoss(input.logSoftmax(input.dim() == 1 ? 0 : 1), target, reduction);
    }

    private static void checkClasses(String op, Tensor input, Tensor target) {
        int classDim = input.dim() == 1 ? 0 : 1;
        boolean fits = input.dim() > 0 && target.dim() == input.dim() - 1;
        for (int d = 0; fits && d < target.dim(); d++) {
            fits = target.size(d) == input.size(d < classDim ? d : d + 1);
        }
        if (!fits) {
            throw Check.shape(op, "there must be one class per row of the input")
                    .operand("input", input.dtype(), input.shape().toArray())
                    .operand("target", target.dtype(), target.shape().toArray())
                    .hint("The input is [N, C], the target [N].")
                    .error();
        }
        if (target.dtype() != DType.INT64) {
            throw Check.dtype(op, "the target must be int64")
                    .operand("target", target.dtype(), target.shape().toArray())
                    .hint("Convert it with to(DType.INT64).")
                    .error();
        }
        checkRange(op, input.size(classDim), target);
    }

    private static void checkRange(String op, long classes, Tensor target) {
        for (long label : target.toLongArray()) {
            if (label < 0 || label >= classes) {
                throw Check.index(op, "every class must be one of the input's")
                        .expected("0 to " + (classes - 1))
                        .got(label)
                        .operand("target", target.dtype(), target.shape().toArray())
                        .error();
            }
        }
    }

    private static void compare(String op, Tensor input, Tensor target) {
        if (!Arrays.equals(input.sizes(), target.sizes()) && !TOLD_OF_SHAPES.getAndSet(true)) {
            System.err.println("lanewise: " + op + ": input " + input.shape() + " and target " + target.shape()
                    + " differ and are broadcast, which is hardly ever meant; reshape one of them.");
        }
    }

    private static NnOps.Reduction combined(Reduction reduction) {
        return switch (reduction) {
            case NONE -> NnOps.Reduction.NONE;
            case MEAN -> NnOps.Reduction.MEAN;
            case SUM -> NnOps.Reduction.SUM;
        };
    }
}
