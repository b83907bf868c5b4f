package dev.lanewise.properties;

import static dev.lanewise.properties.Recipe.Types.ALL;
import static dev.lanewise.properties.Recipes.add;
import static dev.lanewise.properties.Recipes.cube;

import dev.lanewise.testing.reference.Ref;
import dev.lanewise.testing.reference.RefSorting;

/** Sorting and searching. */
final class SortRecipes {
    private SortRecipes() {}

    static void fill() {
        add("sort", ALL, cube(), x -> x.sort().values(), x -> sorted(x, 2, false));
        add("sort", ALL, cube(), x -> x.sort(1, true).values(), x -> sorted(x, 1, true));
        add("sort", ALL, cube(), x -> x.sort(-2, false).values(), x -> sorted(x, 1, false));
        add("topk", ALL, cube(), x -> x.topk(1, 1, true).values(), x -> RefSorting.sorted(x, 1, true, 0, 1))
                .notEmpty();
        add(
                        "topk",
                        ALL,
                        cube(),
                        x -> x.topk(half(x.size(2)), -1, false).values(),
                        x -> RefSorting.sorted(x, 2, false, 0, (int) half(x.size(2))))
                .notEmpty();
        add(
                        "kthvalue",
                        ALL,
                        cube(),
                        x -> x.kthvalue(half(x.size(1)), 1).values(),
                        x -> kth(x, (int) half(x.size(1))).reshape(x.size(0), x.size(2)))
                .notEmpty();
        add("kthvalue", ALL, cube(), x -> x.kthvalueKeepDim(1, 1).values(), x -> kth(x, 1))
                .notEmpty();
    }

    private static long half(long size) {
        return (size + 1) / 2;
    }

    private static Ref sorted(Ref x, int dim, boolean descending) {
        return RefSorting.sorted(x, dim, descending, 0, (int) x.size(dim));
    }

    private static Ref kth(Ref x, int k) {
        return RefSorting.sorted(x, 1, false, k - 1, 1);
    }
}
