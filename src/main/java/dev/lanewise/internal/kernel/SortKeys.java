package dev.lanewise.internal.kernel;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import dev.lanewise.DType;
import java.lang.foreign.MemorySegment;

/**
 * Signed integers in the order of the elements: NaN after everything else, -0.0 equal to 0.0. The key of an element of at
 * most 32 bits fits into an int.
 *
 * <p>A floating-point number is a sign and a magnitude, and the bits of the magnitude rise with it: the key is that number
 * with that sign. The loops have no branches, so that the compiler makes vector instructions of them.
 */
final class SortKeys {
    private static final int STRIP = 1024;
    private static final int INFINITY = 0x7F800000;
    private static final long WIDE_INFINITY = 0x7FF0000000000000L;
    /** Above every key of 16 bits, and not much, so that keys with NaN among them still need few digits. */
    private static final int HALF_NAN = 0x8000;

    private static final int HALF_MAGNITUDE = 0x7FFF;

    private SortKeys() {}

    /** The key of a FLOAT32 by its bits. */
    private static int ofFloat(int bits) {
        int magnitude = bits & Integer.MAX_VALUE;
        int nan = INFINITY - magnitude >> 31;
        int sign = bits >> 31;
        return (magnitude ^ sign) - sign & ~nan | nan >>> 1;
    }

    /** The key of a FLOAT64 by its bits. */
    static long ofDouble(long bits) {
        long magnitude = bits & Long.MAX_VALUE;
        long nan = WIDE_INFINITY - magnitude >> 63;
        long sign = bits >> 63;
        return (magnitude ^ sign) - sign & ~nan | nan >>> 1;
    }

    /** The key of a half by its bits; infinity tells FLOAT16 from BFLOAT16. */
    private static int ofHalf(short bits, int infinity) {
        int magnitude = bits & HALF_MAGNITUDE;
        int nan = infinity - magnitude >> 31;
        int sign = bits >> 31;
        return (magnitude ^ sign) - sign & ~nan | nan & HALF_NAN;
    }

    private static int infinity(DType half) {
        return half == DType.FLOAT16 ? 0x7C00 : 0x7F80;
    }

    /** The key that every NaN has. */
    static long nan(DType type) {
        return switch (type) {
            case FLOAT64 -> Long.MAX_VALUE;
            case FLOAT32 -> Integer.MAX_VALUE;
            default -> HALF_NAN;
        };
    }

    static long of(DType type, MemorySegment memory, long at) {
        return switch (type) {
            case FLOAT64 -> ofDouble(memory.get(JAVA_LONG_UNALIGNED, at));
            case FLOAT32 -> ofFloat(memory.get(JAVA_INT_UNALIGNED, at));
            case FLOAT16, BFLOAT16 -> ofHalf(memory.get(JAVA_SHORT_UNALIGNED, at), infinity(type));
            default -> Elements.getLong(type, memory, at);
        };
    }

    /** The keys of {@code n} elements of 8 bytes, step in bytes; {@code flip} is -1 to reverse the order, else 0. */
    static void longs(Operand x, long at, long step, int n, long flip, long[] keys, int to) {
        MemorySegment memory = x.segment();
        if (step == Long.BYTES) {
            MemorySegment.copy(memory, JAVA_LONG_UNALIGNED, at, keys, to, n);
        } else {
            for (int i = 0; i < n; i++) {
                keys[to + i] = memory.get(JAVA_LONG_UNALIGNED, at + i * step);
            }
        }
        if (x.dtype() == DType.FLOAT64) {
            for (int i = to; i < to + n; i++) {
                keys[i] = ofDouble(keys[i]) ^ flip;
            }
        } else if (flip != 0) {
            for (int i = to; i < to + n; i++) {
                keys[i] = ~keys[i];
            }
        }
    }

    /** The keys of {@code n} elements of at most 4 bytes, step in bytes; {@code flip} is -1 to reverse the order, else 0. */
    static void ints(Operand x, long at, long step, int n, int flip, int[] keys, int to) {
        switch (x.dtype().shift()) {
            case 2 -> words(x, at, step, n, flip, keys, to);
            case 1 -> shorts(x, at, step, n, flip, keys, to);
            default -> bytes(x, at, step, n, flip, keys, to);
        }
    }

    private static void words(Operand x, long at, long step, int n, int flip, int[] keys, int to) {
        MemorySegment memory = x.segment();
        if (step == Integer.BYTES) {
            MemorySegment.copy(memory, JAVA_INT_UNALIGNED, at, keys, to, n);
        } else {
            for (int i = 0; i < n; i++) {
                keys[to + i] = memory.get(JAVA_INT_UNALIGNED, at + i * step);
            }
        }
        if (x.dtype() == DType.FLOAT32) {
            for (int i = to; i < to + n; i++) {
                keys[i] = ofFloat(keys[i]) ^ flip;
            }
        } else if (flip != 0) {
            for (int i = to; i < to + n; i++) {
                keys[i] = ~keys[i];
            }
        }
    }

    private static void shorts(Operand x, long at, long step, int n, int flip, int[] keys, int to) {
        MemorySegment memory = x.segment();
        short[] strip = new short[Math.min(n, STRIP)];
        for (int from = 0; from < n; from += STRIP) {
            int count = Math.min(STRIP, n - from);
            if (step == Short.BYTES) {
                MemorySegment.copy(memory, JAVA_SHORT_UNALIGNED, at + from * step, strip, 0, count);
            } else {
                for (int i = 0; i < count; i++) {
                    strip[i] = memory.get(JAVA_SHORT_UNALIGNED, at + (from + i) * step);
                }
            }
            if (x.dtype() == DType.INT16) {
                for (int i = 0; i < count; i++) {
                    keys[to + from + i] = strip[i] ^ flip;
                }
            } else {
                int infinity = infinity(x.dtype());
                for (int i = 0; i < count; i++) {
                    keys[to + from + i] = ofHalf(strip[i], infinity) ^ flip;
                }
            }
        }
    }

    private static void bytes(Operand x, long at, long step, int n, int flip, int[] keys, int to) {
        MemorySegment memory = x.segment();
        int mask = x.dtype() == DType.INT8 ? -1 : 0xFF;
        byte[] strip = new byte[Math.min(n, STRIP)];
        for (int from = 0; from < n; from += STRIP) {
            int count = Math.min(STRIP, n - from);
            if (step == 1) {
                MemorySegment.copy(memory, JAVA_BYTE, at + from, strip, 0, count);
            } else {
                for (int i = 0; i < count; i++) {
                    strip[i] = memory.get(JAVA_BYTE, at + (from + i) * step);
                }
            }
            for (int i = 0; i < count; i++) {
                keys[to + from + i] = strip[i] & mask ^ flip;
            }
        }
    }

    /** The keys of {@code n} elements of any dtype, step in bytes; {@code flip} is -1 to reverse the order, else 0. */
    static void load(Operand x, long at, long step, int n, long flip, long[] keys) {
        if (x.dtype().shift() == 3) {
            longs(x, at, step, n, flip, keys, 0);
            return;
        }
        int[] strip = new int[Math.min(n, STRIP)];
        for (int from = 0; from < n; from += STRIP) {
            int count = Math.min(STRIP, n - from);
            ints(x, at + from * step, step, count, (int) flip, strip, 0);
            for (int i = 0; i < count; i++) {
                keys[from + i] = strip[i];
            }
        }
    }
}
