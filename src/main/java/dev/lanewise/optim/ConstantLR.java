package dev.lanewise.optim;

/**
 * Multiplies the rate by a factor for the first {@code totalIters} epochs, then takes it back.
 */
public final class ConstantLR extends LRScheduler {
    private final double factor;
    private final int totalIters;

    /** A schedule with the factor and the number of epochs. */
    public ConstantLR(Optimizer<?> optimizer, double factor, int totalIters) {
        super(optimizer);
        positive("ConstantLR", "the factor", factor);
        this.factor = factor;
        this.totalIters = totalIters;
        apply();
    }

    @Override
    double rate(ParamGroup<?> group) {
        if (lastEpoch() == 0) {
            return group.lr() * factor;
        }
        return lastEpoch() == totalIters ? group.lr() * (1.0 / factor) : group.lr();
    }
}
