package dev.lanewise.properties;

import static dev.lanewise.properties.Recipe.Types.ALL;
import static dev.lanewise.properties.Recipe.Types.FLOATS;
import static dev.lanewise.properties.Recipes.add;
import static dev.lanewise.properties.Recipes.add2;
import static dev.lanewise.properties.Recipes.cube;
import static dev.lanewise.properties.Recipes.twoAlike;

import dev.lanewise.Tensor;
import dev.lanewise.op.Dispatch;
import dev.lanewise.op.RunningOps;
import dev.lanewise.testing.reference.Ref;
import dev.lanewise.testing.reference.RefStatistics;
import dev.lanewise.testing.reference.RefViews;

/** Statistics, norms and running reductions. */
final class ReduceRecipes {
    private static final double[] ORDERS = {0, 0.5, 1, 1.5, 2, 3, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};

    private ReduceRecipes() {}

    static void fill() {
        products();
        spreads();
        norms();
        truths();
        choices();
        running();
    }

    private static Recipe.Shapes line() {
        return (a, b, c) -> new long[][] {{Math.min(b, 20)}};
    }

    private static void products() {
        add("prod", ALL, line(), Tensor::prod, x -> RefStatistics.prod(x, 0));
        add("prod", ALL, cube(), x -> x.prod(1), x -> RefStatistics.prod(x, 1));
        add(
                "prod",
                ALL,
                cube(),
                x -> x.prodKeepDim(-1),
                x -> RefStatistics.prod(x, 2).reshape(x.size(0), x.size(1), 1));
    }

    private static void spreads() {
        add("var", FLOATS, line(), Tensor::var, x -> RefStatistics.var(x, 1, 0)).notEmpty();
        add("var", FLOATS, cube(), x -> x.var(false, 1), x -> RefStatistics.var(x, 0, 1))
                .notEmpty();
        add("var", FLOATS, cube(), x -> x.var(false, 0, 2), x -> RefStatistics.var(outerAndLast(x), 0, 1))
                .notEmpty();
        add("var", FLOATS, cube(), x -> x.var(new int[] {0, 1}, 0, false), x -> RefStatistics.var(firstTwo(x), 0, 0))
                .notEmpty();
        // The deviation of equal elements has no derivative.
        add("std", FLOATS, notShort(), x -> x.std(-1), x -> RefStatistics.std(x, 1, 2))
                .notEmpty();
        add(
                        "std",
                        FLOATS,
                        notShort(),
                        x -> x.std(new int[] {2}, 0, true),
                        x -> RefStatistics.std(x, 0, 2).reshape(x.size(0), x.size(1), 1))
                .notEmpty();
        add("logsumexp", FLOATS, line(), Tensor::logsumexp, x -> RefStatistics.logsumexp(x, 0))
                .notEmpty();
        add("logsumexp", FLOATS, cube(), x -> x.logsumexp(1), x -> RefStatistics.logsumexp(x, 1))
                .notEmpty();
        add("logsumexp", FLOATS, cube(), x -> x.logsumexp(0, -1), x -> RefStatistics.logsumexp(outerAndLast(x), 1))
                .notEmpty();
    }

    private static Recipe.Shapes notShort() {
        return (a, b, c) -> new long[][] {{a, b, c + 2}};
    }

    private static void norms() {
        for (double p : ORDERS) {
            Recipe recipe = add("norm", FLOATS, cube(), x -> x.norm(p, 1), x -> RefStatistics.norm(x, p, 1));
            // Extremes need an element, and roots have no second derivative at 0.
            if (p != 0 && p != 1 && p != 2) {
                recipe.notEmpty();
            }
        }
        add("norm", FLOATS, line(), Tensor::norm, x -> RefStatistics.norm(x, 2, 0))
                .notEmpty();
        add(
                "norm",
                FLOATS,
                cube(),
                x -> x.normKeepDim(3, 0, -1),
                x -> RefStatistics.norm(outerAndLast(x), 3, 1).reshape(1, x.size(1), 1));
    }

    private static void truths() {
        add("any", ALL, line(), Tensor::any, x -> RefStatistics.any(x, 0));
        add("all", ALL, line(), Tensor::all, x -> RefStatistics.all(x, 0));
        for (int dim = 0; dim < 3; dim++) {
            int d = dim;
            add("any", ALL, cube(), x -> x.any(d), x -> RefStatistics.any(x, d));
            add("all", ALL, cube(), x -> x.all(d), x -> RefStatistics.all(x, d));
        }
        add("all", ALL, cube(), x -> x.all(0, -1), x -> RefStatistics.all(outerAndLast(x), 1));
    }

    private static void choices() {
        add("medianOfAll", ALL, line(), Tensor::median, x -> RefStatistics.median(x, 0))
                .notEmpty()
                .choosesAmongAll();
        add("nanmedianOfAll", ALL, line(), Tensor::nanmedian, x -> RefStatistics.median(x, 0))
                .notEmpty()
                .choosesAmongAll();
        add("median", ALL, cube(), x -> x.median(1).values(), x -> RefStatistics.median(x, 1))
                .notEmpty()
                .choosesAmongAll();
        add(
                        "nanmedian",
                        ALL,
                        cube(),
                        x -> x.nanmedianKeepDim(0).values(),
                        x -> RefStatistics.median(x, 0).reshape(1, x.size(1), x.size(2)))
                .notEmpty()
                .choosesAmongAll();
        add("mode", ALL, cube(), x -> x.mode().values(), x -> RefStatistics.mode(x, 2))
                .notEmpty()
                .choosesAmongAll();
        add("mode", ALL, cube(), x -> x.mode(1).values(), x -> RefStatistics.mode(x, 1))
                .notEmpty()
                .choosesAmongAll();
    }

    private static void running() {
        for (int dim = 0; dim < 3; dim++) {
            int d = dim;
            add("cumsum", ALL, cube(), x -> x.cumsum(d), x -> RefStatistics.cumsum(x, d));
            add("cumprod", ALL, cube(), x -> x.cumprod(d), x -> RefStatistics.cumprod(x, d));
            add("logcumsumexp", FLOATS, cube(), x -> x.logcumsumexp(d), x -> RefStatistics.logcumsumexp(x, d));
            add("cummax", ALL, cube(), x -> x.cummax(d).values(), x -> RefStatistics.cumextreme(x, true, d))
                    .choosesAmongAll();
            add("cummin", ALL, cube(), x -> x.cummin(d).values(), x -> RefStatistics.cumextreme(x, false, d))
                    .choosesAmongAll();
        }
        add2(
                "linearScan",
                FLOATS,
                twoAlike(),
                (x, a) -> Dispatch.apply(RunningOps.LINEAR_SCAN, new RunningOps.Along(1), x, a.div(3)),
                (x, a) -> RefStatistics.linearScan(x, third(a)));
    }

    private static Ref third(Ref x) {
        double[] values = new double[x.numel()];
        for (int i = 0; i < values.length; i++) {
            values[i] = x.get(i) / 3;
        }
        return Ref.floating(x.dtype(), x.shape(), values);
    }

    /** The middle dimension, then the other two as one. */
    private static Ref outerAndLast(Ref x) {
        return RefViews.permute(x, 1, 0, 2).reshape(x.size(1), x.size(0) * x.size(2));
    }

    /** The first two dimensions as one. */
    private static Ref firstTwo(Ref x) {
        return x.reshape(x.size(0) * x.size(1), x.size(2));
    }
}
