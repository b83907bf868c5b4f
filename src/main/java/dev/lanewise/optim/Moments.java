package dev.lanewise.optim;

import dev.lanewise.Tensor;

/** The step that {@link Adam} and {@link AdamW} share. */
final class Moments {
    private Moments() {}

    static void step(Tensor parameter, Tensor grad, AdamOptions options, ParamState state) {
        long step = state.nextStep();
        Tensor mean = state.zeros("exp_avg", parameter);
        Tensor square = state.zeros("exp_avg_sq", parameter);
        mean.mul_(options.beta1()).add_(grad, 1 - options.beta1());
        square.mul_(options.beta2()).add_(grad.square(), 1 - options.beta2());
        Tensor bound = square;
        if (options.amsgrad()) {
            Tensor largest = state.zeros("max_exp_avg_sq", parameter);
            bound = largest.copy_(largest.maximum(square));
        }
        double correction1 = 1 - Math.pow(options.beta1(), (double) step);
        double correction2 = Math.sqrt(1 - Math.pow(options.beta2(), (double) step));
        Tensor denominator = bound.sqrt().div_(correction2).add_(options.eps());
        parameter.add_(mean.mul(-(options.lr() / correction1)).div_(denominator));
    }
}
