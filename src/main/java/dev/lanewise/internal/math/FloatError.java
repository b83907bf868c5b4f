package dev.lanewise.internal.math;

/** The parts of the error functions in float that are polynomials alone. */
public final class FloatError {
    public static final float NORMAL_FLAT = 14.5f;
    public static final float G_PLACE = 0x1.cp0f;
    public static final float G_FACTOR = 0x1.1ee584p1f;
    public static final float G12 = -0x1.d33b96p-17f;
    public static final float G11 = -0x1.421d3p-17f;
    public static final float G10 = 0x1.405e7ap-14f;
    public static final float G9 = 0x1.3bb206p-13f;
    public static final float G8 = 0x1.065facp-18f;
    public static final float G7 = -0x1.3074a4p-11f;
    public static final float G6 = -0x1.8882d2p-10f;
    public static final float G5 = -0x1.4cf726p-11f;
    public static final float G4 = 0x1.eb7bacp-8f;
    public static final float G3 = 0x1.4f3298p-6f;
    public static final float G2 = -0x1.784cfp-6f;
    public static final float G1 = -0x1.e00662p-3f;
    public static final float G0 = 0x1.5a921ap-1f;
    public static final float P5 = -0x1.26a5f6p-11f;
    public static final float P4 = 0x1.421a9ap-8f;
    public static final float P3 = -0x1.b59a94p-6f;
    public static final float P2 = 0x1.ce089p-4f;
    public static final float P1 = -0x1.81267p-2f;
    public static final float P0 = 0x1.06eba2p-3f;
    public static final int SIGN = Integer.MIN_VALUE;

    private FloatError() {}

    /** |x| e^(x²/2) times the normal distribution's share beyond |x|: a polynomial in s = w F - 1 times w = |x| / (|x| + K). */
    public static float geluFirst(float x) {
        float a = Math.abs(x);
        float b = a > NORMAL_FLAT ? NORMAL_FLAT : a;
        float w = b / (b + G_PLACE);
        float s = Math.fma(w, G_FACTOR, -1);
        float p = Math.fma(G12, s, G11);
        p = Math.fma(p, s, G10);
        p = Math.fma(p, s, G9);
        p = Math.fma(p, s, G8);
        p = Math.fma(p, s, G7);
        p = Math.fma(p, s, G6);
        p = Math.fma(p, s, G5);
        p = Math.fma(p, s, G4);
        p = Math.fma(p, s, G3);
        p = Math.fma(p, s, G2);
        p = Math.fma(p, s, G1);
        p = Math.fma(p, s, G0);
        return w * p;
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
