package dev.lanewise.optim;

import dev.lanewise.Tensor;
import dev.lanewise.op.StepRules;
import dev.lanewise.op.Steps;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lion: steps of one size by the sign of a mixture of the gradient and its running mean.
 *
 * <p>{@code p = (1 - lr·weightDecay)·p - lr·sign(β1·m + (1 - β1)·g)}; {@code m = β2·m + (1 - β2)·g}. Source: Chen and others,
 * Symbolic Discovery of Optimization Algorithms.
 */
public final class Lion extends Optimizer<Lion.Options> {
    private static final double LR = 1e-4;

    /**
     * Options; immutable, each method gives a changed copy. Begin with {@link Lion#lr}.
     *
     * @param lr learning rate, not negative
     * @param beta1 share of the running mean in the direction, in [0, 1)
     * @param beta2 share of the former steps in the running mean, in [0, 1)
     * @param weightDecay pulls parameters towards 0, not negative
     * @param maximize true to go with the gradient instead of against it
     */
    public record Options(double lr, double beta1, double beta2, double weightDecay, boolean maximize)
            implements Optimizer.Options<Options> {
        /** Checks the ranges. */
        public Options {
            Values.notNegative("Lion", "learning rate", lr);
            Values.fraction("Lion", "beta1", beta1);
            Values.fraction("Lion", "beta2", beta2);
            Values.notNegative("Lion", "weight decay", weightDecay);
        }

        @Override
        public Options lr(double value) {
            return new Options(value, beta1, beta2, weightDecay, maximize);
        }

        /** These options with another beta1 and beta2. */
        public Options betas(double first, double second) {
            return new Options(lr, first, second, weightDecay, maximize);
        }

        /** These options with another weight decay. */
        public Options weightDecay(double value) {
            return new Options(lr, beta1, beta2, value, maximize);
        }

        /** These options going with or against the gradient. */
        public Options maximize(boolean value) {
            return new Options(lr, beta1, beta2, weightDecay, value);
        }

        @Override
        public Map<String, Object> values() {
            Map<String, Object> out = new LinkedHashMap<>();
            out.put("lr", lr);
            out.put("betas", List.of(beta1, beta2));
            out.put("weight_decay", weightDecay);
            out.put("maximize", maximize);
            return out;
        }

        @Override
        public Options withValues(Map<String, ?> values) {
            return new Options(
                    Values.number(values, "lr", lr),
                    Values.pair(values, "betas", 0, beta1),
                    Values.pair(values, "betas", 1, beta2),
                    Values.number(values, "weight_decay", weightDecay),
                    Values.flag(values, "maximize", maximize));
        }
    }

    /** Lion with learning rate 0.0001. */
    public Lion(List<? extends Tensor> parameters) {
        this(parameters, LR);
    }

    /** Lion with a learning rate. */
    public Lion(List<? extends Tensor> parameters, double lr) {
        this(parameters, lr(lr));
    }

    /** Lion with options. */
    public Lion(List<? extends Tensor> parameters, Options options) {
        super(parameters, options);
    }

    /** Options with a learning rate and PyTorch's defaults for the rest. */
    public static Options lr(double lr) {
        return new Options(lr, 0.9, 0.99, 0, false);
    }

    @Override
    protected void update(Tensor parameter, Tensor grad, Options options, ParamState state) {
        double[] numbers = {
            0,
            -options.lr(),
            options.beta1(),
            1 - options.beta1(),
            options.beta2(),
            1 - options.beta2(),
            1 - options.lr() * options.weightDecay(),
            1,
            0,
            -1
        };
        int flags = Steps.flags(options.maximize(), 0);
        Steps.run(StepRules.LION, flags, numbers, parameter, grad, state.zeros("exp_avg", parameter));
        state.nextStep();
    }
}
