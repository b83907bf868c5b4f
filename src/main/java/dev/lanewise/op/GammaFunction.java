package dev.lanewise.op;

/** The logarithm of the gamma function and its derivatives, to about the precision of double. */
final class GammaFunction {
    private static final double ONE_LESS_EULER = 0.42278433509846713;
    private static final double HALF_LOG_2PI = 0.9189385332046727;

    /** The place where digamma is 0, as a sum of two doubles. */
    private static final double ROOT = 1.4616321449683622;

    private static final double ROOT_REST = 9.549995429965697e-17;

    /** From here on the asymptotic series have the precision of double. */
    private static final double LARGE = 10;

    /** Bernoulli's numbers B2, B4, …. */
    private static final double[] BERNOULLI = {
        1 / 6.0,
        -1 / 30.0,
        1 / 42.0,
        -1 / 30.0,
        5 / 66.0,
        -691 / 2730.0,
        7 / 6.0,
        -3617 / 510.0,
        43867 / 798.0,
        -174611 / 330.0
    };

    private static final double[] LOG_GAMMA = logGammaSeries(32);
    private static final double[] DIGAMMA = digammaSeries(32);

    private GammaFunction() {}

    /** ln|Γ(x)|: the series around 1 and 2, up to 10 by the recurrence, then Stirling's series; below by reflection. */
    static double logGamma(double x) {
        if (x < -0.5) {
            return reflected(x);
        }
        if (x < 0.5) {
            return nearOne(x) - Math.log(Math.abs(x));
        }
        if (x < 1.5) {
            return nearOne(x - 1);
        }
        if (x < LARGE) {
            double product = 1;
            double rest = x;
            while (rest >= 2.5) {
                rest -= 1;
                product *= rest;
            }
            return Math.log(product) + nearTwo(rest - 2);
        }
        return stirling(x);
    }

    /** ln|Γ(x)| = ln(π / |sin πx|) - ln Γ(1 - x). */
    private static double reflected(double x) {
        double beside = Math.abs(x - Math.rint(x));
        if (beside == 0 || x == Double.NEGATIVE_INFINITY) {
            return Double.POSITIVE_INFINITY;
        }
        return Math.log(Math.PI / Math.sin(Math.PI * beside)) - logGamma(1 - x);
    }

    /** ln Γ(1 + z) for |z| ≤ 0.5. */
    private static double nearOne(double z) {
        return nearTwo(z) - Math.log1p(z);
    }

    /** ln Γ(2 + z) for |z| ≤ 0.5. */
    private static double nearTwo(double z) {
        double sum = 0;
        for (int k = LOG_GAMMA.length - 1; k >= 0; k--) {
            sum = Math.fma(sum, z, LOG_GAMMA[k]);
        }
        return sum * z;
    }

    private static double stirling(double x) {
        double inverse = 1 / x;
        double square = inverse * inverse;
        double sum = 0;
        for (int k = BERNOULLI.length - 1; k >= 0; k--) {
            sum = Math.fma(sum, square, BERNOULLI[k] / ((2 * k + 1) * (2 * k + 2)));
        }
        return (x - 0.5) * (Math.log(x) - 1) + (HALF_LOG_2PI - 0.5) + sum * inverse;
    }

    /** The derivative of {@link #logGamma}; infinite at 0, where the sign of 0 counts, and NaN at -1, -2, …. */
    static double digamma(double x) {
        if (x == 0) {
            return -Math.copySign(Double.POSITIVE_INFINITY, x);
        }
        if (x < 0) {
            double beside = x - Math.rint(x);
            return beside == 0 ? Double.NaN : digamma(1 - x) - Math.PI / Math.tan(Math.PI * beside);
        }
        double fromRoot = x - ROOT - ROOT_REST;
        if (Math.abs(fromRoot) < 0.25) {
            double sum = 0;
            for (int k = DIGAMMA.length - 1; k >= 0; k--) {
                sum = Math.fma(sum, fromRoot, DIGAMMA[k]);
            }
            return sum * fromRoot;
        }
        double steps = 0;
        double large = x;
        while (large < LARGE) {
            steps += 1 / large;
            large += 1;
        }
        double square = 1 / (large * large);
        double sum = 0;
        for (int k = BERNOULLI.length - 1; k >= 0; k--) {
            sum = Math.fma(sum, square, BERNOULLI[k] / (2 * k + 2));
        }
        return Math.log(large) - 0.5 / large - sum * square - steps;
    }

    /** The derivative of order n of digamma, (-1)^(n+1) n! ζ(n + 1, x). */
    static double polygamma(int n, double x) {
        if (n == 0) {
            return digamma(x);
        }
        double factorial = 1;
        for (int k = 2; k <= n; k++) {
            factorial *= k;
        }
        double zeta = zeta(n + 1, x);
        return n % 2 == 0 ? -factorial * zeta : factorial * zeta;
    }

    /** Hurwitz' ζ(s, q) = Σ (q + k)^-s over k ≥ 0, for a whole s ≥ 2. */
    private static double zeta(int s, double q) {
        if (q > 0) {
            return zetaPositive(s, q);
        }
        double floor = Math.floor(q);
        if (Double.isNaN(q)) {
            return q;
        }
        if (floor == q) {
            return Double.POSITIVE_INFINITY;
        }
        // The terms below zero are those of two such sums; only their signs may differ.
        double below = zetaPositive(s, floor + 1 - q) - zetaPositive(s, 1 - q);
        return zetaPositive(s, q - floor) + (s % 2 == 0 ? below : -below);
    }

    /** The first terms, and for the others the formula of Euler and Maclaurin. */
    private static double zetaPositive(int s, double q) {
        double sum = 0;
        double from = q;
        while (from < LARGE + s) {
            sum += Math.pow(from, -s);
            from += 1;
        }
        double power = Math.pow(from, -s);
        double rest = Math.pow(from, 1 - s) / (s - 1) + power / 2;
        double factor = s * power / from / 2;
        for (int k = 0; k < BERNOULLI.length; k++) {
            rest += BERNOULLI[k] * factor;
            double next = 2 * k + 3;
            factor *= (s + next - 2) * (s + next - 1) / (next * (next + 1) * from * from);
        }
        return sum + rest;
    }

    /** The coefficients of ln Γ(2 + z) = (1 - γ) z + Σ (-1)^k (ζ(k) - 1) z^k / k. */
    private static double[] logGammaSeries(int terms) {
        double[] series = new double[terms];
        series[0] = ONE_LESS_EULER;
        for (int k = 2; k <= terms; k++) {
            series[k - 1] = (k % 2 == 0 ? 1 : -1) * zeta(k, 2) / k;
        }
        return series;
    }

    /** The coefficients of digamma around its root, (-1)^(k+1) ζ(k + 1, root). */
    private static double[] digammaSeries(int terms) {
        double[] series = new double[terms];
        for (int k = 1; k <= terms; k++) {
            series[k - 1] = (k % 2 == 0 ? -1 : 1) * zeta(k + 1, ROOT);
        }
        return series;
    }
}
