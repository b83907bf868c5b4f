package dev.lanewise.internal.math;

/** Functions made of e^x in double; a result is the same on every machine. */
public final class DoubleExp {
    public static final double INVERSE_LN2 = 0x1.71547652b82fep0;
    public static final long BIAS = 1023;
    public static final double TO_BITS = 0x1.8p52 + 2 * BIAS;
    public static final double MINUS_LN2_REST = -0x1.abc9e3b39803fp-56;
    public static final double MINUS_LN2 = -0x1.62e42fefa39efp-1;
    public static final double E12 = 0x1.1f825c014b0f4p-29;
    public static final double E11 = 0x1.af5b7e6c42dc6p-26;
    public static final double E10 = 0x1.27e4d2e40d85cp-22;
    public static final double E9 = 0x1.71ddf9ae5bfc6p-19;
    public static final double E8 = 0x1.a01a01ac28e4ep-16;
    public static final double E7 = 0x1.a01a01af922bdp-13;
    public static final double E6 = 0x1.6c16c16c14a06p-10;
    public static final double E5 = 0x1.111111110f6e3p-7;
    public static final double E4 = 0x1.555555555555ap-5;
    public static final double E3 = 0x1.5555555555559p-3;
    public static final double E2 = 0x1.0p-1;
    public static final double MOST = 710;
    public static final double LEAST = 760;
    public static final double MINUS_LEAST = -LEAST;
    /** Where e^x is less than any normal number. */
    public static final double LEAST_NORMAL = -709;

    public static final double ALL_OF_ONE = -50;
    public static final long BIAS_AND_ONE = BIAS + 1;
    public static final long TWICE_BIAS = 2 * BIAS;
    public static final double FLAT = 20;
    public static final long SIGN = Long.MIN_VALUE;
    public static final double GELU_FLAT = 24;
    public static final double MINUS_GELU_FLAT = -GELU_FLAT;
    public static final double CUBIC = 0x1.2444f2a4d8b4bp-4;
    public static final double LINEAR = 0x1.9884533d43p0;
    public static final double CUBIC_REST = -0x1.6c843a29d1c7p-61;
    public static final double LINEAR_REST = 0x1.942343f2cf14p-42;
    public static final double COSH_MOST = 711;
    public static final double THIRTY = 30;
    public static final double ERF_FLAT = 28;
    public static final double NORMAL_FLAT = 39;
    public static final double MINUS_HALF = -0x1.0p-1;
    public static final double MOST_2 = 1025;
    public static final double LEAST_2 = -1100;
    public static final double LN2 = 0x1.62e42fefa39efp-1;
    public static final double L10 = 0x1.4feec71dc9636p-3;
    public static final double L9 = 0x1.202903725d445p-4;
    public static final double L8 = 0x1.c0f9fd5112a5ap-4;
    public static final double L7 = 0x1.dff4febc511b9p-4;
    public static final double L6 = 0x1.112260f3d59a5p-3;
    public static final double L5 = 0x1.3b12e4496fe99p-3;
    public static final double L4 = 0x1.745d1d6bad2f1p-3;
    public static final double L3 = 0x1.c71c71a9c9066p-3;
    public static final double L2 = 0x1.24924924ba265p-2;
    public static final double L1 = 0x1.9999999999659p-2;
    public static final double L0 = 0x1.5555555555556p-1;

    private DoubleExp() {}

    /** x / ln 2 rounded to a whole number n, and 2 · BIAS more in the low bits, so that they hold exponents. */
    private static double rounded(double x) {
        return Math.fma(x, INVERSE_LN2, TO_BITS);
    }

    /** What x is beyond n ln 2. */
    private static double rest(double x, double rounded) {
        double n = rounded - TO_BITS;
        return Math.fma(n, MINUS_LN2_REST, Math.fma(n, MINUS_LN2, x));
    }

    /** (e^r - 1 - r) / r². */
    private static double curve(double r) {
        double p = Math.fma(E12, r, E11);
        p = Math.fma(p, r, E10);
        p = Math.fma(p, r, E9);
        p = Math.fma(p, r, E8);
        p = Math.fma(p, r, E7);
        p = Math.fma(p, r, E6);
        p = Math.fma(p, r, E5);
        p = Math.fma(p, r, E4);
        p = Math.fma(p, r, E3);
        return Math.fma(p, r, E2);
    }

    /** e^r. */
    private static double whole(double r) {
        return Math.fma(Math.fma(curve(r), r, 1), r, 1);
    }

    /** e^r - 1. */
    private static double less(double r) {
        return Math.fma(curve(r) * r, r, r);
    }

    /** 2^⌊n/2⌋: two factors make 2^n, which alone may be out of range. */
    private static double half(double rounded) {
        return Double.longBitsToDouble((Double.doubleToRawLongBits(rounded) >>> 1) << 52);
    }

    /** 2^⌈n/2⌉. */
    private static double restHalf(double rounded) {
        long i = Double.doubleToRawLongBits(rounded);
        return Double.longBitsToDouble((i - (i >>> 1)) << 52);
    }

    /** 2^n for the exponents of normal numbers. */
    private static double power(double rounded) {
        return Double.longBitsToDouble((Double.doubleToRawLongBits(rounded) - BIAS) << 52);
    }

    /** e^x. */
    public static double exp(double x) {
        double high = x > MOST ? MOST : x;
        double z = high < MINUS_LEAST ? MINUS_LEAST : high;
        double n = rounded(z);
        return whole(rest(z, n)) * half(n) * restHalf(n);
    }

    /** e^x for x up to 0, where results too small for normal numbers are 0 for the most part. */
    public static double expBelow(double x) {
        double z = x < LEAST_NORMAL ? LEAST_NORMAL : x;
        double n = rounded(z);
        return whole(rest(z, n)) * power(n);
    }

    /** e^x - 1 = 2 (2^(n-1) (e^r - 1) + 2^(n-1) - 1/2). */
    public static double expm1(double x) {
        double high = x > MOST ? MOST : x;
        double z = high < ALL_OF_ONE ? ALL_OF_ONE : high;
        double n = rounded(z);
        double s = Double.longBitsToDouble((Double.doubleToRawLongBits(n) - BIAS_AND_ONE) << 52);
        double y = Math.fma(s, less(rest(z, n)), s - 0.5);
        return x == 0 ? x : y + y;
    }

    /** 2^-⌊n/2⌋. */
    private static double inverseHalf(double rounded) {
        return Double.longBitsToDouble((TWICE_BIAS - (Double.doubleToRawLongBits(rounded) >>> 1)) << 52);
    }

    /** 1 / (1 + e^-x) as 2^-⌊n/2⌋ / (2^-⌊n/2⌋ + 2^⌈n/2⌉ e^r), which stays in range. */
    public static double sigmoid(double x) {
        double high = x > LEAST ? LEAST : x;
        double z = -(high < MINUS_LEAST ? MINUS_LEAST : high);
        double n = rounded(z);
        double h = inverseHalf(n);
        double k = restHalf(n);
        return h / Math.fma(k, less(rest(z, n)), k + h);
    }

    /** x / (1 + e^-x). */
    public static double silu(double x) {
        boolean far = x < MINUS_LEAST;
        double low = far ? MINUS_LEAST : x;
        double z = -(low > LEAST ? LEAST : low);
        double n = rounded(z);
        double h = inverseHalf(n);
        double k = restHalf(n);
        return x / Math.fma(k, less(rest(z, n)), k + h) * (far ? 0 : h);
    }

    /** t / (t + 2) with t = e^2|x| - 1. */
    public static double tanh(double x) {
        double a = Math.abs(x);
        double z = (a > FLAT ? FLAT : a) * 2;
        double n = rounded(z);
        double s = power(n);
        double t = Math.fma(s, less(rest(z, n)), s - 1);
        return Double.longBitsToDouble(
                Double.doubleToRawLongBits(t / (t + 2)) | (Double.doubleToRawLongBits(x) & SIGN));
    }

    /** -|x|, but not less than where e^x is 0. */
    private static double down(double x) {
        double a = Math.abs(x);
        return a > LEAST ? MINUS_LEAST : -a;
    }

    /** e^-|x| but for a factor 2^⌈n/2⌉: the first pass of those below. */
    public static double expDown(double x) {
        double z = down(x);
        double n = rounded(z);
        double h = half(n);
        return Math.fma(h, less(rest(z, n)), h);
    }

    /** x tanh(ln(1 + e^x)) as v (1 - w), in e = e^-|x|: w = 2e² / (1 + 2e + 2e²) above 0, and below w = e (1 + e) / (2 + 2e + e²), v = x e. */
    public static double mish(double x, double first) {
        double z = down(x);
        double k = restHalf(rounded(z));
        double e = first * k;
        boolean below = x < 0;
        double v = below ? Math.fma(x, 0, z * first * k) : x;
        double a = below ? Math.fma(e, e, e) : (e + e) * e;
        double b = below ? Math.fma(e, e + 2, 2) : Math.fma(e + e, e + 1, 1);
        return v * (1 - (a / b));
    }

    /** The rounding errors of u in geluTanh: its first pass. */
    public static double geluTanhRest(double x) {
        double low = x < MINUS_GELU_FLAT ? MINUS_GELU_FLAT : x;
        double b = low > GELU_FLAT ? MINUS_GELU_FLAT : -low;
        double q = b * b;
        double w = Math.fma(q, CUBIC, LINEAR);
        double wRest = Math.fma(Math.fma(b, b, -q), CUBIC, Math.fma(q, CUBIC, LINEAR - w))
                + Math.fma(q, CUBIC_REST, LINEAR_REST);
        return Math.fma(b, wRest, Math.fma(b, w, -(b * w)));
    }

    /** x / (1 + e^-u) with u = x (LINEAR + CUBIC x²). */
    public static double geluTanh(double x, double first) {
        boolean far = x < MINUS_GELU_FLAT;
        double low = far ? MINUS_GELU_FLAT : x;
        double b = low > GELU_FLAT ? MINUS_GELU_FLAT : -low;
        double u = b * Math.fma(b * b, CUBIC, LINEAR);
        double n = rounded(u);
        double h = inverseHalf(n);
        double k = restHalf(n);
        return x / Math.fma(k, less(rest(u, n) + first), k + h) * (far ? 0 : h);
    }

    /** e + 1/(4e) with e = e^|x| / 2. */
    public static double cosh(double x) {
        double a = Math.abs(x);
        double z = a > COSH_MOST ? COSH_MOST : a;
        double n = rounded(z);
        double h = half(n) * 0.5;
        double e = Math.fma(h, less(rest(z, n)), h) * restHalf(n);
        return e + (0.25 / e);
    }

    /** e^|x| - 1 up to 30, and beyond e^|x| / 2: the first pass of sinh. */
    public static double sinhFirst(double x) {
        double a = Math.abs(x);
        double z = a > COSH_MOST ? COSH_MOST : a;
        double n = rounded(z);
        double t = less(rest(z, n));
        double h = half(n);
        double k = restHalf(n);
        double s = h * k;
        return a > THIRTY ? Math.fma(h * 0.5, t, h * 0.5) * k : Math.fma(s, t, s - 1);
    }

    /** (t + t / (t + 1)) / 2 with t = e^|x| - 1. */
    public static double sinh(double x, double first) {
        double near = (first + (first / (first + 1))) * 0.5;
        double y = Math.abs(x) > THIRTY ? first : near;
        return Double.longBitsToDouble(Double.doubleToRawLongBits(y) | (Double.doubleToRawLongBits(x) & SIGN));
    }

    /** factor · e^-a², the rounding error of a² taken along. */
    private static double bell(double a, double factor) {
        double q = a * a;
        double n = rounded(-q);
        double t = less(rest(-q, n) - Math.fma(a, a, -q));
        return Math.fma(factor, t, factor) * half(n) * restHalf(n);
    }

    /** 1 - erfc |x|: the second pass of erf. */
    public static double erfSecond(double x, double first) {
        double a = Math.abs(x);
        return 1 - bell(a > ERF_FLAT ? ERF_FLAT : a, first);
    }

    /** 1 - erf x. */
    public static double erfc(double x, double first) {
        double a = Math.abs(x);
        double y = bell(a > ERF_FLAT ? ERF_FLAT : a, first);
        return x < 0 ? 2 - y : y;
    }

    /** x times the share below x, which is x less |x| times the share beyond |x|. */
    public static double gelu(double x, double first) {
        double a = Math.abs(x);
        double b = a > NORMAL_FLAT ? NORMAL_FLAT : a;
        double q = b * b;
        double c = q * MINUS_HALF;
        double n = rounded(c);
        double t = less(Math.fma(Math.fma(b, b, -q), MINUS_HALF, rest(c, n)));
        double y = Math.fma(first, t, first) * half(n) * restHalf(n);
        return x < 0 ? Math.fma(x, 0, -y) : x - y;
    }

    /** 2^x, exact for whole numbers. */
    public static double exp2(double x) {
        double high = x > MOST_2 ? MOST_2 : x;
        double z = high < LEAST_2 ? LEAST_2 : high;
        double n = z + TO_BITS;
        return whole((z - (n - TO_BITS)) * LN2) * half(n) * restHalf(n);
    }

    /** ln(1 + e) for e in [0, 1], by s = e / (2 + e). */
    public static double log1pUnit(double e) {
        double s = e / (e + 2);
        double z = s * s;
        double p = Math.fma(L10, z, L9);
        p = Math.fma(p, z, L8);
        p = Math.fma(p, z, L7);
        p = Math.fma(p, z, L6);
        p = Math.fma(p, z, L5);
        p = Math.fma(p, z, L4);
        p = Math.fma(p, z, L3);
        p = Math.fma(p, z, L2);
        p = Math.fma(p, z, L1);
        p = Math.fma(p, z, L0);
        return Math.fma(s, Math.fma(z, p, -e), e);
    }

    /** -ln(1 + e^-x). */
    public static double logsigmoid(double x, double first) {
        double e = first * restHalf(rounded(down(x)));
        return (x < 0 ? x : 0) - log1pUnit(e);
    }

    /** ln(1 + e^x). */
    public static double log1pExp(double x, double first) {
        double e = first * restHalf(rounded(down(x)));
        return (x < 0 ? 0 : x) + log1pUnit(e);
    }
}
