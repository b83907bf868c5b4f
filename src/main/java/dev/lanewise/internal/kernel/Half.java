package dev.lanewise.internal.kernel;

/** The two 16-bit floating-point formats and float, one element at a time. */
public final class Half {
    private Half() {}

    /** The value of bfloat16 bits. */
    public static float bfloat16ToFloat(short bits) {
        return Float.intBitsToFloat(bits << 16);
    }

    /** The bfloat16 nearest to a value, ties to even; NaN becomes the quiet NaN 0x7FC0. */
    public static short floatToBfloat16(float value) {
        if (Float.isNaN(value)) {
            return 0x7FC0;
        }
        int bits = Float.floatToRawIntBits(value);
        return (short) ((bits + 0x7FFF + ((bits >>> 16) & 1)) >>> 16);
    }

    /** The float16 nearest to a value, ties to even; NaN becomes the quiet NaN 0x7E00. */
    public static short floatToFloat16(float value) {
        return Float.isNaN(value) ? 0x7E00 : Float.floatToFloat16(value);
    }
}
