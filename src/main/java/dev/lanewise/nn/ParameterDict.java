package dev.lanewise.nn;

import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Parameters by name, in the order in which they were put in.
 *
 * <p>Source: PyTorch's {@code torch.nn.ParameterDict}.
 */
public final class ParameterDict extends Module {
    private final Set<String> keys = new LinkedHashSet<>();

    /** An empty dictionary. */
    public ParameterDict() {}

    /** Tensors in the order of the map; those that are no parameters are made parameters over the same memory. */
    public ParameterDict(Map<String, ? extends Tensor> values) {
        values.forEach(this::put);
    }

    /** Puts in a parameter under a name that is not in use. Changes and returns this dictionary. */
    public ParameterDict put(String name, Tensor value) {
        registerParameter(name, value);
        keys.add(name);
        return this;
    }

    /** The parameter of a name. */
    public Parameter get(String name) {
        if (!keys.contains(name)) {
            throw Check.argument("get", "there must be a parameter of that name")
                    .expected("one of " + keys)
                    .got("\"" + name + "\"")
                    .error();
        }
        return parameter(name);
    }

    /** Whether there is a parameter of a name. */
    public boolean containsKey(String name) {
        return keys.contains(name);
    }

    /** The names in order. */
    public Set<String> keys() {
        return new LinkedHashSet<>(keys);
    }

    /** Number of parameters. */
    public int size() {
        return keys.size();
    }

    /** Sizes as PyTorch prints them here: {@code 2x3}. */
    static String sizes(Tensor tensor) {
        return Arrays.stream(tensor.shape().toArray()).mapToObj(Long::toString).collect(Collectors.joining("x"));
    }

    private static String typeName(Tensor tensor) {
        return switch (tensor.dtype()) {
            case FLOAT32 -> "Float";
            case FLOAT64 -> "Double";
            case FLOAT16 -> "Half";
            case BFLOAT16 -> "BFloat16";
            case INT64 -> "Long";
            case INT32 -> "Int";
            case INT16 -> "Short";
            case INT8 -> "Char";
            case UINT8 -> "Byte";
            case BOOL -> "Bool";
        };
    }

    @Override
    protected String extraRepr() {
        List<String> lines = new ArrayList<>();
        for (String key : keys) {
            Parameter parameter = get(key);
            lines.add("  (" + key + "): Parameter containing: [torch." + typeName(parameter) + "Tensor of size "
                    + sizes(parameter) + "]");
        }
        return String.join("\n", lines);
    }
}
