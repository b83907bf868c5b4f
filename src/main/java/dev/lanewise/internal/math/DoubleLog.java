package dev.lanewise.internal.math;

/** Logarithms in double; a result is the same on every machine. */
public final class DoubleLog {
    public static final long ROOT_BITS = 0x3FE6A09E667F3BCDL;
    public static final long FROM_ROOT = 0x3FF0000000000000L - ROOT_BITS;
    public static final long WHOLE_BITS = 0x4330000000000000L;
    public static final long FRACTION = 0xFFFFFFFFFFFFFL;
    public static final double P6 = 0x1.2f038fe84934ep-3;
    public static final double P5 = 0x1.39a1eeec0547dp-3;
    public static final double P4 = 0x1.74663c9ff809cp-3;
    public static final double P3 = 0x1.c71c521602682p-3;
    public static final double P2 = 0x1.24924941df378p-2;
    public static final double P1 = 0x1.999999997ff37p-2;
    public static final double P0 = 0x1.5555555555592p-1;
    public static final double LN2 = 0x1.62e42fefa39efp-1;
    public static final double LN2_REST = 0x1.abc9e3b39803fp-56;
    public static final double INFINITY = Double.POSITIVE_INFINITY;
    public static final double NAN = Double.NaN;
    public static final double MINUS_INFINITY = Double.NEGATIVE_INFINITY;
    public static final double NORMAL = Double.MIN_NORMAL;
    public static final double RAISE = 0x1.0p54;
    public static final double WHOLE_BIAS = 0x1.0p52 + 1023;
    public static final double RAISED_BIAS = WHOLE_BIAS + 54;
    public static final long TWO_EXPONENTS = 2048L << 52;
    public static final long EXPONENT = 0x7FF0000000000000L;
    public static final double INVERSE_LN2 = 0x1.71547652b82fep0;
    public static final double INVERSE_LN2_REST = 0x1.777d0ffda0d24p-56;
    public static final double LOG10_2 = 0x1.34413509f79ffp-2;
    public static final double INVERSE_LN10 = 0x1.bcb7b1526e50ep-2;
    public static final double INVERSE_LN10_REST = 0x1.95355baaafad3p-57;
    public static final double LOG10_2_REST = -0x1.9dc1da994fd21p-59;
    public static final double LARGE = 0x1.0p60;
    public static final long SIGN = Long.MIN_VALUE;

    private DoubleLog() {}

    /** The bits of x, moved so that the exponent field counts from √½ instead of 1. */
    private static long bits(double x) {
        return Double.doubleToRawLongBits(x) + FROM_ROOT;
    }

    /** The exponent k of x = 2^k (1 + f), of which below and the bias are taken off. */
    private static double whole(long i, double below) {
        return Double.longBitsToDouble((i >>> 52) | WHOLE_BITS) - below;
    }

    /** The f in [√½ - 1, √2 - 1) of x = 2^k (1 + f). */
    private static double fraction(long i) {
        return Double.longBitsToDouble((i & FRACTION) + ROOT_BITS) - 1;
    }

    /** k ln 2 + ln(1 + f), with s = f / (2 + f) as f - f²/2 + s (f²/2 + R(s²)). */
    private static double sum(double f, double k) {
        double h = f * f * 0.5;
        double s = f / (f + 2);
        double z = s * s;
        double p = Math.fma(P6, z, P5);
        p = Math.fma(p, z, P4);
        p = Math.fma(p, z, P3);
        p = Math.fma(p, z, P2);
        p = Math.fma(p, z, P1);
        p = Math.fma(p, z, P0);
        return Math.fma(k, LN2, f - (h - Math.fma(s, Math.fma(z, p, h), k * LN2_REST)));
    }

    /** y with what is outside the positive numbers put right. */
    private static double special(double x, double y) {
        double above = x < INFINITY ? y : x;
        return x < 0 ? NAN : x == 0 ? MINUS_INFINITY : above;
    }

    /** ln x. */
    public static double log(double x) {
        boolean tiny = x < NORMAL;
        long i = bits(tiny ? x * RAISE : x);
        double k = whole(i, tiny ? RAISED_BIAS : WHOLE_BIAS);
        return special(x, sum(fraction(i), k));
    }

    /** ln(1 + x): the exponent is that of 1 + x, but the fraction 2^-k x + (2^-k - 1) is not rounded on the way. */
    public static double log1p(double x) {
        double u = x + 1;
        long i = bits(u);
        double s = Double.longBitsToDouble(TWO_EXPONENTS - (i & EXPONENT)) * 0.25;
        double f = Math.fma(x, s, s - 1);
        double y = special(u, sum(f, whole(i, WHOLE_BIAS)));
        return x == 0 ? x : y;
    }

    /** Logarithm to base 2, exact for powers of 2. */
    public static double log2(double x) {
        boolean tiny = x < NORMAL;
        long i = bits(tiny ? x * RAISE : x);
        double k = whole(i, tiny ? RAISED_BIAS : WHOLE_BIAS);
        double y = sum(fraction(i), 0);
        return special(x, Math.fma(y, INVERSE_LN2, Math.fma(y, INVERSE_LN2_REST, k)));
    }

    /** Logarithm to base 10. */
    public static double log10(double x) {
        boolean tiny = x < NORMAL;
        long i = bits(tiny ? x * RAISE : x);
        double k = whole(i, tiny ? RAISED_BIAS : WHOLE_BIAS);
        double y = sum(fraction(i), 0);
        return special(
                x, Math.fma(k, LOG10_2, Math.fma(y, INVERSE_LN10, Math.fma(y, INVERSE_LN10_REST, k * LOG10_2_REST))));
    }

    /** |x| + √(1 + x²) - 1, and |x| where it is large: the first pass of asinh. */
    public static double asinhFirst(double x) {
        double a = Math.abs(x);
        double q = a * a;
        return a > LARGE ? a : a + (q / (1 + Math.sqrt(q + 1)));
    }

    /** ln(1 + x) of what is not negative: the second pass of asinh. */
    public static double asinhSecond(double first) {
        return log1pShort(first);
    }

    /** Number whose hyperbolic sine is x. */
    public static double asinh(double x, double second) {
        double y = second + (Math.abs(x) > LARGE ? LN2 : 0);
        return Double.longBitsToDouble(Double.doubleToRawLongBits(y) | (Double.doubleToRawLongBits(x) & SIGN));
    }

    /** x + √(x² - 1) - 1, and x where it is large: the first pass of acosh. */
    public static double acoshFirst(double x) {
        double a = x - 1;
        return x > LARGE ? x : a + (Math.sqrt(a) * Math.sqrt(a + 2));
    }

    /** Number that is not negative and whose hyperbolic cosine is x. */
    public static double acosh(double x, double first) {
        return log1pShort(first) + (x > LARGE ? LN2 : 0);
    }

    /** 2|x| / (1 - |x|): the first pass of atanh. */
    public static double atanhFirst(double x) {
        double a = Math.abs(x);
        return (a + a) / (1 - a);
    }

    /** Number whose hyperbolic tangent is x. */
    public static double atanh(double x, double first) {
        double y = log1pShort(first) * 0.5;
        return Double.longBitsToDouble(Double.doubleToRawLongBits(y) | (Double.doubleToRawLongBits(x) & SIGN));
    }

    /** x / (1 - x), less 1 around 1/2: the first pass of logit. */
    public static double logitFirst(double x) {
        boolean near = Math.abs(x - 0.5) < 0.25;
        return (near ? x + x - 1 : x) / (1 - x);
    }

    /** ln(x / (1 - x)) inside (0, 1), around 1/2 as a logarithm of 1 + the first pass. */
    public static double logitSecond(double x, double first) {
        boolean near = Math.abs(x - 0.5) < 0.25;
        boolean tiny = x < NORMAL;
        double v = tiny ? first * RAISE : first;
        double u = near ? v + 1 : v;
        long i = bits(u);
        double s = Double.longBitsToDouble(TWO_EXPONENTS - (i & EXPONENT)) * 0.25;
        double f = Math.fma(v, s, near ? s - 1 : -1);
        return sum(f, whole(i, tiny ? RAISED_BIAS : WHOLE_BIAS));
    }

    /** The second pass inside (0, 1), infinite at the ends, and NaN outside. */
    public static double logit(double x, double second) {
        double end = x == 0 ? MINUS_INFINITY : x == 1 ? INFINITY : NAN;
        return x > 0 && x < 1 ? second : end;
    }

    /** ln(1 + x) where the sign of 0 does not matter. */
    private static double log1pShort(double x) {
        double u = x + 1;
        long i = bits(u);
        double s = Double.longBitsToDouble(TWO_EXPONENTS - (i & EXPONENT)) * 0.25;
        return special(u, sum(Math.fma(x, s, s - 1), whole(i, WHOLE_BIAS)));
    }
}
