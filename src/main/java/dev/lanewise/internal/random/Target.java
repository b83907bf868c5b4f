package dev.lanewise.internal.random;

import dev.lanewise.DType;
import dev.lanewise.internal.error.Check;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The place a fill writes to: {@code numel} contiguous elements of {@code dtype} in a segment, from a byte offset on.
 *
 * <p>Values arrive in small arrays at element positions and are cast to the dtype, integers keeping their low bits.
 *
 * @param dtype the type of the elements
 * @param segment native or heap memory
 * @param byteOffset where the first element begins
 * @param numel how many elements there are
 */
public record Target(DType dtype, MemorySegment segment, long byteOffset, long numel) {
    /** Number of elements that fills hand over at a time; a multiple of 16. */
    static final int CHUNK = 1024;

    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;
    private static final ValueLayout.OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE_UNALIGNED;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;
    private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;

    /** A float array as a target. */
    public static Target of(float[] out) {
        return new Target(DType.FLOAT32, MemorySegment.ofArray(out), 0, out.length);
    }

    /** A double array as a target. */
    public static Target of(double[] out) {
        return new Target(DType.FLOAT64, MemorySegment.ofArray(out), 0, out.length);
    }

    /** A long array as a target. */
    public static Target of(long[] out) {
        return new Target(DType.INT64, MemorySegment.ofArray(out), 0, out.length);
    }

    /** This target, after checking that its dtype is a floating-point one, as {@code op} needs. */
    Target floating(String op) {
        if (!dtype.isFloatingPoint()) {
            throw Check.dtype(op, "dtype must be floating point").got(dtype).error();
        }
        return this;
    }

    /** An array length that is enough for one chunk of this target. */
    int chunk() {
        return (int) Math.min(CHUNK, Math.max(numel, 16));
    }

    void put(long at, float[] values, int n) {
        if (dtype == DType.FLOAT32) {
            MemorySegment.copy(values, 0, segment, FLOAT, offset(at), n);
            return;
        }
        for (int i = 0; i < n; i++) {
            segment.set(SHORT, offset(at + i), Halves.bits(dtype, values[i]));
        }
    }

    void put(long at, double[] values, int n) {
        switch (dtype) {
            case FLOAT64 -> MemorySegment.copy(values, 0, segment, DOUBLE, offset(at), n);
            case FLOAT32, FLOAT16, BFLOAT16 -> {
                float[] floats = new float[n];
                for (int i = 0; i < n; i++) {
                    floats[i] = (float) values[i];
                }
                put(at, floats, n);
            }
            default -> {
                long[] longs = new long[n];
                for (int i = 0; i < n; i++) {
                    longs[i] = (long) values[i];
                }
                put(at, longs, n);
            }
        }
    }

    void put(long at, long[] values, int n) {
        if (dtype == DType.INT64) {
            MemorySegment.copy(values, 0, segment, LONG, offset(at), n);
            return;
        }
        if (dtype == DType.FLOAT32) {
            float[] floats = new float[n];
            for (int i = 0; i < n; i++) {
                floats[i] = (float) values[i];
            }
            put(at, floats, n);
            return;
        }
        for (int i = 0; i < n; i++) {
            put(offset(at + i), values[i]);
        }
    }

    private void put(long offset, long value) {
        switch (dtype) {
            case FLOAT64 -> segment.set(DOUBLE, offset, (double) value);
            case FLOAT32 -> segment.set(FLOAT, offset, (float) value);
            case FLOAT16, BFLOAT16 -> segment.set(SHORT, offset, Halves.bits(dtype, (float) value));
            case INT64 -> segment.set(LONG, offset, value);
            case INT32 -> segment.set(INT, offset, (int) value);
            case INT16 -> segment.set(SHORT, offset, (short) value);
            case INT8, UINT8 -> segment.set(BYTE, offset, (byte) value);
            case BOOL -> segment.set(BYTE, offset, (byte) (value != 0 ? 1 : 0));
        }
    }

    private long offset(long at) {
        return byteOffset + (at << dtype.shift());
    }
}
