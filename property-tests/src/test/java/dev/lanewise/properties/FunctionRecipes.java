package dev.lanewise.properties;

import static dev.lanewise.properties.Recipe.Types.FLOATS;

import dev.lanewise.Tensor;
import dev.lanewise.testing.reference.RefFunctions;

/** Functions of tensors that are not elementwise ops. */
final class FunctionRecipes {
    private FunctionRecipes() {}

    static void fill() {
        Recipes.add(
                "nanToNum",
                FLOATS,
                (a, b, c) -> new long[][] {{a, b, c}},
                x -> spoilt(x).nanToNum(0.5, 7, -3),
                x -> RefFunctions.nanToNum(RefFunctions.map(x, FunctionRecipes::spoilt), 0.5, 7, -3));
    }

    /** NaN, ∞ or -∞ in place of some values; by a sum, for whose derivative that makes no difference. */
    private static Tensor spoilt(Tensor x) {
        Tensor high = added(x.gt(2), Double.POSITIVE_INFINITY, x);
        return x.add(high).add(added(x.lt(-1), Double.NEGATIVE_INFINITY, x)).add(added(x.lt(-2), Double.NaN, x));
    }

    private static Tensor added(Tensor where, double value, Tensor like) {
        return Tensor.where(where, Tensor.scalar(like.dtype(), value), Tensor.scalar(like.dtype(), 0));
    }

    private static double spoilt(double x) {
        return x > 2 ? Double.POSITIVE_INFINITY : x < -2 ? Double.NaN : x < -1 ? Double.NEGATIVE_INFINITY : x;
    }
}
