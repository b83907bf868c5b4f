package dev.lanewise.optim;

import dev.lanewise.internal.error.Check;
import java.util.List;
import java.util.Map;

/** Checks options and reads them from maps. */
final class Values {
    private Values() {}

    static void notNegative(String optimizer, String what, double value) {
        if (!(value >= 0)) {
            throw Check.argument(optimizer, "the " + what + " must not be negative")
                    .got(value)
                    .error();
        }
    }

    static void fraction(String optimizer, String what, double value) {
        if (!(value >= 0 && value < 1)) {
            throw Check.argument(optimizer, what + " must be at least 0 and less than 1")
                    .got(value)
                    .error();
        }
    }

    static double number(Map<String, ?> values, String key, double otherwise) {
        return values.get(key) instanceof Number number ? number.doubleValue() : otherwise;
    }

    /** One of the two numbers in a list under a key. */
    static double pair(Map<String, ?> values, String key, int place, double otherwise) {
        boolean given = values.get(key) instanceof List<?> list && list.size() == 2;
        return given ? ((Number) ((List<?>) values.get(key)).get(place)).doubleValue() : otherwise;
    }

    static boolean flag(Map<String, ?> values, String key, boolean otherwise) {
        return values.get(key) instanceof Boolean flag ? flag : otherwise;
    }
}
