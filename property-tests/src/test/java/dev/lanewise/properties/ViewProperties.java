package dev.lanewise.properties;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.testing.Layout;
import dev.lanewise.testing.reference.Ref;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

/** Views share the memory of what they were taken from, and copies do not. */
class ViewProperties {
    private static final Set<String> VIEWS = Set.of(
            "view",
            "transpose",
            "t",
            "permute",
            "squeeze",
            "unsqueeze",
            "expand",
            "select",
            "slice",
            "diagonal",
            "unfold");
    private static final Layout[] LAYOUTS = {Layout.CONTIGUOUS, Layout.TRANSPOSED, Layout.STEPPED, Layout.OFFSET};

    @Property(tries = 50)
    void writesGoBothWays(
            @ForAll @LongRange(min = 1, max = 5) long a,
            @ForAll @LongRange(min = 1, max = 5) long b,
            @ForAll @LongRange(min = 1, max = 5) long c) {
        for (Recipe recipe : Recipes.all()) {
            if (VIEWS.contains(recipe.op())) {
                for (Layout layout : LAYOUTS) {
                    check(recipe, layout, recipe.shapes(a, b, c)[0]);
                }
            }
        }
    }

    private static void check(Recipe recipe, Layout layout, long[] shape) {
        Ref ids = numbered(shape);
        Tensor x = layout.build(ids);
        Tensor view = recipe.call(x);
        String what = recipe.op() + " " + layout + x.shape();
        assertTrue(view.isView(), what);
        assertSame(x.storage(), view.storage(), what);
        Ref picked = recipe.meaning(ids);
        Set<Long> reached = new HashSet<>();
        for (int i = 0; i < picked.numel(); i++) {
            reached.add(picked.getLong(i));
        }
        int version = x.storage().version();
        if (Set.of("expand", "unfold").contains(recipe.op())) {
            x.fill_(-1);
            Same.check(what + " sees", Tolerance.EXACT, filled(picked), view);
            return;
        }
        view.fill_(-1);
        Ref after = Ref.read(x);
        for (int i = 0; i < after.numel(); i++) {
            assertEquals(reached.contains((long) i) ? -1 : i, after.getLong(i), what + " element " + i);
        }
        assertTrue(x.storage().version() > version, what + " shares its version");
    }

    private static Ref numbered(long[] shape) {
        int n = 1;
        for (long size : shape) {
            n = Math.toIntExact(n * size);
        }
        long[] values = new long[n];
        for (int i = 0; i < n; i++) {
            values[i] = i;
        }
        return Ref.integral(DType.INT64, shape, values);
    }

    private static Ref filled(Ref like) {
        long[] values = new long[like.numel()];
        Arrays.fill(values, -1);
        return Ref.integral(DType.INT64, like.shape(), values);
    }

    @Example
    void copiesDoNot() {
        for (Recipe recipe : Recipes.all()) {
            if (VIEWS.contains(recipe.op()) || recipe.dtypes().size() < DType.values().length) {
                continue;
            }
            long[][] shapes = recipe.shapes(2, 3, 4);
            Tensor[] in = new Tensor[shapes.length];
            for (int i = 0; i < in.length; i++) {
                in[i] = Layout.CONTIGUOUS.build(numbered(shapes[i]));
            }
            Tensor out = recipe.call(in);
            for (Tensor x : in) {
                assertTrue(x.storage() != out.storage(), recipe.op() + " shares memory with its input");
            }
        }
    }
}
