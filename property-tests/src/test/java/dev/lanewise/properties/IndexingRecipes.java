package dev.lanewise.properties;

import static dev.lanewise.properties.Recipe.Types.ALL;
import static dev.lanewise.properties.Recipe.Types.NUMBERS;
import static dev.lanewise.properties.Recipes.add;
import static dev.lanewise.properties.Recipes.add2;
import static dev.lanewise.properties.Recipes.cube;
import static dev.lanewise.properties.Recipes.matrix;

import dev.lanewise.DType;
import dev.lanewise.Index;
import dev.lanewise.Tensor;
import dev.lanewise.nn.Functional;
import dev.lanewise.op.BinaryOps;
import dev.lanewise.op.Dispatch;
import dev.lanewise.op.PickOps;
import dev.lanewise.op.Selection;
import dev.lanewise.testing.reference.Ref;
import dev.lanewise.testing.reference.RefIndexing;
import dev.lanewise.testing.reference.RefIndexing.Meet;
import dev.lanewise.testing.reference.RefMath;
import dev.lanewise.testing.reference.RefViews;
import java.util.Arrays;
import java.util.Locale;

/** Reading and writing at positions. */
final class IndexingRecipes {
    private IndexingRecipes() {}

    static void fill() {
        scatters();
        slices();
        lists();
        wholes();
        parts();
        tables();
    }

    // ------------------------------------------------------------------ positions

    /** Positions that differ along each line as long as the lines are no longer than {@code size}. */
    private static long[] shifted(long rows, long columns, long size) {
        long[] positions = new long[Math.toIntExact(rows * columns)];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = (i / columns + i % columns) % size;
        }
        return positions;
    }

    private static Tensor index(long rows, long columns, long size) {
        return Tensor.of(shifted(rows, columns, size)).reshape(rows, columns);
    }

    private static Ref ref(long[] positions, long... shape) {
        return Ref.integral(DType.INT64, shape, positions);
    }

    private static Ref refIndex(long rows, long columns, long size) {
        return ref(shifted(rows, columns, size), rows, columns);
    }

    // ------------------------------------------------------------------ elements along a dimension

    private static void scatters() {
        add2(
                "scatter",
                ALL,
                (a, b, c) -> new long[][] {{a, b + 2}, {a, b}},
                (x, y) -> x.scatter(1, index(y.size(0), y.size(1), x.size(1)), y),
                (x, y) -> RefIndexing.scatter(Meet.SET, true, x, 1, refIndex(y.size(0), y.size(1), x.size(1)), y));
        add2(
                "scatterAdd",
                NUMBERS,
                (a, b, c) -> new long[][] {{3, b}, {a, b}},
                (x, y) -> x.scatterAdd(0, index(y.size(0), y.size(1), 3), y),
                (x, y) -> RefIndexing.scatter(Meet.SUM, true, x, 0, refIndex(y.size(0), y.size(1), 3), y));
        for (Meet how : Meet.values()) {
            if (how != Meet.SET) {
                scatterReduce(how, true);
                scatterReduce(how, false);
            }
        }
    }

    private static void scatterReduce(Meet how, boolean includeSelf) {
        String name = how.name().toLowerCase(Locale.ROOT);
        add2(
                "scatterReduce",
                NUMBERS,
                (a, b, c) -> new long[][] {{a, b / 2 + 2}, {a, b}},
                (x, y) -> x.scatterReduce(1, index(y.size(0), y.size(1), b(y)), y, name, includeSelf),
                (x, y) -> RefIndexing.scatter(how, includeSelf, x, 1, refIndex(y.size(0), y.size(1), b(y)), y));
    }

    /** At least two elements meet, and the last place of each line gets none. */
    private static long b(Tensor y) {
        return y.size(1) / 2 + 1;
    }

    private static long b(Ref y) {
        return y.size(1) / 2 + 1;
    }

    // ------------------------------------------------------------------ slices along a dimension

    private static void slices() {
        add2(
                        "indexAdd",
                        NUMBERS,
                        (a, b, c) -> new long[][] {{a, b, c}, {a, 3, c}},
                        (x, y) -> x.indexAdd(1, Tensor.of(x.size(1) - 1, 0L, 0L), y),
                        (x, y) -> RefIndexing.slices(Meet.SUM, x, 1, new long[] {x.size(1) - 1, 0, 0}, y))
                .notEmpty();
        add2(
                        "indexAdd",
                        NUMBERS,
                        (a, b, c) -> new long[][] {{a, b}, {2, b}},
                        (x, y) -> x.indexAdd(0, Tensor.of(0L, 0L), y, 2),
                        (x, y) -> RefIndexing.slices(
                                Meet.SUM, x, 0, new long[] {0, 0}, RefMath.binary(BinaryOps.ADD, y, y)))
                .notEmpty();
        add2(
                "indexCopy",
                ALL,
                (a, b, c) -> new long[][] {{a, b + 2, c}, {a, 2, c}},
                (x, y) -> x.indexCopy(-2, Tensor.of(x.size(1) - 1, 0L), y),
                (x, y) -> RefIndexing.slices(Meet.SET, x, 1, new long[] {x.size(1) - 1, 0}, y));
        add2(
                        "indexFill",
                        ALL,
                        (a, b, c) -> new long[][] {{a, b, c}, {}},
                        (x, y) -> x.indexFill(1, Tensor.of(-1L, 0L), y),
                        (x, y) -> RefIndexing.slices(
                                Meet.SET, x, 1, new long[] {x.size(1) - 1, 0}, RefMath.expand(y, new long[] {
                                    x.size(0), 2, x.size(2)
                                })))
                .notEmpty();
    }

    // ------------------------------------------------------------------ lists

    private static long[] thirds(long n) {
        long[] rows = new long[Math.toIntExact(n)];
        Arrays.setAll(rows, i -> i % 3);
        return rows;
    }

    private static Tensor spread(Tensor x) {
        Selection where = new Selection(0, Tensor.of(thirds(x.size(0))), false);
        return Dispatch.apply(PickOps.SPREAD, new PickOps.Spreading(where, new long[] {3, x.size(1)}), x);
    }

    private static void tables() {
        add(
                        "embedding",
                        ALL,
                        matrix(),
                        x -> Functional.embedding(Tensor.of(0L, x.size(0) - 1, 0), x),
                        x -> RefViews.indexSelect(x, 0, 0, x.size(0) - 1, 0))
                .notEmpty();
        add(
                "spread",
                NUMBERS,
                matrix(),
                IndexingRecipes::spread,
                x -> RefIndexing.slices(
                        Meet.SUM, Ref.read(Tensor.zeros(x.dtype(), 3, x.size(1))), 0, thirds(x.size(0)), x));
    }

    private static void lists() {
        add(
                        "index",
                        ALL,
                        cube(),
                        x -> x.index(Index.at(-1, 0), Index.all(), Index.at(0, -1)),
                        x -> RefIndexing.index(x, ref(new long[] {-1, 0}, 2), null, ref(new long[] {0, -1}, 2)))
                .notEmpty();
        add(
                        "index",
                        ALL,
                        cube(),
                        x -> x.index(Index.all(), Index.of(index(2, 3, x.size(1))), Index.of(index(2, 3, x.size(2)))),
                        x -> RefIndexing.index(x, null, refIndex(2, 3, x.size(1)), refIndex(2, 3, x.size(2))))
                .notEmpty();
        add2(
                        "indexPut",
                        NUMBERS,
                        (a, b, c) -> new long[][] {{a, b, c}, {4, b, c}},
                        (x, y) -> x.indexPut(new Tensor[] {Tensor.of(0L, -1L, 0L, 0L)}, y, true),
                        (x, y) -> RefIndexing.indexPut(Meet.SUM, x, y, ref(new long[] {0, -1, 0, 0}, 4)))
                .notEmpty();
        add2(
                        "indexPut",
                        ALL,
                        (a, b, c) -> new long[][] {{a, b + 1, c + 1}, {a, 2}},
                        (x, y) -> x.indexPut(y, Index.all(), Index.at(0, -1), Index.at(-1, 0)),
                        (x, y) -> RefIndexing.indexPut(
                                Meet.SET, x, y, null, ref(new long[] {0, -1}, 2), ref(new long[] {-1, 0}, 2)))
                .notEmpty();
        add2(
                        "indexPut",
                        ALL,
                        (a, b, c) -> new long[][] {{a, b, c}, {1}},
                        (x, y) -> x.indexPut(y, Index.at(-1), Index.of(mask(x.size(1)))),
                        (x, y) -> RefIndexing.indexPut(
                                Meet.SET, x, spread(x, y), constant(x.size(0) - 1, x.size(1)), everyThird(x.size(1))))
                .notEmpty();
    }

    // ------------------------------------------------------------------ masks and the whole tensor

    /** True at every third place from the first on. */
    private static Tensor mask(long... shape) {
        long n = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        return Tensor.arange(n)
                .sub(Tensor.arange(n).div(3).to(DType.INT64).mul(3))
                .eq(0)
                .reshape(shape);
    }

    private static Ref everyThird(long size) {
        long[] positions = new long[(int) (size + 2) / 3];
        Arrays.setAll(positions, i -> 3L * i);
        return ref(positions, positions.length);
    }

    private static Ref constant(long value, long size) {
        long[] positions = new long[(int) (size + 2) / 3];
        Arrays.fill(positions, value);
        return ref(positions, positions.length);
    }

    private static Ref spread(Ref x, Ref one) {
        return RefMath.expand(one, new long[] {(x.size(1) + 2) / 3, x.size(2)});
    }

    private static void wholes() {
        add(
                "maskedSelect",
                ALL,
                matrix(),
                x -> x.maskedSelect(mask(x.size(0), x.size(1))),
                x -> RefIndexing.index(flat(x), everyThird(x.numel())));
        add2(
                "maskedScatter",
                ALL,
                (a, b, c) -> new long[][] {{a, b}, {b, a}},
                (x, y) -> x.maskedScatter(mask(x.size(0), x.size(1)), y),
                (x, y) -> RefIndexing.indexPut(Meet.SET, flat(x), head(x, y), everyThird(x.numel()))
                        .reshape(x.shape()));
        add(
                        "take",
                        ALL,
                        matrix(),
                        x -> x.take(Tensor.of((Object) new long[][] {{0, -1}, {0, 0}})),
                        x -> RefIndexing.index(flat(x), ref(new long[] {0, -1, 0, 0}, 2, 2)))
                .notEmpty();
        add2(
                        "put",
                        NUMBERS,
                        (a, b, c) -> new long[][] {{a, b}, {3}},
                        (x, y) -> x.put(Tensor.of(0L, -1L, 0L), y, true),
                        (x, y) -> RefIndexing.indexPut(Meet.SUM, flat(x), y, ref(new long[] {0, -1, 0}, 3))
                                .reshape(x.shape()))
                .notEmpty();
    }

    private static Ref flat(Ref x) {
        return x.reshape(x.numel());
    }

    private static Ref head(Ref x, Ref y) {
        return RefViews.slice(flat(y), 0, 0, (x.numel() + 2) / 3, 1);
    }

    private static void parts() {
        add2(
                        "selectScatter",
                        ALL,
                        (a, b, c) -> new long[][] {{a, b, c}, {a, c}},
                        (x, y) -> x.selectScatter(y, 1, -1),
                        (x, y) -> RefIndexing.slices(
                                Meet.SET, x, 1, new long[] {x.size(1) - 1}, y.reshape(x.size(0), 1, x.size(2))))
                .notEmpty();
        add2(
                "sliceScatter",
                ALL,
                (a, b, c) -> new long[][] {{a, 2 * b, c}, {a, b, c}},
                (x, y) -> x.sliceScatter(y, -2, 1, Index.OPEN, 2),
                (x, y) -> RefIndexing.slices(Meet.SET, x, 1, odd(y.size(1)), y));
        add2(
                "diagonalScatter",
                ALL,
                (a, b, c) -> new long[][] {{a, a + 1}, {a}},
                (x, y) -> x.diagonalScatter(y, 1, 0, 1),
                (x, y) -> RefIndexing.indexPut(Meet.SET, x, y, rising(0, y.size(0)), rising(1, y.size(0))));
    }

    private static long[] odd(long count) {
        long[] positions = new long[(int) count];
        Arrays.setAll(positions, i -> 2L * i + 1);
        return positions;
    }

    private static Ref rising(long from, long count) {
        long[] positions = new long[(int) count];
        Arrays.setAll(positions, i -> from + i);
        return ref(positions, count);
    }
}
