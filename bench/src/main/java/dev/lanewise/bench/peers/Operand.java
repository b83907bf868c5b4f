package dev.lanewise.bench.peers;

import java.util.Arrays;
import java.util.List;

/**
 * An operand as data.
 *
 * @param kind what its elements are
 * @param shape its shape in memory, before the last two dimensions are swapped
 * @param transposed whether the last two dimensions are swapped, as a view
 * @param bound the number of classes or rows that an index may name, else 0
 */
public record Operand(Kind kind, List<Long> shape, boolean transposed, long bound) {
    /** What elements are. */
    public enum Kind {
        /** Standard normal. */
        FLOAT,
        /** The absolute value of standard normal. */
        POSITIVE,
        /** Standard normal. */
        DOUBLE,
        /** 64-bit integers from 0 to the bound. */
        INDEX;

        /** Bytes of one element. */
        public int bytes() {
            return this == FLOAT || this == POSITIVE ? Float.BYTES : Long.BYTES;
        }
    }

    static Operand floats(long... shape) {
        return new Operand(Kind.FLOAT, list(shape), false, 0);
    }

    static Operand positive(long... shape) {
        return new Operand(Kind.POSITIVE, list(shape), false, 0);
    }

    static Operand doubles(long... shape) {
        return new Operand(Kind.DOUBLE, list(shape), false, 0);
    }

    static Operand indices(long bound, long... shape) {
        return new Operand(Kind.INDEX, list(shape), false, bound);
    }

    /** The same memory with the last two dimensions swapped. */
    Operand t() {
        return new Operand(kind, shape, !transposed, bound);
    }

    /** Number of elements. */
    public long count() {
        return shape.stream().reduce(1L, (a, b) -> a * b);
    }

    /** Bytes in memory. */
    double bytes() {
        return (double) count() * kind.bytes();
    }

    /** The shape as an array. */
    public long[] sizes() {
        return shape.stream().mapToLong(Long::longValue).toArray();
    }

    private static List<Long> list(long... shape) {
        return Arrays.stream(shape).boxed().toList();
    }
}
