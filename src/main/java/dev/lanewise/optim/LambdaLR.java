package dev.lanewise.optim;

import java.util.function.IntToDoubleFunction;

/**
 * Sets the rate to the initial one times a factor of the epoch: {@code lr = lr₀ · f(epoch)}.
 */
public final class LambdaLR extends LRScheduler {
    private final IntToDoubleFunction factor;

    /** A schedule by a function of the epoch, which counts from 0. */
    public LambdaLR(Optimizer<?> optimizer, IntToDoubleFunction factor) {
        super(optimizer);
        this.factor = factor;
        apply();
    }

    @Override
    double rate(ParamGroup<?> group) {
        return group.initialLr() * factor.applyAsDouble(lastEpoch());
    }
}
