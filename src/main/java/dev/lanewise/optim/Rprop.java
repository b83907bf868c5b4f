package dev.lanewise.optim;

import dev.lanewise.Tensor;
import dev.lanewise.op.StepRules;
import dev.lanewise.op.Steps;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rprop: every element has a step size of its own, which grows while its gradient keeps its sign and shrinks when it changes;
 * how large the gradient is does not matter. For whole batches.
 *
 * <p>Source: Riedmiller and Braun, A Direct Adaptive Method for Faster Backpropagation Learning; PyTorch's
 * {@code torch.optim.Rprop}.
 */
public final class Rprop extends Optimizer<Rprop.Options> {
    private static final double LR = 1e-2;

    /**
     * Options; immutable, each method gives a changed copy. Begin with {@link Rprop#lr}.
     *
     * @param lr learning rate, not negative
     * @param etaMinus factor of a step size when the sign changed, in [0, 1)
     * @param etaPlus factor of a step size when the sign stayed
     * @param smallest lower bound of the step sizes
     * @param largest upper bound of the step sizes
     * @param maximize true to go with the gradient instead of against it
     */
    public record Options(double lr, double etaMinus, double etaPlus, double smallest, double largest, boolean maximize)
            implements Optimizer.Options<Options> {
        /** Checks the ranges. */
        public Options {
            Values.notNegative("Rprop", "learning rate", lr);
            Values.fraction("Rprop", "eta minus", etaMinus);
            Values.notNegative("Rprop", "eta plus", etaPlus);
            Values.notNegative("Rprop", "smallest step size", smallest);
            Values.notNegative("Rprop", "largest step size", largest);
        }

        @Override
        public Options lr(double value) {
            return new Options(value, etaMinus, etaPlus, smallest, largest, maximize);
        }

        /** These options with another etaMinus and etaPlus. */
        public Options etas(double first, double second) {
            return new Options(lr, first, second, smallest, largest, maximize);
        }

        /** These options with another smallest and largest. */
        public Options stepSizes(double first, double second) {
            return new Options(lr, etaMinus, etaPlus, first, second, maximize);
        }

        /** These options going with or against the gradient. */
        public Options maximize(boolean value) {
            return new Options(lr, etaMinus, etaPlus, smallest, largest, value);
        }

        @Override
        public Map<String, Object> values() {
            Map<String, Object> out = new LinkedHashMap<>();
            out.put("lr", lr);
            out.put("etas", List.of(etaMinus, etaPlus));
            out.put("step_sizes", List.of(smallest, largest));
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
                    Values.pair(values, "etas", 0, etaMinus),
                    Values.pair(values, "etas", 1, etaPlus),
                    Values.pair(values, "step_sizes", 0, smallest),
                    Values.pair(values, "step_sizes", 1, largest),
                    Values.flag(values, "maximize", maximize));
        }
    }

    /** Rprop with learning rate 0.01. */
    public Rprop(List<? extends Tensor> parameters) {
        this(parameters, LR);
    }

    /** Rprop with a learning rate. */
    public Rprop(List<? extends Tensor> parameters, double lr) {
        this(parameters, lr(lr));
    }

    /** Rprop with options. */
    public Rprop(List<? extends Tensor> parameters, Options options) {
        super(parameters, options);
    }

    /** Options with a learning rate and PyTorch's defaults for the rest. */
    public static Options lr(double lr) {
        return new Options(lr, 0.5, 1.2, 1e-6, 50, false);
    }

    @Override
    protected void update(Tensor parameter, Tensor grad, Options options, ParamState state) {
        Tensor former = state.zeros("prev", parameter);
        Tensor sizes = state.get("step_size");
        if (sizes == null) {
            sizes = state.put("step_size", Tensor.fullLike(parameter, options.lr()));
        }
        state.nextStep();
        double[] numbers = {0, options.etaMinus(), options.etaPlus(), options.smallest(), options.largest(), 1, 0, -1};
        int flags = Steps.flags(options.maximize(), 0);
        Steps.run(StepRules.RPROP, flags, numbers, parameter, grad, former, sizes);
    }
}
