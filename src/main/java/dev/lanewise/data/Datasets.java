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

    /** Two half circles that reach into each other, drawn from a seed in [0, 2^32 - 1]. */
    public static Labelled makeMoons(MoonsOptions options, long randomState) {
        return makeMoons(options, new NumPyRandom(randomState));
    }

    /** Two half circles that reach into each other. Source: scikit-learn's {@code make_moons}. */
    public static Labelled makeMoons(MoonsOptions options, NumPyRandom random) {
        return Figures.moons(options, random);
    }

    /** A circle inside another, drawn from a seed in [0, 2^32 - 1]. */
    public static Labelled makeCircles(CirclesOptions options, long randomState) {
        return makeCircles(options, new NumPyRandom(randomState));
    }

    /** A circle inside another. Source: scikit-learn's {@code make_circles}. */
    public static Labelled makeCircles(CirclesOptions options, NumPyRandom random) {
        return Figures.circles(options, random);
    }

    /** Normally distributed points around centers, drawn from a seed in [0, 2^32 - 1]. */
    public static Labelled makeBlobs(BlobsOptions options, long randomState) {
        return makeBlobs(options, new NumPyRandom(randomState));
    }

    /** Normally distributed points around centers. Source: scikit-learn's {@code make_blobs}. */
    public static Labelled makeBlobs(BlobsOptions options, NumPyRandom random) {
        return Figures.blobs(options, random);
    }

    /** A random classification problem, drawn from a seed in [0, 2^32 - 1]. */
    public static Labelled makeClassification(ClassificationOptions options, long randomState) {
        return makeClassification(options, new NumPyRandom(randomState));
    }

    /**
     * A random classification problem: clusters around the corners of a cube, with features that say nothing.
     *
     * <p>Sums of products may differ from scikit-learn's in their last bits. Source: scikit-learn's
     * {@code make_classification}, after I. Guyon, "Design of experiments for the NIPS 2003 variable selection benchmark".
     */
    public static Labelled makeClassification(ClassificationOptions options, NumPyRandom random) {
        return new Clusters(options, random).make();
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

    static double[] takeRows(double[] values, long[] order, int columns) {
        double[] out = new double[values.length];
        for (int r = 0; r < order.length; r++) {
            System.arraycopy(values, (int) order[r] * columns, out, r * columns, columns);
        }
        return out;
    }

    static double[] takeColumns(double[] values, long[] order) {
        double[] out = new double[values.length];
        for (int i = 0; i < out.length; i++) {
            int column = i % order.length;
            out[i] = values[i - column + (int) order[column]];
        }
        return out;
    }
}
