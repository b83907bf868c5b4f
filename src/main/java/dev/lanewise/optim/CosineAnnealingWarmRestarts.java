package dev.lanewise.optim;

/**
 * Lowers the rate along half a cosine and starts anew, first after {@code t0} epochs and then after {@code tMult} times as
 * many each time: {@code lr = ηmin + (lr₀ - ηmin) · (1 + cos(π · tCur / tI)) / 2}. Source: Loshchilov and Hutter, SGDR.
 */
public final class CosineAnnealingWarmRestarts extends LRScheduler {
    private final int first;
    private final int factor;
    private final double etaMin;
    private int current;
    private int length;

    /** A schedule with the length of the first period, the factor of the following ones and the lowest rate. */
    public CosineAnnealingWarmRestarts(Optimizer<?> optimizer, int t0, int tMult, double etaMin) {
        super(optimizer);
        positive("CosineAnnealingWarmRestarts", "t0", t0);
        positive("CosineAnnealingWarmRestarts", "tMult", tMult);
        this.first = t0;
        this.factor = tMult;
        this.etaMin = etaMin;
        this.length = t0;
        apply();
    }

    @Override
    public void step() {
        current++;
        if (current >= length) {
            current -= length;
            length *= factor;
        }
        super.step();
    }

    @Override
    void restart() {
        current = 0;
        length = first;
        super.restart();
    }

    @Override
    double rate(ParamGroup<?> group) {
        double height = (group.initialLr() - etaMin) * (1 + Math.cos(Math.PI * current / length)) / 2;
        return etaMin + height;
    }
}
