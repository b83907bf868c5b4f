package dev.lanewise.optim;

import dev.lanewise.Tensor;
import dev.lanewise.op.StepRules;
import dev.lanewise.op.Steps;
import java.util.List;
import java.util.Map;

/**
 * Adamax: Adam with the largest decayed gradient in place of the root of the mean square.
 *
 * <p>{@code m = β1·m + (1 - β1)·g}; {@code u = max(β2·u, |g| + eps)}; {@code p = p - lr / (1 - β1^t) · m / u}. Source: Kingma
 * and Ba, Adam: A Method for Stochastic Optimization, section 7; PyTorch's {@code torch.optim.Adamax}.
 */
public final class Adamax extends Optimizer<Adamax.Options> {
    private static final double LR = 2e-3;

    /**
     * Options; immutable, each method gives a changed copy. Begin with {@link Adamax#lr}.
     *
     * @param lr learning rate, not negative
     * @param beta1 share of the former steps in the mean of the gradient, in [0, 1)
     * @param beta2 how fast the largest gradient is forgotten, in [0, 1)
     * @param eps added to the denominator, not negative
     * @param weightDecay pulls parameters towards 0, not negative
     * @param maximize true to go with the gradient instead of against it
     */
    public record Options(double lr, double beta1, double beta2, double eps, double weightDecay, boolean maximize)
            implements Optimizer.Options<Options> {
        /** Checks the ranges. */
        public Options {
            Values.checkMoments("Adamax", lr, beta1, beta2, eps, weightDecay);
        }

        @Override
        public Options lr(double value) {
            return new Options(value, beta1, beta2, eps, weightDecay, maximize);
        }

        /** These options with another beta1 and beta2. */
        public Options betas(double first, double second) {
            return new Options(lr, first, second, eps, weightDecay, maximize);
        }

        /** These options with another number added to the denominator. */
        public Options eps(double value) {
            return new Options(lr, beta1, beta2, value, weightDecay, maximize);
        }

        /** These options with another weight decay. */
        public Options weightDecay(double value) {
            return new Options(lr, beta1, beta2, eps, value, maximize);
        }

        /** These options going with or against the gradient. */
        public Options maximize(boolean value) {
            return new Options(lr, beta1, beta2, eps, weightDecay, value);
        }

        @Override
        public Map<String, Object> values() {
            Map<String, Object> out = Values.ofMoments(lr, beta1, beta2, eps, weightDecay);
            out.put("maximize", maximize);
            // Options of PyTorch that have one value here.
            out.put("foreach", null);
            out.put("differentiable", false);
            out.put("capturable", false);
            return out;
        }

        @Override
        public Options withValues(Map<String, ?> values) {
            return new Options(
                    Values.number(values, "lr", lr),
                    Values.pair(values, "betas", 0, beta1),
                    Values.pair(values, "betas", 1, beta2),
                    Values.number(values, "eps", eps),
                    Values.number(values, "weight_decay", weightDecay),
                    Values.flag(values, "maximize", maximize));
        }
    }

    /** Adamax with learning rate 0.002. */
    public Adamax(List<? extends Tensor> parameters) {
        this(parameters, LR);
    }

    /** Adamax with a learning rate. */
    public Adamax(List<? extends Tensor> parameters, double lr) {
        this(parameters, lr(lr));
    }

    /** Adamax with options. */
    public Adamax(List<? extends Tensor> parameters, Options options) {
        super(parameters, options);
    }

    /** Options with a learning rate and PyTorch's defaults for the rest. */
    public static Options lr(double lr) {
        return new Options(lr, 0.9, 0.999, 1e-8, 0, false);
    }

    @Override
    protected void update(Tensor parameter, Tensor grad, Options options, ParamState state) {
        long step = state.nextStep();
        double rate = options.lr() / (1 - Math.pow(options.beta1(), (double) step));
        double[] numbers = {
            options.weightDecay(), -rate, options.beta1(), 1 - options.beta1(), options.beta2(), options.eps()
        };
        int flags = Steps.flags(options.maximize(), options.weightDecay());
        Tensor mean = state.zeros("exp_avg", parameter);
        Tensor largest = state.zeros("exp_inf", parameter);
        Steps.run(StepRules.ADAMAX, flags, numbers, parameter, grad, mean, largest);
    }
}
