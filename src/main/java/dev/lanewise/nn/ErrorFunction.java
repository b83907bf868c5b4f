package dev.lanewise.nn;

/** The error function of single numbers, and its inverse. */
@SuppressWarnings("FloatingPointLiteralPrecision") // the constants are written as Wichura has them
final class ErrorFunction {
    private static final double SERIES_END = 3;
    private static final double CENTRE = 0.425;
    private static final double FAR_TAIL = 5;

    // M. Wichura, "Algorithm AS 241: the percentage points of the normal distribution", 1988; highest powers first.
    private static final double[] CENTRE_UP = {
        2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457,
        13731.693765509461125, 1971.5909503065514427, 133.14166789178437745, 3.3871328727963666080
    };
    private static final double[] CENTRE_DOWN = {
        5226.4952788528545610,
        28729.085735721942674,
        39307.895800092710610,
        21213.794301586595867,
        5394.1960214247511077,
        687.18700749205790830,
        42.313330701600911252,
        1
    };
    private static final double[] NEAR_UP = {
        7.74545014278341407640e-4, 0.0227238449892691845833, 0.241780725177450611770, 1.27045825245236838258,
        3.64784832476320460504, 5.76949722146069140550, 4.63033784615654529590, 1.42343711074968357734
    };
    private static final double[] NEAR_DOWN = {
        1.05075007164441684324e-9,
        5.47593808499534494600e-4,
        0.0151986665636164571966,
        0.148103976427480074590,
        0.689767334985100004550,
        1.67638483018380384940,
        2.05319162663775882187,
        1
    };
    private static final double[] FAR_UP = {
        2.01033439929228813265e-7, 2.71155556874348757815e-5, 0.00124266094738807843860, 0.0265321895265761230930,
        0.296560571828504891230, 1.78482653991729133580, 5.46378491116411436990, 6.65790464350110377720
    };
    private static final double[] FAR_DOWN = {
        2.04426310338993978564e-15,
        1.42151175831644588870e-7,
        1.84631831751005468180e-5,
        7.86869131145613259100e-4,
        0.0148753612908506148525,
        0.136929880922735805310,
        0.599832206555887937690,
        1
    };

    private ErrorFunction() {}

    /** {@code 2/√π ∫₀ˣ exp(-t²) dt}, by its series or, where that ends, by a continued fraction of the rest. */
    static double erf(double x) {
        double z = Math.abs(x);
        if (z > SERIES_END) {
            return Math.copySign(1 - complement(z), x);
        }
        double term = x;
        double sum = x;
        for (int k = 1; Math.abs(term) > Math.ulp(sum) / 4; k++) {
            term *= 2 * x * x / (2 * k + 1);
            sum += term;
        }
        return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
    }

    private static double complement(double x) {
        double fraction = x;
        for (int k = 60; k >= 1; k--) {
            fraction = x + 0.5 * k / fraction;
        }
        return Math.exp(-x * x) / (Math.sqrt(Math.PI) * fraction);
    }

    /** The x with {@code erf(x) = y}: infinite for ±1, NaN outside of [-1, 1]. */
    static double inverse(double y) {
        double q = y / 2;
        if (Math.abs(q) <= CENTRE) {
            double r = 0.180625 - q * q;
            return q * (polynomial(CENTRE_UP, r) / polynomial(CENTRE_DOWN, r)) / Math.sqrt(2);
        }
        double r = Math.sqrt(-Math.log(0.5 - Math.abs(q)));
        double x = r <= FAR_TAIL
                ? polynomial(NEAR_UP, r - 1.6) / polynomial(NEAR_DOWN, r - 1.6)
                : r == Double.POSITIVE_INFINITY
                        ? r
                        : polynomial(FAR_UP, r - FAR_TAIL) / polynomial(FAR_DOWN, r - FAR_TAIL);
        return Math.copySign(x / Math.sqrt(2), y);
    }

    private static double polynomial(double[] coefficients, double x) {
        double sum = 0;
        for (double coefficient : coefficients) {
            sum = sum * x + coefficient;
        }
        return sum;
    }
}
