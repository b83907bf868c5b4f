package dev.lanewise.nn;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import dev.lanewise.op.ActivationOps;
import dev.lanewise.op.Dispatch;
import dev.lanewise.op.InPlace;
import dev.lanewise.op.ParametricOps;
import dev.lanewise.op.UnaryOp;
import dev.lanewise.op.UnaryOps;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.util.function.UnaryOperator;

/** The activation functions of {@link Functional}; the names that end in {@code _} change their tensor. */
abstract class Activations extends DropoutFunctions {
    Activations() {}

    /** max(x, 0) of each element. */
    public static Tensor relu(Tensor input) {
        return input.relu();
    }

    /** Each element moved into [0, 6]. */
    public static Tensor relu6(Tensor input) {
        return hardtanh(input, 0, 6);
    }

    /** 1 / (1 + e^-x) of each element. */
    public static Tensor sigmoid(Tensor input) {
        return input.sigmoid();
    }

    /** The hyperbolic tangent of each element. */
    public static Tensor tanh(Tensor input) {
        return input.tanh();
    }

    /** {@link #leakyRelu(Tensor, double)} with slope 0.01. */
    public static Tensor leakyRelu(Tensor input) {
        return leakyRelu(input, 0.01);
    }

    /** x above 0, slope · x below; floating point only. */
    public static Tensor leakyRelu(Tensor input, double slope) {
        return Dispatch.apply(ParametricOps.LEAKY_RELU, floating("leakyRelu", input), slope);
    }

    /** The leaky rectifier with learnt slopes; see {@link Tensor#prelu(Tensor)}. */
    public static Tensor prelu(Tensor input, Tensor weight) {
        return input.prelu(weight);
    }

    /** {@link #rrelu(Tensor, double, double, boolean)} with slopes from 1/8 to 1/3, not training. */
    public static Tensor rrelu(Tensor input) {
        return rrelu(input, 1.0 / 8, 1.0 / 3, false);
    }

    /**
     * x above 0, slope · x below; floating point only.
     *
     * <p>While training, each element that is not above 0 has a slope of its own, drawn uniformly from [lower, upper) from the
     * default generator in row-major order; otherwise the slope is (lower + upper) / 2.
     */
    public static Tensor rrelu(Tensor input, double lower, double upper, boolean training) {
        checkSlopes("rrelu", lower, upper);
        floating("rrelu", input);
        return training ? input.mul(slopes(input, lower, upper)) : leakyRelu(input, (lower + upper) / 2);
    }

    /** {@link #elu(Tensor, double)} with alpha 1. */
    public static Tensor elu(Tensor input) {
        return elu(input, 1);
    }

    /** x above 0, alpha · (e^x - 1) below; floating point only. */
    public static Tensor elu(Tensor input, double alpha) {
        return Dispatch.apply(ParametricOps.ELU, floating("elu", input), alpha);
    }

    /** scale · x above 0, scale · alpha · (e^x - 1) below, with scale 1.0507 and alpha 1.6733; floating point only. */
    public static Tensor selu(Tensor input) {
        return apply("selu", ActivationOps.SELU, input);
    }

    /** {@link #celu(Tensor, double)} with alpha 1. */
    public static Tensor celu(Tensor input) {
        return celu(input, 1);
    }

    /** x above 0, alpha · (e^(x / alpha) - 1) below; floating point only, alpha not 0. */
    public static Tensor celu(Tensor input, double alpha) {
        checkAlpha("celu", alpha);
        return Dispatch.apply(ParametricOps.CELU, floating("celu", input), alpha);
    }

    /** x · Φ(x) with the normal distribution Φ; floating point only. */
    public static Tensor gelu(Tensor input) {
        return apply("gelu", ActivationOps.GELU, input);
    }

    /**
     * {@link #gelu(Tensor)}, or an approximation of it.
     *
     * @param approximate "none", or "tanh" for {@code x · (1 + tanh(√(2/π) · (x + 0.044715 x³))) / 2}
     */
    public static Tensor gelu(Tensor input, String approximate) {
        boolean tanh = "tanh".equals(approximate);
        if (!tanh && !"none".equals(approximate)) {
            throw Check.argument("gelu", "the approximation must be known")
                    .expected("none or tanh")
                    .got(approximate)
                    .error();
        }
        return apply("gelu", tanh ? ActivationOps.GELU_TANH : ActivationOps.GELU, input);
    }

    /** x / (1 + e^-x); floating point only. */
    public static Tensor silu(Tensor input) {
        return apply("silu", ActivationOps.SILU, input);
    }

    /** x · tanh(ln(1 + e^x)); floating point only. */
    public static Tensor mish(Tensor input) {
        return apply("mish", ActivationOps.MISH, input);
    }

    /** ln(1 + e^x), and x above 20; see {@link #softplus(Tensor, double, double)}. */
    public static Tensor softplus(Tensor input) {
        return softplus(input, 1, 20);
    }

    /** ln(1 + e^(beta · x)) / beta, and x where beta · x is above the threshold; floating point only. */
    public static Tensor softplus(Tensor input, double beta, double threshold) {
        return ParametricOps.apply(ParametricOps.SOFTPLUS, floating("softplus", input), beta, threshold);
    }

    /** x / (1 + |x|), always floating point. */
    public static Tensor softsign(Tensor input) {
        return input.div(input.abs().add(1));
    }

    /** ln(1 / (1 + e^-x)) without overflow; floating point only. */
    public static Tensor logsigmoid(Tensor input) {
        return apply("logsigmoid", ActivationOps.LOGSIGMOID, input);
    }

    /** {@link #hardtanh(Tensor, Number, Number)} with bounds -1 and 1. */
    public static Tensor hardtanh(Tensor input) {
        return hardtanh(input, -1, 1);
    }

    /**
     * Each element moved into [min, max]; numbers only.
     *
     * <p>Unlike that of clamp, the gradient is 0 at the bounds. Of bounds for integers the whole part counts.
     */
    public static Tensor hardtanh(Tensor input, Number min, Number max) {
        checkBounds("hardtanh", input, min, max);
        return ParametricOps.apply(ParametricOps.HARDTANH, input, min, max);
    }

    /** x / 6 + 1/2 moved into [0, 1]; floating point only. */
    public static Tensor hardsigmoid(Tensor input) {
        return apply("hardsigmoid", ActivationOps.HARDSIGMOID, input);
    }

    /** x times {@link #hardsigmoid}; floating point only. */
    public static Tensor hardswish(Tensor input) {
        return apply("hardswish", ActivationOps.HARDSWISH, input);
    }

    /** {@link Tensor#hardshrink(double)} with lambda 0.5. */
    public static Tensor hardshrink(Tensor input) {
        return input.hardshrink(0.5);
    }

    /** x, but 0 in [-lambda, lambda]; floating point only. */
    public static Tensor hardshrink(Tensor input, double lambda) {
        return input.hardshrink(lambda);
    }

    /** {@link #softshrink(Tensor, double)} with lambda 0.5. */
    public static Tensor softshrink(Tensor input) {
        return softshrink(input, 0.5);
    }

    /** x moved toward 0 by lambda, 0 where it would pass it; floating point only, lambda not below 0. */
    public static Tensor softshrink(Tensor input, double lambda) {
        if (!(lambda >= 0)) {
            throw Check.argument("softshrink", "lambda must not be below 0")
                    .got(lambda)
                    .error();
        }
        return Dispatch.apply(ParametricOps.SOFTSHRINK, floating("softshrink", input), lambda);
    }

    /** x - tanh(x). */
    public static Tensor tanhshrink(Tensor input) {
        return input.sub(input.tanh());
    }

    /** x above the threshold, {@code value} elsewhere; numbers only, of integers the whole parts count. */
    public static Tensor threshold(Tensor input, Number threshold, Number value) {
        return ParametricOps.apply(ParametricOps.THRESHOLD, input, threshold, value);
    }

    /** {@code e^x_i / Σ e^x_j} along a dimension; floating point only. */
    public static Tensor softmax(Tensor input, int dim) {
        return input.softmax(dim);
    }

    /** The logarithm of {@link #softmax}, without overflow. */
    public static Tensor logSoftmax(Tensor input, int dim) {
        return input.logSoftmax(dim);
    }

    /** {@link #softmax} of the negative. */
    public static Tensor softmin(Tensor input, int dim) {
        return input.neg().softmax(dim);
    }

    /** {@link #glu(Tensor, int)} along the last dimension. */
    public static Tensor glu(Tensor input) {
        return glu(input, -1);
    }

    /** The first half along a dimension times the sigmoid of the second half; floating point only. */
    public static Tensor glu(Tensor input, int dim) {
        floating("glu", input);
        if (input.dim() == 0) {
            throw Check.shape("glu", "the tensor must have at least 1 dimension")
                    .operand("input", input.dtype(), input.shape().toArray())
                    .error();
        }
        long size = input.size(dim);
        if (size % 2 != 0) {
            throw Check.shape("glu", "the size along the dimension must be even")
                    .got(size)
                    .operand("input", input.dtype(), input.shape().toArray())
                    .error();
        }
        return input.narrow(dim, 0, size / 2)
                .mul(input.narrow(dim, size / 2, size / 2).sigmoid());
    }

    /** {@link #normalize(Tensor, double, int, double)} with p = 2 along dimension 1, at least 1e-12. */
    public static Tensor normalize(Tensor input) {
        return normalize(input, 2, 1, 1e-12);
    }

    /**
     * x divided by its p-norm along a dimension, or by {@code eps} if that is larger.
     *
     * @param p the norm {@code (Σ |x|^p)^(1/p)}; infinite for the largest |x|, 0 for the number of elements that are not 0
     */
    public static Tensor normalize(Tensor input, double p, int dim, double eps) {
        return floating("normalize", input).div(norm(input, p, dim).clampMin(eps));
    }

    /** The norm, with the dimension kept; the gradient of a norm that is 0 is 0. */
    private static Tensor norm(Tensor x, double p, int dim) {
        if (p == 0) {
            return x.ne(0).to(x.dtype()).sumKeepDim(dim);
        }
        if (p == 1) {
            return x.abs().sumKeepDim(dim);
        }
        if (Double.isInfinite(p)) {
            return p > 0 ? x.abs().amaxKeepDim(dim) : x.abs().aminKeepDim(dim);
        }
        Tensor total = p == 2
                ? x.square().sumKeepDim(dim)
                : notZero(x.abs(), power -> power.pow(p)).sumKeepDim(dim);
        return notZero(total, sum -> p == 2 ? sum.sqrt() : sum.pow(1 / p));
    }

    /** A function of the elements that are not 0; those that are stay 0, and so does their gradient. */
    private static Tensor notZero(Tensor x, UnaryOperator<Tensor> f) {
        Tensor zero = x.eq(0);
        Tensor safe = Tensor.where(zero, Tensor.onesLike(x.detach()), x);
        return Tensor.where(zero, Tensor.zerosLike(x.detach()), f.apply(safe));
    }

    // ------------------------------------------------------------------ in place

    /** Replaces each element x by max(x, 0). */
    public static Tensor relu_(Tensor input) {
        return InPlace.apply(UnaryOps.RELU, input);
    }

    /** {@link #relu6} in place. */
    public static Tensor relu6_(Tensor input) {
        return hardtanh_(input, 0, 6);
    }

    /** {@link #leakyRelu(Tensor, double)} in place. */
    public static Tensor leakyRelu_(Tensor input, double slope) {
        return InPlace.apply(ParametricOps.LEAKY_RELU, floating("leakyRelu_", input), slope);
    }

    /** {@link #rrelu(Tensor, double, double, boolean)} in place. */
    public static Tensor rrelu_(Tensor input, double lower, double upper, boolean training) {
        checkSlopes("rrelu_", lower, upper);
        floating("rrelu_", input);
        return training ? input.mul_(slopes(input, lower, upper)) : leakyRelu_(input, (lower + upper) / 2);
    }

    /** {@link #elu(Tensor, double)} in place. */
    public static Tensor elu_(Tensor input, double alpha) {
        return InPlace.apply(ParametricOps.ELU, floating("elu_", input), alpha);
    }

    /** {@link #selu} in place. */
    public static Tensor selu_(Tensor input) {
        return InPlace.apply(ActivationOps.SELU, floating("selu_", input));
    }

    /** {@link #celu(Tensor, double)} in place. */
    public static Tensor celu_(Tensor input, double alpha) {
        checkAlpha("celu_", alpha);
        return InPlace.apply(ParametricOps.CELU, floating("celu_", input), alpha);
    }

    /** {@link #silu} in place. */
    public static Tensor silu_(Tensor input) {
        return InPlace.apply(ActivationOps.SILU, floating("silu_", input));
    }

    /** {@link #mish} in place. */
    public static Tensor mish_(Tensor input) {
        return InPlace.apply(ActivationOps.MISH, floating("mish_", input));
    }

    /** {@link #hardsigmoid} in place. */
    public static Tensor hardsigmoid_(Tensor input) {
        return InPlace.apply(ActivationOps.HARDSIGMOID, floating("hardsigmoid_", input));
    }

    /** {@link #hardswish} in place. */
    public static Tensor hardswish_(Tensor input) {
        return InPlace.apply(ActivationOps.HARDSWISH, floating("hardswish_", input));
    }

    /** {@link #hardtanh(Tensor, Number, Number)} in place. */
    public static Tensor hardtanh_(Tensor input, Number min, Number max) {
        checkBounds("hardtanh_", input, min, max);
        return ParametricOps.change(ParametricOps.HARDTANH, input, min, max);
    }

    /** {@link #threshold} in place. */
    public static Tensor threshold_(Tensor input, Number threshold, Number value) {
        return ParametricOps.change(ParametricOps.THRESHOLD, input, threshold, value);
    }

    // ------------------------------------------------------------------ checks

    private static Tensor apply(String op, UnaryOp function, Tensor input) {
        return Dispatch.apply(function, floating(op, input));
    }

    private static Tensor floating(String op, Tensor input) {
        if (!input.isFloatingPoint()) {
            throw Check.dtype(op, "the dtype must be floating point")
                    .operand("input", input.dtype(), input.shape().toArray())
                    .hint("Convert with to(DType.FLOAT32) first.")
                    .error();
        }
        return input;
    }

    private static void checkAlpha(String op, double alpha) {
        if (alpha == 0) {
            throw Check.argument(op, "alpha must not be 0").error();
        }
    }

    private static void checkSlopes(String op, double lower, double upper) {
        if (!(lower <= upper)) {
            throw Check.argument(op, "the lower slope must not be above the upper one")
                    .got(lower + " and " + upper)
                    .error();
        }
    }

    private static void checkBounds(String op, Tensor input, Number min, Number max) {
        if (input.dtype() == DType.UINT8 && (min.longValue() < 0 || max.longValue() < 0)) {
            throw Check.argument(op, "the bounds must not be below 0 for uint8")
                    .got(min + " and " + max)
                    .operand("input", input.dtype(), input.shape().toArray())
                    .error();
        }
    }

    /** For each element 1 if it is above 0 or NaN, else a slope from [lower, upper); drawn as doubles, in row-major order. */
    private static Tensor slopes(Tensor input, double lower, double upper) {
        Tensor leaks = input.detach().le(0).contiguous();
        Tensor slopes = Tensor.ones(DType.FLOAT64, leaks.shape().toArray());
        Tensor drawn = Tensor.empty(DType.FLOAT64, leaks.to(DType.INT64).sum().itemLong())
                .uniform_(rounded(input, lower), rounded(input, upper));
        MemorySegment from = drawn.segment();
        MemorySegment to = slopes.segment();
        MemorySegment mask = leaks.segment();
        long next = 0;
        for (long i = 0; i < leaks.numel(); i++) {
            if (mask.get(ValueLayout.JAVA_BYTE, i) != 0) {
                to.setAtIndex(ValueLayout.JAVA_DOUBLE, i, from.getAtIndex(ValueLayout.JAVA_DOUBLE, next++));
            }
        }
        Reference.reachabilityFence(drawn);
        Reference.reachabilityFence(leaks);
        return slopes.to(input.dtype());
    }

    private static double rounded(Tensor like, double value) {
        return Tensor.scalar(like.dtype(), value).item();
    }
}
