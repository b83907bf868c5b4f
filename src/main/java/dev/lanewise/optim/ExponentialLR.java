package dev.lanewise.optim;

/**
 * Multiplies the rate by gamma in every epoch.
 */
public final class ExponentialLR extends LRScheduler {
    private final double gamma;

    /** A schedule with the factor of an epoch. */
    public ExponentialLR(Optimizer<?> optimizer, double gamma) {
        super(optimizer);
        this.gamma = gamma;
        apply();
    }

    @Override
    double rate(ParamGroup<?> group) {
        return lastEpoch() == 0 ? group.lr() : group.lr() * gamma;
    }
}
