package dev.lanewise.nn;

import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import java.util.Arrays;
import java.util.List;

/** Where windows lie, and patches, which are made of views. */
final class Windows {
    private Windows() {}

    /** How windows lie: their sizes, their distance, the padding on both sides, the distance of their places. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Geometry(long[] kernel, long[] stride, long[] padding, long[] dilation) {
        /** Windows over so many dimensions; a single number is meant for all. */
        static Geometry of(String op, int dims, long[] kernel, long[] stride, long[] padding, long[] dilation) {
            Geometry all = new Geometry(
                    all(op, "kernel", dims, kernel, 1),
                    all(op, "stride", dims, stride, 1),
                    all(op, "padding", dims, padding, 0),
                    all(op, "dilation", dims, dilation, 1));
            return all;
        }

        static long[] all(String op, String what, int dims, long[] given, long least) {
            long[] result = given.length == 1 && dims > 1 ? filled(dims, given[0]) : given.clone();
            if (result.length != dims || Arrays.stream(result).anyMatch(x -> x < least)) {
                throw Check.argument(op, "the " + what + " must be " + least + " or more in each dimension")
                        .expected(dims == 1 ? "one number" : "one number or " + dims)
                        .got(given)
                        .error();
            }
            return result;
        }

        /** Places from the first to the last of a window. */
        long span(int d) {
            return (kernel[d] - 1) * dilation[d] + 1;
        }
    }

    static long[] filled(int length, long value) {
        long[] out = new long[length];
        Arrays.fill(out, value);
        return out;
    }

    /** Padded with a number on both sides of the last dimensions. */
    private static Tensor padded(Tensor x, Geometry g, Number value) {
        int dims = g.padding().length;
        if (Arrays.stream(g.padding()).allMatch(p -> p == 0)) {
            return x;
        }
        long[] pads = new long[2 * dims];
        for (int i = 0; i < dims; i++) {
            pads[2 * i] = g.padding()[dims - 1 - i];
            pads[2 * i + 1] = g.padding()[dims - 1 - i];
        }
        return Functional.pad(x, pads, value);
    }

    /** A view {@code [..., windows..., kernel...]} of {@code [..., sizes...]}. */
    private static Tensor windows(String op, Tensor x, Geometry g) {
        int dims = g.kernel().length;
        int first = x.dim() - dims;
        Tensor out = x;
        for (int i = 0; i < dims; i++) {
            if (x.size(first + i) < g.span(i)) {
                throw Check.shape(op, "the kernel must not be larger than the padded input")
                        .expected("at most " + x.size(first + i) + " in dim " + (first + i))
                        .got(g.span(i))
                        .operand("padded input", x.dtype(), x.shape().toArray())
                        .error();
            }
            out = out.unfold(first + i, g.span(i), g.stride()[i]).slice(-1, 0, Long.MAX_VALUE, g.dilation()[i]);
        }
        return out;
    }

    /** Throws for an input that has neither one nor two dimensions more than its windows. */
    static void refuseRank(String op, Tensor input, int dims) {
        String sizes = List.of("L]", "H, W]", "D, H, W]").get(dims - 1);
        throw Check.shape(op, "the input must be [N, C, " + sizes + " or [C, " + sizes)
                .got(input.dim() + " dimensions")
                .operand("input", input.dtype(), input.shape().toArray())
                .error();
    }

    /** From [n, c, windows..., kernel...] to [n, c, kernel..., windows...]. */
    private static int[] kernelFirst(int dims) {
        int[] order = new int[2 + 2 * dims];
        order[1] = 1;
        for (int i = 0; i < dims; i++) {
            order[2 + i] = 2 + dims + i;
            order[2 + dims + i] = 2 + i;
        }
        return order;
    }

    // ------------------------------------------------------------------ patches

    /** The windows of an image {@code [N, C, H, W]} as columns. */
    static Tensor unfold(Tensor input, Geometry g) {
        if (input.dim() != 3 && input.dim() != 4) {
            refuseRank("unfold", input, 2);
        }
        boolean batched = input.dim() == 4;
        Tensor windows = windows("unfold", padded(batched ? input : input.unsqueeze(0), g, 0), g);
        long rows = windows.size(1) * g.kernel()[0] * g.kernel()[1];
        Tensor columns =
                windows.permute(kernelFirst(2)).reshape(windows.size(0), rows, windows.size(2) * windows.size(3));
        return batched ? columns : columns.squeeze(0);
    }

    /** The sum of columns at the places of the windows they are. */
    static Tensor fold(Tensor input, long[] outputSize, Geometry g) {
        long[] size = outputSize.length == 1 ? filled(2, outputSize[0]) : outputSize;
        long window = g.kernel()[0] * g.kernel()[1];
        long[] counts = new long[2];
        for (int i = 0; i < 2; i++) {
            counts[i] =
                    size.length == 2 ? Math.floorDiv(size[i] + 2 * g.padding()[i] - g.span(i), g.stride()[i]) + 1 : 0;
        }
        boolean batched = input.dim() == 3;
        if (!batched && input.dim() != 2
                || input.size(-2) % window != 0
                || input.size(-1) != counts[0] * counts[1]
                || counts[0] < 1) {
            throw Check.shape("fold", "the input must be [N, C · kernel, windows]")
                    .expected("a multiple of " + window + " rows and " + counts[0] * counts[1] + " columns")
                    .operand("input", input.dtype(), input.shape().toArray())
                    .error();
        }
        Tensor columns = batched ? input : input.unsqueeze(0);
        long n = columns.size(0);
        long channels = columns.size(1) / window;
        Tensor parts = columns.reshape(n, channels, g.kernel()[0], g.kernel()[1], counts[0], counts[1]);
        long height = size[0] + 2 * g.padding()[0];
        long width = size[1] + 2 * g.padding()[1];
        long[] strides = {
            channels * height * width,
            height * width,
            g.dilation()[0] * width,
            g.dilation()[1],
            g.stride()[0] * width,
            g.stride()[1]
        };
        Tensor sums = Functional.overlay(parts, new long[] {n, channels, height, width}, strides);
        Tensor whole = sums.narrow(2, g.padding()[0], size[0]).narrow(3, g.padding()[1], size[1]);
        return (batched ? whole : whole.squeeze(0)).contiguous();
    }
}
