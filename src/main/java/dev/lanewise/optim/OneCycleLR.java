package dev.lanewise.optim;

import dev.lanewise.internal.error.Check;

/**
 * Raises the rate to a maximum and lowers it far below where it began, in one cycle over the whole training, and moves the
 * momentum against it; stepped once per batch. Source: Smith and Topin, Super-Convergence: Very Fast Training of Neural
 * Networks Using Large Learning Rates.
 */
public final class OneCycleLR extends LRScheduler {
    /**
     * Options; immutable, each method gives a changed copy. Begin with {@link OneCycleLR#of}.
     *
     * @param maxLr the highest rate
     * @param totalSteps number of steps of the training
     * @param pctStart share of the steps that raise the rate, between 0 and 1
     * @param linear true to move along lines, false along cosines
     * @param cycleMomentum true to move the momentum too
     * @param baseMomentum the momentum at the highest rate
     * @param maxMomentum the momentum at the beginning and the end
     * @param divFactor the highest rate over the first one
     * @param finalDivFactor the first rate over the last one
     * @param threePhase true to go back to the first rate before going below it
     */
    public record Options(
            double maxLr,
            int totalSteps,
            double pctStart,
            boolean linear,
            boolean cycleMomentum,
            double baseMomentum,
            double maxMomentum,
            double divFactor,
            double finalDivFactor,
            boolean threePhase) {
        /** Checks the ranges. */
        public Options {
            positive("OneCycleLR", "the number of steps", totalSteps);
            if (!(pctStart >= 0 && pctStart <= 1)) {
                throw Check.argument("OneCycleLR", "pctStart must be between 0 and 1")
                        .got(pctStart)
                        .error();
            }
        }

        /** These options with another share of the steps that raise the rate. */
        public Options pctStart(double value) {
            return new Options(
                    maxLr,
                    totalSteps,
                    value,
                    linear,
                    cycleMomentum,
                    baseMomentum,
                    maxMomentum,
                    divFactor,
                    finalDivFactor,
                    threePhase);
        }

        /** These options moving along lines or along cosines. */
        public Options linear(boolean value) {
            return new Options(
                    maxLr,
                    totalSteps,
                    pctStart,
                    value,
                    cycleMomentum,
                    baseMomentum,
                    maxMomentum,
                    divFactor,
                    finalDivFactor,
                    threePhase);
        }

        /** These options without a change of the momentum. */
        public Options keepMomentum() {
            return new Options(
                    maxLr,
                    totalSteps,
                    pctStart,
                    linear,
                    false,
                    baseMomentum,
                    maxMomentum,
                    divFactor,
                    finalDivFactor,
                    threePhase);
        }

        /** These options with other quotients of the highest, the first and the last rate. */
        public Options divisors(double first, double last) {
            return new Options(
                    maxLr,
                    totalSteps,
                    pctStart,
                    linear,
                    cycleMomentum,
                    baseMomentum,
                    maxMomentum,
                    first,
                    last,
                    threePhase);
        }

        /** These options with or without going back to the first rate before going below it. */
        public Options threePhase(boolean value) {
            return new Options(
                    maxLr,
                    totalSteps,
                    pctStart,
                    linear,
                    cycleMomentum,
                    baseMomentum,
                    maxMomentum,
                    divFactor,
                    finalDivFactor,
                    value);
        }
    }

    /** A part of the cycle: its last step, and between which rates and momentums it moves. */
    private record Phase(double end, double fromLr, double toLr, double fromMomentum, double toMomentum) {}

    private final Options options;
    private final Phase[] phases;

    /** A schedule with options. */
    public OneCycleLR(Optimizer<?> optimizer, Options options) {
        super(optimizer);
        this.options = options;
        this.phases = phases(options);
        apply();
    }

    /** Options with a highest rate and a number of steps; 30 % of them raise the rate, from 1/25 of the highest. */
    public static Options of(double maxLr, int totalSteps) {
        return new Options(maxLr, totalSteps, 0.3, false, true, 0.85, 0.95, 25, 1e4, false);
    }

    private static Phase[] phases(Options o) {
        double first = o.maxLr() / o.divFactor();
        double last = first / o.finalDivFactor();
        double low = o.baseMomentum();
        double high = o.maxMomentum();
        double rise = o.pctStart() * o.totalSteps() - 1;
        double end = o.totalSteps() - 1;
        Phase up = new Phase(rise, first, o.maxLr(), high, low);
        if (!o.threePhase()) {
            return new Phase[] {up, new Phase(end, o.maxLr(), last, low, high)};
        }
        double back = 2 * o.pctStart() * o.totalSteps() - 2;
        return new Phase[] {up, new Phase(back, o.maxLr(), first, low, high), new Phase(end, first, last, high, high)};
    }

    @Override
    void apply() {
        if (lastEpoch() > options.totalSteps()) {
            throw Check.argument("OneCycleLR", "there must not be more steps than announced")
                    .expected("at most " + options.totalSteps())
                    .got(lastEpoch())
                    .error();
        }
        super.apply();
        if (options.cycleMomentum()) {
            Phase phase = phase();
            double momentum = between(phase, phase.fromMomentum(), phase.toMomentum());
            optimizer().groups().forEach(group -> Momentums.set("OneCycleLR", group, momentum));
        }
    }

    @Override
    double rate(ParamGroup<?> group) {
        Phase phase = phase();
        return between(phase, phase.fromLr(), phase.toLr());
    }

    private Phase phase() {
        int place = 0;
        while (place < phases.length - 1 && lastEpoch() > phases[place].end()) {
            place++;
        }
        return phases[place];
    }

    private double between(Phase phase, double from, double to) {
        double start = phase == phases[0] ? 0 : phase == phases[1] ? phases[0].end() : phases[1].end();
        // The call after the last step is allowed; it must not go beyond the end.
        double share = Math.min(1, (lastEpoch() - start) / (phase.end() - start));
        return options.linear() ? (to - from) * share + from : to + (from - to) / 2.0 * (Math.cos(Math.PI * share) + 1);
    }
}
