package dev.lanewise.properties;

import static dev.lanewise.properties.Recipe.Types.ALL;
import static dev.lanewise.properties.Recipe.Types.FLOATS;
import static dev.lanewise.properties.Recipe.Types.NUMBERS;
import static dev.lanewise.properties.Recipe.Types.WIDE;
import static dev.lanewise.properties.Recipes.add;

import dev.lanewise.Tensor;
import dev.lanewise.nn.Functional;
import dev.lanewise.testing.reference.Ref;
import dev.lanewise.testing.reference.RefLayers;
import dev.lanewise.testing.reference.RefViews;

/** Convolutions, pools and normalisations. */
final class LayerRecipes {
    private static final long[] NONE = {0, 0, 0};
    private static final long[] ONES = {1, 1, 1};

    private LayerRecipes() {}

    static void fill() {
        convolutions();
        transposed();
        maxima();
        means();
        norms();
    }

    private static void convolutions() {
        RefLayers.Grid line = new RefLayers.Grid(last(2), new long[] {0, 0, 1}, last(2));
        add(new Recipe(
                "convolution",
                NUMBERS,
                (a, b, c) -> new long[][] {{few(a), 4, b + 4}, {2, 2, 3}, {2}},
                in -> Functional.conv1d(in[0], in[1], in[2], 2, 1, 2, 2),
                in -> line(RefLayers.conv(
                        image(in[0]), image(in[1]), in[2], line, 2, 1, 1, (in[0].size(2) - 3) / 2 + 1))));
        RefLayers.Grid plane = new RefLayers.Grid(new long[] {1, 2, 1}, new long[] {0, 1, 0}, last(2));
        add(new Recipe(
                "convolution",
                WIDE,
                (a, b, c) -> new long[][] {{few(a), 2, few(b) + 1, few(c) + 3}, {3, 2, 2, 2}},
                in -> Functional.conv2d(in[0], in[1], null, new long[] {2, 1}, new long[] {1, 0}, new long[] {1, 2}, 1),
                in -> plane(RefLayers.conv(
                        image(in[0]), image(in[1]), null, plane, 1, 1, in[0].size(2) / 2 + 1, in[0].size(3) - 2))));
        RefLayers.Grid same = new RefLayers.Grid(ONES, new long[] {0, 1, 0}, ONES);
        add(new Recipe(
                "convolutionWeight",
                WIDE,
                (a, b, c) -> new long[][] {{1, 1, few(a) + 1, few(b) + 1, few(c) + 1}, {2, 1, 2, 3, 1}},
                in -> Functional.conv3d(in[0], in[1], null, new long[] {1}, "same", new long[] {1}, 1),
                in -> RefLayers.conv(in[0], in[1], null, same, 1, in[0].size(2), in[0].size(3), in[0].size(4))));
        add(new Recipe(
                        "convolution",
                        FLOATS,
                        (a, b, c) -> new long[][] {{few(a), 3, b, few(c)}, {2, 3, 1, 1}},
                        in -> Functional.conv2d(in[0], in[1], null),
                        in -> plane(RefLayers.conv(
                                image(in[0]),
                                image(in[1]),
                                null,
                                new RefLayers.Grid(ONES, NONE, ONES),
                                1,
                                1,
                                in[0].size(2),
                                in[0].size(3)))))
                .notEmpty();
    }

    private static void transposed() {
        RefLayers.Grid line = new RefLayers.Grid(last(3), new long[] {0, 0, 1}, last(1));
        add(new Recipe(
                "convolutionInput",
                NUMBERS,
                (a, b, c) -> new long[][] {{few(a), 4, b + 1}, {4, 1, 2}, {2}},
                in -> Functional.convTranspose1d(in[0], in[1], in[2], 3, 1, 2, 2, 1),
                in -> line(RefLayers.transposed(
                        image(in[0]), image(in[1]), in[2], line, 2, 1, 1, (in[0].size(2) - 1) * 3 + 2))));
        RefLayers.Grid cube = new RefLayers.Grid(new long[] {1, 2, 1}, NONE, new long[] {1, 1, 2});
        add(new Recipe(
                "convolutionInput",
                WIDE,
                (a, b, c) -> new long[][] {{1, 1, few(a) + 1, few(b) + 1, few(c) + 1}, {1, 2, 2, 2, 2}},
                in -> Functional.convTranspose3d(
                        in[0], in[1], null, new long[] {1, 2, 1}, NONE, NONE, 1, new long[] {1, 1, 2}),
                in -> RefLayers.transposed(
                        in[0], in[1], null, cube, 1, in[0].size(2) + 1, in[0].size(3) * 2, in[0].size(4) + 2)));
    }

    private static void maxima() {
        add(
                        "maxPool",
                        NUMBERS,
                        (a, b, c) -> new long[][] {{few(a), 2, b + 3}},
                        x -> Functional.maxPool1d(x, 3, 2, 1, 1, true),
                        x -> line(RefLayers.max(image(x), strided(3, 2, 1), 1, 1, (x.size(2) + 2 - 3 + 1) / 2 + 1)))
                .choosesAmongAll();
        add(
                        "maxPool",
                        FLOATS,
                        (a, b, c) -> new long[][] {{2, few(a) + 1, few(b) + 2}},
                        x -> Functional.maxPool2d(x, new long[] {2}, new long[] {1}, new long[] {0}, new long[] {1}),
                        x -> RefViews.select(
                                plane(RefLayers.max(
                                        image(x.reshape(1, x.size(0), x.size(1), x.size(2))),
                                        (d, o, i) -> d == 0 || i == o || i == o + 1,
                                        1,
                                        x.size(1) - 1,
                                        x.size(2) - 1)),
                                0,
                                0))
                .notEmpty()
                .choosesAmongAll();
        add(
                        "maxPool",
                        WIDE,
                        (a, b, c) -> new long[][] {{1, 2, few(a), few(b), few(c)}},
                        x -> Functional.adaptiveMaxPool3d(x, 2),
                        x -> RefLayers.max(x, even(x, 2), 2, 2, 2))
                .notEmpty()
                .choosesAmongAll();
        // Its derivative: windows that overlap may choose the same element.
        add(
                        "maxPoolSpread",
                        FLOATS,
                        (a, b, c) -> new long[][] {{few(a), 2, b + 3}},
                        x -> Functional.maxPool1d(x, 3, 1, 1, 1, false),
                        x -> line(RefLayers.max(image(x), strided(3, 1, 1), 1, 1, x.size(2))))
                .choosesAmongAll();
        add(
                        "maxUnpool",
                        ALL,
                        (a, b, c) -> new long[][] {{few(a), 2, b}},
                        x -> Functional.maxUnpool1d(x, oddPlaces(x), 2),
                        RefLayers::atOddPlaces)
                .notEmpty();
    }

    private static Tensor oddPlaces(Tensor x) {
        return Tensor.arange(x.size(2)).mul(2).add(1).expand(x.size(0), x.size(1), x.size(2));
    }

    private static void means() {
        add(
                "avgPool",
                FLOATS,
                (a, b, c) -> new long[][] {{few(a), 2, b + 3}},
                x -> Functional.avgPool1d(x, 3, 2, 1, false),
                x -> line(RefLayers.mean(image(x), strided(3, 2, 1), (at, n) -> n, 1, 1, (x.size(2) + 2 - 3) / 2 + 1)));
        add(
                "avgPoolSpread",
                WIDE,
                (a, b, c) -> new long[][] {{few(a), 1, few(b) + 2, 3}},
                x -> Functional.avgPool2d(x, new long[] {2, 3}, new long[] {1, 1}, new long[] {0, 1}, false, 5),
                x -> plane(RefLayers.mean(
                        image(x),
                        (d, o, i) -> d == 0 || (d == 1 ? i == o || i == o + 1 : i >= o - 1 && i <= o + 1),
                        (at, n) -> 5,
                        1,
                        x.size(2) - 1,
                        3)));
        add(
                        "avgPool",
                        FLOATS,
                        (a, b, c) -> new long[][] {{1, 2, few(a), few(b), few(c)}},
                        x -> Functional.adaptiveAvgPool3d(x, 3, 2, 1),
                        x -> RefLayers.mean(x, even(x, 3, 2, 1), (at, n) -> n, 3, 2, 1))
                .notEmpty();
    }

    private static void norms() {
        add(
                "normalizeLines",
                FLOATS,
                (a, b, c) -> new long[][] {{a, b, few(c) + 1}},
                x -> Functional.layerNorm(x, new long[] {x.size(2)}, null, null, 0.5),
                x -> RefLayers.standardize(x, 0.5));
        add(
                        "normalizeChannels",
                        WIDE,
                        (a, b, c) -> new long[][] {{few(a) + 1, few(b), few(c)}},
                        x -> Functional.batchNorm(x, null, null, null, null, true, 0.1, 0.5),
                        LayerRecipes::overBatch)
                .notEmpty();
        add(
                        "standardize",
                        WIDE,
                        (a, b, c) -> new long[][] {{few(a), 4, few(b) + 1}},
                        x -> Functional.groupNorm(x, 2, null, null, 0.5),
                        x -> RefLayers.standardize(x.reshape(x.size(0), 2, 2 * x.size(2)), 0.5)
                                .reshape(x.shape()))
                .notEmpty();
    }

    private static Ref overBatch(Ref x) {
        Ref channelFirst = RefViews.transpose(x, 0, 1);
        Ref rows = channelFirst.reshape(x.size(1), x.size(0) * x.size(2));
        return RefViews.transpose(RefLayers.standardize(rows, 0.5).reshape(channelFirst.shape()), 0, 1);
    }

    // ------------------------------------------------------------------ parts

    /** Not more than 4, so that the plain loops end soon. */
    private static long few(long size) {
        return Math.min(size, 4);
    }

    private static long[] last(long value) {
        return new long[] {1, 1, value};
    }

    /** With dimensions of size 1 after the channels, five in all. */
    private static Ref image(Ref x) {
        long[] shape = {x.size(0), x.size(1), 1, 1, 1};
        for (int d = 2; d < x.rank(); d++) {
            shape[d + 5 - x.rank()] = x.size(d);
        }
        return x.reshape(shape);
    }

    private static Ref line(Ref x) {
        return x.reshape(x.size(0), x.size(1), x.size(4));
    }

    private static Ref plane(Ref x) {
        return x.reshape(x.size(0), x.size(1), x.size(3), x.size(4));
    }

    /** Windows along the last dimension. */
    private static RefLayers.Window strided(long kernel, long stride, long padding) {
        return (d, o, i) -> d < 2 || i >= o * stride - padding && i < o * stride - padding + kernel;
    }

    /** As many windows as asked for. */
    private static RefLayers.Window even(Ref x, long... out) {
        return (d, o, i) -> {
            long n = out[out.length == 1 ? 0 : d];
            double share = (double) x.size(d + 2) / n;
            return i >= Math.floor(o * share) && i < Math.ceil((o + 1) * share);
        };
    }
}
