package dev.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.DType;
import dev.lanewise.GradMode;
import dev.lanewise.Lanewise;
import dev.lanewise.Tensor;
import dev.lanewise.autograd.Autograd;
import dev.lanewise.io.TorchFile;
import dev.lanewise.nn.ModuleCases.Case;
import dev.lanewise.nn.ModuleCases.Order;
import dev.lanewise.testing.Project;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every module: its derivatives are those of its output, its state is all of it, evaluation changes nothing. */
class EveryModuleTest {
    private static final double STEP = 1e-5;
    private static final double TOLERANCE = 1e-5;

    static Stream<Case> cases() {
        return ModuleCases.all().stream();
    }

    @Test
    void everyModuleHasACase() throws ClassNotFoundException {
        Set<String> missing = new TreeSet<>();
        for (Path file : Project.mainSources()) {
            if (file.getParent().endsWith("nn") && !file.endsWith("package-info.java")) {
                String name = file.getFileName().toString().replace(".java", "");
                Class<?> type = Class.forName("dev.lanewise.nn." + name);
                int modifiers = type.getModifiers();
                if (Module.class.isAssignableFrom(type)
                        && Modifier.isPublic(modifiers)
                        && !Modifier.isAbstract(modifiers)) {
                    missing.add(name);
                }
            }
        }
        assertTrue(missing.size() > 100, missing::toString);
        Set<String> listed = cases().map(c -> c.type().getSimpleName()).collect(Collectors.toSet());
        missing.removeAll(listed);
        assertEquals(Set.of(), missing, "modules without a row in ModuleCases");
    }

    /** With respect to inputs and parameters together, in training, with the same draws in each call. */
    @ParameterizedTest
    @MethodSource("cases")
    void derivativesAreSlopes(Case c) {
        Lanewise.manualSeed(3);
        Module module = c.make().get().to(DType.FLOAT64);
        Tensor[] in = c.inputs().get();
        List<Tensor> leaves = new ArrayList<>(module.parameters());
        for (Tensor x : in) {
            if (x.requiresGrad()) {
                leaves.add(x);
            }
        }
        Tensor weights = Tensor.randnLike(output(c, module, in).detach());
        Supplier<Tensor> value = () -> output(c, module, in).mul(weights).sum();
        Tensor[] first = directions(leaves);
        compare(c + ", first order", leaves, value, first);
        if (c.order() == Order.SECOND) {
            compare(c + ", second order", leaves, () -> slope(value.get(), leaves, first, true), directions(leaves));
        }
    }

    private static Tensor output(Case c, Module module, Tensor... in) {
        Lanewise.manualSeed(11);
        return c.call().apply(module, in.clone());
    }

    private static Tensor[] directions(List<Tensor> leaves) {
        return leaves.stream().map(leaf -> Tensor.randnLike(leaf.detach())).toArray(Tensor[]::new);
    }

    /** The derivative along a direction; 0 where the value is a constant, as the slope of a linear function is. */
    private static Tensor slope(Tensor value, List<Tensor> leaves, Tensor[] along, boolean graph) {
        Tensor sum = Tensor.scalar(DType.FLOAT64, 0);
        if (!value.requiresGrad()) {
            return sum;
        }
        Autograd.Options options =
                Autograd.Options.DEFAULT.withAllowUnused(true).withCreateGraph(graph);
        Tensor[] grads = Autograd.grad(List.of(value), leaves, null, options);
        for (int i = 0; i < grads.length; i++) {
            sum = grads[i] == null ? sum : sum.add(grads[i].mul(along[i]).sum());
        }
        return sum;
    }

    private static void compare(String what, List<Tensor> leaves, Supplier<Tensor> value, Tensor[] along) {
        double exact = slope(value.get(), leaves, along, false).item();
        double above = moved(leaves, value, along, STEP);
        double below = moved(leaves, value, along, -2 * STEP);
        moved(leaves, value, along, STEP);
        double found = (above - below) / (2 * STEP);
        assertEquals(found, exact, TOLERANCE * (1 + Math.abs(found)), what);
    }

    private static double moved(List<Tensor> leaves, Supplier<Tensor> value, Tensor[] along, double step) {
        GradMode.noGrad(() -> {
            for (int i = 0; i < along.length; i++) {
                leaves.get(i).add_(along[i].mul(step));
            }
        });
        return value.get().item();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aFileHoldsAllOfTheState(Case c, @TempDir Path directory) throws IOException {
        Lanewise.manualSeed(5);
        Module module = c.make().get();
        Tensor[] in = inputs(c);
        output(c, module, in);
        Path file = directory.resolve("module.pt");
        TorchFile.save(module.stateDict(), file);
        Lanewise.manualSeed(6);
        Module other = c.make().get();
        Module.KeyDifference difference = other.loadStateDict(TorchFile.loadStateDict(file));
        assertEquals(List.of(), difference.missing());
        assertEquals(List.of(), difference.unexpected());
        assertTrue(Files.size(file) > 0);
        same(module.stateDict(), other.stateDict());
        module.eval();
        other.eval();
        assertArrayEquals(numbers(output(c, module, in)), numbers(output(c, other, in)), "output after loading");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void evaluationChangesNothing(Case c) {
        Lanewise.manualSeed(7);
        Module module = c.make().get();
        Tensor[] in = inputs(c);
        output(c, module, in);
        module.eval();
        Map<String, Tensor> before = new LinkedHashMap<>();
        module.stateDict().forEach((key, tensor) -> before.put(key, tensor.clone()));
        double[] once = numbers(c.call().apply(module, in.clone()));
        double[] again = numbers(c.call().apply(module, in.clone()));
        assertArrayEquals(once, again);
        same(before, module.stateDict());
    }

    private static Tensor[] inputs(Case c) {
        Tensor[] in = c.inputs().get();
        for (int i = 0; i < in.length; i++) {
            in[i] = in[i].isFloatingPoint() ? in[i].detach().to(DType.FLOAT32) : in[i];
        }
        return in;
    }

    private static double[] numbers(Tensor x) {
        return x.detach().flatten().toDoubleArray();
    }

    private static void same(Map<String, Tensor> expected, Map<String, Tensor> got) {
        assertEquals(List.copyOf(expected.keySet()), List.copyOf(got.keySet()));
        expected.forEach((key, tensor) -> assertArrayEquals(numbers(tensor), numbers(got.get(key)), key));
    }
}
