package dev.lanewise.golden;

import dev.lanewise.DType;
import dev.lanewise.Lanewise;
import dev.lanewise.Tensor;
import dev.lanewise.testing.Golden;
import dev.lanewise.testing.Json;
import dev.lanewise.testing.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Replays random draws: the recorded expressions are parsed and evaluated with our functions, from the recorded seed.
 *
 * <p>The visible table of what each Python name stands for is in {@link RngCalls}, {@link RngLayers}, {@link RngData},
 * {@link RngNumPy} and {@link RngSklearn}. Draws must be equal bit for bit, but for {@link RngTolerance}.
 */
final class RngReplay {
    private static final String FAMILY = "rng";
    private static final String THEN = " then ";
    private static final Pattern CALL = Pattern.compile("\\w+\\(.*\\)");
    private static final PythonCalls TABLE = new PythonCalls();

    static {
        RngCalls.fill(TABLE);
        RngLayers.fill(TABLE);
        RngData.fill(TABLE);
        RngNumPy.fill(TABLE);
        RngSklearn.fill(TABLE);
    }

    private RngReplay() {}

    /** Replays all files of the folder {@code rng}. */
    static Report replay(Path directory) {
        Report report = new Report(FAMILY);
        for (Path file : files(directory.resolve(FAMILY))) {
            Map<String, Object> json = Golden.map(Json.parse(Project.read(file)));
            long seed = ((Number) json.get("seed")).longValue();
            for (String list : List.of("cases", "numpy", "sklearn")) {
                if (json.get(list) instanceof List<?> cases) {
                    for (Map<String, Object> one : Golden.maps(cases)) {
                        replay(report, file.getFileName() + "/" + name(one), seed, one);
                    }
                }
            }
        }
        return report;
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(Map<String, Object> one) {
        return (String) one.getOrDefault("id", one.get("code"));
    }

    private static void replay(Report report, String id, long seed, Map<String, Object> one) {
        String code = (String) one.get("code");
        report.check(id, subject(code), () -> {
            Lanewise.manualSeed(seed);
            compare(one, code, value(code, (String) one.get("note")));
        });
    }

    // Where the code is only a name, the note has the call; "f(1) then g(2)" goes on with the same generator.
    private static Object value(String code, String note) {
        if (!code.contains("(") && note != null) {
            Matcher call = CALL.matcher(note);
            if (call.find()) {
                return TABLE.evaluate(Python.parse(call.group()));
            }
        }
        int then = code.indexOf(THEN);
        if (then >= 0) {
            Python.Expr first = Python.parse(code.substring(0, then));
            Python.Expr second = Python.parse(code.substring(then + THEN.length()));
            return TABLE.then((Python.Call) first, (Python.Call) second);
        }
        return TABLE.evaluate(Python.parse(code));
    }

    private static String subject(String code) {
        try {
            return PythonCalls.subject(Python.parse(code));
        } catch (IllegalArgumentException notOneExpression) {
            return code;
        }
    }

    private static void compare(Map<String, Object> one, String code, Object got) {
        if (one.containsKey("list")) {
            Expect.same(one.get("list"), got, "list");
        } else if (one.containsKey("state_dict")) {
            compareAll(Golden.map(one.get("state_dict")), (Map<?, ?>) got, code);
            Expect.same(one.get("order"), List.copyOf(((Map<?, ?>) got).keySet()), "order of the state");
        } else if (one.containsKey("outputs")) {
            compareAll(Golden.map(one.get("outputs")), (Map<?, ?>) got, code);
        } else {
            compareValues(one, tensor(one, got), code, "values");
        }
    }

    // A number stands for a tensor without dimensions.
    private static Tensor tensor(Map<String, Object> one, Object got) {
        return got instanceof Number number ? Tensor.scalar(Case.type(one.get("dtype")), number) : (Tensor) got;
    }

    private static void compareAll(Map<String, Object> expected, Map<?, ?> got, String code) {
        Expect.same(Set.copyOf(expected.keySet()), Set.copyOf(got.keySet()), "names");
        expected.forEach((name, one) -> compareValues(Golden.map(one), (Tensor) got.get(name), code, name));
    }

    private static void compareValues(Map<String, Object> expected, Tensor got, String code, String what) {
        DType type = Case.type(expected.get("dtype"));
        Expect.same(type, got.dtype(), what + ": dtype");
        Expect.same(
                List.of(boxed(Golden.longs(expected.get("shape")))),
                List.of(boxed(got.shape().toArray())),
                what + ": shape");
        if (!type.isFloatingPoint() && type != DType.BOOL) {
            long[] wanted = Golden.longs(expected.get("values"));
            long[] values = got.toLongArray();
            for (int i = 0; i < wanted.length; i++) {
                Expect.same(wanted[i], values[i], what + ": element " + i);
            }
            return;
        }
        double[] wanted = Golden.doubles(expected.get("values"));
        double[] values = got.toDoubleArray();
        Expect.same(wanted.length, values.length, what + ": number of elements");
        RngTolerance tolerance = RngTolerance.of(code, type);
        for (int i = 0; i < wanted.length; i++) {
            if (!tolerance.allows(wanted[i], values[i])) {
                throw new AssertionError(what + ": element " + i + ": expected " + wanted[i] + ", got " + values[i]);
            }
        }
    }

    private static Long[] boxed(long[] values) {
        Long[] out = new Long[values.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = values[i];
        }
        return out;
    }
}
