package dev.lanewise.optim;

import dev.lanewise.Tensor;
import dev.lanewise.op.StepRules;
import dev.lanewise.op.Steps;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Adagrad: steps by the gradient divided by the root of the sum of all its squares.
 *
 * <p>{@code s = s + g²}; {@code p = p - lr / (1 + (t - 1)·lrDecay) · g / (√s + eps)}. Source: Duchi, Hazan, Singer, Adaptive
 * Subgradient Methods; PyTorch's {@code torch.optim.Adagrad}, in its order of operations.
 */
public final class Adagrad extends Optimizer<Adagrad.Options> {
    private static final double LR = 1e-2;

    /**
     * Options; immutable, each method gives a changed copy. Begin with {@link Adagrad#lr}.
     *
     * @param lr learning rate, not negative
     * @param lrDecay how fast the learning rate falls, not negative
     * @param eps added to the denominator, not negative
     * @param weightDecay pulls parameters towards 0, not negative
     * @param initialAccumulator what the sum begins with, not negative
     * @param maximize true to go with the gradient instead of against it
     */
    public record Options(
            double lr, double lrDecay, double eps, double weightDecay, double initialAccumulator, boolean maximize)
            implements Optimizer.Options<Options> {
        /** Checks the ranges. */
        public Options {
            Values.notNegative("Adagrad", "learning rate", lr);
            Values.notNegative("Adagrad", "learning rate decay", lrDecay);
            Values.notNegative("Adagrad", "eps", eps);
            Values.notNegative("Adagrad", "weight decay", weightDecay);
            Values.notNegative("Adagrad", "initial accumulator", initialAccumulator);
        }

        @Override
        public Options lr(double value) {
            return new Options(value, lrDecay, eps, weightDecay, initialAccumulator, maximize);
        }

        /** These options with another learning rate decay. */
        public Options lrDecay(double value) {
            return new Options(lr, value, eps, weightDecay, initialAccumulator, maximize);
        }

        /** These options with another number added to the denominator. */
        public Options eps(double value) {
            return new Options(lr, lrDecay, value, weightDecay, initialAccumulator, maximize);
        }

        /** These options with another weight decay. */
        public Options weightDecay(double value) {
            return new Options(lr, lrDecay, eps, value, initialAccumulator, maximize);
        }

        /** These options with another initial accumulator. */
        public Options initialAccumulator(double value) {
            return new Options(lr, lrDecay, eps, weightDecay, value, maximize);
        }

        /** These options going with or against the gradient. */
        public Options maximize(boolean value) {
            return new Options(lr, lrDecay, eps, weightDecay, initialAccumulator, value);
        }

        @Override
        public Map<String, Object> values() {
            Map<String, Object> out = new LinkedHashMap<>();
            out.put("lr", lr);
            out.put("lr_decay", lrDecay);
            out.put("eps", eps);
            out.put("weight_decay", weightDecay);
            out.put("initial_accumulator_value", initialAccumulator);
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
                    Values.number(values, "lr_decay", lrDecay),
                    Values.number(values, "eps", eps),
                    Values.number(values, "weight_decay", weightDecay),
                    Values.number(values, "initial_accumulator_value", initialAccumulator),
                    Values.flag(values, "maximize", maximize));
        }
    }

    /** Adagrad with learning rate 0.01. */
    public Adagrad(List<? extends Tensor> parameters) {
        this(parameters, LR);
    }

    /** Adagrad with a learning rate. */
    public Adagrad(List<? extends Tensor> parameters, double lr) {
        this(parameters, lr(lr));
    }

    /** Adagrad with options. */
    public Adagrad(List<? extends Tensor> parameters, Options options) {
        super(parameters, options);
    }

    /** Options with a learning rate and PyTorch's defaults for the rest. */
    public static Options lr(double lr) {
        return new Options(lr, 0, 1e-10, 0, 0, false);
    }

    @Override
    protected void update(Tensor parameter, Tensor grad, Options options, ParamState state) {
        long step = state.nextStep();
        Tensor sum = state.get("sum");
        if (sum == null) {
            sum = state.put("sum", Tensor.fullLike(parameter, options.initialAccumulator()));
        }
        double rate = options.lr() / (1 + (step - 1) * options.lrDecay());
        double[] numbers = {options.weightDecay(), -rate, options.eps()};
        int flags = Steps.flags(options.maximize(), options.weightDecay());
        Steps.run(StepRules.ADAGRAD, flags, numbers, parameter, grad, sum);
    }
}
