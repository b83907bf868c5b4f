package dev.lanewise.optim;

/**
 * Moves the rate between two bounds, up and down in each cycle, and the momentum against it. Source: Smith, Cyclical
 * Learning Rates for Training Neural Networks.
 */
public final class CyclicLR extends LRScheduler {
    /** What becomes of the height of the cycles. */
    public enum Mode {
        /** It stays. */
        TRIANGULAR,
        /** It is halved in every cycle. */
        TRIANGULAR2,
        /** It is multiplied by gamma in every step. */
        EXP_RANGE
    }

    /**
     * Options; immutable, each method gives a changed copy. Begin with {@link CyclicLR#between}.
     *
     * @param baseLr the lower bound
     * @param maxLr the upper bound of the first cycle
     * @param stepSizeUp steps from the lower to the upper bound
     * @param stepSizeDown steps back
     * @param mode what becomes of the height
     * @param gamma factor of {@link Mode#EXP_RANGE}
     * @param cycleMomentum true to move the momentum too
     * @param baseMomentum the momentum at the upper bound of the rate
     * @param maxMomentum the momentum at the lower bound of the rate
     */
    public record Options(
            double baseLr,
            double maxLr,
            int stepSizeUp,
            int stepSizeDown,
            Mode mode,
            double gamma,
            boolean cycleMomentum,
            double baseMomentum,
            double maxMomentum) {
        /** Checks the ranges. */
        public Options {
            positive("CyclicLR", "the number of steps up", stepSizeUp);
            positive("CyclicLR", "the number of steps down", stepSizeDown);
        }

        /** These options with other numbers of steps. */
        public Options steps(int up, int down) {
            return new Options(baseLr, maxLr, up, down, mode, gamma, cycleMomentum, baseMomentum, maxMomentum);
        }

        /** These options with another mode. */
        public Options mode(Mode value) {
            return new Options(
                    baseLr, maxLr, stepSizeUp, stepSizeDown, value, gamma, cycleMomentum, baseMomentum, maxMomentum);
        }

        /** These options with another factor of {@link Mode#EXP_RANGE}. */
        public Options gamma(double value) {
            return new Options(
                    baseLr, maxLr, stepSizeUp, stepSizeDown, mode, value, cycleMomentum, baseMomentum, maxMomentum);
        }

        /** These options without a change of the momentum. */
        public Options keepMomentum() {
            return new Options(baseLr, maxLr, stepSizeUp, stepSizeDown, mode, gamma, false, baseMomentum, maxMomentum);
        }

        /** These options with other bounds of the momentum. */
        public Options momentum(double base, double max) {
            return new Options(baseLr, maxLr, stepSizeUp, stepSizeDown, mode, gamma, true, base, max);
        }
    }

    private final Options options;

    /** A schedule with options. */
    public CyclicLR(Optimizer<?> optimizer, Options options) {
        super(optimizer);
        this.options = options;
        apply();
    }

    /** Options with bounds, 2000 steps up and down, triangular, and a momentum between 0.8 and 0.9. */
    public static Options between(double baseLr, double maxLr) {
        return new Options(baseLr, maxLr, 2000, 2000, Mode.TRIANGULAR, 1, true, 0.8, 0.9);
    }

    @Override
    void apply() {
        super.apply();
        if (options.cycleMomentum()) {
            double height = (options.maxMomentum() - options.baseMomentum()) * position();
            double momentum = options.maxMomentum() - height * scale();
            optimizer().groups().forEach(group -> Momentums.set("CyclicLR", group, momentum));
        }
    }

    @Override
    double rate(ParamGroup<?> group) {
        return options.baseLr() + (options.maxLr() - options.baseLr()) * position() * scale();
    }

    private double total() {
        return (double) options.stepSizeUp() + options.stepSizeDown();
    }

    private double cycle() {
        return Math.floor(1 + lastEpoch() / total());
    }

    /** How far from the lower to the upper bound, 0 to 1. */
    private double position() {
        double up = options.stepSizeUp() / total();
        double x = 1.0 + lastEpoch() / total() - cycle();
        return x <= up ? x / up : (x - 1) / (up - 1);
    }

    private double scale() {
        return switch (options.mode()) {
            case TRIANGULAR -> 1;
            case TRIANGULAR2 -> 1 / Math.pow(2, cycle() - 1);
            case EXP_RANGE -> Math.pow(options.gamma(), lastEpoch());
        };
    }
}
