package dev.lanewise.golden;

import dev.lanewise.IndexException;
import dev.lanewise.Tensor;
import dev.lanewise.autograd.Autograd;
import dev.lanewise.testing.Golden;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Replays operator calls: same values, dtypes, shapes and gradients as recorded, or refused as there. */
final class OpReplay {
    /** The form of the library's messages. */
    private static final Pattern MESSAGE = Pattern.compile("(?s)\\w+: .{8,}[.?]");

    private OpReplay() {}

    static Report replay(Recording recording) {
        Report report = new Report(recording.family());
        for (Case one : recording.cases()) {
            report.check(one.id(), one.op(), () -> check(one));
        }
        return report;
    }

    private static void check(Case one) {
        Function<Arguments, Object> call =
                one.construct() == null ? Calls.of(one.op()) : a -> ModuleReplay.call(one, a);
        if (call == null) {
            throw new Unsupported("there is no counterpart");
        }
        Arguments arguments = one.arguments();
        if (one.raises()) {
            checkRefused(one, call, arguments);
            return;
        }
        Object result = call.apply(arguments);
        List<Object> outputs =
                Signs.recorded(one, result instanceof List<?> list ? List.copyOf(list) : List.of(result));
        List<Map<String, Object>> recorded = one.outputs();
        Expect.same(recorded.size(), outputs.size(), "number of outputs");
        List<Tensor> from = new ArrayList<>();
        List<Tensor> cotangents = new ArrayList<>();
        for (int i = 0; i < recorded.size(); i++) {
            Map<String, Object> output = recorded.get(i);
            if (output.containsKey("value")) {
                Expect.same(Case.value(output), outputs.get(i), "output " + i);
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
        try {
            checkRefusal(one.raised(), () -> call.apply(arguments));
        } catch (NotRefused e) {
            if (!one.isLimitation()) {
                throw e;
            }
        }
    }

    /** Thrown when a call that PyTorch refused went through. */
    private static final class NotRefused extends AssertionError {
        private static final long serialVersionUID = 1;

        NotRefused(String message) {
            super(message);
        }
    }

    /** A call must be refused with a message of the library's form, and as an index where PyTorch raised IndexError. */
    static void checkRefusal(String raised, Supplier<Object> call) {
        Object result;
        try {
            result = call.get();
        } catch (Unsupported e) {
            throw e;
        } catch (IllegalArgumentException | IllegalStateException | IndexOutOfBoundsException e) {
            if (!MESSAGE.matcher(String.valueOf(e.getMessage())).matches()) {
                throw new AssertionError("refused with a message of another form: " + e, e);
            }
            if (raised.startsWith("IndexError") && !(e instanceof IndexException)) {
                throw new AssertionError("expected an IndexException for " + raised + ", got " + e, e);
            }
            return;
        }
        throw new NotRefused("expected " + raised + ", got " + result);
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
        List<Tensor> among = new ArrayList<>(arguments.inputs().values());
        among.add(got);
        Expect.tensor(expected, got, one.tolerance(among), what);
    }
}
