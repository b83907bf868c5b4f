package dev.lanewise.op;

/** The error function, its complement and its inverse, to about the precision of double. */
final class ErrorFunction {
    private static final double SCALE = 2 / Math.sqrt(Math.PI);
    private static final double[] TAYLOR = taylor(20);

    /**
     * Chebyshev coefficients in s = 1 - 5 / (x + 2), which moves [0.5, ∞] to [-1, 1], of the smooth function
     * (x + 2) · e^x² · erfc(x); computed from the integral with 45 digits.
     */
    private static final double[] TAIL = {
        0.9739949793186762,
        -0.48202889723521325,
        0.07834316039603868,
        -0.005640402632517939,
        -0.000638005176028597,
        0.00015524916589267537,
        7.809517806133497e-06,
        -4.21300201076712e-06,
        -2.3438312290585963e-07,
        1.2917225955374607e-07,
        1.3095856237953062e-08,
        -4.035294124615645e-09,
        -7.964802351746034e-10,
        9.952287242058099e-11,
        4.427889678319774e-11,
        3.4717247056227854e-13,
        -2.052419575258776e-12,
        -2.8897982368264737e-13,
        6.317960107286004e-14,
        2.4857919943788025e-14,
        6.059166186014999e-16,
        -1.2844428695819705e-15,
        -2.6588485349271105e-16,
        2.5593811585654563e-17,
        2.1064577520422095e-17
    };

    private ErrorFunction() {}

    static double erf(double x) {
        double size = Math.abs(x);
        if (size < 1) {
            return x * series(x * x);
        }
        return size > 6 ? Math.copySign(1, x) : Math.copySign(1 - tail(size), x);
    }

    static double erfc(double x) {
        if (x < 0.5) {
            return x < -6 ? 2 : x < -0.5 ? 2 - tail(-x) : 1 - x * series(x * x);
        }
        return tail(x);
    }

    /** Starts with Winitzki's approximation (to 0.002) and takes Halley's steps, each of which triples the digits. */
    static double erfinv(double y) {
        double size = Math.abs(y);
        if (!(size < 1)) {
            return size == 1 ? Math.copySign(Double.POSITIVE_INFINITY, y) : Double.NaN;
        }
        if (size < 1e-8) {
            return y / SCALE;
        }
        double log = Math.log1p(-size * size);
        double middle = 2 / (Math.PI * 0.147) + log / 2;
        double x = Math.sqrt(Math.sqrt(middle * middle - log / 0.147) - middle);
        for (int step = 0; step < 3; step++) {
            double error = size < 0.5 ? erf(x) - size : 1 - size - erfc(x);
            double newton = error / (SCALE * Math.exp(-x * x));
            x -= newton / (1 + x * newton);
        }
        return Math.copySign(x, y);
    }

    /** erf(x) / x as its Taylor series in x². */
    private static double series(double square) {
        double sum = 0;
        for (int n = TAYLOR.length - 1; n >= 0; n--) {
            sum = Math.fma(sum, square, TAYLOR[n]);
        }
        return sum;
    }

    /** erfc(x) for x ≥ 0.5: Clenshaw's sum, times e^-x² with the rounding error of x² made good. */
    private static double tail(double x) {
        if (x > 28) {
            return 0;
        }
        double twice = 2 - 10 / (x + 2);
        double b1 = 0;
        double b2 = 0;
        for (int n = TAIL.length - 1; n > 0; n--) {
            double b = Math.fma(twice, b1, TAIL[n] - b2);
            b2 = b1;
            b1 = b;
        }
        double smooth = Math.fma(twice / 2, b1, TAIL[0] - b2) / (x + 2);
        double square = x * x;
        double rest = Math.fma(x, x, -square);
        return Math.exp(-square) * (smooth - smooth * rest);
    }

    /** The coefficients 2/√π · (-1)^n / (n! (2n + 1)). */
    private static double[] taylor(int terms) {
        double[] coefficients = new double[terms];
        double factorial = 1;
        for (int n = 0; n < terms; n++) {
            factorial *= Math.max(1, n);
            coefficients[n] = (n % 2 == 0 ? SCALE : -SCALE) / (factorial * (2 * n + 1));
        }
        return coefficients;
    }
}
