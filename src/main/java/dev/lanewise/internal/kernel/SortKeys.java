package dev.lanewise.internal.kernel;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import dev.lanewise.DType;
import java.lang.foreign.MemorySegment;

/**
 * Signed integers in the order of the elements: NaN after everything else, -0.0 equal to 0.0. The key of an element of at
 * most 32 bits fits into an int.
 */
final class SortKeys {
    private static final int STRIP = 1024;

    private SortKeys() {}

    static int of(float value) {
        if (Float.isNaN(value)) {
            return Integer.MAX_VALUE;
        }
        // Adding 0 makes -0.0 positive.
        int bits = Float.floatToRawIntBits(value + 0f);
        return bits ^ bits >> 31 & Integer.MAX_VALUE;
    }

    static long of(double value) {
        if (Double.isNaN(value)) {
            return Long.MAX_VALUE;
        }
        long bits = Double.doubleToRawLongBits(value + 0d);
        return bits ^ bits >> 63 & Long.MAX_VALUE;
    }

    static long of(DType type, MemorySegment memory, long at) {
        return switch (type) {
            case FLOAT64 -> of(memory.get(JAVA_DOUBLE_UNALIGNED, at));
            case FLOAT32, FLOAT16, BFLOAT16 -> of((float) Elements.getDouble(type, memory, at));
            default -> Elements.getLong(type, memory, at);
        };
    }

    /** The keys of {@code n} elements, step in bytes; {@code flip} is -1 to reverse the order, else 0. */
    static void load(Operand x, long at, long step, int n, long flip, long[] keys) {
        MemorySegment memory = x.segment();
        DType type = x.dtype();
        boolean dense = step == 1L << type.shift();
        if (dense && type.shift() == 3) {
            MemorySegment.copy(memory, JAVA_LONG_UNALIGNED, at, keys, 0, n);
            if (type == DType.FLOAT64) {
                for (int i = 0; i < n; i++) {
                    keys[i] = of(Double.longBitsToDouble(keys[i])) ^ flip;
                }
            } else if (flip != 0) {
                for (int i = 0; i < n; i++) {
                    keys[i] ^= flip;
                }
            }
        } else if (dense && type == DType.FLOAT32) {
            floats(memory, at, n, flip, keys);
        } else {
            for (int i = 0; i < n; i++) {
                keys[i] = of(type, memory, at + i * step) ^ flip;
            }
        }
    }

    /** By way of an array on the heap, which is fast before the loop is compiled. */
    private static void floats(MemorySegment memory, long at, int n, long flip, long[] keys) {
        float[] values = new float[Math.min(n, STRIP)];
        for (int from = 0; from < n; from += STRIP) {
            int count = Math.min(STRIP, n - from);
            MemorySegment.copy(memory, JAVA_FLOAT_UNALIGNED, at + ((long) from << 2), values, 0, count);
            for (int i = 0; i < count; i++) {
                keys[from + i] = of(values[i]) ^ flip;
            }
        }
    }
}
