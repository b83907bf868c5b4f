package dev.lanewise.optim;

import dev.lanewise.Tensor;
import dev.lanewise.op.StepRules;
import dev.lanewise.op.Steps;
import java.util.List;
import java.util.Map;

/**
 * RAdam: Adam that waits with dividing by the root of the mean square until its variance can be estimated.
 *
 * <p>Source: Liu and others, On the Variance of the Adaptive Learning Rate and Beyond; PyTorch's {@code torch.optim.RAdam}.
 */
public final class RAdam extends Optimizer<RAdam.Options> {
    private static final double LR = 1e-3;

    /**
     * Options; immutable, each method gives a changed copy. Begin with {@link RAdam#lr}.
     *
     * @param lr learning rate, not negative
     * @param beta1 share of the former steps in the mean of the gradient, in [0, 1)
     * @param beta2 share of the former steps in the mean of its square, in [0, 1)
     * @param eps added to the denominator, not negative
     * @param weightDecay pulls parameters towards 0, not negative
     */
    public record Options(double lr, double beta1, double beta2, double eps, double weightDecay)
            implements Optimizer.Options<Options> {
        /** Checks the ranges. */
        public Options {
            Values.checkMoments("RAdam", lr, beta1, beta2, eps, weightDecay);
        }

        @Override
        public Options lr(double value) {
            return new Options(value, beta1, beta2, eps, weightDecay);
        }

        /** These options with another beta1 and beta2. */
        public Options betas(double first, double second) {
            return new Options(lr, first, second, eps, weightDecay);
        }

        /** These options with another number added to the denominator. */
        public Options eps(double value) {
            return new Options(lr, beta1, beta2, value, weightDecay);
        }

        /** These options with another weight decay. */
        public Options weightDecay(double value) {
            return new Options(lr, beta1, beta2, eps, value);
        }

        @Override
        public Map<String, Object> values() {
            Map<String, Object> out = Values.ofMoments(lr, beta1, beta2, eps, weightDecay);
            // Options of PyTorch that have one value here.
            out.put("foreach", null);
            out.put("differentiable", false);
            return out;
        }

        @Override
        public Options withValues(Map<String, ?> values) {
            return new Options(
                    Values.number(values, "lr", lr),
                    Values.pair(values, "betas", 0, beta1),
                    Values.pair(values, "betas", 1, beta2),
                    Values.number(values, "eps", eps),
                    Values.number(values, "weight_decay", weightDecay));
        }
    }

    /** RAdam with learning rate 0.001. */
    public RAdam(List<? extends Tensor> parameters) {
        this(parameters, LR);
    }

    /** RAdam with a learning rate. */
    public RAdam(List<? extends Tensor> parameters, double lr) {
        this(parameters, lr(lr));
    }

    /** RAdam with options. */
    public RAdam(List<? extends Tensor> parameters, Options options) {
        super(parameters, options);
    }

    /** Options with a learning rate and PyTorch's defaults for the rest. */
    public static Options lr(double lr) {
        return new Options(lr, 0.9, 0.999, 1e-8, 0);
    }

    @Override
    protected void update(Tensor parameter, Tensor grad, Options options, ParamState state) {
        long step = state.nextStep();
        double power = Math.pow(options.beta2(), (double) step);
        double longest = 2 / (1 - options.beta2()) - 1;
        double length = longest - 2 * step * power / (1 - power);
        boolean adaptive = length > 5;
        double[] numbers = {
            options.weightDecay(),
            options.lr(),
            options.beta1(),
            1 - options.beta1(),
            options.beta2(),
            1 - options.beta2(),
            1 - Math.pow(options.beta1(), (double) step),
            options.eps(),
            Math.sqrt(1 - power),
            adaptive ? Math.sqrt((length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length)) : 1
        };
        int flags = Steps.flags(false, options.weightDecay()) | (adaptive ? StepRules.ADAPTIVE : 0);
        Tensor mean = state.zeros("exp_avg", parameter);
        Tensor square = state.zeros("exp_avg_sq", parameter);
        Steps.run(StepRules.RADAM, flags, numbers, parameter, grad, mean, square);
    }
}
