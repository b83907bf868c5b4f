package dev.lanewise.optim;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import dev.lanewise.internal.text.PythonText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Optimizers as text and as the nested maps of PyTorch's {@code state_dict()}. */
final class OptimizerState {
    private static final String STATE = "state";
    private static final String GROUPS = "param_groups";
    private static final String PARAMS = "params";
    private static final String STEP = "step";

    private OptimizerState() {}

    static <O extends Optimizer.Options<O>> Map<String, Object> save(
            List<ParamGroup<O>> groups, IdentityHashMap<Tensor, ParamState> states) {
        Map<Long, Object> saved = new LinkedHashMap<>();
        List<Object> savedGroups = new ArrayList<>();
        long number = 0;
        for (ParamGroup<O> group : groups) {
            List<Long> numbers = new ArrayList<>();
            for (Tensor parameter : group.parameters()) {
                ParamState state = states.get(parameter);
                if (state != null) {
                    saved.put(number, saved(state));
                }
                numbers.add(number++);
            }
            Map<String, Object> values = new LinkedHashMap<>(group.options().values());
            values.put(PARAMS, numbers);
            savedGroups.add(values);
        }
        Map<String, Object> out = new LinkedHashMap<>();
        out.put(STATE, saved);
        out.put(GROUPS, savedGroups);
        return out;
    }

    private static Map<String, Object> saved(ParamState state) {
        Map<String, Object> out = new LinkedHashMap<>();
        if (state.steps() > 0) {
            out.put(STEP, Tensor.scalar(DType.FLOAT32, state.steps()));
        }
        out.putAll(state.tensors());
        return out;
    }

    static <O extends Optimizer.Options<O>> void load(
            String name,
            List<ParamGroup<O>> groups,
            IdentityHashMap<Tensor, ParamState> states,
            Map<String, ?> stateDict) {
        List<Map<?, ?>> savedGroups = maps(name, stateDict.get(GROUPS));
        Map<?, ?> saved = map(name, STATE, stateDict.get(STATE));
        checkSizes(name, groups, savedGroups);
        List<O> options = new ArrayList<>();
        IdentityHashMap<Tensor, ParamState> loaded = new IdentityHashMap<>();
        Map<Long, Object> byNumber = new LinkedHashMap<>();
        saved.forEach((number, state) -> byNumber.put(((Number) number).longValue(), state));
        for (int g = 0; g < groups.size(); g++) {
            ParamGroup<O> group = groups.get(g);
            options.add(group.options().withValues(texts(savedGroups.get(g))));
            options.get(g).validate();
            List<?> numbers = (List<?>) savedGroups.get(g).get(PARAMS);
            for (int i = 0; i < numbers.size(); i++) {
                Object state = byNumber.get(((Number) numbers.get(i)).longValue());
                if (state != null) {
                    Tensor parameter = group.parameters().get(i);
                    loaded.put(parameter, loaded(name, parameter, map(name, STATE, state)));
                }
            }
        }
        for (int g = 0; g < options.size(); g++) {
            groups.get(g).setOptions(options.get(g));
        }
        states.clear();
        states.putAll(loaded);
    }

    private static ParamState loaded(String name, Tensor parameter, Map<?, ?> saved) {
        ParamState state = new ParamState();
        texts(saved).forEach((key, value) -> {
            if (key.equals(STEP)) {
                state.setSteps(value instanceof Tensor step ? step.itemLong() : ((Number) value).longValue());
            } else if (value instanceof Tensor tensor) {
                if (!tensor.shape().equals(parameter.shape())) {
                    throw Check.argument("loadStateDict", "every tensor must have the shape of its parameter")
                            .expected(parameter.shape())
                            .got(key + " of " + Arrays.toString(tensor.sizes()))
                            .operand("optimizer", name)
                            .hint("Nothing was loaded.")
                            .error();
                }
                state.put(key, tensor.detach().to(parameter.dtype()).clone());
            }
        });
        return state;
    }

    private static <O extends Optimizer.Options<O>> void checkSizes(
            String name, List<ParamGroup<O>> groups, List<Map<?, ?>> saved) {
        List<Integer> own =
                groups.stream().map(group -> group.parameters().size()).toList();
        List<Integer> given = saved.stream()
                .map(group -> group.get(PARAMS) instanceof List<?> list ? list.size() : 0)
                .toList();
        if (!own.equals(given)) {
            throw Check.argument("loadStateDict", "the state must have the groups of the optimizer")
                    .expected("parameters per group " + own)
                    .got(given)
                    .operand("optimizer", name)
                    .hint("Nothing was loaded.")
                    .error();
        }
    }

    private static List<Map<?, ?>> maps(String name, Object value) {
        List<Map<?, ?>> out = new ArrayList<>();
        for (Object item : value instanceof List<?> list ? list : List.of()) {
            out.add(map(name, GROUPS, item));
        }
        return out;
    }

    private static Map<?, ?> map(String name, String key, Object value) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw Check.argument("loadStateDict", "the state must have the form of stateDict()")
                .expected("a map under \"" + key + "\"")
                .got(value == null ? "nothing" : value.getClass().getSimpleName())
                .operand("optimizer", name)
                .hint("Nothing was loaded.")
                .error();
    }

    private static Map<String, Object> texts(Map<?, ?> map) {
        Map<String, Object> out = new LinkedHashMap<>();
        map.forEach((key, value) -> out.put(String.valueOf(key), value));
        return out;
    }

    static <O extends Optimizer.Options<O>> String text(String name, List<ParamGroup<O>> groups) {
        StringBuilder out = new StringBuilder(name).append(" (");
        for (int g = 0; g < groups.size(); g++) {
            out.append("\nParameter Group ").append(g).append('\n');
            new TreeMap<>(groups.get(g).options().values())
                    .forEach((key, value) -> out.append("    ")
                            .append(key)
                            .append(": ")
                            .append(text(value))
                            .append('\n'));
        }
        return out.append(')').toString();
    }

    private static String text(Object value) {
        if (value instanceof Double number) {
            // PyTorch's options that are off are the whole number 0.
            return number == 0 ? "0" : PythonText.of(number);
        }
        if (value instanceof List<?> list) {
            return "("
                    + String.join(", ", list.stream().map(OptimizerState::text).toList()) + ")";
        }
        return value instanceof Boolean flag ? PythonText.of(flag) : "None";
    }
}
