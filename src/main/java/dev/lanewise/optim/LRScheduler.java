package dev.lanewise.optim;

import dev.lanewise.internal.error.Check;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Changes the learning rates of an optimizer from step to step; called after {@link Optimizer#step()}, once per epoch or batch.
 *
 * <p>A scheduler sets the rate of step 0 when it is made. Most compute a rate from the one before, so that several can act
 * on one optimizer, and what a user set by hand is kept. Source: PyTorch's {@code torch.optim.lr_scheduler}, in its order
 * of operations.
 */
public abstract class LRScheduler {
    private final Optimizer<?> optimizer;
    private int lastEpoch;

    /** A scheduler of all groups of an optimizer; the rates they have now are the initial ones, unless another came before. */
    LRScheduler(Optimizer<?> optimizer) {
        this.optimizer = optimizer;
        optimizer.groups().forEach(ParamGroup::keepInitialLr);
    }

    /** The rate of a group in the current epoch. */
    abstract double rate(ParamGroup<?> group);

    /** Sets the rates of the current epoch. */
    void apply() {
        optimizer.groups().forEach(group -> group.setLr(rate(group)));
    }

    /** Goes to the next epoch and sets its rates. */
    public void step() {
        lastEpoch++;
        apply();
    }

    /** Goes back to epoch 0, from the initial rates. */
    void restart() {
        lastEpoch = 0;
        optimizer.groups().forEach(group -> group.setLr(group.initialLr()));
        apply();
    }

    /** Number of steps made, 0 at first. */
    public final int lastEpoch() {
        return lastEpoch;
    }

    final void setLastEpoch(int epoch) {
        lastEpoch = epoch;
    }

    final Optimizer<?> optimizer() {
        return optimizer;
    }

    /** The current rates, one per group. */
    public final List<Double> lastLr() {
        List<Double> rates = new ArrayList<>();
        optimizer.groups().forEach(group -> rates.add(group.lr()));
        return rates;
    }

    /** What is needed to go on later, beside the optimizer's own state. */
    public Map<String, Object> stateDict() {
        Map<String, Object> state = new LinkedHashMap<>();
        List<Double> initial = new ArrayList<>();
        optimizer.groups().forEach(group -> initial.add(group.initialLr()));
        state.put("base_lrs", initial);
        state.put("last_epoch", lastEpoch);
        return state;
    }

    /** Takes over what {@link #stateDict()} gave; the rates themselves are the optimizer's state. */
    public void loadStateDict(Map<String, ?> state) {
        Object rates = state.get("base_lrs");
        if (!(rates instanceof List<?> list)
                || list.size() != optimizer.groups().size()) {
            throw Check.argument("loadStateDict", "there must be one base_lrs per group")
                    .expected(optimizer.groups().size())
                    .got(rates)
                    .error();
        }
        for (int i = 0; i < list.size(); i++) {
            optimizer.groups().get(i).setInitialLr(((Number) list.get(i)).doubleValue());
        }
        lastEpoch = ((Number) state.get("last_epoch")).intValue();
    }

    static void positive(String scheduler, String what, double value) {
        if (!(value > 0)) {
            throw Check.argument(scheduler, what + " must be positive")
                    .got(value)
                    .error();
        }
    }
}
