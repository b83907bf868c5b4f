package dev.lanewise.internal.kernel;

import dev.lanewise.DType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Single elements of any dtype, for the places where one element is read or written and speed does not matter. */
public final class Elements {
    private Elements() {}

    /** The element at a byte offset as a double; an INT64 beyond 2^53 is rounded. */
    public static double getDouble(DType type, MemorySegment segment, long offset) {
        return switch (type) {
            case FLOAT32 -> segment.get(ValueLayout.JAVA_FLOAT_UNALIGNED, offset);
            case FLOAT64 -> segment.get(ValueLayout.JAVA_DOUBLE_UNALIGNED, offset);
            case FLOAT16 -> Float.float16ToFloat(segment.get(ValueLayout.JAVA_SHORT_UNALIGNED, offset));
            case BFLOAT16 -> Half.bfloat16ToFloat(segment.get(ValueLayout.JAVA_SHORT_UNALIGNED, offset));
            default -> getLong(type, segment, offset);
        };
    }

    /** The element at a byte offset as a long; a floating-point one is truncated toward zero. */
    public static long getLong(DType type, MemorySegment segment, long offset) {
        return switch (type) {
            case INT64 -> segment.get(ValueLayout.JAVA_LONG_UNALIGNED, offset);
            case INT32 -> segment.get(ValueLayout.JAVA_INT_UNALIGNED, offset);
            case INT16 -> segment.get(ValueLayout.JAVA_SHORT_UNALIGNED, offset);
            case INT8 -> segment.get(ValueLayout.JAVA_BYTE, offset);
            case UINT8, BOOL -> segment.get(ValueLayout.JAVA_BYTE, offset) & 0xFF;
            default -> (long) getDouble(type, segment, offset);
        };
    }

    /** Writes a double, rounded to the nearest value of a floating-point dtype, else truncated toward zero. */
    public static void setDouble(DType type, MemorySegment segment, long offset, double value) {
        switch (type) {
            case FLOAT32 -> segment.set(ValueLayout.JAVA_FLOAT_UNALIGNED, offset, (float) value);
            case FLOAT64 -> segment.set(ValueLayout.JAVA_DOUBLE_UNALIGNED, offset, value);
            case FLOAT16 -> segment.set(ValueLayout.JAVA_SHORT_UNALIGNED, offset, Half.floatToFloat16((float) value));
            case BFLOAT16 -> segment.set(ValueLayout.JAVA_SHORT_UNALIGNED, offset, Half.floatToBfloat16((float) value));
            case BOOL -> segment.set(ValueLayout.JAVA_BYTE, offset, (byte) (value != 0 ? 1 : 0));
            default -> setLong(type, segment, offset, (long) value);
        }
    }

    /** Writes a long; an integer dtype keeps its low bits, a floating-point one rounds. */
    public static void setLong(DType type, MemorySegment segment, long offset, long value) {
        switch (type) {
            case INT64 -> segment.set(ValueLayout.JAVA_LONG_UNALIGNED, offset, value);
            case INT32 -> segment.set(ValueLayout.JAVA_INT_UNALIGNED, offset, (int) value);
            case INT16 -> segment.set(ValueLayout.JAVA_SHORT_UNALIGNED, offset, (short) value);
            case INT8, UINT8 -> segment.set(ValueLayout.JAVA_BYTE, offset, (byte) value);
            case BOOL -> segment.set(ValueLayout.JAVA_BYTE, offset, (byte) (value != 0 ? 1 : 0));
            default -> setDouble(type, segment, offset, (double) value);
        }
    }
}
