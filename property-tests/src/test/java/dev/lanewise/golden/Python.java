package dev.lanewise.golden;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the Python expressions of the recordings: calls, attributes, indices, lists, numbers and their arithmetic. */
final class Python {
    /** A part of an expression. */
    sealed interface Expr permits Constant, Name, Attribute, Call, Index, Sequence, Operation, Range {}

    /** A number, text, truth value, or {@link Arguments#NONE}. */
    record Constant(Object value) implements Expr {}

    record Name(String name) implements Expr {}

    record Attribute(Expr of, String name) implements Expr {}

    record Call(Expr function, List<Expr> positional, Map<String, Expr> named) implements Expr {}

    record Index(Expr of, List<Expr> parts) implements Expr {}

    /** A list or tuple. */
    record Sequence(List<Expr> items) implements Expr {}

    /** An operator and its operands; one for a sign. */
    record Operation(String operator, List<Expr> operands) implements Expr {}

    /** The slice {@code start:stop:step} of an index; null for a bound that was left out. */
    record Range(Expr start, Expr stop, Expr step) implements Expr {}

    private final String text;
    private int at;

    private Python(String text) {
        this.text = text;
    }

    static Expr parse(String text) {
        Python parser = new Python(text);
        Expr expr = parser.sum();
        parser.space();
        if (parser.at != text.length()) {
            throw parser.wrong("the end");
        }
        return expr;
    }

    /** {@code torch.nn.init} for attributes of names, null for anything else. */
    static String path(Expr expr) {
        if (expr instanceof Name name) {
            return name.name();
        }
        if (expr instanceof Attribute attribute) {
            String of = path(attribute.of());
            return of == null ? null : of + "." + attribute.name();
        }
        return null;
    }

    private Expr sum() {
        Expr left = product();
        while (true) {
            if (takes("+")) {
                left = new Operation("+", List.of(left, product()));
            } else if (takes("-")) {
                left = new Operation("-", List.of(left, product()));
            } else {
                return left;
            }
        }
    }

    private Expr product() {
        Expr left = signed();
        while (true) {
            space();
            if (!text.startsWith("**", at) && takes("*")) {
                left = new Operation("*", List.of(left, signed()));
            } else if (takes("//")) {
                left = new Operation("//", List.of(left, signed()));
            } else if (takes("/")) {
                left = new Operation("/", List.of(left, signed()));
            } else {
                return left;
            }
        }
    }

    private Expr signed() {
        if (takes("-")) {
            return new Operation("-", List.of(signed()));
        }
        Expr base = postfix();
        return takes("**") ? new Operation("**", List.of(base, signed())) : base;
    }

    private Expr postfix() {
        Expr expr = atom();
        while (true) {
            if (takes(".")) {
                expr = new Attribute(expr, word());
            } else if (takes("(")) {
                expr = call(expr);
            } else if (takes("[")) {
                expr = new Index(expr, parts());
            } else {
                return expr;
            }
        }
    }

    private Expr call(Expr function) {
        List<Expr> positional = new ArrayList<>();
        Map<String, Expr> named = new LinkedHashMap<>();
        while (!takes(")")) {
            int before = at;
            String name = isWord() ? word() : null;
            if (name != null && takes("=")) {
                named.put(name, sum());
            } else {
                at = before;
                positional.add(sum());
            }
            takes(",");
        }
        return new Call(function, positional, named);
    }

    private List<Expr> parts() {
        List<Expr> parts = new ArrayList<>();
        while (!takes("]")) {
            Expr first = bound();
            if (takes(":")) {
                Expr stop = bound();
                parts.add(new Range(first, stop, takes(":") ? bound() : null));
            } else {
                parts.add(first);
            }
            takes(",");
        }
        return parts;
    }

    private Expr bound() {
        space();
        return ":,]".indexOf(text.charAt(at)) >= 0 ? null : sum();
    }

    private Expr atom() {
        space();
        if (at == text.length()) {
            throw wrong("a value");
        }
        char c = text.charAt(at);
        if (Character.isDigit(c) || c == '.') {
            return number();
        }
        if (c == '\'' || c == '"') {
            int end = text.indexOf(c, at + 1);
            String content = text.substring(at + 1, end);
            at = end + 1;
            return new Constant(content);
        }
        if (takes("(")) {
            return sequence(")");
        }
        if (takes("[")) {
            return sequence("]");
        }
        String word = word();
        return switch (word) {
            case "True" -> new Constant(true);
            case "False" -> new Constant(false);
            case "None" -> new Constant(Arguments.NONE);
            default -> new Name(word);
        };
    }

    // Brackets around one value without a comma are only brackets.
    private Expr sequence(String end) {
        List<Expr> items = new ArrayList<>();
        boolean comma = false;
        while (!takes(end)) {
            items.add(sum());
            comma |= takes(",");
        }
        return end.equals(")") && items.size() == 1 && !comma ? items.get(0) : new Sequence(items);
    }

    private Expr number() {
        int from = at;
        boolean whole = true;
        while (at < text.length()) {
            char c = text.charAt(at);
            boolean exponent = (c == 'e' || c == 'E') && at > from;
            boolean sign = (c == '-' || c == '+') && "eE".indexOf(text.charAt(at - 1)) >= 0;
            if (!Character.isDigit(c) && c != '.' && c != '_' && !exponent && !sign) {
                break;
            }
            whole &= c != '.' && !exponent;
            at++;
        }
        String digits = text.substring(from, at).replace("_", "");
        return new Constant(whole ? (Object) new BigInteger(digits) : (Object) Double.valueOf(digits));
    }

    private boolean isWord() {
        space();
        return at < text.length() && Character.isJavaIdentifierStart(text.charAt(at));
    }

    private String word() {
        if (!isWord()) {
            throw wrong("a name");
        }
        int from = at;
        while (at < text.length() && Character.isJavaIdentifierPart(text.charAt(at))) {
            at++;
        }
        return text.substring(from, at);
    }

    private boolean takes(String token) {
        space();
        if (!text.startsWith(token, at)) {
            return false;
        }
        at += token.length();
        return true;
    }

    private void space() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private IllegalArgumentException wrong(String expected) {
        return new IllegalArgumentException("expected " + expected + " at " + at + " of " + text);
    }
}
