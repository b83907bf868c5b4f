package dev.lanewise.optim;

import dev.lanewise.internal.error.Check;
import java.util.List;

/** Schedulers one after the other: each takes over, from its beginning, in the epoch that is its milestone. */
public final class SequentialLR extends LRScheduler {
    private final List<LRScheduler> schedulers;
    private final int[] milestones;

    /** A schedule of schedulers of one optimizer, and of the epochs in which all but the first begin. */
    public SequentialLR(Optimizer<?> optimizer, List<? extends LRScheduler> schedulers, int... milestones) {
        super(optimizer);
        if (schedulers.isEmpty()) {
            throw Check.argument("SequentialLR", "there must be at least one scheduler")
                    .got(0)
                    .error();
        }
        if (milestones.length != schedulers.size() - 1) {
            throw Check.argument("SequentialLR", "there must be a milestone for each scheduler but the first")
                    .expected(schedulers.size() - 1)
                    .got(milestones.length)
                    .error();
        }
        this.schedulers = List.copyOf(schedulers);
        this.milestones = milestones.clone();
        this.schedulers.get(0).restart();
    }

    @Override
    public void step() {
        setLastEpoch(lastEpoch() + 1);
        int active = 0;
        while (active < milestones.length && milestones[active] <= lastEpoch()) {
            active++;
        }
        if (active > 0 && milestones[active - 1] == lastEpoch()) {
            schedulers.get(active).restart();
        } else {
            schedulers.get(active).step();
        }
    }

    @Override
    double rate(ParamGroup<?> group) {
        return group.lr();
    }
}
