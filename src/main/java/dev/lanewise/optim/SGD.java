package dev.lanewise.optim;

import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import dev.lanewise.op.StepRules;
import dev.lanewise.op.Steps;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Stochastic gradient descent, with momentum if wanted.
 *
 * <p>For each parameter p with gradient g: {@code g = g + weightDecay·p}; with momentum {@code b = momentum·b + (1 -
 * dampening)·g}, where b begins as the first g, and {@code g = b}, or {@code g = g + momentum·b} in Nesterov's form; then
 * {@code p = p - lr·g}. Source: PyTorch's {@code torch.optim.SGD}, in its order of operations.
 */
public final class SGD extends Optimizer<SGD.Options> {
    private static final String MOMENTUM_BUFFER = "momentum_buffer";

    /**
     * Options; immutable, each method gives a changed copy. Begin with {@link SGD#lr}.
     *
     * @param lr learning rate, not negative
     * @param momentum share of the former steps in a step, not negative
     * @param dampening reduces the share of the gradient in the momentum
     * @param weightDecay pulls parameters towards 0, not negative
     * @param nesterov true for Nesterov's momentum; needs momentum and no dampening
     * @param maximize true to go with the gradient instead of against it
     */
    public record Options(
            double lr, double momentum, double dampening, double weightDecay, boolean nesterov, boolean maximize)
            implements Optimizer.Options<Options> {
        /** Checks the ranges. */
        public Options {
            Values.notNegative("SGD", "learning rate", lr);
            Values.notNegative("SGD", "momentum", momentum);
            Values.notNegative("SGD", "weight decay", weightDecay);
        }

        @Override
        public Options lr(double value) {
            return new Options(value, momentum, dampening, weightDecay, nesterov, maximize);
        }

        /** These options with another momentum. */
        public Options momentum(double value) {
            return new Options(lr, value, dampening, weightDecay, nesterov, maximize);
        }

        /** These options with another dampening. */
        public Options dampening(double value) {
            return new Options(lr, momentum, value, weightDecay, nesterov, maximize);
        }

        /** These options with another weight decay. */
        public Options weightDecay(double value) {
            return new Options(lr, momentum, dampening, value, nesterov, maximize);
        }

        /** These options with or without Nesterov's momentum. */
        public Options nesterov(boolean value) {
            return new Options(lr, momentum, dampening, weightDecay, value, maximize);
        }

        /** These options going with or against the gradient. */
        public Options maximize(boolean value) {
            return new Options(lr, momentum, dampening, weightDecay, nesterov, value);
        }

        @Override
        public void validate() {
            if (nesterov && (momentum <= 0 || dampening != 0)) {
                throw Check.argument("SGD", "Nesterov's momentum needs a momentum and no dampening")
                        .got("momentum " + momentum + ", dampening " + dampening)
                        .error();
            }
        }

        @Override
        public Map<String, Object> values() {
            Map<String, Object> out = new LinkedHashMap<>();
            out.put("lr", lr);
            out.put("momentum", momentum);
            out.put("dampening", dampening);
            out.put("weight_decay", weightDecay);
            out.put("nesterov", nesterov);
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
                    Values.number(values, "momentum", momentum),
                    Values.number(values, "dampening", dampening),
                    Values.number(values, "weight_decay", weightDecay),
                    Values.flag(values, "nesterov", nesterov),
                    Values.flag(values, "maximize", maximize));
        }
    }

    /** Plain gradient descent. */
    public SGD(List<? extends Tensor> parameters, double lr) {
        this(parameters, lr(lr));
    }

    /** Gradient descent with options. */
    public SGD(List<? extends Tensor> parameters, Options options) {
        super(parameters, options);
    }

    /** Options with a learning rate and nothing else. */
    public static Options lr(double lr) {
        return new Options(lr, 0, 0, 0, false, false);
    }

    @Override
    protected void update(Tensor parameter, Tensor grad, Options options, ParamState state) {
        int flags = Steps.flags(options.maximize(), options.weightDecay());
        double momentum = options.momentum();
        if (momentum == 0) {
            Steps.run(StepRules.SGD, flags, new double[] {options.weightDecay(), -options.lr()}, parameter, grad);
            return;
        }
        boolean first = state.get(MOMENTUM_BUFFER) == null;
        Tensor buffer = state.zeros(MOMENTUM_BUFFER, parameter);
        // The first gradient goes into the buffer as it is.
        double[] numbers = {options.weightDecay(), -options.lr(), momentum, first ? 1 : 1 - options.dampening()};
        flags |= StepRules.HAS_MOMENTUM | (options.nesterov() ? StepRules.NESTEROV : 0);
        Steps.run(StepRules.SGD, flags, numbers, parameter, grad, buffer);
    }
}
