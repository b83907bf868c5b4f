package dev.lanewise.golden;

import static dev.lanewise.golden.Calls.add;

import dev.lanewise.Tensor;
import dev.lanewise.nn.Functional;
import java.util.Arrays;
import java.util.List;

/** Convolutions. */
final class ConvCalls {
    private ConvCalls() {}

    static void fill() {
        conv(
                "F.conv1d",
                (x, w, b, s, p, d, g) -> Functional.conv1d(x, w, b, one(s), one(p), one(d), g),
                (x, w, b, s, p, d, g) -> Functional.conv1d(x, w, b, one(s), p, one(d), g));
        conv("F.conv2d", Functional::conv2d, Functional::conv2d);
        conv("F.conv3d", Functional::conv3d, Functional::conv3d);
        transposed(
                "F.conv_transpose1d",
                (x, w, b, s, p, o, g, d) -> Functional.convTranspose1d(x, w, b, one(s), one(p), one(o), g, one(d)));
        transposed("F.conv_transpose2d", Functional::convTranspose2d);
        transposed("F.conv_transpose3d", Functional::convTranspose3d);
    }

    private interface Conv<P> {
        Tensor of(Tensor x, Tensor weight, Tensor bias, long[] stride, P padding, long[] dilation, long groups);
    }

    private interface Transposed {
        Tensor of(
                Tensor x,
                Tensor weight,
                Tensor bias,
                long[] stride,
                long[] padding,
                long[] outputPadding,
                long groups,
                long[] dilation);
    }

    private static void conv(String op, Conv<long[]> numbers, Conv<String> words) {
        add(op, a -> {
            Tensor x = a.only("weight", "bias", "stride", "padding", "dilation", "groups")
                    .tensor(0);
            Tensor weight = a.tensorOrNull(1, "weight");
            Tensor bias = a.tensorOrNull(2, "bias");
            long[] stride = sizes(a, 3, "stride", 1);
            long[] dilation = sizes(a, 5, "dilation", 1);
            long groups = a.dim(6, "groups", 1);
            return a.has(4, "padding") && a.get(4, "padding") instanceof String word
                    ? words.of(x, weight, bias, stride, word, dilation, groups)
                    : numbers.of(x, weight, bias, stride, sizes(a, 4, "padding", 0), dilation, groups);
        });
    }

    private static void transposed(String op, Transposed call) {
        add(
                op,
                a -> call.of(
                        a.only("weight", "bias", "stride", "padding", "output_padding", "groups", "dilation")
                                .tensor(0),
                        a.tensorOrNull(1, "weight"),
                        a.tensorOrNull(2, "bias"),
                        sizes(a, 3, "stride", 1),
                        sizes(a, 4, "padding", 0),
                        sizes(a, 5, "output_padding", 0),
                        a.dim(6, "groups", 1),
                        sizes(a, 7, "dilation", 1)));
    }

    /** A number or a list of them, or what is meant without. */
    static long[] sizes(Arguments a, int place, String name, long... otherwise) {
        if (!a.has(place, name)
                || a.get(place, name) == Arguments.NONE
                || a.get(place, name).equals(List.of())) {
            return otherwise;
        }
        return Arrays.stream(a.dims(place, name)).asLongStream().toArray();
    }

    /** The number for the only dimension. */
    static long one(long... list) {
        if (list.length != 1) {
            throw new Unsupported("a list of " + list.length + " for one dimension");
        }
        return list[0];
    }
}
