package dev.lanewise.optim;

/**
 * Multiplies the rate by a factor when a measured value has stopped getting better for some epochs.
 *
 * <p>{@link #step(double)} is called with the value after each epoch, for example the validation loss.
 */
public final class ReduceLROnPlateau {
    /**
     * Options; immutable, each method gives a changed copy. Begin with {@link ReduceLROnPlateau#options}.
     *
     * @param maximize true if larger values are better
     * @param factor factor of the rate, less than 1
     * @param patience epochs without a better value that are waited for
     * @param threshold how much better a value must be to count
     * @param absolute true if the threshold is a difference, false if it is a share of the best value
     * @param cooldown epochs after a change in which nothing is counted
     * @param minLr lower bound of the rate
     * @param eps smaller changes of the rate are not made
     */
    public record Options(
            boolean maximize,
            double factor,
            int patience,
            double threshold,
            boolean absolute,
            int cooldown,
            double minLr,
            double eps) {
        /** Checks the ranges. */
        public Options {
            Values.fraction("ReduceLROnPlateau", "the factor", factor);
        }

        /** These options with larger or smaller values being better. */
        public Options maximize(boolean value) {
            return new Options(value, factor, patience, threshold, absolute, cooldown, minLr, eps);
        }

        /** These options with another factor. */
        public Options factor(double value) {
            return new Options(maximize, value, patience, threshold, absolute, cooldown, minLr, eps);
        }

        /** These options with another patience. */
        public Options patience(int value) {
            return new Options(maximize, factor, value, threshold, absolute, cooldown, minLr, eps);
        }

        /** These options with a threshold that is a share of the best value. */
        public Options threshold(double value) {
            return new Options(maximize, factor, patience, value, false, cooldown, minLr, eps);
        }

        /** These options with a threshold that is a difference. */
        public Options absoluteThreshold(double value) {
            return new Options(maximize, factor, patience, value, true, cooldown, minLr, eps);
        }

        /** These options with another cooldown. */
        public Options cooldown(int value) {
            return new Options(maximize, factor, patience, threshold, absolute, value, minLr, eps);
        }

        /** These options with another lower bound of the rate. */
        public Options minLr(double value) {
            return new Options(maximize, factor, patience, threshold, absolute, cooldown, value, eps);
        }
    }

    private final Optimizer<?> optimizer;
    private final Options options;
    private double best;
    private int badEpochs;
    private int coolingDown;

    /** A schedule with options. */
    public ReduceLROnPlateau(Optimizer<?> optimizer, Options options) {
        this.optimizer = optimizer;
        this.options = options;
        this.best = options.maximize() ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }

    /** Options: smaller is better, factor 0.1, patience 10, a relative threshold of 1e-4, no cooldown. */
    public static Options options() {
        return new Options(false, 0.1, 10, 1e-4, false, 0, 0, 1e-8);
    }

    /** Takes notice of the value of an epoch and lowers the rates if it is time. */
    public void step(double value) {
        if (isBetter(value)) {
            best = value;
            badEpochs = 0;
        } else {
            badEpochs++;
        }
        if (coolingDown > 0) {
            coolingDown--;
            badEpochs = 0;
        }
        if (badEpochs > options.patience()) {
            optimizer.groups().forEach(this::reduce);
            coolingDown = options.cooldown();
            badEpochs = 0;
        }
    }

    /** The best value so far. */
    public double best() {
        return best;
    }

    private void reduce(ParamGroup<?> group) {
        double lower = Math.max(group.lr() * options.factor(), options.minLr());
        if (group.lr() - lower > options.eps()) {
            group.setLr(lower);
        }
    }

    private boolean isBetter(double value) {
        double sign = options.maximize() ? -1 : 1;
        double bound = options.absolute() ? best - sign * options.threshold() : best * (1 - sign * options.threshold());
        return sign * value < sign * bound;
    }
}
