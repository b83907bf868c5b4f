package dev.lanewise.optim;

/**
 * Lowers the rate along half a cosine in {@code tMax} epochs, and raises it again: {@code lr = ηmin + (lr₀ - ηmin) · (1 +
 * cos(π · epoch / tMax)) / 2}. Source: Loshchilov and Hutter, SGDR: Stochastic Gradient Descent with Warm Restarts.
 */
public final class CosineAnnealingLR extends LRScheduler {
    private final int tMax;
    private final double etaMin;

    /** A schedule with the number of epochs and the lowest rate. */
    public CosineAnnealingLR(Optimizer<?> optimizer, int tMax, double etaMin) {
        super(optimizer);
        positive("CosineAnnealingLR", "tMax", tMax);
        this.tMax = tMax;
        this.etaMin = etaMin;
        apply();
    }

    /** A schedule that goes down to 0. */
    public CosineAnnealingLR(Optimizer<?> optimizer, int tMax) {
        this(optimizer, tMax, 0);
    }

    @Override
    double rate(ParamGroup<?> group) {
        int epoch = lastEpoch();
        if (epoch == 0) {
            return group.lr();
        }
        if ((epoch - 1 - tMax) % (2 * tMax) == 0) {
            return group.lr() + (group.initialLr() - etaMin) * (1 - Math.cos(Math.PI / tMax)) / 2;
        }
        double now = 1 + Math.cos(Math.PI * epoch / tMax);
        double before = 1 + Math.cos(Math.PI * (epoch - 1) / tMax);
        return now / before * (group.lr() - etaMin) + etaMin;
    }
}
