package dev.lanewise.optim;

import dev.lanewise.Tensor;
import dev.lanewise.op.StepRules;
import dev.lanewise.op.Steps;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Adadelta: steps by the gradient, scaled by the ratio of the running means of the squares of steps and gradients.
 *
 * <p>{@code v = rho·v + (1 - rho)·g²}; {@code d = g · √(u + eps) / √(v + eps)}; {@code u = rho·u + (1 - rho)·d²}; {@code p = p -
 * lr·d}. Source: Zeiler, ADADELTA: An Adaptive Learning Rate Method; PyTorch's {@code torch.optim.Adadelta}.
 */
public final class Adadelta extends Optimizer<Adadelta.Options> {
    private static final double LR = 1.0;

    /**
     * Options; immutable, each method gives a changed copy. Begin with {@link Adadelta#lr}.
     *
     * @param lr learning rate, not negative
     * @param rho share of the former steps in the means, in [0, 1)
     * @param eps added to the denominator, not negative
     * @param weightDecay pulls parameters towards 0, not negative
     * @param maximize true to go with the gradient instead of against it
     */
    public record Options(double lr, double rho, double eps, double weightDecay, boolean maximize)
            implements Optimizer.Options<Options> {
        /** Checks the ranges. */
        public Options {
            Values.notNegative("Adadelta", "learning rate", lr);
            Values.fraction("Adadelta", "rho", rho);
            Values.notNegative("Adadelta", "eps", eps);
            Values.notNegative("Adadelta", "weight decay", weightDecay);
        }

        @Override
        public Options lr(double value) {
            return new Options(value, rho, eps, weightDecay, maximize);
        }

        /** These options with another rho. */
        public Options rho(double value) {
            return new Options(lr, value, eps, weightDecay, maximize);
        }

        /** These options with another number added to the denominator. */
        public Options eps(double value) {
            return new Options(lr, rho, value, weightDecay, maximize);
        }

        /** These options with another weight decay. */
        public Options weightDecay(double value) {
            return new Options(lr, rho, eps, value, maximize);
        }

        /** These options going with or against the gradient. */
        public Options maximize(boolean value) {
            return new Options(lr, rho, eps, weightDecay, value);
        }

        @Override
        public Map<String, Object> values() {
            Map<String, Object> out = new LinkedHashMap<>();
            out.put("lr", lr);
            out.put("rho", rho);
            out.put("eps", eps);
            out.put("weight_decay", weightDecay);
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
                    Values.number(values, "rho", rho),
                    Values.number(values, "eps", eps),
                    Values.number(values, "weight_decay", weightDecay),
                    Values.flag(values, "maximize", maximize));
        }
    }

    /** Adadelta with learning rate 1.0. */
    public Adadelta(List<? extends Tensor> parameters) {
        this(parameters, LR);
    }

    /** Adadelta with a learning rate. */
    public Adadelta(List<? extends Tensor> parameters, double lr) {
        this(parameters, lr(lr));
    }

    /** Adadelta with options. */
    public Adadelta(List<? extends Tensor> parameters, Options options) {
        super(parameters, options);
    }

    /** Options with a learning rate and PyTorch's defaults for the rest. */
    public static Options lr(double lr) {
        return new Options(lr, 0.9, 1e-6, 0, false);
    }

    @Override
    protected void update(Tensor parameter, Tensor grad, Options options, ParamState state) {
        double rho = options.rho();
        double[] numbers = {options.weightDecay(), -options.lr(), rho, 1 - rho, options.eps()};
        int flags = Steps.flags(options.maximize(), options.weightDecay());
        Tensor square = state.zeros("square_avg", parameter);
        Tensor steps = state.zeros("acc_delta", parameter);
        Steps.run(StepRules.ADADELTA, flags, numbers, parameter, grad, square, steps);
        state.nextStep();
    }
}
