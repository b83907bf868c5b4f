package dev.lanewise.bench.peers;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The little JSON that results need: one flat object a line, strings and numbers. */
final class Json {
    private static final Pattern FIELD =
            Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\":\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^,}\\s]+))");

    private Json() {}

    /** A flat object on one line; values that are numbers are written bare. */
    static String object(Map<String, ?> fields) {
        StringBuilder text = new StringBuilder("{");
        fields.forEach((key, value) -> {
            if (text.length() > 1) {
                text.append(", ");
            }
            text.append(quote(key)).append(": ");
            text.append(value instanceof Number ? value.toString() : quote(value.toString()));
        });
        return text.append('}').toString();
    }

    /** The fields of a flat object, in order; empty if the line has none. */
    static Map<String, String> fields(String line) {
        Map<String, String> fields = new LinkedHashMap<>();
        Matcher matcher = FIELD.matcher(line);
        while (matcher.find()) {
            String value = matcher.group(2) != null ? plain(matcher.group(2)) : matcher.group(3);
            fields.put(plain(matcher.group(1)), value);
        }
        return fields;
    }

    private static String quote(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String plain(String quoted) {
        return quoted.replaceAll("\\\\(.)", "$1");
    }
}
