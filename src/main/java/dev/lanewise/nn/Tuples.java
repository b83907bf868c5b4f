package dev.lanewise.nn;

import dev.lanewise.internal.error.Check;
import dev.lanewise.internal.text.PythonText;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Lists of sizes as Python prints them. */
final class Tuples {
    private Tuples() {}

    /** A tuple, {@code (3,)} or {@code (3, 3)}. */
    static String of(long... list) {
        String items = Arrays.stream(list).mapToObj(Tuples::item).collect(Collectors.joining(", "));
        return list.length == 1 ? "(" + items + ",)" : "(" + items + ")";
    }

    /** A number where one is meant for all dimensions, else a tuple. */
    static String plain(long... list) {
        return list.length == 1 ? item(list[0]) : of(list);
    }

    /** One number for each of some dimensions; a single one is meant for all. */
    static long[] filled(int dims, long... list) {
        return list.length == 1 ? Windows.filled(dims, list[0]) : list.clone();
    }

    /** A whole number or one with a point, as it was given. */
    static String number(Number value) {
        boolean real = value instanceof Double || value instanceof Float;
        return real ? PythonText.of(value.doubleValue()) : value.toString();
    }

    /** The number for the only dimension. */
    static long one(long... list) {
        if (list.length != 1) {
            throw Check.argument("forward", "lists must have one number for each dimension")
                    .expected("one number")
                    .got(list)
                    .error();
        }
        return list[0];
    }

    private static String item(long size) {
        return size == -1 ? "None" : Long.toString(size);
    }
}
