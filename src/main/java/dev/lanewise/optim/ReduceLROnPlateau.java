package dev.lanewise.optim;

import dev.lanewise.internal.error.Check;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Multiplies the rate by a factor when a measured value has stopped getting better for some epochs.
 *
 * <p>{@link #step(double)} is called with the value after each epoch, for example the validation loss. Source: PyTorch's
 * {@code torch.optim.lr_scheduler.ReduceLROnPlateau}, with the keys of its state.
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
    private Options options;
    private List<Double> minLrs;
    private double best;
    private int badEpochs;
    private int coolingDown;
    private int lastEpoch;

    /** A schedule with options. */
    public ReduceLROnPlateau(Optimizer<?> optimizer, Options options) {
        this.optimizer = optimizer;
        this.options = options;
        this.minLrs = Collections.nCopies(optimizer.groups().size(), options.minLr());
        this.best = worst();
    }

    /** Options: smaller is better, factor 0.1, patience 10, a relative threshold of 1e-4, no cooldown. */
    public static Options options() {
        return new Options(false, 0.1, 10, 1e-4, false, 0, 0, 1e-8);
    }

    /** Takes notice of the value of an epoch and lowers the rates if it is time. */
    public void step(double value) {
        lastEpoch++;
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
            for (int i = 0; i < optimizer.groups().size(); i++) {
                reduce(optimizer.groups().get(i), minLrs.get(i));
            }
            coolingDown = options.cooldown();
            badEpochs = 0;
        }
    }

    /** The best value so far. */
    public double best() {
        return best;
    }

    /** Number of steps made, 0 at first. */
    public int lastEpoch() {
        return lastEpoch;
    }

    /** The current rates, one per group. */
    public List<Double> lastLr() {
        List<Double> rates = new ArrayList<>();
        optimizer.groups().forEach(group -> rates.add(group.lr()));
        return rates;
    }

    /** The options and what was counted so far, beside the optimizer's own state. */
    public Map<String, Object> stateDict() {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("factor", options.factor());
        state.put("min_lrs", minLrs);
        state.put("patience", options.patience());
        state.put("verbose", false);
        state.put("cooldown", options.cooldown());
        state.put("cooldown_counter", coolingDown);
        state.put("mode", options.maximize() ? "max" : "min");
        state.put("threshold", options.threshold());
        state.put("threshold_mode", options.absolute() ? "abs" : "rel");
        state.put("best", best);
        state.put("num_bad_epochs", badEpochs);
        state.put("mode_worse", worst());
        state.put("eps", options.eps());
        state.put("last_epoch", lastEpoch);
        if (lastEpoch > 0) {
            state.put("_last_lr", lastLr());
        }
        return state;
    }

    /** Takes over what {@link #stateDict()} gave, the options too; the rates themselves are the optimizer's state. */
    public void loadStateDict(Map<String, ?> state) {
        Object bounds = state.get("min_lrs");
        if (!(bounds instanceof List<?> list)
                || list.size() != optimizer.groups().size()) {
            throw Check.argument("loadStateDict", "there must be one min_lrs per group")
                    .expected(optimizer.groups().size())
                    .got(bounds)
                    .error();
        }
        List<Double> lower = new ArrayList<>();
        list.forEach(bound -> lower.add(((Number) bound).doubleValue()));
        Options loaded = new Options(
                oneOf(state, "mode", "min", "max"),
                number(state, "factor").doubleValue(),
                number(state, "patience").intValue(),
                number(state, "threshold").doubleValue(),
                oneOf(state, "threshold_mode", "rel", "abs"),
                number(state, "cooldown").intValue(),
                options.minLr(),
                number(state, "eps").doubleValue());
        double loadedBest = number(state, "best").doubleValue();
        int bad = number(state, "num_bad_epochs").intValue();
        int cooling = number(state, "cooldown_counter").intValue();
        lastEpoch = number(state, "last_epoch").intValue();
        options = loaded;
        minLrs = Collections.unmodifiableList(lower);
        best = loadedBest;
        badEpochs = bad;
        coolingDown = cooling;
    }

    private static Number number(Map<String, ?> state, String key) {
        if (state.get(key) instanceof Number number) {
            return number;
        }
        throw Check.argument("loadStateDict", "the state must have a number " + key)
                .got(state.get(key))
                .error();
    }

    /** True if a text is the second of two. */
    private static boolean oneOf(Map<String, ?> state, String key, String first, String second) {
        Object value = state.get(key);
        if (!first.equals(value) && !second.equals(value)) {
            throw Check.argument("loadStateDict", "the state's " + key + " must be " + first + " or " + second)
                    .got(value)
                    .error();
        }
        return second.equals(value);
    }

    private double worst() {
        return options.maximize() ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }

    private void reduce(ParamGroup<?> group, double minLr) {
        double lower = Math.max(group.lr() * options.factor(), minLr);
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
