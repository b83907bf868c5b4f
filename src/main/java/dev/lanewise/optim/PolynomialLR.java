package dev.lanewise.optim;

/**
 * Lowers the rate to 0 in {@code totalIters} epochs: {@code lr = lr₀ · (1 - epoch / totalIters)^power}.
 */
public final class PolynomialLR extends LRScheduler {
    private final int totalIters;
    private final double power;

    /** A schedule with the number of epochs and the power. */
    public PolynomialLR(Optimizer<?> optimizer, int totalIters, double power) {
        super(optimizer);
        this.totalIters = totalIters;
        this.power = power;
        apply();
    }

    @Override
    double rate(ParamGroup<?> group) {
        int epoch = lastEpoch();
        if (epoch == 0 || epoch > totalIters) {
            return group.lr();
        }
        double now = 1.0 - epoch / (double) totalIters;
        double before = 1.0 - (epoch - 1) / (double) totalIters;
        return group.lr() * Math.pow(now / before, power);
    }
}
