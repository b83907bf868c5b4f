package dev.lanewise.optim;

import dev.lanewise.Tensor;
import dev.lanewise.op.StepRules;
import dev.lanewise.op.Steps;

/** The step that {@link Adam} and {@link AdamW} share. */
final class Moments {
    private Moments() {}

    /**
     * Steps a parameter.
     *
     * @param apart true if the weight decay multiplies the parameter instead of adding to the gradient
     */
    static void step(Tensor parameter, Tensor grad, AdamOptions options, boolean apart, ParamState state) {
        long step = state.nextStep();
        double decay = apart ? 0 : options.weightDecay();
        double correction1 = 1 - Math.pow(options.beta1(), (double) step);
        double[] numbers = {
            decay,
            -(options.lr() / correction1),
            options.beta1(),
            1 - options.beta1(),
            options.beta2(),
            1 - options.beta2(),
            Math.sqrt(1 - Math.pow(options.beta2(), (double) step)),
            options.eps(),
            1 - options.lr() * options.weightDecay()
        };
        int flags = Steps.flags(options.maximize(), decay) | (apart ? StepRules.SHRINKS : 0);
        Tensor mean = state.zeros("exp_avg", parameter);
        Tensor square = state.zeros("exp_avg_sq", parameter);
        if (options.amsgrad()) {
            Tensor largest = state.zeros("max_exp_avg_sq", parameter);
            Steps.run(StepRules.ADAM, flags | StepRules.AMSGRAD, numbers, parameter, grad, mean, square, largest);
        } else {
            Steps.run(StepRules.ADAM, flags, numbers, parameter, grad, mean, square);
        }
    }
}
