package dev.lanewise.internal.math;

/** Functions made of e^x in float; a result is the same on every machine. */
public final class FloatExp {
    public static final float INVERSE_LN2 = 0x1.715476p0f;
    public static final float MINUS_INVERSE_LN2 = -INVERSE_LN2;
    public static final int BIAS = 127;
    public static final float TO_BITS = 0x1.8p23f + 2 * BIAS;
    public static final float MINUS_LN2_REST = 0x1.05c61p-29f;
    public static final float MINUS_LN2 = -0x1.62e43p-1f;
    public static final float E7 = 0x1.3b8adap-13f;
    public static final float E6 = 0x1.6d2e4ep-10f;
    public static final float E5 = 0x1.1155a8p-7f;
    public static final float E4 = 0x1.555502p-5f;
    public static final float E3 = 0x1.55552cp-3f;
    public static final float E2 = 0x1.0p-1f;
    public static final float MOST = 89;
    public static final float LEAST = 110;
    public static final float MINUS_LEAST = -LEAST;
    /** Where e^x is less than any normal number. */
    public static final float LEAST_NORMAL = -88;

    public static final float ALL_OF_ONE = -25;
    public static final int BIAS_AND_ONE = BIAS + 1;
    public static final int TWICE_BIAS = 2 * BIAS;
    public static final float FLAT = 10;
    public static final float T4 = -0x1.82420ap-8f;
    public static final float T3 = 0x1.54b778p-6f;
    public static final float T2 = -0x1.b8995cp-5f;
    public static final float T1 = 0x1.1109b8p-3f;
    public static final float T0 = -0x1.55553ep-2f;
    public static final float STEEP = 0.6f;
    public static final int SIGN = Integer.MIN_VALUE;
    public static final float GELU_FLAT = 11;
    public static final float MINUS_GELU_FLAT = -GELU_FLAT;
    public static final float CUBIC = 0x1.2444f2p-4f;
    public static final float LINEAR = 0x1.9884p0f;
    public static final float CUBIC_REST = 0x1.49b16ap-29f;
    public static final float LINEAR_REST = 0x1.4cf50ep-18f;
    public static final float ERF_ONE = 4;
    public static final float D8 = -0x1.6634bcp-21f;
    public static final float D7 = -0x1.9c3166p-17f;
    public static final float D6 = 0x1.9344ap-12f;
    public static final float D5 = -0x1.06fdb4p-8f;
    public static final float D4 = 0x1.9685aap-6f;
    public static final float D3 = -0x1.b9fac8p-4f;
    public static final float D2 = -0x1.446ad4p-1f;
    public static final float D1 = -0x1.21202ap0f;
    public static final float D0 = 0x1.41acfep-13f;
    /** 2 ln 2 in so few bits that times an exponent it is exact. */
    public static final float TWO_LN2 = 0x1.62e4p0f;
    /** Half of what TWO_LN2 lacks, negative. */
    public static final float MINUS_HALF_REST = -0x1.7f7d1cp-20f;

    public static final float MINUS_HALF = -0x1.0p-1f;
    /** Where the logistic function is 1. */
    public static final float SIGMOID_ONE = 43;

    public static final float SIGMOID_LEAST = -104;
    public static final float UNIT = 0x1.0p-64f;
    /** Makes the low bits those of the float -2^(n-64), but for a shift. */
    public static final float TO_MINUS_UNITS = 0x1.8p23f + 256 + BIAS - 64;

    public static final float LN2_REST = -MINUS_LN2_REST;
    public static final float S6 = -0x1.6db47p-10f;
    public static final float S5 = 0x1.123b94p-7f;
    public static final float S4 = -0x1.55545ep-5f;
    public static final float S3 = 0x1.55548ep-3f;
    public static final float R6 = -S6;
    public static final float R4 = -S4;
    public static final float HALF = 0.5f;
    /** Makes the low bits those of the float 2^(n+64), but for a shift. */
    public static final float TO_UNITS = 0x1.8p23f + BIAS + 64;

    public static final float MOST_2 = 129;
    public static final float LEAST_2 = -160;
    public static final float LN2 = 0x1.62e43p-1f;
    public static final float L4 = 0x1.f090acp-3f;
    public static final float L3 = 0x1.b72ad8p-3f;
    public static final float L2 = 0x1.250514p-2f;
    public static final float L1 = 0x1.9996d8p-2f;
    public static final float L0 = 0x1.555558p-1f;

    private FloatExp() {}

    /** x / ln 2 rounded to a whole number n, and 2 · BIAS more in the low bits, so that they hold exponents. */
    private static float rounded(float x) {
        return Math.fma(x, INVERSE_LN2, TO_BITS);
    }

    /** The same of -x. */
    private static float roundedDown(float x) {
        return Math.fma(x, MINUS_INVERSE_LN2, TO_BITS);
    }

    /** What x is beyond n ln 2. */
    private static float rest(float x, float rounded) {
        float n = rounded - TO_BITS;
        return Math.fma(n, MINUS_LN2_REST, Math.fma(n, MINUS_LN2, x));
    }

    /** e^r. */
    private static float whole(float r) {
        return less(r) + 1;
    }

    /** e^r - 1 = r + r² p: the terms of p in pairs, since a chain as long as p would have to be waited for. */
    private static float less(float r) {
        float q = r * r;
        float p = Math.fma(Math.fma(E7, r, E6), q, Math.fma(E5, r, E4));
        return Math.fma(Math.fma(p, q, Math.fma(E3, r, E2)), q, r);
    }

    /** 2^⌊n/2⌋: two factors make 2^n, which alone may be out of range. */
    private static float half(float rounded) {
        return Float.intBitsToFloat((Float.floatToRawIntBits(rounded) >>> 1) << 23);
    }

    /** 2^⌈n/2⌉. */
    private static float restHalf(float rounded) {
        int i = Float.floatToRawIntBits(rounded);
        return Float.intBitsToFloat((i - (i >>> 1)) << 23);
    }

    /** 2^n for the exponents of normal numbers. */
    private static float power(float rounded) {
        return Float.intBitsToFloat((Float.floatToRawIntBits(rounded) - BIAS) << 23);
    }

    /** e^x. */
    public static float exp(float x) {
        float high = x > MOST ? MOST : x;
        float z = high < MINUS_LEAST ? MINUS_LEAST : high;
        float n = rounded(z);
        return whole(rest(z, n)) * half(n) * restHalf(n);
    }

    /** e^x for x up to 0, where results too small for normal numbers are 0 for the most part. */
    public static float expBelow(float x) {
        float z = x < LEAST_NORMAL ? LEAST_NORMAL : x;
        float n = rounded(z);
        return whole(rest(z, n)) * power(n);
    }

    /** e^x - 1 = 2 (2^(n-1) (e^r - 1) + 2^(n-1) - 1/2). */
    public static float expm1(float x) {
        float high = x > MOST ? MOST : x;
        float z = high < ALL_OF_ONE ? ALL_OF_ONE : high;
        float n = rounded(z);
        float s = Float.intBitsToFloat((Float.floatToRawIntBits(n) - BIAS_AND_ONE) << 23);
        float y = Math.fma(s, less(rest(z, n)), s - 0.5f);
        return x == 0 ? x : y + y;
    }

    /** 2^-⌊n/2⌋. */
    private static float inverseHalf(float rounded) {
        return Float.intBitsToFloat((TWICE_BIAS - (Float.floatToRawIntBits(rounded) >>> 1)) << 23);
    }

    /** h + k (1 + t), the rounding error of h + k taken along: it counts where h is much smaller. */
    private static float sum(float h, float k, float t) {
        float s = k + h;
        return s + Math.fma(k, t, h - (s - k));
    }

    /** 1 / (1 + e^-x) as u / (u + u 2^n (1 - t)) with u = 2^-64, which stays in range: e^-r = 1 - t. */
    public static float sigmoid(float x) {
        float z = x > SIGMOID_ONE ? SIGMOID_ONE : x;
        float n = Math.fma(z, MINUS_INVERSE_LN2, TO_MINUS_UNITS);
        float m = n - TO_MINUS_UNITS;
        float r = Math.fma(m, LN2_REST, Math.fma(m, LN2, z));
        float q = r * r;
        float p = Math.fma(Math.fma(S6, q, Math.fma(S5, r, S4)), q, Math.fma(S3, r, MINUS_HALF));
        float k = Float.intBitsToFloat(Float.floatToRawIntBits(n) << 23);
        float s = UNIT - k;
        float y = UNIT / (s + Math.fma(k, Math.fma(p, q, r), UNIT - (s + k)));
        return x < SIGMOID_LEAST ? 0 : y;
    }

    /** x / (1 + e^-x). */
    public static float silu(float x) {
        float n = roundedDown(x);
        float h = inverseHalf(n);
        float y = x / sum(h, restHalf(n), less(rest(-x, n))) * h;
        float low = x < MINUS_LEAST ? x * 0 : y;
        return x > LEAST ? x : low;
    }

    /** t / (t + 2) with t = e^2|x| - 1, and near 0 a polynomial. */
    public static float tanh(float x) {
        float a = Math.abs(x);
        float z = (a > FLAT ? FLAT : a) * 2;
        float n = rounded(z);
        float s = power(n);
        float t = Math.fma(s, less(rest(z, n)), s - 1);
        float q = a * a;
        float p = Math.fma(T4, q, T3);
        p = Math.fma(p, q, T2);
        p = Math.fma(p, q, T1);
        p = Math.fma(p, q, T0);
        float y = a < STEEP ? Math.fma(q * p, a, a) : t / (t + 2);
        return Float.intBitsToFloat(Float.floatToRawIntBits(y) | (Float.floatToRawIntBits(x) & SIGN));
    }

    /** -|x|, but not less than where e^x is 0. */
    private static float down(float x) {
        float a = Math.abs(x);
        return a > LEAST ? MINUS_LEAST : -a;
    }

    /** e^-|x| but for a factor 2^⌈n/2⌉: the first pass of those below. */
    public static float expDown(float x) {
        float z = down(x);
        float n = rounded(z);
        float h = half(n);
        return Math.fma(h, less(rest(z, n)), h);
    }

    /** x tanh(ln(1 + e^x)) as v (1 - w), in e = e^-|x|: w = 2e² / (1 + 2e + 2e²) above 0, and below w = e (1 + e) / (2 + 2e + e²), v = x e. */
    public static float mish(float x, float first) {
        float z = down(x);
        float k = restHalf(rounded(z));
        float e = first * k;
        boolean below = x < 0;
        float v = below ? Math.fma(x, 0, z * first * k) : x;
        float a = below ? Math.fma(e, e, e) : (e + e) * e;
        float b = below ? Math.fma(e, e + 2, 2) : Math.fma(e + e, e + 1, 1);
        return v * (1 - (a / b));
    }

    /** The rounding errors of u in geluTanh: its first pass. */
    public static float geluTanhRest(float x) {
        float low = x < MINUS_GELU_FLAT ? MINUS_GELU_FLAT : x;
        float b = low > GELU_FLAT ? MINUS_GELU_FLAT : -low;
        float q = b * b;
        float w = Math.fma(q, CUBIC, LINEAR);
        float wRest = Math.fma(Math.fma(b, b, -q), CUBIC, Math.fma(q, CUBIC, LINEAR - w))
                + Math.fma(q, CUBIC_REST, LINEAR_REST);
        return Math.fma(b, wRest, Math.fma(b, w, -(b * w)));
    }

    /** x / (1 + e^-u) with u = x (LINEAR + CUBIC x²). */
    public static float geluTanh(float x, float first) {
        boolean far = x < MINUS_GELU_FLAT;
        float low = far ? MINUS_GELU_FLAT : x;
        float b = low > GELU_FLAT ? MINUS_GELU_FLAT : -low;
        float u = b * Math.fma(b * b, CUBIC, LINEAR);
        float n = rounded(u);
        float h = inverseHalf(n);
        return x / sum(h, restHalf(n), less(rest(u, n) + first)) * (far ? 0 : h);
    }

    /** 1 - e^p, where p is near ln erfc |x| from 0.9 to 4: the first pass of erf. */
    public static float erfFar(float x) {
        float a = Math.abs(x);
        float b = a > ERF_ONE ? ERF_ONE : a;
        float p = Math.fma(D8, b, D7);
        p = Math.fma(p, b, D6);
        p = Math.fma(p, b, D5);
        p = Math.fma(p, b, D4);
        p = Math.fma(p, b, D3);
        p = Math.fma(p, b, D2);
        p = Math.fma(p, b, D1);
        p = Math.fma(p, b, D0);
        float n = rounded(p);
        float s = power(n);
        return 1 - Math.fma(s, less(rest(p, n)), s);
    }

    /** x times the share below x, which is x less |x| times the share beyond |x|, w e^(first - x²/2). */
    public static float gelu(float x, float first) {
        float a = Math.abs(x);
        float b = a > FloatError.NORMAL_FLAT ? FloatError.NORMAL_FLAT : a;
        float w = b / Math.fma(b, FloatError.G_FACTOR, FloatError.G_PLACE);
        float n = Math.fma(Math.fma(b * b, MINUS_HALF, first), INVERSE_LN2, TO_UNITS);
        float m = n - TO_UNITS;
        float twice = Math.fma(b, b, m * TWO_LN2);
        float r = Math.fma(twice, MINUS_HALF, Math.fma(m, MINUS_HALF_REST, first));
        float q = r * r;
        float p = Math.fma(Math.fma(R6, q, Math.fma(S5, r, R4)), q, Math.fma(S3, r, HALF));
        float k = Float.intBitsToFloat(Float.floatToRawIntBits(n) << 23);
        float y = Math.fma(w, Math.fma(p, q, r), w) * k * UNIT;
        return (x < 0 ? x * 0 : x) - y;
    }

    /** 2^x, exact for whole numbers. */
    public static float exp2(float x) {
        float high = x > MOST_2 ? MOST_2 : x;
        float z = high < LEAST_2 ? LEAST_2 : high;
        float n = z + TO_BITS;
        return whole((z - (n - TO_BITS)) * LN2) * half(n) * restHalf(n);
    }

    /** ln(1 + e) for e in [0, 1], by s = e / (2 + e). */
    public static float log1pUnit(float e) {
        float s = e / (e + 2);
        float z = s * s;
        float p = Math.fma(L4, z, L3);
        p = Math.fma(p, z, L2);
        p = Math.fma(p, z, L1);
        p = Math.fma(p, z, L0);
        return Math.fma(s, Math.fma(z, p, -e), e);
    }

    /** -ln(1 + e^-x). */
    public static float logsigmoid(float x, float first) {
        float e = first * restHalf(rounded(down(x)));
        return (x < 0 ? x : 0) - log1pUnit(e);
    }

    /** ln(1 + e^x). */
    public static float log1pExp(float x, float first) {
        float e = first * restHalf(rounded(down(x)));
        return (x < 0 ? 0 : x) + log1pUnit(e);
    }
}
