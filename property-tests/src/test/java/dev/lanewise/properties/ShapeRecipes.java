package dev.lanewise.properties;

import static dev.lanewise.properties.Recipe.Types.ALL;
import static dev.lanewise.properties.Recipe.Types.NUMBERS;
import static dev.lanewise.properties.Recipes.add;
import static dev.lanewise.properties.Recipes.add2;
import static dev.lanewise.properties.Recipes.cube;
import static dev.lanewise.properties.Recipes.matrix;

import dev.lanewise.Tensor;
import dev.lanewise.nn.Functional;
import dev.lanewise.nn.PadMode;
import dev.lanewise.testing.reference.Ref;
import dev.lanewise.testing.reference.RefShapes;
import dev.lanewise.testing.reference.RefViews;

/** Rearrangements. */
final class ShapeRecipes {
    private ShapeRecipes() {}

    static void fill() {
        triangles();
        moves();
        joins();
        pads();
        windows();
        inPlace();
    }

    private static void triangles() {
        add("tril", ALL, matrix(), Tensor::tril, x -> RefShapes.triangle(x, true, 0));
        add("tril", ALL, cube(), x -> x.tril(-1), x -> RefShapes.triangle(x, true, -1));
        add("triu", ALL, matrix(), x -> x.triu(2), x -> RefShapes.triangle(x, false, 2));
        add("triu", ALL, cube(), x -> x.triu(Long.MIN_VALUE), x -> x);
        add("diagEmbed", ALL, matrix(), Tensor::diagEmbed, x -> RefShapes.diagEmbed(x, 0, -2, -1));
        add("diagEmbed", ALL, cube(), x -> x.diagEmbed(2, -1, 1), x -> RefShapes.diagEmbed(x, 2, -1, 1));
        add("diagEmbed", ALL, (a, b, c) -> new long[][] {{c}}, x -> x.diag(-1), x -> RefShapes.diagEmbed(x, -1, 0, 1));
        add("clone", ALL, matrix(), x -> x.diag(1), x -> RefViews.diagonal(x, 1, 0, 1))
                .notEmpty();
    }

    private static void moves() {
        add("flip", ALL, cube(), x -> x.flip(0, -1), x -> RefShapes.flip(x, 0, -1));
        add("flip", ALL, matrix(), x -> x.flip(1), x -> RefShapes.flip(x, 1));
        add("flip", ALL, cube(), Tensor::rot90, x -> RefViews.transpose(RefShapes.flip(x, 1), 0, 1));
        add("flip", ALL, cube(), x -> x.rot90(-1, 0, 2), x -> RefViews.transpose(RefShapes.flip(x, 0), 0, 2));
        add("roll", ALL, cube(), x -> x.roll(-2, 1), x -> RefShapes.roll(x, -2, 1));
        add(
                "roll",
                ALL,
                cube(),
                x -> x.roll(new long[] {1, 5}, new int[] {0, -1}),
                x -> RefShapes.roll(RefShapes.roll(x, 1, 0), 5, -1));
        add(
                "roll",
                ALL,
                matrix(),
                x -> x.roll(3),
                x -> RefShapes.roll(x.reshape(x.numel()), 3, 0).reshape(x.shape()));
        add("repeat", ALL, matrix(), x -> x.repeat(2, 1, 3), x -> RefShapes.repeat(x, 2, 1, 3));
        add("repeat", ALL, cube(), x -> x.repeat(1, 0, 2), x -> RefShapes.repeat(x, 1, 0, 2));
        add("repeat", ALL, cube(), x -> x.tile(2), x -> RefShapes.repeat(x, 1, 1, 2));
        add(
                "contiguous",
                ALL,
                matrix(),
                x -> x.repeatInterleave(3, 1),
                x -> x.pick(new long[] {x.size(0), 3 * x.size(1)}, at -> new long[] {at[0], at[1] / 3}));
    }

    private static void joins() {
        add2("blockDiag", ALL, blocks(), (x, y) -> Tensor.blockDiag(x, y), RefShapes::blockDiag);
        add2(
                "cat",
                ALL,
                (a, b, c) -> new long[][] {{b, a}, {b, c}},
                (x, y) -> Tensor.hstack(x, y),
                (x, y) -> RefViews.cat(1, x, y));
        add2(
                "cat",
                ALL,
                (a, b, c) -> new long[][] {{b}, {a, b}},
                (x, y) -> Tensor.vstack(x, y),
                (x, y) -> RefViews.cat(0, x.reshape(1, x.size(0)), y));
        add2(
                "cat",
                ALL,
                (a, b, c) -> new long[][] {{a, b}, {a, b, c}},
                (x, y) -> Tensor.dstack(x, y),
                (x, y) -> RefViews.cat(2, x.reshape(x.size(0), x.size(1), 1), y));
        add2(
                "cat",
                ALL,
                (a, b, c) -> new long[][] {{a}, {a, b}},
                (x, y) -> Tensor.columnStack(x, y),
                (x, y) -> RefViews.cat(1, x.reshape(x.size(0), 1), y));
    }

    private static Recipe.Shapes blocks() {
        return (a, b, c) -> new long[][] {{a, b}, {c, a}};
    }

    private static void pads() {
        add(
                "pad",
                ALL,
                cube(),
                x -> Functional.pad(x, 1, 2, 0, 3),
                x -> RefShapes.pad(x, new long[] {0, 0, 1}, new long[] {0, 3, 2}, 0));
        add(
                        "pad",
                        NUMBERS,
                        matrix(),
                        x -> Functional.pad(x, new long[] {-1, 2, 1, 0}, 3),
                        x -> RefShapes.pad(x, new long[] {1, -1}, new long[] {0, 2}, 3))
                .notEmpty();
        add(
                        "cat",
                        ALL,
                        matrix(),
                        x -> Functional.pad(x, new long[] {x.size(1) - 1, 0}, PadMode.REFLECT),
                        x -> RefShapes.padDim(x, 1, x.size(1) - 1, 0, Math::abs))
                .notEmpty();
        add(
                        "cat",
                        ALL,
                        matrix(),
                        x -> Functional.pad(x, new long[] {2, 3}, PadMode.REPLICATE),
                        x -> RefShapes.padDim(x, 1, 2, 3, i -> Math.min(Math.max(i, 0), x.size(1) - 1)))
                .notEmpty();
        add(
                        "cat",
                        ALL,
                        matrix(),
                        x -> Functional.pad(x, new long[] {1, x.size(1)}, PadMode.CIRCULAR),
                        x -> RefShapes.padDim(x, 1, 1, x.size(1), i -> Math.floorMod(i, x.size(1))))
                .notEmpty();
    }

    private static void windows() {
        add("unfold", ALL, cube(), x -> x.unfold(1, two(x), 1), x -> RefShapes.unfold(x, 1, Math.min(2, x.size(1)), 1))
                .notEmpty();
        add("unfold", ALL, matrix(), x -> x.unfold(-1, 1, 2), x -> RefShapes.unfold(x, -1, 1, 2))
                .notEmpty();
        add("asStrided", NUMBERS, matrix(), ShapeRecipes::overlapping, ShapeRecipes::overlapping)
                .notEmpty();
        add(
                        "asStrided",
                        NUMBERS,
                        matrix(),
                        x -> x.contiguous().asStrided(new long[] {x.size(0)}, new long[] {x.size(1)}),
                        x -> RefViews.select(x, 1, 0))
                .notEmpty();
    }

    private static long two(Tensor x) {
        return Math.min(2, x.size(1));
    }

    private static Tensor overlapping(Tensor x) {
        long half = x.numel() / 2;
        return x.contiguous().asStrided(new long[] {x.numel() - half, half + 1}, new long[] {1, 1});
    }

    private static Ref overlapping(Ref x) {
        long half = x.numel() / 2;
        return RefShapes.strided(x, new long[] {x.numel() - half, half + 1}, 1, 1);
    }

    private static void inPlace() {
        add("tril", ALL, matrix(), x -> x.clone().tril_(1), x -> RefShapes.triangle(x, true, 1));
        add("triu", ALL, cube(), x -> x.clone().triu_(), x -> RefShapes.triangle(x, false, 0));
        add("clone", ALL, matrix(), x -> x.clone().t_(), x -> RefViews.transpose(x, 0, 1));
        add("clone", ALL, cube(), x -> x.clone().transpose_(0, -1), x -> RefViews.transpose(x, 0, 2));
        add("clone", ALL, matrix(), x -> x.clone().unsqueeze_(1), x -> x.reshape(x.size(0), 1, x.size(1)));
        add(
                "clone",
                ALL,
                (a, b, c) -> new long[][] {{a, 1, b}},
                x -> x.clone().squeeze_(1),
                x -> x.reshape(x.size(0), x.size(2)));
    }
}
