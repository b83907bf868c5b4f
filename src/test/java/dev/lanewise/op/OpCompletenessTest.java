package dev.lanewise.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.Linalg;
import dev.lanewise.Tensor;
import dev.lanewise.ValuesIndices;
import dev.lanewise.nn.Functional;
import dev.lanewise.testing.Project;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Every op of the registry is finished: a method, a sentence, a derivative or the reason why not, a line in the docs. */
class OpCompletenessTest {
    @Test
    void registryIsNotEmptyAndNamesAreUnique() {
        Set<String> names = new HashSet<>();
        for (Op op : Ops.all()) {
            assertTrue(names.add(op.name()), op.name() + " is declared twice");
        }
        assertTrue(names.size() > 40, "only " + names.size() + " ops are registered");
    }

    @Test
    void everyOpHasAMethodOrSaysHowItIsReached() {
        for (Op op : Ops.all()) {
            boolean found = OpTable.hasMethod(op.name());
            assertTrue(
                    found == (op.reachedBy() == null),
                    op.name() + (found ? " has a method now" : " has no method on Tensor, Linalg or Functional"));
        }
        for (Composite one : Ops.composites()) {
            assertTrue(OpTable.hasMethod(one.name()), one.name() + " has no method on Tensor, Linalg or Functional");
        }
    }

    /** Methods that give a tensor but compute nothing: they look at it, wrap it, or tell of its graph. */
    private static final Set<String> NOT_COMPUTED =
            Set.of("data", "detach", "fromArray", "get", "grad", "of", "requiresGrad_", "scalar", "viewBase", "wrap");

    @Test
    void everyFunctionIsInTheTable() {
        Set<String> known = new HashSet<>(NOT_COMPUTED);
        Ops.all().forEach(op -> known.add(op.name()));
        Ops.composites().forEach(one -> known.add(one.name()));
        Set<String> missing = new TreeSet<>();
        for (Class<?> type : List.of(Tensor.class, Linalg.class, Functional.class)) {
            for (Method method : type.getMethods()) {
                String name = method.getName();
                boolean computes =
                        method.getReturnType() == Tensor.class || method.getReturnType() == ValuesIndices.class;
                String stem = name.replaceAll("_$", "").replaceAll("KeepDim$", "");
                if (computes && !known.contains(name) && !known.contains(stem)) {
                    missing.add(type.getSimpleName() + "." + name);
                }
            }
        }
        assertEquals(Set.of(), missing, "neither an op nor listed as a composite");
    }

    @Test
    void everyOpHasASentence() {
        for (Op op : Ops.all()) {
            assertTrue(op.doc().endsWith("."), op.name() + ": " + op.doc());
            assertTrue(Character.isUpperCase(op.doc().charAt(0)), op.name() + ": " + op.doc());
        }
        for (Composite one : Ops.composites()) {
            assertTrue(one.doc().endsWith("."), one.name() + ": " + one.doc());
        }
    }

    @Test
    void everyOpHasADerivativeOrSaysWhyNot() {
        // Reflection on an op's methods loads the types in their signatures.
        assumeTrue(ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent(), "there is no Vector API");
        for (Op op : Ops.all()) {
            for (String method : derivatives(op)) {
                assertEquals(
                        op.isDifferentiable(),
                        declares(op, method),
                        op.name()
                                + (op.isDifferentiable() ? " has no " : " says it has no derivative, but has ")
                                + method);
            }
            if (!op.isDifferentiable()) {
                assertNotNull(op.whyNotDifferentiable(), op.name());
                assertFalse(op.whyNotDifferentiable().isBlank(), op.name());
            }
        }
    }

    @Test
    void everyDomainIsAnInterval() {
        for (Op op : Ops.all()) {
            assertTrue(op.low() < op.high(), op.name());
        }
    }

    @Test
    void everyOpHasALineInTheDocs() {
        String docs = Project.read(Project.root().resolve("docs").resolve("ops.md"));
        for (Op op : Ops.all()) {
            assertTrue(docs.contains("| `" + op.name() + "` |"), op.name() + " has no line in docs/ops.md");
        }
        for (Composite one : Ops.composites()) {
            assertTrue(docs.contains("| `" + one.name() + "` |"), one.name() + " has no line in docs/ops.md");
        }
    }

    /** The methods that make up the derivative of an op of this kind. */
    private static List<String> derivatives(Op op) {
        if (op instanceof BinaryOp) {
            return List.of("gradA", "gradB");
        }
        return op instanceof CompareOp ? List.of() : List.of("grad");
    }

    /** True if the op's class, or one between it and its kind, declares a method. */
    private static boolean declares(Op op, String method) {
        Set<Class<?>> kinds = Set.of(UnaryOp.class, BinaryOp.class, TernaryOp.class, StructuredOp.class);
        for (Class<?> type = op.getClass(); !kinds.contains(type); type = type.getSuperclass()) {
            boolean found = Arrays.stream(type.getDeclaredMethods())
                    .anyMatch(declared -> declared.getName().equals(method));
            if (found) {
                return true;
            }
        }
        return false;
    }
}
