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
}
