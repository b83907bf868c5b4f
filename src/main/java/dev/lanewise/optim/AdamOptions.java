package dev.lanewise.optim;

import java.util.Map;

/**
 * Options of {@link Adam} and {@link AdamW}; immutable, each method gives a changed copy. Begin with {@link Adam#lr} or
 * {@link AdamW#lr}, which differ in the weight decay.
 *
 * @param lr learning rate, not negative
 * @param beta1 share of the former steps in the mean of the gradient, in [0, 1)
 * @param beta2 share of the former steps in the mean of its square, in [0, 1)
 * @param eps added to the denominator, not negative
 * @param weightDecay pulls parameters towards 0, not negative
 * @param amsgrad true to divide by the largest mean of the square so far
 * @param maximize true to go with the gradient instead of against it
 */
public record AdamOptions(
        double lr, double beta1, double beta2, double eps, double weightDecay, boolean amsgrad, boolean maximize)
        implements Optimizer.Options<AdamOptions> {
    /** Checks the ranges. */
    public AdamOptions {
        Values.checkMoments("Adam", lr, beta1, beta2, eps, weightDecay);
    }

    @Override
    public AdamOptions lr(double value) {
        return new AdamOptions(value, beta1, beta2, eps, weightDecay, amsgrad, maximize);
    }

    /** These options with other shares of the former steps. */
    public AdamOptions betas(double first, double second) {
        return new AdamOptions(lr, first, second, eps, weightDecay, amsgrad, maximize);
    }

    /** These options with another number added to the denominator. */
    public AdamOptions eps(double value) {
        return new AdamOptions(lr, beta1, beta2, value, weightDecay, amsgrad, maximize);
    }

    /** These options with another weight decay. */
    public AdamOptions weightDecay(double value) {
        return new AdamOptions(lr, beta1, beta2, eps, value, amsgrad, maximize);
    }

    /** These options with or without AMSGrad. */
    public AdamOptions amsgrad(boolean value) {
        return new AdamOptions(lr, beta1, beta2, eps, weightDecay, value, maximize);
    }

    /** These options going with or against the gradient. */
    public AdamOptions maximize(boolean value) {
        return new AdamOptions(lr, beta1, beta2, eps, weightDecay, amsgrad, value);
    }

    @Override
    public Map<String, Object> values() {
        Map<String, Object> out = Values.ofMoments(lr, beta1, beta2, eps, weightDecay);
        out.put("amsgrad", amsgrad);
        out.put("maximize", maximize);
        // Options of PyTorch that have one value here.
        out.put("foreach", null);
        out.put("capturable", false);
        out.put("differentiable", false);
        out.put("fused", false);
        return out;
    }

    @Override
    public AdamOptions withValues(Map<String, ?> values) {
        return new AdamOptions(
                Values.number(values, "lr", lr),
                Values.pair(values, "betas", 0, beta1),
                Values.pair(values, "betas", 1, beta2),
                Values.number(values, "eps", eps),
                Values.number(values, "weight_decay", weightDecay),
                Values.flag(values, "amsgrad", amsgrad),
                Values.flag(values, "maximize", maximize));
    }
}
