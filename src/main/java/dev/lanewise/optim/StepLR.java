package dev.lanewise.optim;

/**
 * Multiplies the rate by gamma every {@code stepSize} epochs.
 */
public final class StepLR extends LRScheduler {
    private final int stepSize;
    private final double gamma;

    /** A schedule with a number of epochs between changes and the factor of a change. */
    public StepLR(Optimizer<?> optimizer, int stepSize, double gamma) {
        super(optimizer);
        positive("StepLR", "the step size", stepSize);
        this.stepSize = stepSize;
        this.gamma = gamma;
        apply();
    }

    /** A schedule whose factor is 0.1. */
    public StepLR(Optimizer<?> optimizer, int stepSize) {
        this(optimizer, stepSize, 0.1);
    }

    @Override
    double rate(ParamGroup<?> group) {
        boolean changes = lastEpoch() > 0 && lastEpoch() % stepSize == 0;
        return changes ? group.lr() * gamma : group.lr();
    }
}
