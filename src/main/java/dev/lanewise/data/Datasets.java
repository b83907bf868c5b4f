package dev.lanewise.data;

/** Ready-made data sets, equal to scikit-learn's for the same {@code random_state}. */
public final class Datasets {
    private Datasets() {}

    /**
     * A random linear problem: {@code y = x @ coef + bias + noise}, x standard normal, coef uniform in [0, 100) for the
     * informative features and 0 for the others.
     *
     * <p>{@code randomState} is a seed in [0, 2^32 - 1]. Source: scikit-learn's {@code make_regression} with no
     * {@code effective_rank}; with one feature every value is equal, with more the sums of products may differ in their
     * last bits.
     */
    public static Regression makeRegression(RegressionOptions options, long randomState) {
        return makeRegression(options, new NumPyRandom(randomState));
    }

    /** A random linear problem drawn from a generator that may have been used before. */
    public static Regression makeRegression(RegressionOptions options, NumPyRandom random) {
        int rows = options.samples();
        int features = options.features();
        int targets = options.targets();
        double[] x = random.randn(Math.multiplyExact(rows, features));
        double[] coef = new double[Math.multiplyExact(features, targets)];
        int informative = Math.min(features, options.informative());
        for (int i = 0; i < informative * targets; i++) {
            coef[i] = 100 * random.randomSample();
        }
        double[] y = linear(options, x, coef);
        if (options.noise() > 0) {
            for (int i = 0; i < y.length; i++) {
                y[i] += random.normal(0, options.noise());
            }
        }
        if (options.shuffle()) {
            long[] rowOrder = random.permutation(rows);
            long[] featureOrder = random.permutation(features);
            x = takeColumns(takeRows(x, rowOrder, features), featureOrder);
            y = takeRows(y, rowOrder, targets);
            coef = takeRows(coef, featureOrder, targets);
        }
        return new Regression(options, x, y, coef);
    }

    private static double[] linear(RegressionOptions options, double[] x, double[] coef) {
        int features = options.features();
        int targets = options.targets();
        double[] y = new double[Math.multiplyExact(options.samples(), targets)];
        for (int i = 0; i < y.length; i++) {
            int row = i / targets * features;
            double sum = x[row] * coef[i % targets];
            for (int k = 1; k < features; k++) {
                sum = Math.fma(x[row + k], coef[k * targets + i % targets], sum);
            }
            y[i] = sum + options.bias();
        }
        return y;
    }

    private static double[] takeRows(double[] values, long[] order, int columns) {
        double[] out = new double[values.length];
        for (int r = 0; r < order.length; r++) {
            System.arraycopy(values, (int) order[r] * columns, out, r * columns, columns);
        }
        return out;
    }

    private static double[] takeColumns(double[] values, long[] order) {
        double[] out = new double[values.length];
        for (int i = 0; i < out.length; i++) {
            int column = i % order.length;
            out[i] = values[i - column + (int) order[column]];
        }
        return out;
    }
}
