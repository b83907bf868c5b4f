package dev.lanewise.optim;

import java.util.Arrays;

/**
 * Multiplies the rate by gamma in each of the given epochs; an epoch that is named twice counts twice.
 */
public final class MultiStepLR extends LRScheduler {
    private final int[] milestones;
    private final double gamma;

    /** A schedule with the epochs in which the rate changes and the factor of a change. */
    public MultiStepLR(Optimizer<?> optimizer, int[] milestones, double gamma) {
        super(optimizer);
        this.milestones = milestones.clone();
        this.gamma = gamma;
        apply();
    }

    @Override
    double rate(ParamGroup<?> group) {
        long changes = Arrays.stream(milestones)
                .filter(milestone -> milestone == lastEpoch())
                .count();
        return changes == 0 ? group.lr() : group.lr() * Math.pow(gamma, (double) changes);
    }
}
