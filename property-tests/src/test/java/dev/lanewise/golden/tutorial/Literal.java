package dev.lanewise.golden.tutorial;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.golden.Unsupported;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code torch.tensor(VALUES, dtype=…, requires_grad=True)} with numbers, truth values and nested lists of them. */
final class Literal {
    private static final Pattern CALL = Pattern.compile(
            "torch\\.tensor\\(([^=]*?)(?:, dtype=torch\\.(\\w+))?(, requires_grad=True)?(?:, dtype=torch\\.(\\w+))?\\)");
    private static final Pattern NUMBER =
            Pattern.compile("float\\('(\\S+?)'\\)|True|False|-?[\\d.]+(?:e[+-]?\\d+)?(?:/[\\d.]+|\\*\\*\\d+)?");

    private final String code;
    private final List<Long> sizes = new ArrayList<>();
    private final List<Number> numbers = new ArrayList<>();
    private DType literal = DType.BOOL;
    private String text;
    private int at;

    Literal(String code) {
        this.code = code;
    }

    Tensor tensor() {
        Matcher call = CALL.matcher(code);
        if (!call.matches()) {
            throw new Unsupported("there is no counterpart of " + code);
        }
        text = call.group(1);
        value(0);
        if (at != text.length()) {
            throw new Unsupported("values " + text);
        }
        if (numbers.isEmpty()) {
            literal = DType.FLOAT32;
        }
        String named = call.group(2) != null ? call.group(2) : call.group(4);
        DType dtype = named == null ? literal : DType.valueOf(named.toUpperCase(Locale.ROOT));
        Tensor out = Tensor.empty(dtype, sizes.stream().mapToLong(s -> s).toArray());
        Tensor flat = out.view(-1);
        for (int i = 0; i < numbers.size(); i++) {
            flat.get(i).fill_(numbers.get(i));
        }
        return call.group(3) == null ? out : out.requiresGrad_();
    }

    private void value(int depth) {
        if (text.charAt(at) != '[') {
            number();
            return;
        }
        at++;
        long count = 0;
        while (text.charAt(at) != ']') {
            if (sizes.size() == depth) {
                sizes.add(0L);
            }
            value(depth + 1);
            count++;
            if (text.startsWith(", ", at)) {
                at += 2;
            }
        }
        at++;
        if (sizes.size() == depth) {
            sizes.add(0L);
        }
        sizes.set(depth, count);
    }

    private void number() {
        Matcher number = NUMBER.matcher(text).region(at, text.length());
        if (!number.lookingAt()) {
            throw new Unsupported("values " + text);
        }
        at = number.end();
        String word = number.group();
        Number value = number.group(1) != null ? special(number.group(1)) : plain(word);
        numbers.add(value);
        boolean truth = word.equals("True") || word.equals("False");
        DType type = truth ? DType.BOOL : value instanceof Double ? DType.FLOAT32 : DType.INT64;
        literal = DType.promote(literal, type);
    }

    private static Double special(String word) {
        double value = word.endsWith("inf") ? Double.POSITIVE_INFINITY : Double.NaN;
        return word.startsWith("-") ? -value : value;
    }

    private static Number plain(String word) {
        int slash = word.indexOf('/');
        if (slash > 0) {
            return Double.parseDouble(word.substring(0, slash)) / Double.parseDouble(word.substring(slash + 1));
        }
        int power = word.indexOf("**");
        if (power > 0) {
            return new BigInteger(word.substring(0, power))
                    .pow(Integer.parseInt(word.substring(power + 2)))
                    .longValueExact();
        }
        if (word.equals("True") || word.equals("False")) {
            return word.equals("True") ? 1L : 0L;
        }
        // not a conditional expression, which would turn both into doubles
        if (word.matches("-?\\d+")) {
            return Long.valueOf(word);
        }
        return Double.valueOf(word);
    }
}
