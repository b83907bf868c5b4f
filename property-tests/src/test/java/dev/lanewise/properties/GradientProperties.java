package dev.lanewise.properties;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.DType;
import dev.lanewise.GradException;
import dev.lanewise.Tensor;
import dev.lanewise.autograd.Autograd;
import dev.lanewise.autograd.GradCheck;
import dev.lanewise.autograd.Node;
import dev.lanewise.op.BinaryOp;
import dev.lanewise.op.CompareOp;
import dev.lanewise.op.Dispatch;
import dev.lanewise.op.Op;
import dev.lanewise.op.Ops;
import dev.lanewise.op.TernaryOp;
import dev.lanewise.op.TernaryOps;
import dev.lanewise.op.UnaryOp;
import dev.lanewise.testing.Layout;
import dev.lanewise.testing.Sample;
import dev.lanewise.testing.Values;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.jqwik.api.Example;

/** Every derivative of the registry, of first and second order, in every layout, against differences. */
class GradientProperties {
    private static final Layout[] LAYOUTS = {
        Layout.CONTIGUOUS, Layout.TRANSPOSED, Layout.STEPPED, Layout.OFFSET, Layout.EXPANDED
    };

    @Example
    void elementwiseOps() {
        int checked = 0;
        for (Op op : Ops.all()) {
            for (Layout layout : Layout.values()) {
                Sample sample = Sample.of(layout, new long[] {2, 3}, 7, false);
                if (op instanceof UnaryOp unary) {
                    checked += check(op, layout, in -> Dispatch.apply(unary, in[0]), in(op, sample, 1));
                } else if (op instanceof BinaryOp binary) {
                    checked += check(op, layout, in -> Dispatch.apply(binary, in[0], in[1]), in(op, sample, 2));
                } else if (op instanceof TernaryOp ternary) {
                    checked += check(op, layout, call(ternary), in(op, sample, 3));
                }
            }
        }
        assertTrue(checked > 100, "only " + checked + " derivatives were checked");
    }

    @Example
    void broadcastOperands() {
        long[][][] shapes = {{{2, 3}, {3}}, {{3, 1}, {1, 2}}, {{}, {2, 2}}, {{2, 1, 2}, {}}, {{1}, {3}}};
        for (Op op : Ops.all()) {
            for (long[][] pair : shapes) {
                Tensor a = Layout.CONTIGUOUS.build(Values.smooth(pair[0], op.low(), op.high(), 3));
                Tensor b = Layout.STEPPED.build(Values.smooth(pair[1], op.low(), op.high(), 4));
                if (op instanceof BinaryOp binary) {
                    check(op, Layout.STEPPED, in -> Dispatch.apply(binary, in[0], in[1]), a, b);
                } else if (op instanceof TernaryOp ternary) {
                    Tensor other = Layout.OFFSET.build(Values.smooth(pair[0], op.low(), op.high(), 5));
                    Tensor first = ternary == TernaryOps.WHERE ? Tensor.of(true) : other;
                    check(op, Layout.STEPPED, call(ternary), first, a, b);
                }
            }
        }
    }

    @Example
    void recipes() {
        int checked = 0;
        for (Recipe recipe : differentiable(Recipes.all())) {
            for (Layout layout : LAYOUTS) {
                if (!recipe.hasTies() || layout != Layout.EXPANDED) {
                    checked += check(recipe, layout, 2, 3, 4) + check(recipe, layout, 1, 2, 1);
                }
            }
            if (recipe.takesEmpties()) {
                check(recipe, Layout.CONTIGUOUS, 2, 0, 3);
            }
        }
        assertTrue(checked > 100, "only " + checked + " derivatives were checked");
    }

    private static List<Recipe> differentiable(List<Recipe> recipes) {
        Set<String> constant = Ops.all().stream()
                .filter(op -> !op.isDifferentiable())
                .map(Op::name)
                .collect(Collectors.toSet());
        return recipes.stream()
                .filter(recipe -> !constant.contains(recipe.op()))
                .toList();
    }

    @Example
    void recipesReachTheirOps() {
        for (Op op : Ops.all()) {
            List<Recipe> own = differentiable(Recipes.all()).stream()
                    .filter(recipe -> recipe.op().equals(op.name()))
                    .toList();
            if (own.isEmpty()) {
                continue;
            }
            Set<String> names = new HashSet<>();
            own.forEach(recipe -> collect(recipe, names));
            assertTrue(
                    names.contains(stem(op.gradName())),
                    op.name() + ": no recipe of this name makes a node " + op.gradName() + ", only " + names);
        }
    }

    @Example
    void opsWithoutDerivativeSaySo() {
        for (Op op : Ops.all()) {
            if (op instanceof CompareOp compare) {
                assertFalse(op.isDifferentiable(), op.name());
                Tensor x = Tensor.of(1.0, 2.0).requiresGrad_();
                assertFalse(Dispatch.apply(compare, x, x).requiresGrad(), op.name());
            }
            if (!op.isDifferentiable()) {
                assertNotNull(op.whyNotDifferentiable(), op.name());
                assertFalse(op.whyNotDifferentiable().isBlank(), op.name());
            }
        }
    }

    private static Tensor[] in(Op op, Sample sample, int count) {
        Tensor[] in = new Tensor[count];
        for (int i = 0; i < count; i++) {
            boolean condition = op == TernaryOps.WHERE && i == 0;
            in[i] = condition
                    ? sample.tensor(DType.BOOL, 0, 1)
                    : sample.reseeded(i).smooth(op.low(), op.high());
        }
        return in;
    }

    private static Function<Tensor[], Tensor> call(TernaryOp op) {
        return in -> Dispatch.apply(op, DType.FLOAT64, in[0], in[1], in[2]);
    }

    private static int check(Op op, Layout layout, Function<Tensor[], Tensor> f, Tensor... in) {
        if (!op.isDifferentiable()) {
            return 0;
        }
        require(op.name() + " " + layout, GradCheck.Options.DEFAULT, f, in);
        return 1;
    }

    private static int check(Recipe recipe, Layout layout, long a, long b, long c) {
        String name = recipe.op() + " " + layout;
        Tensor[] in = inputs(recipe, layout, a, b, c);
        if (recipe.isFirstOrderOnly()) {
            GradCheck.Result first = GradCheck.firstOrder(name, recipe.options(), recipe::call, in);
            assertTrue(first.passed(), first.message());
            assertThrows(
                    GradException.class, () -> GradCheck.secondOrder(name, recipe.options(), recipe::call, in), name);
        } else {
            require(name, recipe.options(), recipe::call, in);
        }
        return 1;
    }

    private static Tensor[] inputs(Recipe recipe, Layout layout, long a, long b, long c) {
        long[][] shapes = recipe.shapes(a, b, c);
        Tensor[] in = new Tensor[shapes.length];
        for (int i = 0; i < in.length; i++) {
            in[i] = layout.build(Values.smooth(shapes[i], -3, 3, 5 + i));
        }
        return in;
    }

    private static void require(String name, GradCheck.Options options, Function<Tensor[], Tensor> f, Tensor... in) {
        GradCheck.Result first;
        GradCheck.Result second;
        try {
            first = GradCheck.firstOrder(name, options, f, in);
            second = GradCheck.secondOrder(name, options, f, in);
        } catch (RuntimeException e) {
            throw new AssertionError(name + ": the derivative fails", e);
        }
        assertTrue(first.passed(), first.message());
        assertTrue(second.passed(), second.message());
    }

    /** The names of all nodes of a recipe's graph and of the graph of its gradients. */
    private static void collect(Recipe recipe, Set<String> names) {
        Tensor[] in = inputs(recipe, Layout.CONTIGUOUS, 2, 3, 4);
        for (Tensor x : in) {
            x.requiresGrad_();
        }
        Tensor y = recipe.call(in);
        names(y.gradFn(), names);
        Tensor weights = Tensor.onesLike(y).requiresGrad_();
        Autograd.Options graph = Autograd.Options.DEFAULT.withCreateGraph(true).withAllowUnused(true);
        for (Tensor grad : Autograd.grad(List.of(y), List.of(in), List.of(weights), graph)) {
            if (grad != null) {
                names(grad.gradFn(), names);
            }
        }
    }

    private static void names(Node node, Set<String> names) {
        if (node != null) {
            names.add(stem(node.name()));
            node.nextFunctions().forEach(next -> names(next, names));
        }
    }

    /** A node's name without the number at its end. */
    private static String stem(String name) {
        return name.replaceAll("\\d+$", "");
    }
}
