package dev.lanewise.optim;

import java.util.LinkedHashMap;
import java.util.List;
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
        Values.notNegative("Adam", "learning rate", lr);
        Values.fraction("Adam", "beta1", beta1);
        Values.fraction("Adam", "beta2", beta2);
        Values.notNegative("Adam", "eps", eps);
        Values.notNegative("Adam", "weight decay", weightDecay);
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
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("lr", lr);
        out.put("betas", List.of(beta1, beta2));
        out.put("eps", eps);
        out.put("weight_decay", weightDecay);
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
        double first = beta1;
        double second = beta2;
        if (values.get("betas") instanceof List<?> betas
                && betas.size() == 2
                && betas.get(0) instanceof Number a
                && betas.get(1) instanceof Number b) {
            first = a.doubleValue();
            second = b.doubleValue();
        }
        return new AdamOptions(
                Values.number(values, "lr", lr),
                first,
                second,
                Values.number(values, "eps", eps),
                Values.number(values, "weight_decay", weightDecay),
                Values.flag(values, "amsgrad", amsgrad),
                Values.flag(values, "maximize", maximize));
    }
}
