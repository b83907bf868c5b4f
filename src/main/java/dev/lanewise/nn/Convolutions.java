package dev.lanewise.nn;

import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import dev.lanewise.op.ConvOps;
import java.util.Arrays;

/** Convolutions over one to three dimensions: sizes and checks around {@link ConvOps}. */
final class Convolutions {
    private Convolutions() {}

    /** Convolution with the same padding on both sides. */
    static Tensor conv(
            String op,
            Tensor input,
            Tensor weight,
            Tensor bias,
            long[] stride,
            long[] padding,
            long[] dilation,
            long groups) {
        int dims = dims(op);
        checkWeight(op, weight, dims);
        Windows.Geometry g = Windows.Geometry.of(op, dims, sizes(weight, dims), stride, padding, dilation);
        check(op, input, weight, bias, groups, false);
        Tensor x = batched(input, dims);
        long[] out = new long[dims];
        for (int i = 0; i < dims; i++) {
            long padded = x.size(i + 2) + 2 * g.padding()[i];
            if (padded < g.span(i)) {
                throw tooSmall(op, x, g, i);
            }
            out[i] = (padded - g.span(i)) / g.stride()[i] + 1;
        }
        return unbatched(ConvOps.convolution(x, weight, bias, windows(sizes(x, dims), out, g, groups)), input);
    }

    /** Convolution with padding {@code "valid"}, which is none, or {@code "same"}, with one window for each place. */
    static Tensor conv(
            String op,
            Tensor input,
            Tensor weight,
            Tensor bias,
            long[] stride,
            String padding,
            long[] dilation,
            long groups) {
        long[] none = {0};
        if (padding.equals("valid")) {
            return conv(op, input, weight, bias, stride, none, dilation, groups);
        }
        checkSame(op, padding, stride);
        int dims = dims(op);
        checkWeight(op, weight, dims);
        Windows.Geometry g = Windows.Geometry.of(op, dims, sizes(weight, dims), stride, none, dilation);
        check(op, input, weight, bias, groups, false);
        Tensor x = batched(input, dims);
        for (int i = 0; i < dims; i++) {
            // Where the padding is odd, the second side has one place more.
            g.padding()[i] = (g.span(i) - 1) / 2;
        }
        long[] sizes = sizes(x, dims);
        return unbatched(ConvOps.convolution(x, weight, bias, windows(sizes, sizes, g, groups)), input);
    }

    static Tensor transposed(String op, Tensor input, Tensor weight, Tensor bias, Transposition how, long groups) {
        int dims = dims(op);
        checkWeight(op, weight, dims);
        Windows.Geometry g =
                Windows.Geometry.of(op, dims, sizes(weight, dims), how.stride(), how.padding(), how.dilation());
        long[] more = Windows.Geometry.all(op, "output padding", dims, how.outputPadding(), 0);
        check(op, input, weight, bias, groups, true);
        Tensor y = batched(input, dims);
        long[] in = new long[dims];
        for (int i = 0; i < dims; i++) {
            if (more[i] >= g.stride()[i] && more[i] >= g.dilation()[i]) {
                throw Check.argument(op, "the output padding must be smaller than the stride or the dilation")
                        .expected("less than " + Math.max(g.stride()[i], g.dilation()[i]))
                        .got(more[i])
                        .error();
            }
            in[i] = (y.size(i + 2) - 1) * g.stride()[i] - 2 * g.padding()[i] + g.span(i) + more[i];
            if (in[i] < 1) {
                throw Check.shape(op, "the result must have at least one place in each dimension")
                        .got(in[i] + " in dim " + (i + 2))
                        .operand("input", input.dtype(), input.shape().toArray())
                        .operand("weight", weight.dtype(), weight.shape().toArray())
                        .error();
            }
        }
        return unbatched(ConvOps.transposed(y, weight, bias, windows(in, sizes(y, dims), g, groups)), input);
    }

    /** What a transposed convolution undoes, and places added at the end of its result. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Transposition(long[] stride, long[] padding, long[] outputPadding, long[] dilation) {}

    private static ConvOps.Conv windows(long[] in, long[] out, Windows.Geometry g, long groups) {
        return ConvOps.windows(in, g.kernel(), out, g.stride(), g.padding(), g.dilation(), groups);
    }

    private static int dims(String op) {
        return op.charAt(op.length() - 2) - '0';
    }

    private static long[] sizes(Tensor x, int dims) {
        return Arrays.copyOfRange(x.shape().toArray(), x.dim() - dims, x.dim());
    }

    private static Tensor batched(Tensor input, int dims) {
        return input.dim() == dims + 2 ? input : input.unsqueeze(0);
    }

    private static Tensor unbatched(Tensor out, Tensor input) {
        return out.dim() == input.dim() ? out : out.squeeze(0);
    }

    static void checkSame(String op, String padding, long... stride) {
        if (!padding.equals("same")) {
            throw Check.argument(op, "the padding must be a number or one of two words")
                    .expected("\"valid\" or \"same\"")
                    .got("\"" + padding + "\"")
                    .error();
        }
        if (Arrays.stream(stride).anyMatch(s -> s != 1)) {
            throw Check.argument(op, "padding \"same\" must have stride 1")
                    .got(stride)
                    .error();
        }
    }

    private static void check(String op, Tensor input, Tensor weight, Tensor bias, long groups, boolean transposed) {
        int dims = weight.dim() - 2;
        boolean ranks = groups > 0 && (input.dim() == dims + 1 || input.dim() == dims + 2);
        long channels = transposed ? weight.size(0) : weight.size(1) * groups;
        long filters = transposed ? weight.size(1) * groups : weight.size(0);
        boolean fits = ranks
                && input.size(-1 - dims) == channels
                && weight.size(0) % groups == 0
                && (bias == null || bias.dim() == 1 && bias.size(0) == filters);
        boolean same = input.dtype() == weight.dtype() && (bias == null || bias.dtype() == weight.dtype());
        if (fits && same) {
            return;
        }
        String sizes = transposed ? "[C, out / groups, ...]" : "[out, C / groups, ...]";
        Check<?> check = fits
                ? Check.dtype(op, "input, weight and bias must have one dtype")
                : Check.shape(op, "the input must be [N, C, ...], the weight " + sizes + ", the bias [out]")
                        .got(groups + (groups == 1 ? " group" : " groups"));
        check.operand("input", input.dtype(), input.shape().toArray())
                .operand("weight", weight.dtype(), weight.shape().toArray());
        if (bias != null) {
            check.operand("bias", bias.dtype(), bias.shape().toArray());
        }
        throw check.error();
    }

    private static void checkWeight(String op, Tensor weight, int dims) {
        if (weight.dim() != dims + 2) {
            throw Check.shape(op, "the weight must have " + (dims + 2) + " dimensions")
                    .got(weight.dim())
                    .operand("weight", weight.dtype(), weight.shape().toArray())
                    .error();
        }
    }

    private static RuntimeException tooSmall(String op, Tensor x, Windows.Geometry g, int dim) {
        long[] padded = x.shape().toArray();
        for (int i = 0; i < g.padding().length; i++) {
            padded[i + 2] += 2 * g.padding()[i];
        }
        return Check.shape(op, "the kernel must not be larger than the padded input")
                .expected("at most " + padded[dim + 2] + " in dim " + (dim + 2))
                .got(g.span(dim))
                .operand("padded input", x.dtype(), padded)
                .error();
    }
}
