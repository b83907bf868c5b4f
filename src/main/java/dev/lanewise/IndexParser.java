package dev.lanewise;

import dev.lanewise.internal.error.Check;
import java.util.ArrayList;
import java.util.List;

/** Reads the text of an index expression; one pass, one character ahead. */
final class IndexParser {
    private static final String PARTS = "an integer, a range, ..., None or a list such as [0, 2]";

    private final String text;
    private int position;

    IndexParser(String text) {
        this.text = text;
    }

    Index[] parse() {
        List<Index> parts = new ArrayList<>();
        boolean ellipsis = false;
        do {
            skipSpace();
            int start = position;
            Index part = part();
            if (part instanceof Index.Ellipsis && ellipsis) {
                throw error("... may come once", "one ...", start);
            }
            ellipsis |= part instanceof Index.Ellipsis;
            parts.add(part);
        } while (accept(","));
        if (position < text.length()) {
            throw error("parts must be separated by commas", "a comma", position);
        }
        return parts.toArray(new Index[0]);
    }

    private Index part() {
        if (accept("...")) {
            return Index.ellipsis();
        }
        if (accept("None")) {
            return Index.newAxis();
        }
        if (accept("[")) {
            return list();
        }
        if (!startsNumber() && peek() != ':') {
            throw error("each part must be an index", PARTS, position);
        }
        long start = startsNumber() ? number() : 0;
        return accept(":") ? range(start) : Index.at(start);
    }

    private Index range(long start) {
        long end = startsNumber() ? number() : Index.OPEN;
        if (!accept(":")) {
            return Index.range(start, end);
        }
        skipSpace();
        int at = position;
        long step = startsNumber() ? number() : 1;
        if (step <= 0) {
            throw error("step must be positive", "1 or more", at);
        }
        return Index.range(start, end, step);
    }

    private Index list() {
        if (startsTruth()) {
            return mask();
        }
        List<Long> positions = new ArrayList<>();
        if (!accept("]")) {
            do {
                if (!startsNumber()) {
                    throw error("a list must hold integers", "an integer", position);
                }
                positions.add(number());
            } while (accept(","));
            if (!accept("]")) {
                throw error("a list must be closed", "a comma or ]", position);
            }
        }
        return Index.at(positions.stream().mapToLong(Long::longValue).toArray());
    }

    private boolean startsTruth() {
        skipSpace();
        return text.startsWith("True", position) || text.startsWith("False", position);
    }

    private Index mask() {
        List<Boolean> truths = new ArrayList<>();
        do {
            if (!startsTruth()) {
                throw error("a list must hold integers or truths alone", "True or False", position);
            }
            truths.add(accept("True") || !accept("False"));
        } while (accept(","));
        if (!accept("]")) {
            throw error("a list must be closed", "a comma or ]", position);
        }
        boolean[] mask = new boolean[truths.size()];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = truths.get(i);
        }
        return Index.mask(mask);
    }

    private boolean startsNumber() {
        return peek() == '-' || isDigit(peek());
    }

    private long number() {
        int start = position;
        position++;
        while (position < text.length() && isDigit(text.charAt(position))) {
            position++;
        }
        try {
            return Long.parseLong(text, start, position, 10);
        } catch (NumberFormatException e) {
            throw error("integers must be digits that fit into 64 bits", "an integer", start);
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** The next character that is not white space, 0 at the end. */
    private char peek() {
        skipSpace();
        return position < text.length() ? text.charAt(position) : 0;
    }

    private boolean accept(String word) {
        skipSpace();
        boolean found = text.startsWith(word, position);
        position += found ? word.length() : 0;
        return found;
    }

    private void skipSpace() {
        while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
            position++;
        }
    }

    private IndexException error(String rule, String expected, int at) {
        String got = at < text.length() ? "'" + text.charAt(at) + "'" : "the end";
        return Check.index("index", rule)
                .expected(expected)
                .got(got + " at position " + at)
                .operand("text", '"' + text.replace('\n', ' ') + '"')
                .error();
    }
}
