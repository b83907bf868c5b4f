package dev.lanewise.optim;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.op.StepRules;
import dev.lanewise.op.Steps;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Averaged stochastic gradient descent: the mean of the parameters over the later steps is kept beside them, under {@code ax}.
 *
 * <p>{@code p = (1 - λ·η)·p - η·g}; {@code η = lr / (1 + λ·lr·t)^alpha}; {@code ax = ax + μ·(p - ax)} with {@code μ = 1 /
 * max(1, t - t0)}. Source: Polyak and Juditsky, Acceleration of Stochastic Approximation by Averaging; PyTorch's
 * {@code torch.optim.ASGD}.
 */
public final class ASGD extends Optimizer<ASGD.Options> {
    private static final double LR = 1e-2;

    /**
     * Options; immutable, each method gives a changed copy. Begin with {@link ASGD#lr}.
     *
     * @param lr learning rate, not negative
     * @param lambd decay of the parameters, not negative
     * @param alpha power by which the rate falls, not negative
     * @param t0 step from which on the parameters are averaged, not negative
     * @param weightDecay pulls parameters towards 0, not negative
     * @param maximize true to go with the gradient instead of against it
     */
    public record Options(double lr, double lambd, double alpha, double t0, double weightDecay, boolean maximize)
            implements Optimizer.Options<Options> {
        /** Checks the ranges. */
        public Options {
            Values.notNegative("ASGD", "learning rate", lr);
            Values.notNegative("ASGD", "lambd", lambd);
            Values.notNegative("ASGD", "alpha", alpha);
            Values.notNegative("ASGD", "t0", t0);
            Values.notNegative("ASGD", "weight decay", weightDecay);
        }

        @Override
        public Options lr(double value) {
            return new Options(value, lambd, alpha, t0, weightDecay, maximize);
        }

        /** These options with another lambd. */
        public Options lambd(double value) {
            return new Options(lr, value, alpha, t0, weightDecay, maximize);
        }

        /** These options with another alpha. */
        public Options alpha(double value) {
            return new Options(lr, lambd, value, t0, weightDecay, maximize);
        }

        /** These options with another t0. */
        public Options t0(double value) {
            return new Options(lr, lambd, alpha, value, weightDecay, maximize);
        }

        /** These options with another weight decay. */
        public Options weightDecay(double value) {
            return new Options(lr, lambd, alpha, t0, value, maximize);
        }

        /** These options going with or against the gradient. */
        public Options maximize(boolean value) {
            return new Options(lr, lambd, alpha, t0, weightDecay, value);
        }

        @Override
        public Map<String, Object> values() {
            Map<String, Object> out = new LinkedHashMap<>();
            out.put("lr", lr);
            out.put("lambd", lambd);
            out.put("alpha", alpha);
            out.put("t0", t0);
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
                    Values.number(values, "lambd", lambd),
                    Values.number(values, "alpha", alpha),
                    Values.number(values, "t0", t0),
                    Values.number(values, "weight_decay", weightDecay),
                    Values.flag(values, "maximize", maximize));
        }
    }

    /** ASGD with learning rate 0.01. */
    public ASGD(List<? extends Tensor> parameters) {
        this(parameters, LR);
    }

    /** ASGD with a learning rate. */
    public ASGD(List<? extends Tensor> parameters, double lr) {
        this(parameters, lr(lr));
    }

    /** ASGD with options. */
    public ASGD(List<? extends Tensor> parameters, Options options) {
        super(parameters, options);
    }

    /** Options with a learning rate and PyTorch's defaults for the rest. */
    public static Options lr(double lr) {
        return new Options(lr, 1e-4, 0.75, 1e6, 0, false);
    }

    @Override
    protected void update(Tensor parameter, Tensor grad, Options options, ParamState state) {
        Tensor eta = state.get("eta");
        Tensor mu = state.get("mu");
        if (eta == null) {
            eta = state.put("eta", Tensor.scalar(DType.FLOAT32, options.lr()));
            mu = state.put("mu", Tensor.scalar(DType.FLOAT32, 1));
        }
        Tensor average = state.zeros("ax", parameter);
        long step = state.nextStep();
        double share = mu.item();
        double[] numbers = {options.weightDecay(), -eta.item(), 1 - options.lambd() * eta.item(), share};
        int flags = Steps.flags(options.maximize(), options.weightDecay()) | (share == 1 ? 0 : StepRules.AVERAGES);
        Steps.run(StepRules.ASGD, flags, numbers, parameter, grad, average);
        eta.fill_(options.lr() / Math.pow(1 + options.lambd() * options.lr() * step, options.alpha()));
        mu.fill_(1 / Math.max(1, step - options.t0()));
    }
}
