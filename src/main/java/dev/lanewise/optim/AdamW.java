package dev.lanewise.optim;

import dev.lanewise.Tensor;
import java.util.List;

/**
 * Adam with weight decay of its own, apart from the gradient.
 *
 * <p>For each parameter p: {@code p = (1 - lr·weightDecay)·p}, then a step of {@link Adam} without weight decay. Source:
 * PyTorch's {@code torch.optim.AdamW}, in its order of operations.
 */
public final class AdamW extends Optimizer<AdamOptions> {
    private static final double LR = 1e-3;

    /** AdamW with learning rate 0.001 and weight decay 0.01. */
    public AdamW(List<? extends Tensor> parameters) {
        this(parameters, LR);
    }

    /** AdamW with a learning rate and weight decay 0.01. */
    public AdamW(List<? extends Tensor> parameters, double lr) {
        this(parameters, lr(lr));
    }

    /** AdamW with options. */
    public AdamW(List<? extends Tensor> parameters, AdamOptions options) {
        super(parameters, options);
    }

    /** Options with a learning rate, betas 0.9 and 0.999, eps 1e-8 and weight decay 0.01. */
    public static AdamOptions lr(double lr) {
        return Adam.lr(lr).weightDecay(1e-2);
    }

    @Override
    protected void update(Tensor parameter, Tensor grad, AdamOptions options, ParamState state) {
        Moments.step(parameter, grad, options, true, state);
    }
}
