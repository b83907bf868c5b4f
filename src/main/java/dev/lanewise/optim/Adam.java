package dev.lanewise.optim;

import dev.lanewise.Tensor;
import java.util.List;

/**
 * Adam: steps by the running mean of the gradient, divided by the root of the running mean of its square.
 *
 * <p>For each parameter p with gradient g, in step t: {@code g = g + weightDecay·p}, {@code m = β1·m + (1 - β1)·g},
 * {@code v = β2·v + (1 - β2)·g²}, {@code p = p - lr / (1 - β1^t) · m / (√v / √(1 - β2^t) + eps)}; with AMSGrad, the largest
 * v so far. Source: PyTorch's {@code torch.optim.Adam}, in its order of operations.
 */
public final class Adam extends Optimizer<AdamOptions> {
    private static final double LR = 1e-3;

    /** Adam with learning rate 0.001. */
    public Adam(List<? extends Tensor> parameters) {
        this(parameters, LR);
    }

    /** Adam with a learning rate. */
    public Adam(List<? extends Tensor> parameters, double lr) {
        this(parameters, lr(lr));
    }

    /** Adam with options. */
    public Adam(List<? extends Tensor> parameters, AdamOptions options) {
        super(parameters, options);
    }

    /** Options with a learning rate, betas 0.9 and 0.999, eps 1e-8 and no weight decay. */
    public static AdamOptions lr(double lr) {
        return new AdamOptions(lr, 0.9, 0.999, 1e-8, 0, false, false);
    }

    @Override
    protected void update(Tensor parameter, Tensor grad, AdamOptions options, ParamState state) {
        Moments.step(parameter, grad, options, false, state);
    }
}
