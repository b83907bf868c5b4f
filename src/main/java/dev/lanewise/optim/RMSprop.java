package dev.lanewise.optim;

import dev.lanewise.Tensor;
import dev.lanewise.op.StepRules;
import dev.lanewise.op.Steps;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * RMSprop: steps by the gradient divided by the root of the running mean of its square.
 *
 * <p>{@code v = alpha·v + (1 - alpha)·g²}; {@code p = p - lr·g / (√v + eps)}. Centred, v is lessened by the square of the
 * running mean of g; with momentum the quotients are collected in a buffer. Source: Hinton, lecture 6e of Neural Networks for
 * Machine Learning; PyTorch's {@code torch.optim.RMSprop}, in its order of operations.
 */
public final class RMSprop extends Optimizer<RMSprop.Options> {
    private static final double LR = 1e-2;

    /**
     * Options; immutable, each method gives a changed copy. Begin with {@link RMSprop#lr}.
     *
     * @param lr learning rate, not negative
     * @param alpha share of the former steps in the mean of the square, not negative
     * @param eps added to the denominator, not negative
     * @param weightDecay pulls parameters towards 0, not negative
     * @param momentum share of the former steps in a step, not negative
     * @param centered true to divide by the estimated deviation instead of the root of the mean square
     * @param maximize true to go with the gradient instead of against it
     */
    public record Options(
            double lr,
            double alpha,
            double eps,
            double weightDecay,
            double momentum,
            boolean centered,
            boolean maximize)
            implements Optimizer.Options<Options> {
        /** Checks the ranges. */
        public Options {
            Values.notNegative("RMSprop", "learning rate", lr);
            Values.notNegative("RMSprop", "alpha", alpha);
            Values.notNegative("RMSprop", "eps", eps);
            Values.notNegative("RMSprop", "weight decay", weightDecay);
            Values.notNegative("RMSprop", "momentum", momentum);
        }

        @Override
        public Options lr(double value) {
            return new Options(value, alpha, eps, weightDecay, momentum, centered, maximize);
        }

        /** These options with another alpha. */
        public Options alpha(double value) {
            return new Options(lr, value, eps, weightDecay, momentum, centered, maximize);
        }

        /** These options with another number added to the denominator. */
        public Options eps(double value) {
            return new Options(lr, alpha, value, weightDecay, momentum, centered, maximize);
        }

        /** These options with another weight decay. */
        public Options weightDecay(double value) {
            return new Options(lr, alpha, eps, value, momentum, centered, maximize);
        }

        /** These options with another momentum. */
        public Options momentum(double value) {
            return new Options(lr, alpha, eps, weightDecay, value, centered, maximize);
        }

        /** These options with or without centring. */
        public Options centered(boolean value) {
            return new Options(lr, alpha, eps, weightDecay, momentum, value, maximize);
        }

        /** These options going with or against the gradient. */
        public Options maximize(boolean value) {
            return new Options(lr, alpha, eps, weightDecay, momentum, centered, value);
        }

        @Override
        public Map<String, Object> values() {
            Map<String, Object> out = new LinkedHashMap<>();
            out.put("lr", lr);
            out.put("alpha", alpha);
            out.put("eps", eps);
            out.put("weight_decay", weightDecay);
            out.put("momentum", momentum);
            out.put("centered", centered);
            out.put("maximize", maximize);
            // Options of PyTorch that have one value here.
            out.put("foreach", null);
            out.put("differentiable", false);
            return out;
        }

        @Override
        public Options withValues(Map<String, ?> values) {
            return new Options(
                    Values.number(values, "lr", lr),
                    Values.number(values, "alpha", alpha),
                    Values.number(values, "eps", eps),
                    Values.number(values, "weight_decay", weightDecay),
                    Values.number(values, "momentum", momentum),
                    Values.flag(values, "centered", centered),
                    Values.flag(values, "maximize", maximize));
        }
    }

    /** RMSprop with learning rate 0.01. */
    public RMSprop(List<? extends Tensor> parameters) {
        this(parameters, LR);
    }

    /** RMSprop with a learning rate. */
    public RMSprop(List<? extends Tensor> parameters, double lr) {
        this(parameters, lr(lr));
    }

    /** RMSprop with options. */
    public RMSprop(List<? extends Tensor> parameters, Options options) {
        super(parameters, options);
    }

    /** Options with a learning rate and PyTorch's defaults for the rest. */
    public static Options lr(double lr) {
        return new Options(lr, 0.99, 1e-8, 0, 0, false, false);
    }

    @Override
    protected void update(Tensor parameter, Tensor grad, Options options, ParamState state) {
        boolean momentum = options.momentum() > 0;
        List<Tensor> states = new ArrayList<>();
        states.add(state.zeros("square_avg", parameter));
        if (momentum) {
            states.add(state.zeros("momentum_buffer", parameter));
        }
        if (options.centered()) {
            states.add(state.zeros("grad_avg", parameter));
        }
        double alpha = options.alpha();
        double[] numbers = {options.weightDecay(), -options.lr(), alpha, 1 - alpha, options.eps(), options.momentum()};
        int flags = Steps.flags(options.maximize(), options.weightDecay())
                | (momentum ? StepRules.HAS_MOMENTUM : 0)
                | (options.centered() ? StepRules.CENTERED : 0);
        Steps.run(StepRules.RMSPROP, flags, numbers, parameter, grad, states.toArray(Tensor[]::new));
        state.nextStep();
    }
}
