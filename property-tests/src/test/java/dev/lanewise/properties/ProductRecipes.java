package dev.lanewise.properties;

import static dev.lanewise.properties.Recipe.Types.NUMBERS;

import dev.lanewise.op.BinaryOps;
import dev.lanewise.testing.reference.Ref;
import dev.lanewise.testing.reference.RefMath;
import dev.lanewise.testing.reference.RefReduce;
import dev.lanewise.testing.reference.RefViews;

/** Products of matrices and vectors. */
final class ProductRecipes {
    private static final int BETA = 2;
    private static final int ALPHA = 3;

    private ProductRecipes() {}

    static void fill() {
        add(
                "addmm",
                (a, b, c) -> new long[][] {{c}, {a, b}, {b, c}},
                in -> in[0].addmm(in[1], in[2], BETA, ALPHA),
                RefReduce::matmul);
        add(
                "addmv",
                (a, b, c) -> new long[][] {{a}, {a, b}, {b}},
                in -> in[0].addmv(in[1], in[2], BETA, ALPHA),
                RefReduce::matmul);
        add(
                "addr",
                (a, b, c) -> new long[][] {{a, 1}, {a}, {b}},
                in -> in[0].addr(in[1], in[2], BETA, ALPHA),
                (x, y) -> RefMath.binary(BinaryOps.MUL, x.reshape(x.size(0), 1), y));
        add(
                "baddbmm",
                (a, b, c) -> new long[][] {{a, 1}, {2, a, b}, {2, b, c}},
                in -> in[0].baddbmm(in[1], in[2], BETA, ALPHA),
                RefReduce::matmul);
        add(
                "addbmm",
                (a, b, c) -> new long[][] {{a, c}, {2, a, b}, {2, b, c}},
                in -> in[0].addbmm(in[1], in[2], BETA, ALPHA),
                ProductRecipes::sumOfProducts);
    }

    private interface Product {
        Ref of(Ref a, Ref b);
    }

    private static void add(String op, Recipe.Shapes shapes, Recipe.Call call, Product product) {
        Recipes.add(new Recipe(
                op,
                NUMBERS,
                shapes,
                call,
                in -> RefMath.binary(BinaryOps.ADD, scaled(in[0], BETA), scaled(product.of(in[1], in[2]), ALPHA))));
    }

    private static Ref scaled(Ref x, int factor) {
        Ref number = x.dtype().isFloatingPoint()
                ? Ref.floating(x.dtype(), new long[0], factor)
                : Ref.integral(x.dtype(), new long[0], factor);
        return RefMath.binary(BinaryOps.MUL, x, number);
    }

    private static Ref sumOfProducts(Ref a, Ref b) {
        Ref first = RefReduce.matmul(RefViews.select(a, 0, 0), RefViews.select(b, 0, 0));
        Ref second = RefReduce.matmul(RefViews.select(a, 0, 1), RefViews.select(b, 0, 1));
        return RefMath.binary(BinaryOps.ADD, first, second);
    }
}
