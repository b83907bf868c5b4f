package dev.lanewise.properties;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.testing.Layout;
import dev.lanewise.testing.TensorArbitraries;
import dev.lanewise.testing.Values;
import dev.lanewise.testing.reference.Ref;
import dev.lanewise.testing.reference.RefReduce;
import java.util.Arrays;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Ops that are not elementwise, by their recipes: every dtype × layouts × sizes equal the reference. */
class StructuredProperties {
    private static final Layout[] LAYOUTS = {
        Layout.CONTIGUOUS, Layout.TRANSPOSED, Layout.STEPPED, Layout.OFFSET, Layout.EXPANDED
    };

    @Example
    void everyOpHasARecipe() {
        assertEquals(Set.of(), Recipes.missing(), "ops of the registry without a row in Recipes");
    }

    @Example
    void everyRecipeInEveryLayout() {
        int checked = 0;
        long[][] sizes = {{1, 1, 1}, {2, 3, 4}, {3, 17, 2}, {1, 65, 9}, {4, 2, 33}, {0, 2, 3}, {2, 0, 3}, {3, 2, 0}};
        for (Recipe recipe : Recipes.all()) {
            for (int i = 0; i < sizes.length; i++) {
                for (DType type : recipe.dtypes()) {
                    Layout layout = LAYOUTS[(i + type.ordinal()) % LAYOUTS.length];
                    checked += check(recipe, type, layout, sizes[i]);
                }
            }
        }
        assertTrue(checked > 1000, "only " + checked + " calls were compared");
    }

    @Provide
    Arbitrary<long[]> sizes() {
        Arbitrary<Long> size = Arbitraries.oneOf(
                Arbitraries.longs().between(0, 5), Arbitraries.longs().between(1, 40));
        return size.array(long[].class).ofSize(3);
    }

    @Property(tries = 60)
    void otherSizes(@ForAll("sizes") long[] sizes, @ForAll Layout layout, @ForAll DType type) {
        boolean placed = Arrays.asList(LAYOUTS).contains(layout);
        for (Recipe recipe : Recipes.all()) {
            if (recipe.dtypes().contains(type)) {
                check(recipe, type, placed ? layout : Layout.CONTIGUOUS, sizes);
            }
        }
    }

    private static final Set<String> REDUCTIONS = Set.of(
            "sum",
            "mean",
            "amax",
            "amin",
            "max",
            "min",
            "softmax",
            "logSoftmax",
            "norm",
            "logsumexp",
            "any",
            "all",
            "cummax",
            "cummin");

    @Property(tries = 30)
    void reductionsAroundLanes(@ForAll("laneSizes") long n, @ForAll("three") long rows, @ForAll DType type) {
        for (Recipe recipe : Recipes.all()) {
            boolean reduces = REDUCTIONS.contains(recipe.op());
            if (reduces && recipe.dtypes().contains(type)) {
                check(recipe, type, Layout.CONTIGUOUS, rows, 2, n);
                check(recipe, type, Layout.TRANSPOSED, rows, n, 2);
                check(recipe, type, Layout.STEPPED, n, rows, 2);
            }
        }
    }

    @Provide
    Arbitrary<Long> laneSizes() {
        return TensorArbitraries.laneSizes();
    }

    @Provide
    Arbitrary<Long> three() {
        return Arbitraries.longs().between(1, 3);
    }

    @Property(tries = 40)
    void argBest(@ForAll("laneSizes") long n, @ForAll Layout layout, @ForAll DType type, @ForAll boolean special) {
        long[] shape = {2, Math.max(1, n)};
        Ref values = special ? Values.special(type, shape, -9, 9, n) : Values.within(type, shape, -9, 9, n);
        Tensor x = (Arrays.asList(LAYOUTS).contains(layout) ? layout : Layout.OFFSET).build(values);
        Ref a = Ref.read(x);
        String what = type + " " + layout + Arrays.toString(shape) + (special ? " special" : "");
        Same.check("argmax(1) " + what, Tolerance.EXACT, RefReduce.argBest(a, true, 1), x.argmax(1));
        Same.check("argmin(1) " + what, Tolerance.EXACT, RefReduce.argBest(a, false, 1), x.argmin(1));
        Same.check("argmax(0) " + what, Tolerance.EXACT, RefReduce.argBest(a, true, 0), x.argmax(0));
        Ref flat = a.reshape(a.numel());
        Same.check("argmin() " + what, Tolerance.EXACT, RefReduce.argBest(flat, false, 0), x.argmin());
        Same.check("amax() " + what, Tolerance.EXACT, RefReduce.amax(a), x.amax());
    }

    @Property(tries = 60)
    void matmulOfAnyRanks(@ForAll("sizes") long[] sizes, @ForAll Layout layout, @ForAll("ranks") int[] ranks) {
        long m = sizes[0];
        long k = sizes[1];
        long n = sizes[2];
        long[][] left = {{k}, {m, k}, {3, m, k}, {2, 1, m, k}};
        long[][] right = {{k}, {k, n}, {3, k, n}, {1, 3, k, n}};
        Layout placed = Arrays.asList(LAYOUTS).contains(layout) ? layout : Layout.CONTIGUOUS;
        for (DType type : new DType[] {DType.FLOAT32, DType.FLOAT64, DType.BFLOAT16, DType.INT32}) {
            Tensor a = placed.build(Values.within(type, left[ranks[0]], -3, 3, m));
            Tensor b = placed.build(Values.within(type, right[ranks[1]], -3, 3, n + 50));
            String what = "matmul " + type + " " + placed + " " + a.shape() + " " + b.shape();
            Same.check(what, Tolerance.of("mm"), 9.0 * k, RefReduce.matmul(Ref.read(a), Ref.read(b)), a.matmul(b));
        }
    }

    @Provide
    Arbitrary<int[]> ranks() {
        return Arbitraries.integers().between(0, 3).array(int[].class).ofSize(2);
    }

    /** Compares one call with the reference; gives 1, or 0 if the recipe does not take such sizes. */
    private static int check(Recipe recipe, DType type, Layout layout, long... sizes) {
        long least = Math.min(sizes[0], Math.min(sizes[1], sizes[2]));
        if (least == 0 && !recipe.takesEmpties()) {
            return 0;
        }
        long[][] shapes = recipe.shapes(sizes[0], sizes[1], sizes[2]);
        Tensor[] in = new Tensor[shapes.length];
        Ref[] refs = new Ref[shapes.length];
        Ref[] sizesOfTerms = new Ref[shapes.length];
        for (int i = 0; i < in.length; i++) {
            in[i] = layout.build(Values.within(type, shapes[i], -3, 3, sizes[0] + 10L * i));
            refs[i] = Ref.read(in[i]);
            sizesOfTerms[i] = absolute(refs[i]);
        }
        String what = recipe.op() + " " + type + " " + layout + Arrays.deepToString(shapes);
        double magnitude = Math.max(9, largest(recipe.meaning(sizesOfTerms)));
        Same.check(what, Tolerance.of(recipe.op()), magnitude, recipe.meaning(refs), recipe.call(in));
        for (int i = 0; i < in.length; i++) {
            Same.check(what + " left input " + i, Tolerance.EXACT, refs[i], in[i]);
        }
        return 1;
    }

    private static Ref absolute(Ref x) {
        if (!x.dtype().isFloatingPoint()) {
            return x;
        }
        double[] values = new double[x.numel()];
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.abs(x.get(i));
        }
        return Ref.floating(x.dtype(), x.shape(), values);
    }

    private static double largest(Ref x) {
        double largest = 0;
        for (int i = 0; i < x.numel(); i++) {
            largest = Math.max(largest, Double.isFinite(x.get(i)) ? Math.abs(x.get(i)) : 0);
        }
        return largest;
    }
}
