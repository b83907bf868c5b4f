package dev.lanewise.internal.random;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Logarithm, sine and cosine rounded to the nearest double, the same on every machine.
 *
 * <p>{@link Math#log} may differ by an ulp between processors and {@link StrictMath#log} often differs from the C
 * library. These compute in pairs of doubles (about 70 good bits or more), so they give the nearest double but for one
 * argument in tens of thousands, and with it what the C library gives on nearly every argument.
 */
public final class RoundedMath {
    private static final double LN2_HIGH = 0.6931471805599453;
    private static final double LN2_LOW = 2.3190468138462996e-17;
    private static final double HALF_PI_HIGH = 1.5707963267948966;
    private static final double HALF_PI_LOW = 6.123233995736766e-17;
    private static final double HALF_PI_LAST = -1.4973849048591833e-33;

    // log(1 + j/64) for j = FIRST … LAST, each as a high and a low part.
    private static final int FIRST = -19;
    private static final int LAST = 27;
    private static final double[] LOG_HIGH = new double[LAST - FIRST + 1];
    private static final double[] LOG_LOW = new double[LAST - FIRST + 1];

    // sin(r)/r and cos(r) as series in r^2: four coefficients as pairs, the rest as doubles, highest power first.
    private static final double[] SIN_DIVISORS = {-5040, 120, -6, 1};
    private static final double[] COS_DIVISORS = {-720, 24, -2, 1};
    private static final double[] SIN_TAIL = tail(9, 21);
    private static final double[] COS_TAIL = tail(8, 20);

    static {
        MathContext digits = new MathContext(40);
        for (int j = FIRST; j <= LAST; j++) {
            BigDecimal log = logOfSixtyFourths(j, digits);
            LOG_HIGH[j - FIRST] = log.doubleValue();
            LOG_LOW[j - FIRST] = log.subtract(new BigDecimal(log.doubleValue())).doubleValue();
        }
    }

    private RoundedMath() {}

    /** Natural logarithm of a positive normal number. */
    public static double log(double x) {
        int exponent = Math.getExponent(x);
        double m = Math.scalb(x, -exponent);
        if (m > Math.sqrt(2)) {
            m *= 0.5;
            exponent++;
        }
        int j = (int) Math.rint((m - 1) * 64);
        double c = 1 + j / 64.0;
        // log(m / c) = 2 (s + s^3/3 + s^5/5 + …) with s = (m - c) / (m + c), |s| < 2^-7; the difference is exact.
        double sum = m + c;
        double sumLow = sumError(m, c, sum);
        double s = (m - c) / sum;
        double sLow = (Math.fma(-s, sum, m - c) - s * sumLow) / sum;
        double z = s * s;
        double rest = s * z * (2.0 / 3 + z * (2.0 / 5 + z * (2.0 / 7 + z * (2.0 / 9))));
        double a = exponent * LN2_HIGH;
        double low = Math.fma(exponent, LN2_HIGH, -a) + exponent * LN2_LOW;
        double b = LOG_HIGH[j - FIRST];
        double ab = a + b;
        low += sumError(a, b, ab) + LOG_LOW[j - FIRST];
        double high = ab + 2 * s;
        return high + (low + sumError(ab, 2 * s, high) + 2 * sLow + rest);
    }

    /** Sine of an angle of at most a few turns, in radians. */
    public static double sin(double x) {
        return quarter(x, 0);
    }

    /** Cosine of an angle of at most a few turns, in radians. */
    public static double cos(double x) {
        return quarter(x, 1);
    }

    // sin(x + turn * pi/2): x less its nearest multiple of pi/2, as a pair, then the series of that quarter.
    private static double quarter(double x, int turn) {
        double n = Math.rint(x / HALF_PI_HIGH);
        double r0 = Math.fma(-n, HALF_PI_HIGH, x);
        double p = n * HALF_PI_LOW;
        double pLow = Math.fma(n, HALF_PI_LOW, -p) + n * HALF_PI_LAST;
        double r = r0 - p;
        double rLow = sumError(r0, -p, r) - pLow;
        double z = r * r;
        double zLow = Math.fma(r, r, -z) + 2 * r * rLow;
        int quadrant = ((int) n + turn) & 3;
        double value = (quadrant & 1) == 0
                ? series(SIN_DIVISORS, SIN_TAIL, z, zLow, r, rLow)
                : series(COS_DIVISORS, COS_TAIL, z, zLow, 1, 0);
        return quadrant < 2 ? value : -value;
    }

    // (f, fLow) * (… (tail * z + 1/d[0]) * z + 1/d[1] …), in pairs.
    private static double series(double[] divisors, double[] tail, double z, double zLow, double f, double fLow) {
        double high = 0;
        for (double coefficient : tail) {
            high = Math.fma(high, z, coefficient);
        }
        double low = 0;
        for (double divisor : divisors) {
            double c = 1 / divisor;
            double cLow = Math.fma(-c, divisor, 1) / divisor;
            double product = high * z;
            double productLow = Math.fma(high, z, -product) + (high * zLow + low * z);
            high = c + product;
            low = product - (high - c) + productLow + cLow;
        }
        double value = f * high;
        return value + (Math.fma(f, high, -value) + (f * low + fLow * high));
    }

    // The exact error of sum = fl(a + b).
    private static double sumError(double a, double b, double sum) {
        double part = sum - a;
        return (a - (sum - part)) + (b - part);
    }

    // Signed reciprocal factorials of first, first + 2, … last, highest first.
    private static double[] tail(int first, int last) {
        double[] out = new double[(last - first) / 2 + 1];
        for (int i = 0; i < out.length; i++) {
            double factorial = 1;
            for (int k = 2; k <= last - 2 * i; k++) {
                factorial *= k;
            }
            out[i] = (((last - 2 * i) / 2) % 2 == 0 ? 1 : -1) / factorial;
        }
        return out;
    }

    private static BigDecimal logOfSixtyFourths(int j, MathContext digits) {
        BigDecimal s = BigDecimal.valueOf(j).divide(BigDecimal.valueOf(128L + j), digits);
        BigDecimal square = s.multiply(s, digits);
        BigDecimal power = s.multiply(BigDecimal.valueOf(2), digits);
        BigDecimal log = BigDecimal.ZERO;
        for (int k = 1; k < 60; k += 2) {
            log = log.add(power.divide(BigDecimal.valueOf(k), digits), digits);
            power = power.multiply(square, digits);
        }
        return log;
    }
}
