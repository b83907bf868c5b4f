package dev.lanewise.nn;

import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import java.util.Arrays;
import java.util.Locale;

/** What the convolution layers have in common: parameters, their first values and the printed form. */
abstract class ConvLayer extends Module {
    private final int dims;
    private final long inChannels;
    private final long outChannels;
    private final long[] kernel;
    private final boolean transposed;
    private final boolean same;
    private final ConvOptions options;

    ConvLayer(int dims, boolean transposed, long inChannels, long outChannels, long[] kernel, ConvOptions given) {
        this.dims = dims;
        this.transposed = transposed;
        this.inChannels = inChannels;
        this.outChannels = outChannels;
        this.kernel = Tuples.filled(dims, kernel);
        this.options = given.stride(Tuples.filled(dims, given.stride()))
                .dilation(Tuples.filled(dims, given.dilation()))
                .outputPadding(Tuples.filled(dims, given.outputPadding()))
                .padding(Tuples.filled(dims, given.padding()));
        check(given);
        same = given.samePadding();
        long groups = options.groups();
        long[] shape = new long[dims + 2];
        shape[0] = transposed ? inChannels : outChannels;
        shape[1] = (transposed ? outChannels : inChannels) / groups;
        System.arraycopy(this.kernel, 0, shape, 2, dims);
        registerParameter("weight", Tensor.empty(options.dtype(), shape));
        if (options.bias()) {
            registerParameter("bias", Tensor.empty(options.dtype(), outChannels));
        }
        resetParameters();
    }

    private void check(ConvOptions given) {
        String name = getClass().getSimpleName();
        boolean lengths = kernel.length == dims
                && options.stride().length == dims
                && options.padding().length == dims
                && options.dilation().length == dims
                && options.outputPadding().length == dims;
        if (!lengths) {
            throw Check.argument(name, "lists must have one number for each dimension")
                    .expected("one number or " + dims)
                    .error();
        }
        long groups = options.groups();
        if (groups < 1 || inChannels < 0 || outChannels < 0 || inChannels % groups != 0 || outChannels % groups != 0) {
            throw Check.argument(name, "the number of groups must divide the numbers of channels")
                    .expected("a divisor of " + inChannels + " and " + outChannels)
                    .got(groups)
                    .error();
        }
        if (given.samePadding()) {
            Convolutions.checkSame(name, "same", options.stride());
        }
        if (transposed && (given.samePadding() || options.paddingMode() != PadMode.CONSTANT)) {
            throw Check.argument(name, "a transposed convolution must be padded with zeros, by numbers")
                    .error();
        }
    }

    /** Draws the parameters anew from the default generator, the weight first, between {@code ±1/√(inputs of a sum)}. */
    public void resetParameters() {
        Init.kaimingUniform_(weight(), Math.sqrt(5));
        if (options.bias()) {
            long inputs = weight().size(1) * Arrays.stream(kernel).reduce(1, (a, b) -> a * b);
            if (inputs > 0) {
                double bound = 1 / Math.sqrt((double) inputs);
                Init.uniform_(bias(), -bound, bound);
            }
        }
    }

    /** The weight. */
    public Parameter weight() {
        return parameter("weight");
    }

    /** The bias, {@code [outChannels]}, or null if the layer has none. */
    public Parameter bias() {
        return options.bias() ? parameter("bias") : null;
    }

    final ConvOptions options() {
        return options;
    }

    /** The convolution of an input, padded as the options say. */
    final Tensor convolved(String op, Tensor input) {
        long[] none = {0};
        if (options.paddingMode() != PadMode.CONSTANT) {
            Tensor padded = Functional.pad(input, around(), options.paddingMode());
            return Convolutions.conv(
                    op, padded, weight(), bias(), options.stride(), none, options.dilation(), options.groups());
        }
        return same
                ? Convolutions.conv(
                        op, input, weight(), bias(), options.stride(), "same", options.dilation(), options.groups())
                : Convolutions.conv(
                        op,
                        input,
                        weight(),
                        bias(),
                        options.stride(),
                        options.padding(),
                        options.dilation(),
                        options.groups());
    }

    /** Places before and after each dimension, the last one first. */
    private long[] around() {
        long[] pads = new long[2 * dims];
        for (int i = 0; i < dims; i++) {
            int d = dims - 1 - i;
            long total = options.dilation()[d] * (kernel[d] - 1);
            pads[2 * i] = same ? total / 2 : options.padding()[d];
            pads[2 * i + 1] = same ? total - total / 2 : options.padding()[d];
        }
        return pads;
    }

    /** Whether it goes the way back. */
    final boolean isTransposed() {
        return transposed;
    }

    /**
     * The transposed convolution of an input.
     *
     * @param outputSize last sizes of the result, or none for those that the options give
     */
    final Tensor transposed(String op, Tensor input, long... outputSize) {
        long[] more = outputSize.length == 0 ? options.outputPadding() : outputPadding(op, input, outputSize);
        Convolutions.Transposition how =
                new Convolutions.Transposition(options.stride(), options.padding(), more, options.dilation());
        return Convolutions.transposed(op, input, weight(), bias(), how, options.groups());
    }

    private long[] outputPadding(String op, Tensor input, long... outputSize) {
        long[] more = new long[dims];
        for (int i = 0; i < dims; i++) {
            long least = outputSize.length != dims
                    ? 0
                    : (input.size(i - dims) - 1) * options.stride()[i]
                            - 2 * options.padding()[i]
                            + options.dilation()[i] * (kernel[i] - 1)
                            + 1;
            if (outputSize.length != dims || outputSize[i] < least || outputSize[i] >= least + options.stride()[i]) {
                throw Check.argument(op, "the output size must be one that a convolution shrinks to the input's")
                        .expected(outputSize.length == dims ? "at least " + least + " in dim " + i : dims + " sizes")
                        .got(outputSize)
                        .operand("input", input.dtype(), input.shape().toArray())
                        .error();
            }
            more[i] = outputSize[i] - least;
        }
        return more;
    }

    @Override
    protected String extraRepr() {
        StringBuilder text = new StringBuilder(inChannels + ", " + outChannels + ", kernel_size=" + Tuples.of(kernel)
                + ", stride=" + Tuples.of(options.stride()));
        if (same || Arrays.stream(options.padding()).anyMatch(p -> p != 0)) {
            text.append(", padding=").append(same ? "same" : Tuples.of(options.padding()));
        }
        if (Arrays.stream(options.dilation()).anyMatch(d -> d != 1)) {
            text.append(", dilation=").append(Tuples.of(options.dilation()));
        }
        if (Arrays.stream(options.outputPadding()).anyMatch(p -> p != 0)) {
            text.append(", output_padding=").append(Tuples.of(options.outputPadding()));
        }
        if (options.groups() != 1) {
            text.append(", groups=").append(options.groups());
        }
        if (!options.bias()) {
            text.append(", bias=False");
        }
        if (options.paddingMode() != PadMode.CONSTANT) {
            text.append(", padding_mode=").append(options.paddingMode().name().toLowerCase(Locale.ROOT));
        }
        return text.toString();
    }
}
