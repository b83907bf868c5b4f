package dev.lanewise.golden;

import dev.lanewise.DType;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.nn.Parameter;
import dev.lanewise.testing.Golden;
import java.nio.Buffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Compares a value with one that was recorded as data. */
final class RecordedValue {
    /** Random and transcendental float64 numbers come from another mathematical library. */
    private static final int ULPS = 4;

    private final Map<String, Object> recorded;
    private final double tolerance;
    private final String what;

    private RecordedValue(Map<String, Object> recorded, double tolerance, String what) {
        this.recorded = recorded;
        this.tolerance = tolerance;
        this.what = what;
    }

    /** Throws an error that names the first difference; {@code tolerance} is relative, and 0 where values are exact. */
    static void check(Map<String, Object> recorded, Object got, double tolerance, String what) {
        new RecordedValue(recorded, tolerance, what).check(got);
    }

    private void check(Object got) {
        switch ((String) recorded.get("kind")) {
            case "parameter" -> {
                Expect.same(true, got instanceof Parameter, what + ": is a parameter");
                tensor((Tensor) got);
            }
            case "tensor" -> tensor((Tensor) got);
            case "ndarray" -> array(got instanceof Buffer buffer ? Tensor.wrap(buffer) : Tensor.fromArray(got));
            case "size" -> Expect.same(sizes("values"), sizes(((Shape) got).toArray()), what);
            case "list" -> list(got);
            case "float" -> near(Golden.number(recorded.get("value")), (Double) got, "number");
            case "int" -> Expect.same(recorded.get("value"), ((Number) got).longValue(), what);
            case "str", "bool" -> Expect.same(recorded.get("value"), got, what);
            case "none" -> Expect.same(null, got, what);
            default -> Expect.same(recorded.get("repr"), String.valueOf(got), what);
        }
    }

    private void tensor(Tensor x) {
        Expect.same(recorded.get("requires_grad"), x.requiresGrad(), what + ": requires grad");
        Expect.same(
                recorded.get("grad_fn"), x.gradFn() == null ? null : x.gradFn().name(), what + ": grad_fn");
        Expect.same(sizes("stride"), sizes(x.stride()), what + ": stride");
        if (recorded.containsKey("contiguous")) {
            Expect.same(recorded.get("contiguous"), x.isContiguous(), what + ": contiguous");
        }
        array(x);
        if (recorded.containsKey("repr") && tolerance == 0) {
            Expect.same(recorded.get("repr"), x.toString(), what + ": text");
        }
    }

    private void array(Tensor x) {
        Expect.same(
                DType.valueOf(((String) recorded.get("dtype")).toUpperCase(Locale.ROOT)), x.dtype(), what + ": dtype");
        Expect.same(sizes("shape"), sizes(x.shape().toArray()), what + ": shape");
        if (!recorded.containsKey("values")) {
            return;
        }
        List<Object> values = new ArrayList<>();
        flatten(recorded.get("values"), values);
        if (!x.isFloatingPoint()) {
            List<Object> got = new ArrayList<>();
            Arrays.stream(x.toLongArray()).forEach(x.dtype() == DType.BOOL ? v -> got.add(v != 0) : got::add);
            Expect.same(values, got, what + ": values");
            return;
        }
        double[] got = x.toDoubleArray();
        Expect.same(values.size(), got.length, what + ": number of values");
        for (int i = 0; i < got.length; i++) {
            if (x.dtype() == DType.FLOAT64) {
                near(Golden.number(values.get(i)), got[i], "element " + i);
            } else {
                exact(Golden.number(values.get(i)), got[i], "element " + i);
            }
        }
    }

    private void exact(double expected, double got, String place) {
        if (Double.compare(expected, got) != 0 && Math.abs(expected - got) > tolerance * Math.abs(expected)) {
            throw new AssertionError(what + ": " + place + ": expected " + expected + ", got " + got);
        }
    }

    private void near(double expected, double got, String place) {
        if (Math.abs(expected - got) > ULPS * Math.ulp(expected)) {
            exact(expected, got, place);
        }
    }

    private void list(Object got) {
        List<Object> items = Golden.list(recorded.get("items"));
        List<?> values = got instanceof long[] sizes ? sizes(sizes) : (List<?>) got;
        Expect.same(items.size(), values.size(), what + ": length");
        for (int i = 0; i < items.size(); i++) {
            check(Golden.map(items.get(i)), values.get(i), tolerance, what + "[" + i + "]");
        }
    }

    private List<Long> sizes(String key) {
        return sizes(Golden.longs(recorded.get(key)));
    }

    private static List<Long> sizes(long[] sizes) {
        return Arrays.stream(sizes).boxed().toList();
    }

    static void flatten(Object value, List<Object> out) {
        if (value instanceof List<?> items) {
            items.forEach(item -> flatten(item, out));
        } else {
            out.add(value);
        }
    }
}
