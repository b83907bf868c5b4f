package dev.lanewise.nn;

import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import dev.lanewise.op.Dispatch;
import dev.lanewise.op.MatmulOps;
import dev.lanewise.op.PadOps;
import dev.lanewise.op.ViewOps;
import java.util.Arrays;

/**
 * What the modules compute, as functions without state.
 *
 * <p>Source: PyTorch's {@code torch.nn.functional}.
 */
public final class Functional extends EmbeddingFunctions {
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
     * The form {@code y_o = x₁ᵀ·W_o·x₂ + b_o}.
     *
     * <p>Inputs {@code [..., in1]} and {@code [..., in2]}, weight {@code [out, in1, in2]}, bias {@code [out]} or null, all of
     * one dtype; the result is {@code [..., out]}.
     */
    public static Tensor bilinear(Tensor input1, Tensor input2, Tensor weight, Tensor bias) {
        Tensor out = Tensor.einsum("...n,onm,...m->...o", input1, weight, input2);
        return bias == null ? out : out.add(bias);
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

    /** As {@link #pad(Tensor, long[], Number)} with 0. */
    public static Tensor pad(Tensor input, long... pad) {
        return PadOps.pad(input, pad, 0);
    }

    /**
     * A copy with places of one value around it.
     *
     * @param pad places before and after the last dimension, then the one before it, and so on; negative ones are
     *     taken away
     */
    public static Tensor pad(Tensor input, long[] pad, Number value) {
        return PadOps.pad(input, pad, value);
    }

    /**
     * A copy with its own elements around it, or zeros.
     *
     * <p>But for zeros, 1 to 3 last dimensions of an input with one or two dimensions more; REFLECT takes less places
     * than there are, CIRCULAR at most as many.
     */
    public static Tensor pad(Tensor input, long[] pad, PadMode mode) {
        return Padding.pad(input, pad, mode);
    }

    /** As the other forms; only CONSTANT takes a value other than 0. */
    public static Tensor pad(Tensor input, long[] pad, PadMode mode, Number value) {
        if (mode == PadMode.CONSTANT) {
            return PadOps.pad(input, pad, value);
        }
        if (value.doubleValue() != 0) {
            throw Check.argument("pad", "only padding with a constant takes a value")
                    .got(value + " with " + mode)
                    .error();
        }
        return Padding.pad(input, pad, mode);
    }

    /**
     * The windows of an image as columns: {@code [N, C, H, W]} becomes {@code [N, C · kernel, windows]}, without N too.
     *
     * <p>One number, or two for height and width, of each.
     */
    public static Tensor unfold(Tensor input, long[] kernel, long[] dilation, long[] padding, long[] stride) {
        return Windows.unfold(input, Windows.Geometry.of("unfold", 2, kernel, stride, padding, dilation));
    }

    /** The image {@code [N, C, outputSize]} that columns as {@link #unfold} gives them add up to. */
    public static Tensor fold(
            Tensor input, long[] outputSize, long[] kernel, long[] dilation, long[] padding, long[] stride) {
        return Windows.fold(input, outputSize, Windows.Geometry.of("fold", 2, kernel, stride, padding, dilation));
    }

    /** New zeros of a shape with a tensor added at the places that strides give to its elements. */
    static Tensor overlay(Tensor x, long[] shape, long[] strides) {
        return ViewOps.overlay(x, shape, strides);
    }

    /** {@code [..., C · r², H, W]} as {@code [..., C, H · r, W · r]}: channels become places; a copy. */
    public static Tensor pixelShuffle(Tensor input, long factor) {
        return Channels.pixelShuffle(input, factor);
    }

    /** {@code [..., C, H · r, W · r]} as {@code [..., C · r², H, W]}: places become channels; a copy. */
    public static Tensor pixelUnshuffle(Tensor input, long factor) {
        return Channels.pixelUnshuffle(input, factor);
    }

    /** {@code [N, C, ...]} with the channels of all groups in turn: 0, C/g, 2·C/g, ..., 1, C/g + 1, ...; a copy. */
    public static Tensor channelShuffle(Tensor input, long groups) {
        return Channels.channelShuffle(input, groups);
    }
}
