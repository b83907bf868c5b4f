package dev.lanewise.optim;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.op.StepRules;
import dev.lanewise.op.Steps;
import java.util.List;
import java.util.Map;

/**
 * NAdam: Adam with Nesterov's momentum.
 *
 * <p>{@code μ_t = β1·(1 - 0.96^(t·momentumDecay) / 2)}; the mean of the gradient takes part with {@code μ_(t+1) / (1 - Π
 * μ)}, the gradient itself with {@code (1 - μ_t) / (1 - Π μ)}. Source: Dozat, Incorporating Nesterov Momentum into Adam;
 * PyTorch's {@code torch.optim.NAdam}.
 */
public final class NAdam extends Optimizer<NAdam.Options> {
    private static final double LR = 2e-3;

    /**
     * Options; immutable, each method gives a changed copy. Begin with {@link NAdam#lr}.
     *
     * @param lr learning rate, not negative
     * @param beta1 share of the former steps in the mean of the gradient, in [0, 1)
     * @param beta2 share of the former steps in the mean of its square, in [0, 1)
     * @param eps added to the denominator, not negative
     * @param weightDecay pulls parameters towards 0, not negative
     * @param momentumDecay how fast the momentum reaches β1, not negative
     */
    public record Options(double lr, double beta1, double beta2, double eps, double weightDecay, double momentumDecay)
            implements Optimizer.Options<Options> {
        /** Checks the ranges. */
        public Options {
            Values.checkMoments("NAdam", lr, beta1, beta2, eps, weightDecay);
            Values.notNegative("NAdam", "momentum decay", momentumDecay);
        }

        @Override
        public Options lr(double value) {
            return new Options(value, beta1, beta2, eps, weightDecay, momentumDecay);
        }

        /** These options with another beta1 and beta2. */
        public Options betas(double first, double second) {
            return new Options(lr, first, second, eps, weightDecay, momentumDecay);
        }

        /** These options with another number added to the denominator. */
        public Options eps(double value) {
            return new Options(lr, beta1, beta2, value, weightDecay, momentumDecay);
        }

        /** These options with another weight decay. */
        public Options weightDecay(double value) {
            return new Options(lr, beta1, beta2, eps, value, momentumDecay);
        }

        /** These options with another momentum decay. */
        public Options momentumDecay(double value) {
            return new Options(lr, beta1, beta2, eps, weightDecay, value);
        }

        @Override
        public Map<String, Object> values() {
            Map<String, Object> out = Values.ofMoments(lr, beta1, beta2, eps, weightDecay);
            out.put("momentum_decay", momentumDecay);
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
                    Values.number(values, "momentum_decay", momentumDecay));
        }
    }

    /** NAdam with learning rate 0.002. */
    public NAdam(List<? extends Tensor> parameters) {
        this(parameters, LR);
    }

    /** NAdam with a learning rate. */
    public NAdam(List<? extends Tensor> parameters, double lr) {
        this(parameters, lr(lr));
    }

    /** NAdam with options. */
    public NAdam(List<? extends Tensor> parameters, Options options) {
        super(parameters, options);
    }

    /** Options with a learning rate and PyTorch's defaults for the rest. */
    public static Options lr(double lr) {
        return new Options(lr, 0.9, 0.999, 1e-8, 0, 4e-3);
    }

    @Override
    protected void update(Tensor parameter, Tensor grad, Options options, ParamState state) {
        long step = state.nextStep();
        Tensor mean = state.zeros("exp_avg", parameter);
        Tensor square = state.zeros("exp_avg_sq", parameter);
        Tensor product = state.get("mu_product");
        if (product == null) {
            product = state.put("mu_product", Tensor.scalar(DType.FLOAT32, 1));
        }
        double mu = momentum(options, step);
        double next = momentum(options, step + 1);
        double product1 = product.mul_(mu).item();
        double[] numbers = {
            options.weightDecay(),
            -options.lr() * (1 - mu) / (1 - product1),
            options.beta1(),
            1 - options.beta1(),
            options.beta2(),
            1 - options.beta2(),
            1 - Math.pow(options.beta2(), (double) step),
            options.eps(),
            // PyTorch 1.13 takes the current momentum into this product twice.
            -options.lr() * next / (1 - product1 * mu * next)
        };
        int flags = Steps.flags(false, options.weightDecay());
        Steps.run(StepRules.NADAM, flags, numbers, parameter, grad, mean, square);
    }

    private static double momentum(Options options, long step) {
        return options.beta1() * (1 - 0.5 * Math.pow(0.96, step * options.momentumDecay()));
    }
}
