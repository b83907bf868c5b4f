package dev.lanewise.nn;

import dev.lanewise.Tensor;

/**
 * Negative log-probability of label sequences whose times are not known.
 *
 * <p>See {@link Functional#ctcLoss(Tensor, Tensor, Tensor, Tensor, long, Reduction, boolean)}.
 * Source: PyTorch's {@code torch.nn.CTCLoss}.
 */
public final class CTCLoss extends Module {
    private final long blank;
    private final Reduction reduction;
    private final boolean zeroInfinity;

    /** The mean, with PyTorch's defaults. */
    public CTCLoss() {
        this(Reduction.MEAN);
    }

    /** The loss with another reduction than the mean. */
    public CTCLoss(Reduction reduction) {
        this(0, reduction, false);
    }

    /** The loss with all parameters. */
    public CTCLoss(long blank, Reduction reduction, boolean zeroInfinity) {
        this.blank = blank;
        this.reduction = reduction;
        this.zeroInfinity = zeroInfinity;
    }

    /** The loss: 0-d, or a value per sample with {@link Reduction#NONE}. */
    public Tensor forward(Tensor logProbs, Tensor targets, Tensor inputLengths, Tensor targetLengths) {
        return Functional.ctcLoss(logProbs, targets, inputLengths, targetLengths, blank, reduction, zeroInfinity);
    }

    /** How the values are combined. */
    public Reduction reduction() {
        return reduction;
    }
}
