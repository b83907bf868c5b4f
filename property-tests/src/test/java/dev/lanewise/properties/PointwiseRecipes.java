package dev.lanewise.properties;

import static dev.lanewise.properties.Recipe.Types.ALL;
import static dev.lanewise.properties.Recipe.Types.FLOATS;
import static dev.lanewise.properties.Recipe.Types.NUMBERS;

import dev.lanewise.DType;
import dev.lanewise.testing.reference.Ref;
import dev.lanewise.testing.reference.RefPointwise;

/** Rounded quotients, and functions of three tensors that are made of several kernels. */
final class PointwiseRecipes {
    private PointwiseRecipes() {}

    static void fill() {
        // The divisor is moved away from 0.
        Recipes.add2(
                "divRounded",
                NUMBERS,
                Recipes.twoAlike(),
                (x, y) -> x.div(y.square().add(1), "floor"),
                (x, y) -> RefPointwise.quotient(x, y, true));
        Recipes.add2(
                "divRounded",
                NUMBERS,
                Recipes.twoAlike(),
                (x, y) -> x.div(y.square().add(1), "trunc"),
                (x, y) -> RefPointwise.quotient(x, y, false));
        Recipes.add3(
                "addcdiv",
                FLOATS,
                PointwiseRecipes::three,
                in -> in[0].addcdiv(in[1], in[2].square().add(1), -0.75),
                in -> RefPointwise.addcdiv(in[0], in[1], in[2], -0.75));
        Recipes.add2(
                "lerp",
                FLOATS,
                Recipes.twoAlike(),
                (x, y) -> x.lerp(y, 0.25),
                (x, y) -> RefPointwise.lerp(x, y, Ref.floating(x.dtype(), new long[0], 0.25)));
        Recipes.add2(
                "lerp",
                FLOATS,
                Recipes.twoAlike(),
                (x, y) -> x.clone().lerp_(y, 0.75),
                (x, y) -> RefPointwise.lerp(x, y, Ref.floating(x.dtype(), new long[0], 0.75)));
        Recipes.add3(
                "lerp",
                FLOATS,
                PointwiseRecipes::three,
                in -> in[0].lerp(in[1], in[2]),
                in -> RefPointwise.lerp(in[0], in[1], in[2]));
        Recipes.add2(
                "maskedFill",
                ALL,
                (a, b, c) -> new long[][] {{a, b}, {b}},
                (x, y) -> x.maskedFill(y.detach().gt(0), 2),
                (x, y) -> RefPointwise.maskedFill(x, y, Ref.integral(DType.INT64, new long[0], 2)));
        Recipes.add3(
                "maskedFill",
                ALL,
                (a, b, c) -> new long[][] {{a, b}, {a, 1}, {}},
                in -> in[0].clone().maskedFill_(in[1].detach().gt(0), in[2]),
                in -> RefPointwise.maskedFill(in[0], in[1], in[2]));
    }

    private static long[][] three(long a, long b, long c) {
        return new long[][] {{a, b}, {a, b}, {b}};
    }
}
