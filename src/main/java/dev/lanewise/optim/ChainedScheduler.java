package dev.lanewise.optim;

import dev.lanewise.internal.error.Check;
import java.util.List;

/** Several schedulers of one optimizer that act in every step, one after the other. */
public final class ChainedScheduler extends LRScheduler {
    private final List<LRScheduler> schedulers;

    /** A chain of at least one scheduler. */
    public ChainedScheduler(List<? extends LRScheduler> schedulers) {
        super(first(schedulers).optimizer());
        this.schedulers = List.copyOf(schedulers);
    }

    private static LRScheduler first(List<? extends LRScheduler> schedulers) {
        if (schedulers.isEmpty()) {
            throw Check.argument("ChainedScheduler", "there must be at least one scheduler")
                    .got(0)
                    .error();
        }
        return schedulers.get(0);
    }

    @Override
    public void step() {
        setLastEpoch(lastEpoch() + 1);
        schedulers.forEach(LRScheduler::step);
    }

    @Override
    double rate(ParamGroup<?> group) {
        return group.lr();
    }
}
