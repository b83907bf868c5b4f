package dev.lanewise.optim;

import dev.lanewise.internal.error.Check;
import java.util.Collections;
import java.util.List;

/**
 * Goes from the rates there are to fixed ones in some epochs, for {@link AveragedModel}.
 *
 * <p>In epoch t the rate is {@code α · swaLr + (1 - α) · lr} with the rate lr that there would be without, and α going from 0
 * to 1 in {@code annealEpochs}: {@code t}, or {@code (1 - cos(π·t)) / 2}, of the part t that has passed. Source: PyTorch's
 * {@code torch.optim.swa_utils.SWALR}.
 */
public final class SWALR extends LRScheduler {
    private static final int EPOCHS = 10;

    private final List<Double> swaLrs;
    private final int annealEpochs;
    private final Anneal strategy;

    /** How the rate goes from one to the other. */
    public enum Anneal {
        /** Along half a cosine. */
        COS,
        /** In equal steps. */
        LINEAR
    }

    /** A schedule of 10 epochs along half a cosine. */
    public SWALR(Optimizer<?> optimizer, double swaLr) {
        this(optimizer, swaLr, EPOCHS, Anneal.COS);
    }

    /** A schedule with one final rate for all groups. */
    public SWALR(Optimizer<?> optimizer, double swaLr, int annealEpochs, Anneal strategy) {
        this(optimizer, Collections.nCopies(optimizer.groups().size(), swaLr), annealEpochs, strategy);
    }

    /** A schedule with a final rate for each group. */
    public SWALR(Optimizer<?> optimizer, List<Double> swaLrs, int annealEpochs, Anneal strategy) {
        super(optimizer);
        if (swaLrs.size() != optimizer.groups().size()) {
            throw Check.argument("SWALR", "there must be one rate per group")
                    .expected(optimizer.groups().size())
                    .got(swaLrs)
                    .error();
        }
        if (annealEpochs < 0) {
            throw Check.argument("SWALR", "the number of epochs must not be negative")
                    .got(annealEpochs)
                    .error();
        }
        this.swaLrs = List.copyOf(swaLrs);
        this.annealEpochs = annealEpochs;
        this.strategy = strategy;
        apply();
    }

    @Override
    double rate(ParamGroup<?> group) {
        double last = swaLrs.get(optimizer().groups().indexOf(group));
        int step = annealEpochs == 0 ? Math.max(1, lastEpoch()) : lastEpoch();
        double before = share(step - 1);
        double lr = before == 1 ? last : (group.lr() - before * last) / (1 - before);
        double now = share(step);
        return last * now + lr * (1 - now);
    }

    private double share(int step) {
        double t = Math.max(0, Math.min(1, (double) step / Math.max(1, annealEpochs)));
        return strategy == Anneal.LINEAR ? t : (1 - Math.cos(Math.PI * t)) / 2;
    }
}
