package dev.lanewise.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The recorded results of the project, and how their JSON is read. */
public final class Golden {
    private Golden() {}

    /** The folder of the recorded results. */
    public static Path directory() {
        return Project.root().resolve("golden");
    }

    /** The object in a recorded JSON file, for example {@code rng/torch_seed_0.json}. */
    public static Map<String, Object> json(String name) {
        return map(Json.parse(Project.read(directory().resolve(name))));
    }

    /** The arrays of a recorded {@code .npz} file. */
    public static Map<String, Npz.Array> npz(String name) {
        return Npz.read(directory().resolve(name));
    }

    /** A parsed value as an object. */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    /** A parsed value as an array. */
    @SuppressWarnings("unchecked")
    public static List<Object> list(Object value) {
        return (List<Object>) value;
    }

    /** A parsed array of objects. */
    public static List<Map<String, Object>> maps(Object value) {
        List<Map<String, Object>> out = new ArrayList<>();
        for (Object item : list(value)) {
            out.add(map(item));
        }
        return out;
    }

    /** A parsed number as a double; the strings NaN, Infinity and -Infinity, and booleans, count as numbers. */
    public static double number(Object value) {
        if (value instanceof Boolean truth) {
            return truth ? 1 : 0;
        }
        return value instanceof String text ? Double.parseDouble(text) : ((Number) value).doubleValue();
    }

    /** A parsed array of numbers as doubles. */
    public static double[] doubles(Object value) {
        return list(value).stream().mapToDouble(Golden::number).toArray();
    }

    /** A parsed array of numbers as floats, which recorded float32 values are exactly. */
    public static float[] floats(Object value) {
        double[] doubles = doubles(value);
        float[] out = new float[doubles.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) doubles[i];
        }
        return out;
    }

    /** A parsed array of whole numbers. */
    public static long[] longs(Object value) {
        return list(value).stream().mapToLong(x -> ((Number) x).longValue()).toArray();
    }
}
