package dev.lanewise.internal.simd;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import dev.lanewise.DType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;

/** Native memory with typed elements, read and written one at a time by code that shares nothing with the kernels. */
final class Elements {
    private static final double[] SPECIAL = {
        0.0,
        -0.0,
        1,
        -1,
        0.5,
        3.7,
        -3.7,
        127,
        128,
        255,
        256,
        -128,
        -129,
        300,
        32767,
        32768,
        65504,
        65519,
        65520,
        1e5,
        3e9,
        -3e9,
        1e19,
        -1e19,
        1e30,
        1e39,
        6e-8,
        2.9e-8,
        3e-8,
        6.1e-5,
        1e-40,
        1e-45,
        1e-310,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.MAX_VALUE,
        9007199254740992d,
        16777217d
    };
    private static final long[] SPECIAL_LONGS = {
        0,
        1,
        -1,
        2,
        127,
        128,
        -128,
        -129,
        255,
        256,
        32767,
        32768,
        -32768,
        65535,
        16777217,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        1L << 32,
        (1L << 32) + 5,
        9007199254740993L,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        0x7FFFFF4000000001L
    };

    final DType type;
    final int n;
    final MemorySegment segment;
    final long start;

    /** Room for {@code n} elements, {@code offset} elements after the beginning of memory that ends right behind them. */
    Elements(DType type, int n, int offset) {
        this.type = type;
        this.n = n;
        start = (long) offset << type.shift();
        segment = Arena.ofAuto().allocate(Math.max(1, start + ((long) n << type.shift())), 64);
    }

    /** Random elements, every third of them a special value. */
    static Elements random(DType type, int n, int offset, Random random) {
        Elements made = new Elements(type, n, offset);
        for (int i = 0; i < n; i++) {
            if (type.isFloatingPoint()) {
                boolean special = random.nextInt(3) == 0;
                made.set(i, special ? SPECIAL[random.nextInt(SPECIAL.length)] : random.nextGaussian() * 10);
            } else {
                boolean special = random.nextInt(3) == 0;
                made.set(i, special ? SPECIAL_LONGS[random.nextInt(SPECIAL_LONGS.length)] : random.nextInt(400) - 200);
            }
        }
        return made;
    }

    double getDouble(long i) {
        long at = at(i);
        return switch (type) {
            case FLOAT64 -> segment.get(JAVA_DOUBLE_UNALIGNED, at);
            case FLOAT32 -> segment.get(JAVA_FLOAT_UNALIGNED, at);
            case FLOAT16 -> Float.float16ToFloat(segment.get(JAVA_SHORT_UNALIGNED, at));
            case BFLOAT16 -> Float.intBitsToFloat(segment.get(JAVA_SHORT_UNALIGNED, at) << 16);
            default -> throw new IllegalStateException(type.toString());
        };
    }

    long getLong(long i) {
        long at = at(i);
        return switch (type) {
            case INT64 -> segment.get(JAVA_LONG_UNALIGNED, at);
            case INT32 -> segment.get(JAVA_INT_UNALIGNED, at);
            case INT16 -> segment.get(JAVA_SHORT_UNALIGNED, at);
            case INT8 -> segment.get(JAVA_BYTE, at);
            case UINT8 -> Byte.toUnsignedLong(segment.get(JAVA_BYTE, at));
            case BOOL -> segment.get(JAVA_BYTE, at) != 0 ? 1 : 0;
            default -> throw new IllegalStateException(type.toString());
        };
    }

    void set(long i, double value) {
        long at = at(i);
        switch (type) {
            case FLOAT64 -> segment.set(JAVA_DOUBLE_UNALIGNED, at, value);
            case FLOAT32 -> segment.set(JAVA_FLOAT_UNALIGNED, at, (float) value);
            case FLOAT16 -> segment.set(JAVA_SHORT_UNALIGNED, at, Float.floatToFloat16((float) value));
            case BFLOAT16 -> segment.set(JAVA_SHORT_UNALIGNED, at, bfloat16((float) value));
            default -> throw new IllegalStateException(type.toString());
        }
    }

    void set(long i, long value) {
        long at = at(i);
        switch (type) {
            case INT64 -> segment.set(JAVA_LONG_UNALIGNED, at, value);
            case INT32 -> segment.set(JAVA_INT_UNALIGNED, at, (int) value);
            case INT16 -> segment.set(JAVA_SHORT_UNALIGNED, at, (short) value);
            case INT8, UINT8 -> segment.set(JAVA_BYTE, at, (byte) value);
            case BOOL -> segment.set(JAVA_BYTE, at, (byte) (value != 0 ? 1 : 0));
            default -> throw new IllegalStateException(type.toString());
        }
    }

    /** The bits of an element, one value for all NaNs. */
    long bits(long i) {
        if (type.isFloatingPoint() && Double.isNaN(getDouble(i))) {
            return Long.MIN_VALUE + 1;
        }
        long at = at(i);
        return switch (type.byteSize()) {
            case 8 -> segment.get(JAVA_LONG_UNALIGNED, at);
            case 4 -> segment.get(JAVA_INT_UNALIGNED, at);
            case 2 -> segment.get(JAVA_SHORT_UNALIGNED, at);
            default -> segment.get(JAVA_BYTE, at);
        };
    }

    /** Writes the bits of a 16-bit element. */
    void setRaw(long i, short bits) {
        segment.set(JAVA_SHORT_UNALIGNED, at(i), bits);
    }

    private long at(long i) {
        return start + (i << type.shift());
    }

    /** The nearest bfloat16 by comparing the distances to both neighbours. */
    static short bfloat16(float value) {
        if (Float.isNaN(value)) {
            return 0x7FC0;
        }
        int low = Float.floatToRawIntBits(value) >>> 16;
        float below = Float.intBitsToFloat(low << 16);
        int up = low + 1;
        // the neighbour beyond the largest value counts as 2^128
        double above = (up & 0x7FFF) == 0x7F80 ? Math.copySign(0x1p128, value) : Float.intBitsToFloat(up << 16);
        if (Float.isInfinite(value)) {
            return (short) low;
        }
        double down = Math.abs((double) value - below);
        double gap = Math.abs(above - value);
        return (short) (down < gap || down == gap && (low & 1) == 0 ? low : up);
    }
}
