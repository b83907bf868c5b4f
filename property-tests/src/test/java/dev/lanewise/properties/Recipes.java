package dev.lanewise.properties;

import static dev.lanewise.properties.Recipe.Types.ALL;
import static dev.lanewise.properties.Recipe.Types.FLOATS;
import static dev.lanewise.properties.Recipe.Types.NUMBERS;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.op.BinaryOps;
import dev.lanewise.op.Dispatch;
import dev.lanewise.op.MatmulOps;
import dev.lanewise.op.NnOps;
import dev.lanewise.op.Op;
import dev.lanewise.op.Ops;
import dev.lanewise.op.ReduceOp;
import dev.lanewise.op.StructuredOp;
import dev.lanewise.testing.reference.Ref;
import dev.lanewise.testing.reference.RefMath;
import dev.lanewise.testing.reference.RefReduce;
import dev.lanewise.testing.reference.RefViews;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The table of recipes: at least one for each op of the registry that is not elementwise.
 *
 * <p>A new op gets a row: its name, the dtypes, the shapes of its inputs in three sizes a, b and c, the call, and the same
 * call of the reference. Values, layouts and derivatives of first and second order are then tested without more.
 */
final class Recipes {
    private static final List<Recipe> ALL_RECIPES = new ArrayList<>();

    private Recipes() {}

    static {
        views();
        regions();
        copies();
        joins();
        indexing();
        products();
        reductions();
        functions();
        ReduceRecipes.fill();
        SortRecipes.fill();
        ShapeRecipes.fill();
        IndexingRecipes.fill();
        ProductRecipes.fill();
        LinalgRecipes.fill();
        FunctionRecipes.fill();
        PointwiseRecipes.fill();
        LossRecipes.fill();
        LayerRecipes.fill();
        SequenceRecipes.fill();
    }

    private static void views() {
        add("view", ALL, cube(), x -> x.view(with(1, x)), x -> x.reshape(1, x.size(0), x.size(1), x.size(2)));
        add("transpose", ALL, cube(), x -> x.transpose(0, -1), x -> RefViews.transpose(x, 0, -1));
        add("t", ALL, matrix(), Tensor::t, x -> RefViews.transpose(x, 0, 1));
        add("permute", ALL, cube(), x -> x.permute(2, 0, -2), x -> RefViews.permute(x, 2, 0, 1));
        add("squeeze", ALL, (a, b, c) -> new long[][] {{1, a, 1, b}}, Tensor::squeeze, Recipes::squeezed);
        add(
                "squeeze",
                ALL,
                (a, b, c) -> new long[][] {{a, 1, b}},
                x -> x.squeeze(-2),
                x -> x.reshape(x.size(0), x.size(2)));
        add("unsqueeze", ALL, matrix(), x -> x.unsqueeze(-1), x -> x.reshape(x.size(0), x.size(1), 1));
        add(
                "expand",
                ALL,
                (a, b, c) -> new long[][] {{a, 1, c}},
                x -> x.expand(2, -1, 3, x.size(2)),
                x -> RefMath.expand(x, new long[] {2, x.size(0), 3, x.size(2)}));
        add("select", ALL, cube(), x -> x.select(1, -1), x -> RefViews.select(x, 1, -1))
                .notEmpty();
        add("slice", ALL, cube(), x -> x.slice(-1, -4, 100, 2), x -> RefViews.slice(x, 2, -4, 100, 2));
        add("diagonal", ALL, cube(), x -> x.diagonal(-1, 0, 2), x -> RefViews.diagonal(x, -1, 0, 2))
                .notEmpty();
        add("diagonal", ALL, cube(), x -> x.diagonal(1, -1, 1), x -> RefViews.diagonal(x, 1, 2, 1))
                .notEmpty();
    }

    /** Ops that only the derivatives of views and of changes in place call. */
    private static void regions() {
        add("asStrided", NUMBERS, matrix(), Recipes::viewOfChanged, x -> doubled(RefViews.select(x, 0, 0)))
                .notEmpty();
        add("extract", NUMBERS, matrix(), Recipes::changedRow, Recipes::changedRow)
                .notEmpty();
        add("embed", NUMBERS, matrix(), Recipes::changedRow, Recipes::changedRow)
                .notEmpty();
        add("without", NUMBERS, matrix(), Recipes::changedRow, Recipes::changedRow)
                .notEmpty();
    }

    private static void copies() {
        // FLOAT32 cannot show a small step; the cast is linear, so a large one will do.
        add("to", ALL, matrix(), x -> x.to(DType.FLOAT32), x -> x.cast(DType.FLOAT32))
                .withStep(0.5, 1e-5);
        add("clone", ALL, cube(), Tensor::clone, x -> x);
        add("contiguous", ALL, cube(), x -> x.transpose(0, 2).contiguous(), x -> RefViews.transpose(x, 0, 2));
        add2(
                "copy",
                ALL,
                (a, b, c) -> new long[][] {{a, b}, {b}},
                (x, y) -> x.clone().copy_(y),
                (x, y) -> RefMath.expand(y, x.shape()));
    }

    private static void joins() {
        add2(
                "cat",
                ALL,
                (a, b, c) -> new long[][] {{a, b, 2}, {a, c, 2}},
                (x, y) -> Tensor.cat(-2, x, y, x),
                (x, y) -> RefViews.cat(1, x, y, x));
        add2("stack", ALL, twoAlike(), (x, y) -> Tensor.stack(-1, x, y), (x, y) -> RefViews.stack(-1, x, y));
        add2("stack", ALL, twoAlike(), (x, y) -> Tensor.stack(0, x, y), (x, y) -> RefViews.stack(0, x, y));
    }

    private static void indexing() {
        add(
                        "gather",
                        ALL,
                        matrix(),
                        x -> x.gather(1, index(x.size(0), 4, x.size(1))),
                        x -> RefViews.gather(x, 1, refIndex(x.size(0), 4, x.size(1))))
                .notEmpty();
        add("max", ALL, cube(), x -> x.max(1).values(), x -> RefReduce.amax(x, 1))
                .notEmpty();
        add(
                        "min",
                        ALL,
                        cube(),
                        x -> x.minKeepDim(-1).values(),
                        x -> RefReduce.amin(x, 2).reshape(x.size(0), x.size(1), 1))
                .notEmpty();
        add(
                        "indexSelect",
                        ALL,
                        cube(),
                        x -> x.indexSelect(1, 0, x.size(1) - 1, 0),
                        x -> RefViews.indexSelect(x, 1, 0, x.size(1) - 1, 0))
                .notEmpty();
        add(
                "scatterAdd",
                NUMBERS,
                matrix(),
                Recipes::scattered,
                x -> RefViews.scatterAdd(new long[] {x.size(0), 3}, 1, refIndex(x.size(0), x.size(1), 3), x));
    }

    private static void products() {
        add2("mm", NUMBERS, (a, b, c) -> new long[][] {{a, b}, {b, c}}, Tensor::mm, RefReduce::matmul);
        add2("bmm", NUMBERS, (a, b, c) -> new long[][] {{2, a, b}, {2, b, c}}, Tensor::bmm, RefReduce::matmul);
        add2("mv", NUMBERS, (a, b, c) -> new long[][] {{a, b}, {b}}, Tensor::mv, RefReduce::matmul);
        add2("dot", NUMBERS, (a, b, c) -> new long[][] {{b}, {b}}, Tensor::dot, RefReduce::matmul);
        ALL_RECIPES.add(new Recipe(
                "linear",
                FLOATS,
                (a, b, c) -> new long[][] {{a, b}, {c, b}, {c}},
                in -> Dispatch.apply(MatmulOps.LINEAR, null, in[0], in[1], in[2]),
                in -> RefMath.binary(BinaryOps.ADD, RefReduce.matmul(in[0], RefViews.transpose(in[1], 0, 1)), in[2])));
    }

    private static void reductions() {
        add("sum", ALL, cube(), Tensor::sum, RefReduce::sum);
        add("sum", ALL, cube(), x -> x.sum(1), x -> RefReduce.sum(x, 1));
        add("sum", ALL, cube(), x -> x.sum(0, -1), x -> RefReduce.sum(x, 0, 2));
        add("sum", ALL, cube(), x -> x.sumKeepDim(0), x -> RefReduce.sum(x, 0).reshape(1, x.size(1), x.size(2)));
        add("mean", FLOATS, cube(), Tensor::mean, RefReduce::mean).notEmpty();
        add("mean", FLOATS, cube(), x -> x.mean(-1), x -> RefReduce.mean(x, 2)).notEmpty();
        add("amax", ALL, cube(), Tensor::amax, RefReduce::amax).notEmpty().choosesAmongAll();
        add("amax", ALL, cube(), x -> x.amax(1, 2), x -> RefReduce.amax(x, 1, 2))
                .notEmpty();
        add("amax", ALL, cube(), Tensor::max, RefReduce::amax).notEmpty().choosesAmongAll();
        add("amin", ALL, cube(), Tensor::min, RefReduce::amin).notEmpty().choosesAmongAll();
        add("amin", ALL, cube(), x -> x.amin(-1), x -> RefReduce.amin(x, 2)).notEmpty();
    }

    private static void functions() {
        add("powNumber", FLOATS, matrix(), x -> x.abs().add(0.5).pow(1.5), x -> powered(x, 1.5));
        add("powNumber", FLOATS, matrix(), x -> x.pow(3), x -> power(x, 3));
        add("softmax", FLOATS, cube(), x -> x.softmax(1), x -> RefReduce.softmax(x, false, 1));
        add("softmax", FLOATS, cube(), x -> x.softmax(-1), x -> RefReduce.softmax(x, false, 2));
        add("logSoftmax", FLOATS, cube(), x -> x.logSoftmax(0), x -> RefReduce.softmax(x, true, 0));
        add("logSoftmax", FLOATS, cube(), x -> x.logSoftmax(-1), x -> RefReduce.softmax(x, true, 2));
        for (NnOps.Reduction reduction : NnOps.Reduction.values()) {
            add2(
                            "mseLoss",
                            FLOATS,
                            twoAlike(),
                            (x, y) -> Dispatch.apply(NnOps.MSE_LOSS, reduction, x, y),
                            (x, y) -> squaredDifference(reduction, x, y))
                    .notEmpty();
            add(
                            "nllLoss",
                            FLOATS,
                            matrix(),
                            x -> Dispatch.apply(NnOps.NLL_LOSS, new NnOps.Targets(targets(x), reduction), x),
                            x -> reduced(reduction, negated(x)))
                    .notEmpty();
        }
    }

    /** Adds a row made elsewhere. */
    static Recipe add(Recipe recipe) {
        ALL_RECIPES.add(recipe);
        return recipe;
    }

    static List<Recipe> all() {
        return ALL_RECIPES;
    }

    /** The ops of the registry that need a recipe and have none. */
    static Set<String> missing() {
        Set<String> missing = new TreeSet<>();
        for (Op op : Ops.all()) {
            boolean needed = op instanceof StructuredOp<?> || op instanceof ReduceOp;
            if (needed && ALL_RECIPES.stream().noneMatch(recipe -> recipe.op().equals(op.name()))) {
                missing.add(op.name());
            }
        }
        return missing;
    }

    // ------------------------------------------------------------------ shapes

    static Recipe.Shapes cube() {
        return (a, b, c) -> new long[][] {{a, b, c}};
    }

    static Recipe.Shapes matrix() {
        return (a, b, c) -> new long[][] {{a, b}};
    }

    static Recipe.Shapes twoAlike() {
        return (a, b, c) -> new long[][] {{a, b}, {a, b}};
    }

    private static long[] with(long first, Tensor x) {
        return new long[] {first, x.size(0), x.size(1), x.size(2)};
    }

    // ------------------------------------------------------------------ parts of recipes

    private static Ref squeezed(Ref x) {
        return x.reshape(Arrays.stream(x.shape()).filter(size -> size != 1).toArray());
    }

    private static Tensor viewOfChanged(Tensor x) {
        Tensor whole = x.clone();
        Tensor row = whole.select(0, 0);
        whole.mul_(2);
        return row.mul(1);
    }

    private static Ref doubled(Ref x) {
        return RefMath.binary(BinaryOps.ADD, x, x);
    }

    private static Tensor changedRow(Tensor x) {
        Tensor whole = x.clone();
        whole.select(0, 0).mul_(x.select(0, 0));
        return whole;
    }

    private static Ref changedRow(Ref x) {
        Ref first = RefViews.slice(x, 0, 0, 1, 1);
        return RefViews.cat(0, RefMath.binary(BinaryOps.MUL, first, first), RefViews.slice(x, 0, 1, Long.MAX_VALUE, 1));
    }

    static long[] positions(long rows, long columns, long size) {
        long[] values = new long[Math.toIntExact(rows * columns)];
        for (int i = 0; i < values.length; i++) {
            values[i] = i * 7L % Math.max(1, size);
        }
        return values;
    }

    static Tensor index(long rows, long columns, long size) {
        return Tensor.of(positions(rows, columns, size)).reshape(rows, columns);
    }

    static Ref refIndex(long rows, long columns, long size) {
        return Ref.integral(DType.INT64, new long[] {rows, columns}, positions(rows, columns, size));
    }

    private static Tensor scattered(Tensor x) {
        Tensor index = index(x.size(0), x.size(1), 3);
        return Tensor.zeros(x.dtype(), x.size(0), 3).scatterAdd(1, index, x);
    }

    private static Ref power(Ref x, double exponent) {
        return RefMath.binary(BinaryOps.POW, x, Ref.floating(x.dtype(), new long[0], exponent));
    }

    private static Ref powered(Ref x, double exponent) {
        double[] values = new double[x.numel()];
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.abs(x.get(i));
        }
        Ref half = Ref.floating(x.dtype(), new long[0], 0.5);
        return power(RefMath.binary(BinaryOps.ADD, Ref.floating(x.dtype(), x.shape(), values), half), exponent);
    }

    private static Ref squaredDifference(NnOps.Reduction reduction, Ref x, Ref y) {
        Ref difference = RefMath.binary(BinaryOps.SUB, x, y);
        return reduced(reduction, RefMath.binary(BinaryOps.MUL, difference, difference));
    }

    private static Ref reduced(NnOps.Reduction reduction, Ref x) {
        return switch (reduction) {
            case NONE -> x;
            case MEAN -> RefReduce.mean(x);
            case SUM -> RefReduce.sum(x);
        };
    }

    private static Tensor targets(Tensor x) {
        return Tensor.of(positions(x.size(0), 1, x.size(1)));
    }

    private static Ref negated(Ref x) {
        long[] column = positions(x.size(0), 1, x.size(1));
        double[] values = new double[column.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = -x.at(i, column[i]);
        }
        return Ref.floating(x.dtype(), new long[] {values.length}, values);
    }

    // ------------------------------------------------------------------ rows

    interface Call1 {
        Tensor of(Tensor x);
    }

    interface Meaning1 {
        Ref of(Ref x);
    }

    interface Call2 {
        Tensor of(Tensor x, Tensor y);
    }

    interface Meaning2 {
        Ref of(Ref x, Ref y);
    }

    static Recipe add(String op, Recipe.Types types, Recipe.Shapes shapes, Call1 call, Meaning1 meaning) {
        Recipe recipe = new Recipe(op, types, shapes, in -> call.of(in[0]), in -> meaning.of(in[0]));
        ALL_RECIPES.add(recipe);
        return recipe;
    }

    static Recipe add3(String op, Recipe.Types types, Recipe.Shapes shapes, Recipe.Call call, Recipe.Meaning meaning) {
        Recipe recipe = new Recipe(op, types, shapes, call, meaning);
        ALL_RECIPES.add(recipe);
        return recipe;
    }

    static Recipe add2(String op, Recipe.Types types, Recipe.Shapes shapes, Call2 call, Meaning2 meaning) {
        Recipe recipe = new Recipe(op, types, shapes, in -> call.of(in[0], in[1]), in -> meaning.of(in[0], in[1]));
        ALL_RECIPES.add(recipe);
        return recipe;
    }
}
