package dev.lanewise.internal.math;

/** Trigonometric functions in float, of angles that are not large. */
public final class FloatTrig {
    public static final float INVERSE_QUARTER = 0x1.45f306p-1f;
    public static final float TO_BITS = 0x1.8p23f;
    public static final float QUARTER_3 = 0x1.ee59dap-50f;
    public static final float QUARTER_2 = 0x1.777a5cp-25f;
    public static final float QUARTER_1 = -0x1.921fb6p0f;
    public static final float S3 = 0x1.7c2c4ep-19f;
    public static final float S2 = -0x1.a05954p-13f;
    public static final float S1 = 0x1.111174p-7f;
    public static final float S0 = -0x1.555556p-3f;
    public static final float C2 = 0x1.99e80cp-16f;
    public static final float C1 = -0x1.6c0c28p-10f;
    public static final float C0 = 0x1.55554ap-5f;
    public static final int LOWEST_BIT = 1;
    public static final int SIGN = Integer.MIN_VALUE;
    public static final float LIMIT = 0x1.0p16f;
    public static final int NO_BIT = 0;

    private FloatTrig() {}

    /** x / (π/2) rounded to a whole number, plus what puts it into the low bits. */
    private static float turns(float x) {
        return Math.fma(x, INVERSE_QUARTER, TO_BITS);
    }

    /** What x is beyond so many quarter turns. */
    private static float rest(float x, float turns) {
        float n = turns - TO_BITS;
        return Math.fma(n, QUARTER_3, Math.fma(n, QUARTER_2, Math.fma(n, QUARTER_1, x)));
    }

    /** The sine of r and so many quarter turns. */
    private static float wave(float r, float turns) {
        float q = r * r;
        float s = Math.fma(S3, q, S2);
        s = Math.fma(s, q, S1);
        s = Math.fma(s, q, S0);
        float c = Math.fma(C2, q, C1);
        c = Math.fma(c, q, C0);
        int i = Float.floatToRawIntBits(turns);
        float sine = Math.fma(q * s, r, r);
        float cosine = Math.fma(q, Math.fma(q, c, -0.5f), 1);
        float y = (i & LOWEST_BIT) != 0 ? cosine : sine;
        return Float.intBitsToFloat(Float.floatToRawIntBits(y) ^ ((i << 30) & SIGN));
    }

    /** Sine of x. */
    public static float sin(float x) {
        float n = turns(x);
        float y = wave(rest(x, n), n);
        return x == 0 ? x : y;
    }

    /** Cosine of x, which is the sine a quarter turn on. */
    public static float cos(float x) {
        float n = turns(x);
        return wave(rest(x, n), n + 1);
    }

    /** Tangent of x: sine by cosine, or where a quarter turn is odd the other way round. */
    public static float tan(float x) {
        float n = turns(x);
        float r = rest(x, n);
        float q = r * r;
        float s = Math.fma(S3, q, S2);
        s = Math.fma(s, q, S1);
        s = Math.fma(s, q, S0);
        float c = Math.fma(C2, q, C1);
        c = Math.fma(c, q, C0);
        int i = Float.floatToRawIntBits(n);
        float sine = Math.fma(q * s, r, r);
        float cosine = Math.fma(q, Math.fma(q, c, -0.5f), 1);
        boolean odd = (i & LOWEST_BIT) != 0;
        float y = (odd ? -cosine : sine) / (odd ? sine : cosine);
        return x == 0 ? x : y;
    }
}
