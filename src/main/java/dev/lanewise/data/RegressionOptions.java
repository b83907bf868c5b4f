package dev.lanewise.data;

import dev.lanewise.internal.error.Check;

/**
 * What {@link Datasets#makeRegression} makes; immutable, each method gives a changed copy. Begin with {@link #of}.
 *
 * @param samples number of rows, at least 1
 * @param features number of columns of x, at least 1
 * @param informative how many of the features have a coefficient other than 0; more than there are means all
 * @param targets number of columns of y, at least 1
 * @param bias added to y
 * @param noise standard deviation of the normal noise in y
 * @param shuffle whether rows and features are put into random order
 */
public record RegressionOptions(
        int samples, int features, int informative, int targets, double bias, double noise, boolean shuffle) {
    /** Checks the sizes. */
    public RegressionOptions {
        if (samples < 1 || features < 1 || informative < 0 || targets < 1 || !(noise >= 0)) {
            throw Check.argument("makeRegression", "sizes must be at least 1 and informative and noise at least 0")
                    .got("samples " + samples + ", features " + features + ", informative " + informative + ", targets "
                            + targets + ", noise " + noise)
                    .error();
        }
    }

    /**
     * scikit-learn's defaults for so many samples and features: 10 informative, 1 target, no bias, no noise,
     * shuffled.
     */
    public static RegressionOptions of(int samples, int features) {
        return new RegressionOptions(samples, features, 10, 1, 0, 0, true);
    }

    /** These options with another number of informative features. */
    public RegressionOptions informative(int value) {
        return new RegressionOptions(samples, features, value, targets, bias, noise, shuffle);
    }

    /** These options with another number of targets. */
    public RegressionOptions targets(int value) {
        return new RegressionOptions(samples, features, informative, value, bias, noise, shuffle);
    }

    /** These options with another bias. */
    public RegressionOptions bias(double value) {
        return new RegressionOptions(samples, features, informative, targets, value, noise, shuffle);
    }

    /** These options with another standard deviation of the noise. */
    public RegressionOptions noise(double value) {
        return new RegressionOptions(samples, features, informative, targets, bias, value, shuffle);
    }

    /** These options with or without random order of rows and features. */
    public RegressionOptions shuffle(boolean value) {
        return new RegressionOptions(samples, features, informative, targets, bias, noise, value);
    }
}
