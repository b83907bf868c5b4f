package dev.lanewise;

import dev.lanewise.internal.error.Check;
import java.util.Arrays;

/**
 * One part of an index expression, as in {@code x.index(range(1, 3), at(-1))} for Python's {@code x[1:3, -1]}.
 *
 * <p>Parts are immutable and know no tensor's sizes; bounds are checked when they are applied. Import the factory
 * methods statically, or write the whole expression as text and {@link #parse} it.
 */
public sealed interface Index {
    /** The end of a range that is open to the right. */
    long OPEN = Long.MAX_VALUE;

    /** The part at one position, whose dimension is left out; negative positions count from the end. Gives a view. */
    static Index at(long position) {
        return new At(position);
    }

    /**
     * The parts at the listed positions, in this order, repeats allowed.
     *
     * <p>This is advanced indexing with a list of integers: the result is a copy, and several lists in one expression
     * are walked together. An array of one position is a list too, and keeps the dimension.
     */
    static Index at(long... positions) {
        return new Positions(positions);
    }

    /** Python's {@code start:end}: positions from {@code start} to {@code end} (excluded), clamped. Gives a view. */
    static Index range(long start, long end) {
        return new Range(start, end, 1);
    }

    /** Python's {@code start:end:step} with a positive step. Gives a view. Throws {@link IndexException} otherwise. */
    static Index range(long start, long end, long step) {
        return new Range(start, end, step);
    }

    /** Python's {@code start:}. Gives a view. */
    static Index from(long start) {
        return new Range(start, OPEN, 1);
    }

    /** Python's {@code :end}. Gives a view. */
    static Index to(long end) {
        return new Range(0, end, 1);
    }

    /** Python's {@code :}, the whole dimension. */
    static Index all() {
        return Range.ALL;
    }

    /** Python's {@code None}: a new dimension of size 1. Gives a view. */
    static Index newAxis() {
        return NewAxis.INSTANCE;
    }

    /** Python's {@code ...}: as many whole dimensions as the other parts leave; once per expression. */
    static Index ellipsis() {
        return Ellipsis.INSTANCE;
    }

    /**
     * A mask (BOOL or UINT8) or positions (INT64): advanced indexing, whose result is a copy. One position in a 0-d tensor is
     * as good as {@link #at(long)}.
     */
    static Index of(Tensor tensor) {
        return new Of(tensor);
    }

    /**
     * The places where the listed truths are true, one for each place of the dimension: advanced indexing with a mask. The
     * result is a copy.
     */
    static Index mask(boolean... truths) {
        return new Of(Tensor.of(truths));
    }

    /**
     * Reads an expression as Python writes it between the brackets, for example {@code "1:3, -1, ..., None, ::2"}.
     *
     * <p>Parts are integers, ranges, {@code ...}, {@code None}, lists of integers such as {@code [0, 2]} and of truths such as
     * {@code [True, False]}. Throws {@link IndexException} with the text and the position in it.
     */
    static Index[] parse(String text) {
        return new IndexParser(text).parse();
    }

    /** One position. */
    record At(long position) implements Index {
        /** The number as Python writes it. */
        @Override
        public String toString() {
            return Long.toString(position);
        }
    }

    /** A range with a positive step; {@code start} 0 is an open start, {@code end} {@link #OPEN} an open end. */
    record Range(long start, long end, long step) implements Index {
        private static final Range ALL = new Range(0, OPEN, 1);

        /** Refuses a step that is not positive. */
        public Range {
            if (step <= 0) {
                throw Check.index("range", "step must be positive")
                        .got(step)
                        .hint("Use flip for the reverse order.")
                        .error();
            }
        }

        /** The range as Python writes it. */
        @Override
        public String toString() {
            return (start == 0 ? "" : start) + ":" + (end == OPEN ? "" : end) + (step == 1 ? "" : ":" + step);
        }
    }

    /** A new dimension. */
    enum NewAxis implements Index {
        /** The only one. */
        INSTANCE;

        /** {@code None}, as Python writes it. */
        @Override
        public String toString() {
            return "None";
        }
    }

    /** All dimensions that the other parts leave. */
    enum Ellipsis implements Index {
        /** The only one. */
        INSTANCE;

        /** Three dots, as Python writes it. */
        @Override
        public String toString() {
            return "...";
        }
    }

    /** A list of positions. */
    final class Positions implements Index {
        private final long[] positions;

        private Positions(long[] positions) {
            this.positions = positions.clone();
        }

        /** How many positions. */
        public int size() {
            return positions.length;
        }

        /** The positions as a new array. */
        public long[] toArray() {
            return positions.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Positions list && Arrays.equals(positions, list.positions);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(positions);
        }

        /** The list as Python writes it. */
        @Override
        public String toString() {
            return Arrays.toString(positions);
        }
    }

    /** A mask or a tensor of positions. */
    record Of(Tensor tensor) implements Index {
        /** The dtype and shape of the tensor, not its values. */
        @Override
        public String toString() {
            return tensor.dtype().shortName() + Arrays.toString(tensor.sizes());
        }
    }
}
