package dev.lanewise.golden;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import java.util.List;
import java.util.Map;

/** The arguments of a recorded call, by place or by name, and its tensors by their recorded names. */
record Arguments(List<Object> positional, Map<String, Object> named, Map<String, Tensor> inputs) {
    static final Object NONE = new Object();
    static final Object ELLIPSIS = new Object();

    /** Python's slice; null for a bound that was left out. */
    record Slice(Long start, Long stop, Long step) {}

    int size() {
        return positional.size() + named.size();
    }

    boolean has(int place, String name) {
        return place < positional.size() || named.containsKey(name);
    }

    Object get(int place, String name) {
        if (!has(place, name)) {
            throw new Unsupported("a call without " + name);
        }
        return place < positional.size() ? positional.get(place) : named.get(name);
    }

    /** Refuses a named argument that the caller does not know. */
    Arguments only(String... names) {
        for (String name : named.keySet()) {
            if (!List.of(names).contains(name)) {
                throw new Unsupported("the argument " + name);
            }
        }
        return this;
    }

    Tensor tensor(int place) {
        return as(Tensor.class, get(place, "argument " + place));
    }

    Number number(int place, String name) {
        return as(Number.class, get(place, name));
    }

    int dim(int place, String name, int otherwise) {
        return has(place, name) ? number(place, name).intValue() : otherwise;
    }

    boolean flag(String name) {
        return Boolean.TRUE.equals(named.get(name));
    }

    DType dtype(String name, DType otherwise) {
        return named.containsKey(name) ? (DType) named.get(name) : otherwise;
    }

    /** Whole numbers from a place on, given one by one or as a list. */
    long[] sizes(int place) {
        List<?> items = positional.size() > place && positional.get(place) instanceof List<?> list
                ? list
                : positional.subList(place, positional.size());
        return items.stream()
                .mapToLong(item -> as(Number.class, item).longValue())
                .toArray();
    }

    int[] dims(int place, String name) {
        Object given = get(place, name);
        List<?> items = given instanceof List<?> list ? list : List.of(given);
        return items.stream()
                .mapToInt(item -> as(Number.class, item).intValue())
                .toArray();
    }

    /** A number by name, or what stands for it. */
    Number numberOr(String name, Number otherwise) {
        return named.containsKey(name) ? as(Number.class, named.get(name)) : otherwise;
    }

    /** A tensor, or null if it was left out or None. */
    Tensor tensorOrNull(int place, String name) {
        return !has(place, name) || get(place, name) == NONE ? null : as(Tensor.class, get(place, name));
    }

    String text(int place, String name) {
        return as(String.class, get(place, name));
    }

    /** Lists of dimensions in a list. */
    List<int[]> lists(int place, String name) {
        List<?> items = as(List.class, get(place, name));
        return items.stream()
                .map(list -> as(List.class, list))
                .map(list -> ((List<?>) list)
                        .stream()
                                .mapToInt(item -> as(Number.class, item).intValue())
                                .toArray())
                .toList();
    }

    /** Tensors from a place on, given one by one or as a list. */
    Tensor[] tensors(int place) {
        List<?> items =
                get(place, "tensors") instanceof List<?> list ? list : positional.subList(place, positional.size());
        return items.stream().map(item -> as(Tensor.class, item)).toArray(Tensor[]::new);
    }

    private static <T> T as(Class<T> type, Object value) {
        if (!type.isInstance(value)) {
            throw new Unsupported("a " + value.getClass().getSimpleName() + " for a " + type.getSimpleName());
        }
        return type.cast(value);
    }
}
