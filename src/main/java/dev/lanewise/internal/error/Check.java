package dev.lanewise.internal.error;

import dev.lanewise.ClosedException;
import dev.lanewise.DType;
import dev.lanewise.DTypeException;
import dev.lanewise.GradException;
import dev.lanewise.IndexException;
import dev.lanewise.Shape;
import dev.lanewise.ShapeException;
import java.util.Arrays;
import java.util.function.Function;

/**
 * Builds every error message of the library in one form: {@code op: what must hold, expected …, got … [operands]. Hint.}
 *
 * <p>Callers test the condition themselves and come here only to throw, so that nothing is built on the hot path:
 * {@code throw Check.shape("matmul", "inner sizes must match").expected(…).got(…).operand(…).error();}
 *
 * @param <E> the exception that {@link #error()} makes
 */
public final class Check<E extends RuntimeException> {
    private final Function<String, E> maker;
    private final StringBuilder head;
    private final StringBuilder operands = new StringBuilder();
    private String hint = "";

    private Check(String op, String rule, Function<String, E> maker) {
        this.maker = maker;
        this.head = new StringBuilder(op).append(": ").append(rule);
    }

    /** A message about shapes that do not fit. */
    public static Check<ShapeException> shape(String op, String rule) {
        return new Check<>(op, rule, ShapeException::new);
    }

    /** A message about a dtype that is not taken. */
    public static Check<DTypeException> dtype(String op, String rule) {
        return new Check<>(op, rule, DTypeException::new);
    }

    /** A message about an index or a dimension out of range. */
    public static Check<IndexException> index(String op, String rule) {
        return new Check<>(op, rule, IndexException::new);
    }

    /** A message about a gradient that cannot be had. */
    public static Check<GradException> grad(String op, String rule) {
        return new Check<>(op, rule, GradException::new);
    }

    /** A message about memory used after it was freed. */
    public static Check<ClosedException> closed(String op, String rule) {
        return new Check<>(op, rule, ClosedException::new);
    }

    /** A message about any other argument. */
    public static Check<IllegalArgumentException> argument(String op, String rule) {
        return new Check<>(op, rule, IllegalArgumentException::new);
    }

    /** Adds {@code , expected …}. */
    public Check<E> expected(Object what) {
        head.append(", expected ").append(text(what));
        return this;
    }

    /** Adds {@code , got …}. */
    public Check<E> got(Object what) {
        head.append(", got ").append(text(what));
        return this;
    }

    /** Adds an operand to the bracket, for example {@code a: float32[2, 3]}. */
    public Check<E> operand(String name, DType dtype, long[] shape) {
        return operand(name, dtype.shortName() + Arrays.toString(shape));
    }

    /** Adds an operand described in words to the bracket. */
    public Check<E> operand(String name, String description) {
        operands.append(operands.isEmpty() ? " [" : ", ")
                .append(name)
                .append(": ")
                .append(description);
        return this;
    }

    /** Adds a last sentence that says what to do; it ends with its own full stop. */
    public Check<E> hint(String sentence) {
        hint = " " + sentence;
        return this;
    }

    /** The exception, to be thrown by the caller. */
    public E error() {
        return maker.apply(head + (operands.isEmpty() ? "" : operands + "]") + "." + hint);
    }

    private static String text(Object what) {
        if (what instanceof DType dtype) {
            return dtype.shortName();
        }
        Object plain = what instanceof Shape shape ? shape.toArray() : what;
        return plain instanceof long[] sizes ? Arrays.toString(sizes) : String.valueOf(plain);
    }
}
