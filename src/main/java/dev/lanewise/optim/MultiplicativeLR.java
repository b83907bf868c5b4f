package dev.lanewise.optim;

import java.util.function.IntToDoubleFunction;

/**
 * Multiplies the rate in every epoch by a factor of that epoch: {@code lr = lr · f(epoch)}; epoch 0 leaves it.
 */
public final class MultiplicativeLR extends LRScheduler {
    private final IntToDoubleFunction factor;

    /** A schedule by a function of the epoch, which counts from 0. */
    public MultiplicativeLR(Optimizer<?> optimizer, IntToDoubleFunction factor) {
        super(optimizer);
        this.factor = factor;
        apply();
    }

    @Override
    double rate(ParamGroup<?> group) {
        return lastEpoch() == 0 ? group.lr() : group.lr() * factor.applyAsDouble(lastEpoch());
    }
}
