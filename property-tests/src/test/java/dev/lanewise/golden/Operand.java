package dev.lanewise.golden;

import dev.lanewise.Tensor;
import java.util.Arrays;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;

/** Reads arguments that may be a tensor or a number, and calls the form of a function that takes them so. */
final class Operand {
    private Operand() {}

    /** The argument at a place or of a name: a Tensor or a Number; a Python bool counts as a 0-d BOOL tensor. */
    static Object of(Arguments a, int place, String name) {
        Object value = a.get(place, name);
        if (value instanceof Boolean truth) {
            return Tensor.scalar(truth);
        }
        if (value instanceof Tensor || value instanceof Number) {
            return value;
        }
        throw new Unsupported("a " + value.getClass().getSimpleName() + " for " + name);
    }

    /** The argument as a tensor. */
    static Tensor tensor(Arguments a, int place, String name) {
        return of(a, place, name) instanceof Tensor tensor ? tensor : unsupported("a number for " + name);
    }

    /** The argument, or null if it is not given or None. */
    static Object optional(Arguments a, int place, String name) {
        return !a.has(place, name) || a.get(place, name) == Arguments.NONE ? null : of(a, place, name);
    }

    /** Calls the form for two tensors or for a tensor and a number. */
    static Tensor call(
            Tensor x, Object other, BinaryOperator<Tensor> tensors, BiFunction<Tensor, Number, Tensor> numbers) {
        return other instanceof Tensor tensor ? tensors.apply(x, tensor) : numbers.apply(x, (Number) other);
    }

    /** A form that the function does not have. */
    static <A, B> BiFunction<A, B, Tensor> none() {
        return (a, b) -> unsupported("a number as an operand");
    }

    /** Refuses named arguments other than these. */
    static Arguments only(Arguments a, String... names) {
        String[] all = Arrays.copyOf(names, names.length + 2);
        all[names.length] = "input";
        all[names.length + 1] = "self";
        return a.only(all);
    }

    private static Tensor unsupported(String what) {
        throw new Unsupported(what);
    }
}
