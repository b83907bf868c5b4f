package dev.lanewise.internal.kernel;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import dev.lanewise.DType;
import java.lang.foreign.MemorySegment;

/** What happens where an element is written onto another. Integers wrap; the sum of BOOL is or, the product and. */
public enum Combine {
    /** The new element alone. */
    SET,
    /** The sum of both. */
    ADD,
    /** The product of both. */
    MULTIPLY,
    /** The larger one, NaN if one is. */
    MAX,
    /** The smaller one, NaN if one is. */
    MIN;

    /** Combines {@code n} elements of two runs, steps in bytes, one after the other. */
    void run(DType type, MemorySegment from, long fo, long fs, MemorySegment to, long at, long ts, long n) {
        if (this == SET) {
            copy(type.shift(), from, fo, fs, to, at, ts, n);
        } else if (this == ADD && type == DType.FLOAT32) {
            for (long i = 0; i < n; i++) {
                float sum = to.get(JAVA_FLOAT_UNALIGNED, at + i * ts) + from.get(JAVA_FLOAT_UNALIGNED, fo + i * fs);
                to.set(JAVA_FLOAT_UNALIGNED, at + i * ts, sum);
            }
        } else if (this == ADD && type == DType.FLOAT64) {
            for (long i = 0; i < n; i++) {
                double sum = to.get(JAVA_DOUBLE_UNALIGNED, at + i * ts) + from.get(JAVA_DOUBLE_UNALIGNED, fo + i * fs);
                to.set(JAVA_DOUBLE_UNALIGNED, at + i * ts, sum);
            }
        } else {
            for (long i = 0; i < n; i++) {
                element(type, from, fo + i * fs, to, at + i * ts);
            }
        }
    }

    /** Combines {@code n} elements with others one after the other; each lies at a base plus an offset, in bytes. */
    void elements(
            DType type, MemorySegment from, long fo, long[] sources, MemorySegment to, long at, long[] targets, int n) {
        if (this == SET) {
            moves(type.shift(), from, fo, sources, to, at, targets, n);
        } else if (type == DType.FLOAT32) {
            for (int i = 0; i < n; i++) {
                float a = to.get(JAVA_FLOAT_UNALIGNED, at + targets[i]);
                float b = from.get(JAVA_FLOAT_UNALIGNED, fo + sources[i]);
                to.set(JAVA_FLOAT_UNALIGNED, at + targets[i], this == ADD ? a + b : (float) combined(a, b));
            }
        } else if (type == DType.FLOAT64) {
            for (int i = 0; i < n; i++) {
                double a = to.get(JAVA_DOUBLE_UNALIGNED, at + targets[i]);
                double b = from.get(JAVA_DOUBLE_UNALIGNED, fo + sources[i]);
                to.set(JAVA_DOUBLE_UNALIGNED, at + targets[i], combined(a, b));
            }
        } else if (type == DType.INT64) {
            for (int i = 0; i < n; i++) {
                long a = to.get(JAVA_LONG_UNALIGNED, at + targets[i]);
                long b = from.get(JAVA_LONG_UNALIGNED, fo + sources[i]);
                to.set(JAVA_LONG_UNALIGNED, at + targets[i], combined(a, b));
            }
        } else {
            for (int i = 0; i < n; i++) {
                element(type, from, fo + sources[i], to, at + targets[i]);
            }
        }
    }

    private static void moves(
            int shift, MemorySegment from, long fo, long[] sources, MemorySegment to, long at, long[] targets, int n) {
        if (shift == 2) {
            for (int i = 0; i < n; i++) {
                to.set(JAVA_INT_UNALIGNED, at + targets[i], from.get(JAVA_INT_UNALIGNED, fo + sources[i]));
            }
        } else if (shift == 3) {
            for (int i = 0; i < n; i++) {
                to.set(JAVA_LONG_UNALIGNED, at + targets[i], from.get(JAVA_LONG_UNALIGNED, fo + sources[i]));
            }
        } else {
            for (int i = 0; i < n; i++) {
                move(shift, from, fo + sources[i], to, at + targets[i]);
            }
        }
    }

    /** Combines one element with another. */
    void element(DType type, MemorySegment from, long fo, MemorySegment to, long at) {
        if (this == SET) {
            move(type.shift(), from, fo, to, at);
        } else if (type.isFloatingPoint()) {
            // In double, then rounded: of floats and halves that is the correctly rounded sum and product.
            double a = Elements.getDouble(type, to, at);
            double b = Elements.getDouble(type, from, fo);
            Elements.setDouble(type, to, at, combined(a, b));
        } else {
            long a = Elements.getLong(type, to, at);
            long b = Elements.getLong(type, from, fo);
            Elements.setLong(type, to, at, combined(a, b));
        }
    }

    private double combined(double a, double b) {
        return switch (this) {
            case SET -> b;
            case ADD -> a + b;
            case MULTIPLY -> a * b;
            case MAX -> Math.max(a, b);
            case MIN -> Math.min(a, b);
        };
    }

    private long combined(long a, long b) {
        return switch (this) {
            case SET -> b;
            case ADD -> a + b;
            case MULTIPLY -> a * b;
            case MAX -> Math.max(a, b);
            case MIN -> Math.min(a, b);
        };
    }

    /** Copies one element of {@code 1 << shift} bytes. */
    static void move(int shift, MemorySegment from, long fo, MemorySegment to, long at) {
        switch (shift) {
            case 0 -> to.set(JAVA_BYTE, at, from.get(JAVA_BYTE, fo));
            case 1 -> to.set(JAVA_SHORT_UNALIGNED, at, from.get(JAVA_SHORT_UNALIGNED, fo));
            case 2 -> to.set(JAVA_INT_UNALIGNED, at, from.get(JAVA_INT_UNALIGNED, fo));
            default -> to.set(JAVA_LONG_UNALIGNED, at, from.get(JAVA_LONG_UNALIGNED, fo));
        }
    }

    /** Copies {@code n} elements of two runs, steps in bytes; dense runs as one block. */
    static void copy(int shift, MemorySegment from, long fo, long fs, MemorySegment to, long at, long ts, long n) {
        long size = 1L << shift;
        if (fs == size && ts == size) {
            MemorySegment.copy(from, fo, to, at, n << shift);
            return;
        }
        for (long i = 0; i < n; i++) {
            move(shift, from, fo + i * fs, to, at + i * ts);
        }
    }
}
