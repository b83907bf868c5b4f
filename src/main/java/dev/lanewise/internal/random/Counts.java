package dev.lanewise.internal.random;

import dev.lanewise.internal.error.Check;

/** Numbers of events: Poisson draws by PyTorch's two algorithms. */
public final class Counts {
    private static final double LARGE_RATE = 10;
    private static final double HALF_LOG_TWO_PI = 0.9189385332046728;
    private static final double[] LOG_FACTORIALS = new double[16];

    static {
        for (int k = 1; k < LOG_FACTORIALS.length; k++) {
            LOG_FACTORIALS[k] = LOG_FACTORIALS[k - 1] + Math.log(k);
        }
    }

    private Counts() {}

    /** How often something happens that happens {@code rate} times on average. */
    public static long poisson(Draws draws, double rate) {
        if (!(rate >= 0)) {
            throw Check.argument("poisson", "rates must not be negative")
                    .got(rate)
                    .error();
        }
        if (rate >= LARGE_RATE) {
            return byRejection(draws, rate);
        }
        return rate == 0 ? 0 : byProducts(draws, rate);
    }

    // Knuth: how many uniforms can be multiplied before the product falls to e^-rate.
    private static long byProducts(Draws draws, double rate) {
        double end = Math.exp(-rate);
        double product = draws.uniform53();
        long count = 0;
        while (product > end) {
            count++;
            product *= draws.uniform53();
        }
        return count;
    }

    // W. Hörmann, "The transformed rejection method for generating Poisson random variables", 1993: algorithm PTRS.
    private static long byRejection(Draws draws, double rate) {
        double logRate = Math.log(rate);
        double b = 0.931 + 2.53 * Math.sqrt(rate);
        double a = -0.059 + 0.02483 * b;
        double inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
        double sure = 0.9277 - 3.6224 / (b - 2);
        while (true) {
            double u = draws.uniform53() - 0.5;
            double v = draws.uniform53();
            double edge = 0.5 - Math.abs(u);
            long k = (long) Math.floor((2 * a / edge + b) * u + rate + 0.43);
            if (edge >= 0.07 && v <= sure) {
                return k;
            }
            if (k < 0 || (edge < 0.013 && v > edge)) {
                continue;
            }
            double height = Math.log(v) + Math.log(inverseAlpha) - Math.log(a / (edge * edge) + b);
            if (height <= -rate + k * logRate - logFactorial(k)) {
                return k;
            }
        }
    }

    /** log(k!), from a table or by Stirling's series. */
    static double logFactorial(long k) {
        if (k < LOG_FACTORIALS.length) {
            return LOG_FACTORIALS[(int) k];
        }
        double x = k + 1.0;
        double z = 1 / (x * x);
        double series = (1.0 / 12 - z * (1.0 / 360 - z * (1.0 / 1260 - z * (1.0 / 1680 - z / 1188)))) / x;
        return (x - 0.5) * Math.log(x) - x + HALF_LOG_TWO_PI + series;
    }
}
