package dev.lanewise.internal.random;

import dev.lanewise.DType;

/** Rounds to FLOAT16 and BFLOAT16, to nearest and ties to even. */
final class Halves {
    private Halves() {}

    /** The 16 bits of {@code value} in the given half precision. */
    static short bits(DType dtype, float value) {
        if (dtype == DType.FLOAT16) {
            return Float.floatToFloat16(value);
        }
        int bits = Float.floatToRawIntBits(value);
        if (Float.isNaN(value)) {
            return (short) ((bits >>> 16) | 0x40);
        }
        return (short) ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16);
    }

    /** {@code value} rounded to the given half precision. */
    static float round(DType dtype, float value) {
        short bits = bits(dtype, value);
        return dtype == DType.FLOAT16 ? Float.float16ToFloat(bits) : Float.intBitsToFloat(bits << 16);
    }
}
