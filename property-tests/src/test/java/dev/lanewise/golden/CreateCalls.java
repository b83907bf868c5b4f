package dev.lanewise.golden;

import static dev.lanewise.golden.Calls.add;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import java.util.List;

/** Factories, conversions and promotion. */
final class CreateCalls {
    private CreateCalls() {}

    static void fill() {
        dtypes();
        filled();
        like();
        sequences();
        windows();
        add("torch.tensor", a -> tensor(a.get(0, "data"), type(a, null)));
        add("torch.as_tensor", a -> tensor(a.get(0, "data"), type(a, null)));
        add("torch.scalar_tensor", a -> {
            Number value = a.number(0, "s");
            return Tensor.scalar(type(a, DType.FLOAT32), value);
        });
        add("Tensor.new_tensor", a -> {
            Tensor x = a.tensor(0);
            return tensor(a.get(1, "data"), type(a, x.dtype()));
        });
        for (String name : List.of("torch.polar", "torch.complex")) {
            add(name, a -> {
                throw new Unsupported("complex dtypes");
            });
        }
    }

    private static Tensor tensor(Object data, DType type) {
        if (data instanceof List<?>) {
            return type == null ? Tensor.of(data) : Tensor.of(type, data);
        }
        if (data instanceof Tensor values) {
            return values.detach().to(type == null ? values.dtype() : type, true);
        }
        if (data instanceof Boolean truth) {
            return type == null ? Tensor.scalar(truth) : Tensor.scalar(type, truth ? 1 : 0);
        }
        Number value = (Number) data;
        return type == null ? Tensor.scalar(value) : Tensor.scalar(type, value);
    }

    private static void dtypes() {
        add("torch.promote_types", a -> Tensor.promoteTypes((DType) a.get(0, "type1"), (DType) a.get(1, "type2")));
        add("torch.result_type", CreateCalls::resultType);
        add("Tensor.to", CreateCalls::to);
        add("Tensor.type", a -> a.tensor(0).to((DType) a.get(1, "dtype")));
        add("Tensor.type_as", a -> a.tensor(0).typeAs(a.tensor(1)));
    }

    private static DType resultType(Arguments a) {
        boolean swapped = !(a.get(0, "tensor1") instanceof Tensor);
        Object first = a.get(swapped ? 1 : 0, swapped ? "tensor2" : "tensor1");
        Object second = a.get(swapped ? 0 : 1, swapped ? "tensor1" : "tensor2");
        if (!(first instanceof Tensor x)) {
            return Tensor.resultType(tensor(first, null), tensor(second, null));
        }
        if (second instanceof Tensor y) {
            return Tensor.resultType(x, y);
        }
        return second instanceof Boolean truth ? Tensor.resultType(x, truth) : Tensor.resultType(x, (Number) second);
    }

    /** A dtype, another tensor, or a device; then whether it may be asynchronous, and whether it must be a copy. */
    private static Tensor to(Arguments a) {
        Tensor x = a.tensor(0);
        DType type = type(a, x.dtype());
        boolean copy = a.flag("copy");
        int flags = 0;
        for (Object given : a.positional().subList(1, a.positional().size())) {
            if (given instanceof DType named) {
                type = named;
            } else if (given instanceof Tensor other) {
                type = other.dtype();
            } else if (given instanceof Boolean truth && ++flags == 2) {
                copy = truth;
            }
        }
        if (a.named().get("other") instanceof Tensor other) {
            return x.to(other);
        }
        return x.to(type, copy);
    }

    private static void filled() {
        add("torch.zeros", a -> Tensor.zeros(type(a, DType.FLOAT32), ShapeCalls.longs(a, 0, "size")));
        add("torch.ones", a -> Tensor.ones(type(a, DType.FLOAT32), ShapeCalls.longs(a, 0, "size")));
        add("torch.full", a -> {
            Object value = a.get(1, "fill_value");
            long[] size = sizes(a.get(0, "size"));
            if (a.named().get("dtype") instanceof DType) {
                return Tensor.full(type(a, null), number(value), size);
            }
            return value instanceof Boolean truth ? Tensor.full(truth, size) : Tensor.full((Number) value, size);
        });
        add("torch.eye", a -> {
            long rows = a.number(0, "n").longValue();
            boolean wide = a.has(1, "m") && a.get(1, "m") != Arguments.NONE;
            long columns = wide ? a.number(1, "m").longValue() : rows;
            return Tensor.eye(type(a, DType.FLOAT32), rows, columns);
        });
        add(
                "Tensor.new_zeros",
                a -> a.named().get("dtype") instanceof DType
                        ? Tensor.zeros(type(a, null), ShapeCalls.longs(a, 1, "size"))
                        : a.tensor(0).newZeros(ShapeCalls.longs(a, 1, "size")));
        add(
                "Tensor.new_ones",
                a -> a.named().get("dtype") instanceof DType
                        ? Tensor.ones(type(a, null), ShapeCalls.longs(a, 1, "size"))
                        : a.tensor(0).newOnes(ShapeCalls.longs(a, 1, "size")));
        add("Tensor.new_full", a -> {
            long[] size = sizes(a.get(1, "size"));
            Number value = number(a.get(2, "fill_value"));
            return a.named().get("dtype") instanceof DType
                    ? Tensor.full(type(a, null), value, size)
                    : a.tensor(0).newFull(value, size);
        });
    }

    private static void like() {
        add(
                "torch.zeros_like",
                a -> Tensor.zerosLike(a.tensor(0), type(a, a.tensor(0).dtype())));
        add(
                "torch.ones_like",
                a -> Tensor.onesLike(a.tensor(0), type(a, a.tensor(0).dtype())));
        add("torch.full_like", a -> {
            Number value = number(a.get(1, "fill_value"));
            return Tensor.fullLike(a.tensor(0), value, type(a, a.tensor(0).dtype()));
        });
    }

    private static void sequences() {
        add("torch.arange", CreateCalls::arange);
        add(
                "torch.linspace",
                a -> Tensor.linspace(
                        type(a, DType.FLOAT32),
                        a.number(0, "start"),
                        a.number(1, "end"),
                        ShapeCalls.whole(a, 2, "steps", 100)));
        add(
                "torch.logspace",
                a -> Tensor.logspace(
                        type(a, DType.FLOAT32),
                        a.number(0, "start"),
                        a.number(1, "end"),
                        ShapeCalls.whole(a, 2, "steps", 100),
                        a.has(3, "base") ? a.number(3, "base").doubleValue() : 10));
    }

    private static Tensor arange(Arguments a) {
        int given = a.positional().size();
        Number start = given > 1 || a.named().containsKey("start") ? a.number(0, "start") : Long.valueOf(0);
        Number end = given == 1 && !a.named().containsKey("end") ? a.number(0, "end") : a.number(1, "end");
        Number step = a.has(2, "step") ? a.number(2, "step") : Long.valueOf(1);
        if (a.named().get("dtype") instanceof DType) {
            return Tensor.arange(type(a, null), start, end, step);
        }
        boolean whole = start instanceof Long && end instanceof Long && step instanceof Long;
        return whole
                ? Tensor.arange(start.longValue(), end.longValue(), step.longValue())
                : Tensor.arange(start.doubleValue(), end.doubleValue(), step.doubleValue());
    }

    private static void windows() {
        add("torch.hann_window", a -> Tensor.hannWindow(type(a, DType.FLOAT32), length(a), periodic(a)));
        add(
                "torch.hamming_window",
                a -> Tensor.hammingWindow(
                        type(a, DType.FLOAT32),
                        length(a),
                        periodic(a),
                        a.has(2, "alpha") ? a.number(2, "alpha").doubleValue() : 0.54,
                        a.has(3, "beta") ? a.number(3, "beta").doubleValue() : 0.46));
        add("torch.blackman_window", a -> Tensor.blackmanWindow(type(a, DType.FLOAT32), length(a), periodic(a)));
        add("torch.bartlett_window", a -> Tensor.bartlettWindow(type(a, DType.FLOAT32), length(a), periodic(a)));
    }

    private static long length(Arguments a) {
        return a.number(0, "window_length").longValue();
    }

    private static boolean periodic(Arguments a) {
        return !a.has(1, "periodic") || Boolean.TRUE.equals(a.get(1, "periodic"));
    }

    /** The dtype that was given by name, unless it is none. */
    private static DType type(Arguments a, DType otherwise) {
        return a.named().get("dtype") instanceof DType type ? type : otherwise;
    }

    private static long[] sizes(Object given) {
        List<?> items = given instanceof List<?> list ? list : List.of(given);
        return items.stream().mapToLong(item -> ((Number) item).longValue()).toArray();
    }

    /** Python's booleans are numbers too. */
    private static Number number(Object value) {
        return value instanceof Boolean truth ? (Number) (truth ? 1L : 0L) : (Number) value;
    }
}
