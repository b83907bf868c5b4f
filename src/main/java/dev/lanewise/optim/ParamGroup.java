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
}
