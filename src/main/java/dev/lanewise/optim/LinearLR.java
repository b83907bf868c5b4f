package dev.lanewise.optim;

/**
 * Changes the factor of the rate linearly from a start to an end in {@code totalIters} epochs.
 */
public final class LinearLR extends LRScheduler {
    private final double startFactor;
    private final double endFactor;
    private final int totalIters;

    /** A schedule with the first factor, the last factor and the number of epochs between. */
    public LinearLR(Optimizer<?> optimizer, double startFactor, double endFactor, int totalIters) {
        super(optimizer);
        positive("LinearLR", "the start factor", startFactor);
        this.startFactor = startFactor;
        this.endFactor = endFactor;
        this.totalIters = totalIters;
        apply();
    }

    @Override
    double rate(ParamGroup<?> group) {
        if (lastEpoch() == 0) {
            return group.lr() * startFactor;
        }
        if (lastEpoch() > totalIters) {
            return group.lr();
        }
        double change = endFactor - startFactor;
        return group.lr() * (1.0 + change / (totalIters * startFactor + (lastEpoch() - 1) * change));
    }
}
