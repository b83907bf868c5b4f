package dev.lanewise.internal.math;

/** Trigonometric functions in double, of angles that are not large. */
public final class DoubleTrig {
    public static final double INVERSE_QUARTER = 0x1.45f306dc9c883p-1;
    public static final double TO_BITS = 0x1.8p52;
    public static final double QUARTER_3 = 0x1.f1976b7ed8fbcp-110;
    public static final double QUARTER_2 = -0x1.1a62633145c07p-54;
    public static final double QUARTER_1 = -0x1.921fb54442d18p0;
    public static final double S6 = -0x1.9ffdd83ab0d3cp-41;
    public static final double S5 = 0x1.6109be0f339efp-33;
    public static final double S4 = -0x1.ae642c5262904p-26;
    public static final double S3 = 0x1.71de3a33a5d8cp-19;
    public static final double S2 = -0x1.a01a019ffe525p-13;
    public static final double S1 = 0x1.1111111111069p-7;
    public static final double S0 = -0x1.5555555555555p-3;
    public static final double C6 = 0x1.9dabe86436673p-45;
    public static final double C5 = -0x1.93744e9ae291ep-37;
    public static final double C4 = 0x1.1eed6f7d80b39p-29;
    public static final double C3 = -0x1.27e4fb5a1e9adp-22;
    public static final double C2 = 0x1.a01a019ffcb73p-16;
    public static final double C1 = -0x1.6c16c16c16b3p-10;
    public static final double C0 = 0x1.5555555555555p-5;
    public static final long LOWEST_BIT = 1;
    public static final long SIGN = Long.MIN_VALUE;
    public static final double LIMIT = 0x1.0p26;
    public static final long NO_BIT = 0;

    private DoubleTrig() {}

    /** x / (π/2) rounded to a whole number, plus what puts it into the low bits. */
    private static double turns(double x) {
        return Math.fma(x, INVERSE_QUARTER, TO_BITS);
    }

    /** What x is beyond so many quarter turns. */
    private static double rest(double x, double turns) {
        double n = turns - TO_BITS;
        return Math.fma(n, QUARTER_3, Math.fma(n, QUARTER_2, Math.fma(n, QUARTER_1, x)));
    }

    /** The sine of r and so many quarter turns. */
    private static double wave(double r, double turns) {
        double q = r * r;
        double s = Math.fma(S6, q, S5);
        s = Math.fma(s, q, S4);
        s = Math.fma(s, q, S3);
        s = Math.fma(s, q, S2);
        s = Math.fma(s, q, S1);
        s = Math.fma(s, q, S0);
        double c = Math.fma(C6, q, C5);
        c = Math.fma(c, q, C4);
        c = Math.fma(c, q, C3);
        c = Math.fma(c, q, C2);
        c = Math.fma(c, q, C1);
        c = Math.fma(c, q, C0);
        long i = Double.doubleToRawLongBits(turns);
        double sine = Math.fma(q * s, r, r);
        double cosine = Math.fma(q, Math.fma(q, c, -0.5), 1);
        double y = (i & LOWEST_BIT) != 0 ? cosine : sine;
        return Double.longBitsToDouble(Double.doubleToRawLongBits(y) ^ ((i << 62) & SIGN));
    }

    /** Sine of x. */
    public static double sin(double x) {
        double n = turns(x);
        double y = wave(rest(x, n), n);
        return x == 0 ? x : y;
    }

    /** Cosine of x, which is the sine a quarter turn on. */
    public static double cos(double x) {
        double n = turns(x);
        return wave(rest(x, n), n + 1);
    }

    /** Tangent of x: sine by cosine, or where a quarter turn is odd the other way round. */
    public static double tan(double x) {
        double n = turns(x);
        double r = rest(x, n);
        double q = r * r;
        double s = Math.fma(S6, q, S5);
        s = Math.fma(s, q, S4);
        s = Math.fma(s, q, S3);
        s = Math.fma(s, q, S2);
        s = Math.fma(s, q, S1);
        s = Math.fma(s, q, S0);
        double c = Math.fma(C6, q, C5);
        c = Math.fma(c, q, C4);
        c = Math.fma(c, q, C3);
        c = Math.fma(c, q, C2);
        c = Math.fma(c, q, C1);
        c = Math.fma(c, q, C0);
        long i = Double.doubleToRawLongBits(n);
        double sine = Math.fma(q * s, r, r);
        double cosine = Math.fma(q, Math.fma(q, c, -0.5), 1);
        boolean odd = (i & LOWEST_BIT) != 0;
        double y = (odd ? -cosine : sine) / (odd ? sine : cosine);
        return x == 0 ? x : y;
    }
}
