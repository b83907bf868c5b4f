package dev.lanewise.optim;

import dev.lanewise.Tensor;
import java.util.List;

/**
 * Parameters that an optimizer treats alike.
 *
 * @param <O> the optimizer's options
 */
public final class ParamGroup<O extends Optimizer.Options<O>> {
    private final List<Tensor> parameters;
    private O options;
    private double initialLr = Double.NaN;

    ParamGroup(List<Tensor> parameters, O options) {
        this.parameters = parameters;
        this.options = options;
    }

    /** The parameters, not to be changed. */
    public List<Tensor> parameters() {
        return parameters;
    }

    /** The options of the next step. */
    public O options() {
        return options;
    }

    /** Replaces the options from the next step on. */
    public void setOptions(O options) {
        options.validate();
        this.options = options;
    }

    /** The learning rate of the next step. */
    public double lr() {
        return options.lr();
    }

    /** Replaces the learning rate from the next step on. */
    public void setLr(double lr) {
        setOptions(options.lr(lr));
    }

    /** Keeps the current rate as the initial one, unless that was done before. */
    void keepInitialLr() {
        if (Double.isNaN(initialLr)) {
            initialLr = options.lr();
        }
    }

    void setInitialLr(double lr) {
        initialLr = lr;
    }

    double initialLr() {
        return initialLr;
    }
}
