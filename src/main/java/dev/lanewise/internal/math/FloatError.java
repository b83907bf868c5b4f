package dev.lanewise.internal.math;

/** The parts of the error functions in float that are polynomials alone. */
public final class FloatError {
    public static final float NORMAL_FLAT = 14.5f;
    public static final float G_PLACE = 2.53125f;
    public static final float G_FACTOR = 1.4375f;
    public static final float MINUS_G_FACTOR = -G_FACTOR;
    public static final float G_ROOT = 0x1.41cfeap-1f;
    public static final float MINUS_G_SLOPE = -0x1.ce9aep-1f;
    public static final float G11 = 0x1.e7c866p3f;
    public static final float G10 = -0x1.1b699ep5f;
    public static final float G9 = 0x1.e2c6eap4f;
    public static final float G8 = -0x1.989b4ap3f;
    public static final float G7 = 0x1.743b36p1f;
    public static final float G6 = 0x1.3e511ap-1f;
    public static final float G5 = 0x1.41af6cp-4f;
    public static final float G4 = -0x1.64b804p-6f;
    public static final float G3 = -0x1.b7c24cp-2f;
    public static final float G2 = -0x1.6955d2p-1f;
    public static final float G1 = -0x1.2a0f58p-1f;
    public static final float G0 = 0x1.e27078p-3f;
    public static final float P5 = -0x1.26a5f6p-11f;
    public static final float P4 = 0x1.421a9ap-8f;
    public static final float P3 = -0x1.b59a94p-6f;
    public static final float P2 = 0x1.ce089p-4f;
    public static final float P1 = -0x1.81267p-2f;
    public static final float P0 = 0x1.06eba2p-3f;
    public static final int SIGN = Integer.MIN_VALUE;

    private FloatError() {}

    /**
     * The logarithm of e^(x²/2) |x| / w times the normal distribution's share beyond |x|: a polynomial in w, less the rounding
     * error of the divisor of w, which reaches the result of the second pass by a factor near 1 - G_FACTOR w.
     */
    public static float geluFirst(float x) {
        float a = Math.abs(x);
        float b = a > NORMAL_FLAT ? NORMAL_FLAT : a;
        float d = Math.fma(b, G_FACTOR, G_PLACE);
        float rest = Math.fma(b, MINUS_G_FACTOR, d - G_PLACE);
        float w = b / d;
        float h = Math.fma(w, MINUS_G_SLOPE, G_ROOT);
        float q = w * w;
        float f = q * q;
        float high = Math.fma(Math.fma(G11, w, G10), q, Math.fma(G9, w, G8));
        float middle = Math.fma(Math.fma(G7, w, G6), q, Math.fma(G5, w, G4));
        float low = Math.fma(Math.fma(G3, w, G2), q, Math.fma(G1, w, G0));
        return Math.fma(rest, h * h, Math.fma(Math.fma(high, f, middle), f, low));
    }

    /** The second pass, and below 1 a polynomial. */
    public static float erf(float x, float second) {
        float a = Math.abs(x);
        float q = a * a;
        float p = Math.fma(P5, q, P4);
        p = Math.fma(p, q, P3);
        p = Math.fma(p, q, P2);
        p = Math.fma(p, q, P1);
        p = Math.fma(p, q, P0);
        float y = a < 1 ? Math.fma(a, p, a) : second;
        return Float.intBitsToFloat(Float.floatToRawIntBits(y) | (Float.floatToRawIntBits(x) & SIGN));
    }
}
