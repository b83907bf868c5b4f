package dev.lanewise.golden;

import dev.lanewise.internal.text.PythonText;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Values as Python prints them. */
final class Printed {
    private Printed() {}

    static String line(Object... values) {
        StringBuilder out = new StringBuilder();
        for (Object value : values) {
            out.append(out.isEmpty() ? "" : " ").append(text(value));
        }
        return out.append('\n').toString();
    }

    private static String text(Object value) {
        if (value instanceof Boolean truth) {
            return PythonText.of(truth);
        }
        if (value instanceof Double number) {
            return PythonText.of(number);
        }
        if (value instanceof long[] sizes) {
            return tuple(sizes);
        }
        return value instanceof List<?> items ? list(items) : String.valueOf(value);
    }

    private static String tuple(long[] items) {
        String inner = Arrays.stream(items).mapToObj(Long::toString).collect(Collectors.joining(", "));
        return items.length == 1 ? "(" + inner + ",)" : "(" + inner + ")";
    }

    static String list(List<?> items) {
        return items.stream().map(Printed::text).collect(Collectors.joining(", ", "[", "]"));
    }
}
