package dev.lanewise.internal.math;

/** Logarithms in float; a result is the same on every machine. */
public final class FloatLog {
    public static final int ROOT_BITS = 0x3F3504F3;
    public static final int FROM_ROOT = 0x3F800000 - ROOT_BITS;
    public static final int WHOLE_BITS = 0x4B000000;
    public static final int FRACTION = 0x7FFFFF;
    public static final float P8 = -0x1.562f6cp-5f;
    public static final float P7 = 0x1.c6ebap-4f;
    public static final float P6 = -0x1.19dd3ap-3f;
    public static final float P5 = 0x1.28ff72p-3f;
    public static final float P4 = -0x1.53ad82p-3f;
    public static final float P3 = 0x1.99486ap-3f;
    public static final float P2 = -0x1.0004f8p-2f;
    public static final float P1 = 0x1.555608p-2f;
    public static final float P0 = -0x1.fffff8p-2f;
    public static final float LN2 = 0x1.62e43p-1f;
    public static final float LN2_REST = -0x1.05c61p-29f;
    public static final float INFINITY = Float.POSITIVE_INFINITY;
    public static final float NAN = Float.NaN;
    public static final float MINUS_INFINITY = Float.NEGATIVE_INFINITY;
    public static final float NORMAL = Float.MIN_NORMAL;
    public static final float RAISE = 0x1.0p25f;
    public static final float WHOLE_BIAS = 0x1.0p23f + 127;
    public static final float RAISED_BIAS = WHOLE_BIAS + 25;
    public static final int TWO_EXPONENTS = 256 << 23;
    public static final int EXPONENT = 0x7F800000;

    private FloatLog() {}

    /** The bits of x, moved so that the exponent field counts from √½ instead of 1. */
    private static int bits(float x) {
        return Float.floatToRawIntBits(x) + FROM_ROOT;
    }

    /** The exponent k of x = 2^k (1 + f), of which below and the bias are taken off. */
    private static float whole(int i, float below) {
        return Float.intBitsToFloat((i >>> 23) | WHOLE_BITS) - below;
    }

    /** The f in [√½ - 1, √2 - 1) of x = 2^k (1 + f). */
    private static float fraction(int i) {
        return Float.intBitsToFloat((i & FRACTION) + ROOT_BITS) - 1;
    }

    /** k ln 2 + ln(1 + f). */
    private static float sum(float f, float k) {
        float p = Math.fma(P8, f, P7);
        p = Math.fma(p, f, P6);
        p = Math.fma(p, f, P5);
        p = Math.fma(p, f, P4);
        p = Math.fma(p, f, P3);
        p = Math.fma(p, f, P2);
        p = Math.fma(p, f, P1);
        p = Math.fma(p, f, P0);
        return Math.fma(k, LN2, Math.fma(f * f, p, Math.fma(k, LN2_REST, f)));
    }

    /** y with what is outside the positive numbers put right. */
    private static float special(float x, float y) {
        float above = x < INFINITY ? y : x;
        return x < 0 ? NAN : x == 0 ? MINUS_INFINITY : above;
    }

    /** ln x. */
    public static float log(float x) {
        boolean tiny = x < NORMAL;
        int i = bits(tiny ? x * RAISE : x);
        float k = whole(i, tiny ? RAISED_BIAS : WHOLE_BIAS);
        return special(x, sum(fraction(i), k));
    }

    /** ln(1 + x): the exponent is that of 1 + x, but the fraction 2^-k x + (2^-k - 1) is not rounded on the way. */
    public static float log1p(float x) {
        float u = x + 1;
        int i = bits(u);
        float s = Float.intBitsToFloat(TWO_EXPONENTS - (i & EXPONENT)) * 0.25f;
        float f = Math.fma(x, s, s - 1);
        float y = special(u, sum(f, whole(i, WHOLE_BIAS)));
        return x == 0 ? x : y;
    }
}
