package dev.lanewise.golden;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.testing.Golden;
import dev.lanewise.testing.Npz;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One recorded call: its arguments as tensors and values, and what came out. */
final class Case {
    private final Map<String, Object> json;
    private final Map<String, Npz.Array> arrays;

    Case(Map<String, Object> json, Map<String, Npz.Array> arrays) {
        this.json = json;
        this.arrays = arrays;
    }

    String id() {
        return (String) json.get("id");
    }

    String op() {
        return (String) json.get("op");
    }

    boolean raises() {
        return json.containsKey("raises");
    }

    /** The exception that was recorded, with its message. */
    String raised() {
        return json.get("raises") + ": " + json.get("message");
    }

    boolean gradRaises() {
        return json.containsKey("grad_raises");
    }

    /** True if that the call fails is only a gap of the implementation that was recorded. */
    boolean isLimitation() {
        return Boolean.TRUE.equals(json.get("limitation"));
    }

    List<Map<String, Object>> outputs() {
        return Golden.maps(json.get("outputs"));
    }

    /** What is free in the comparison, in words; empty if nothing is. */
    String compare() {
        return json.containsKey("compare") ? (String) json.get("compare") : "";
    }

    /** The expression that makes the module, or null if a function was called. */
    String construct() {
        return (String) json.get("construct");
    }

    /** The recorded parameters and buffers of the module by name. */
    Map<String, Object> parameters() {
        return Golden.map(json.get("params"));
    }

    /** What was said about the case; empty if nothing was. */
    String note() {
        return (String) json.getOrDefault("note", "");
    }

    /** The recorded gradients by input; a null one means that none flows. */
    Map<String, Object> grads() {
        return json.containsKey("grads") ? Golden.map(json.get("grads")) : Map.of();
    }

    /**
     * The allowed difference: the case's own, or that of the dtypes.
     *
     * @param among the tensors that take part
     */
    Tolerance tolerance(Collection<Tensor> among) {
        if (json.containsKey("tol")) {
            double[] own = Golden.doubles(json.get("tol"));
            return new Tolerance(own[0], own[1]);
        }
        return Tolerance.of(id().substring(0, id().indexOf('/')), among);
    }

    /** The arguments, made anew; tensors whose gradients were recorded require grad. */
    Arguments arguments() {
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        List<Object> positional = new ArrayList<>();
        for (Object arg : Golden.list(json.get("args"))) {
            positional.add(value(Golden.map(arg), inputs));
        }
        Map<String, Object> named = new LinkedHashMap<>();
        if (json.containsKey("kwargs")) {
            Golden.map(json.get("kwargs")).forEach((name, arg) -> named.put(name, value(Golden.map(arg), inputs)));
        }
        return new Arguments(positional, named, inputs);
    }

    /** The recorded array of a key as a row-major tensor. */
    Tensor tensor(String key, DType type, long... shape) {
        Npz.Array array = arrays.get(id().substring(id().indexOf('/') + 1) + "/" + key);
        if (array == null) {
            throw new IllegalStateException(id() + ": no recorded array " + key);
        }
        Object values = array.values();
        if (type == DType.BFLOAT16) {
            short[] bits = (short[]) values;
            double[] widened = new double[bits.length];
            for (int i = 0; i < bits.length; i++) {
                widened[i] = Float.intBitsToFloat(bits[i] << 16);
            }
            values = widened;
        } else if (type.isFloatingPoint()) {
            values = array.toDoubles();
        } else if (type == DType.UINT8) {
            values = Arrays.stream(array.toDoubles()).mapToLong(x -> (long) x).toArray();
        }
        return Tensor.of(type, values).reshape(shape);
    }

    /** The recorded array of a description with key, dtype and shape. */
    Tensor tensor(Map<String, Object> described) {
        return tensor(
                (String) described.get("key"), type(described.get("dtype")), Golden.longs(described.get("shape")));
    }

    /** A recorded result that is not a tensor. */
    static Object value(Map<String, Object> output) {
        Map<String, Object> value = Golden.map(output.get("value"));
        return switch ((String) value.get("kind")) {
            case "dtype" -> type(value.get("repr"));
            case "bool", "int", "float" -> value.get("value");
            default -> throw new Unsupported("a result of kind " + value.get("kind"));
        };
    }

    static DType type(Object name) {
        String plain = ((String) name).replace("torch.", "");
        if (plain.startsWith("complex")) {
            throw new Unsupported("complex dtypes");
        }
        return DType.valueOf(plain.toUpperCase(Locale.ROOT));
    }

    private Object value(Map<String, Object> arg, Map<String, Tensor> inputs) {
        String kind = arg.keySet().iterator().next();
        Object content = arg.get(kind);
        return switch (kind) {
            case "tensor" -> input((String) content, arg, inputs);
            case "int", "float", "bool" -> content instanceof String text ? (Object) Double.valueOf(text) : content;
            case "str" -> content;
            case "none" -> Arguments.NONE;
            case "ellipsis" -> Arguments.ELLIPSIS;
            case "dtype" -> type(content);
            case "slice" -> new Arguments.Slice(bound(content, 0), bound(content, 1), bound(content, 2));
            case "list", "tuple" -> {
                List<Object> items = new ArrayList<>();
                for (Object item : Golden.list(content)) {
                    items.add(value(Golden.map(item), inputs));
                }
                yield items;
            }
            default -> throw new Unsupported("an argument of kind " + kind);
        };
    }

    private static Long bound(Object slice, int place) {
        return (Long) Golden.list(slice).get(place);
    }

    private Tensor input(String key, Map<String, Object> arg, Map<String, Tensor> inputs) {
        DType type = type(arg.get("dtype"));
        Tensor values = tensor(key, type, Golden.longs(arg.get("shape")));
        Tensor placed = placed((String) arg.get("layout"), values);
        if (grads().containsKey(key)) {
            placed.requiresGrad_();
        }
        inputs.put(key, placed);
        return placed;
    }

    private static Tensor placed(String layout, Tensor values) {
        long[] shape = values.shape().toArray();
        int last = shape.length - 1;
        Tensor out = switch (layout) {
            case "transposed" ->
                last < 1
                        ? values
                        : Tensor.empty(values.dtype(), exchanged(shape)).transpose(-1, -2);
            case "strided" -> {
                shape[last] *= 2;
                yield Tensor.empty(values.dtype(), shape).slice(-1, 0, Long.MAX_VALUE, 2);
            }
            case "offset" ->
                Tensor.empty(values.dtype(), values.numel() + 3)
                        .narrow(0, 3, values.numel())
                        .view(shape);
            case "expanded" -> values.narrow(0, 0, 1).expand(shape);
            default -> values;
        };
        if (!layout.equals("contiguous") && !layout.equals("expanded")) {
            out.copy_(values);
        }
        return out.detach();
    }

    private static long[] exchanged(long[] shape) {
        long[] out = shape.clone();
        out[out.length - 1] = shape[out.length - 2];
        out[out.length - 2] = shape[out.length - 1];
        return out;
    }
}
