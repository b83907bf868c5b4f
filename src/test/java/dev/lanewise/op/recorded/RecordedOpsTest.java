package dev.lanewise.op.recorded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Tensor;
import dev.lanewise.autograd.Autograd;
import dev.lanewise.testing.Golden;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * Calls that were recorded from PyTorch give the recorded values, dtypes, shapes and gradients, or are refused as there.
 *
 * <p>Reads the copies among the test resources, or with {@code -Dlanewise.golden=DIR} all that the directory has. Prints
 * for every family how many cases passed and failed, and which operators the library does not have.
 */
class RecordedOpsTest {
    /** Recorded cases that are answered differently, and why. */
    private static final Map<String, String> DIFFERENT = Map.of(
            "unary/torch.square/015",
            "square of booleans is refused, as other arithmetic on them is",
            "loss/F.cross_entropy/108",
            "no class is ignored unless asked to, not even -100");

    private final List<String> failures = new ArrayList<>();
    private int passed;

    @Test
    void recordedCallsGiveWhatWasRecorded() {
        for (String family : Recording.families()) {
            replay(Recording.read(family));
        }
        assertEquals(List.of(), failures, failures.size() + " recorded cases failed");
        assertTrue(passed > 900, "only " + passed + " recorded cases were found");
    }

    private void replay(Recording recording) {
        int before = passed;
        int failedBefore = failures.size();
        Map<String, Integer> unsupported = new TreeMap<>();
        recording.notCopied().forEach((op, count) -> unsupported.put(op, ((Number) count).intValue()));
        for (Case one : recording.cases()) {
            if (DIFFERENT.containsKey(one.id())) {
                unsupported.put(one.id() + ": " + DIFFERENT.get(one.id()), 1);
                continue;
            }
            try {
                if (Calls.of(one.op()) == null) {
                    throw new Unsupported("the operator");
                }
                check(one);
                passed++;
            } catch (Unsupported e) {
                boolean whole = Calls.of(one.op()) == null;
                unsupported.merge(one.op() + (whole ? "" : " with " + e.getMessage()), 1, Integer::sum);
            } catch (RuntimeException | AssertionError e) {
                failures.add(one.id() + ": " + e);
            }
        }
        int left = unsupported.values().stream().mapToInt(Integer::intValue).sum();
        System.out.println("recorded " + recording.family() + ": " + (passed - before) + " passed, "
                + (failures.size() - failedBefore) + " failed, " + left + " not supported "
                + unsupported);
    }

    private static void check(Case one) {
        Arguments arguments = one.arguments();
        Function<Arguments, Object> call = Calls.of(one.op());
        if (one.raises()) {
            checkRefused(one, call, arguments);
            return;
        }
        Object result = call.apply(arguments);
        List<Object> outputs = result instanceof List<?> list ? List.copyOf(list) : List.of(result);
        List<Map<String, Object>> recorded = one.outputs();
        assertEquals(recorded.size(), outputs.size(), "number of outputs");
        List<Tensor> from = new ArrayList<>();
        List<Tensor> cotangents = new ArrayList<>();
        for (int i = 0; i < recorded.size(); i++) {
            Map<String, Object> output = recorded.get(i);
            if (output.containsKey("value")) {
                assertEquals(Case.type(Golden.map(output.get("value")).get("repr")), outputs.get(i));
                continue;
            }
            Tensor got = (Tensor) outputs.get(i);
            compare(one, arguments, "output " + i, one.tensor(output), got);
            if (output.containsKey("cotangent") && got.requiresGrad()) {
                from.add(got);
                cotangents.add(one.tensor(
                        (String) output.get("cotangent"),
                        got.dtype(),
                        got.shape().toArray()));
            }
        }
        if (!one.grads().isEmpty() && !one.gradRaises()) {
            checkGradients(one, arguments, from, cotangents);
        }
    }

    private static void checkRefused(Case one, Function<Arguments, Object> call, Arguments arguments) {
        Object result;
        try {
            result = call.apply(arguments);
        } catch (Unsupported e) {
            throw e;
        } catch (IllegalArgumentException | IllegalStateException e) {
            return;
        }
        if (!one.isLimitation()) {
            throw new AssertionError("was not refused, but gave " + result);
        }
    }

    private static void checkGradients(Case one, Arguments arguments, List<Tensor> from, List<Tensor> cotangents) {
        Map<String, Tensor> inputs = new LinkedHashMap<>(arguments.inputs());
        inputs.keySet().retainAll(one.grads().keySet());
        if (from.isEmpty()) {
            throw new AssertionError("no output requires grad");
        }
        Autograd.Options unused = Autograd.Options.DEFAULT.withAllowUnused(true);
        Tensor[] grads = Autograd.grad(from, List.copyOf(inputs.values()), cotangents, unused);
        int place = 0;
        for (String name : inputs.keySet()) {
            Object recorded = one.grads().get(name);
            Tensor got = grads[place++];
            String what = "gradient of " + name;
            if (recorded != null) {
                Tensor expected = one.tensor(Golden.map(recorded));
                compare(one, arguments, what, expected, got == null ? Tensor.zerosLike(expected) : got);
            } else if (got != null) {
                compare(one, arguments, what, Tensor.zerosLike(got), got);
            }
        }
    }

    private static void compare(Case one, Arguments arguments, String what, Tensor expected, Tensor got) {
        assertEquals(expected.dtype(), got.dtype(), what + ": dtype");
        assertEquals(expected.shape(), got.shape(), what + ": shape");
        if (!got.isFloatingPoint()) {
            long[] wanted = expected.toLongArray();
            long[] values = got.toLongArray();
            for (int i = 0; i < wanted.length; i++) {
                assertEquals(wanted[i], values[i], what + ": element " + i);
            }
            return;
        }
        List<Tensor> among = new ArrayList<>(arguments.inputs().values());
        among.add(got);
        double[] tolerance = one.tolerance(among);
        double[] wanted = expected.toDoubleArray();
        double[] values = got.toDoubleArray();
        for (int i = 0; i < wanted.length; i++) {
            boolean same = Double.compare(wanted[i], values[i]) == 0
                    || Math.abs(wanted[i] - values[i]) <= tolerance[1] + tolerance[0] * Math.abs(wanted[i]);
            if (!same) {
                throw new AssertionError(
                        what + ": element " + i + ": expected " + wanted[i] + ", got " + values[i] + ".");
            }
        }
    }
}
