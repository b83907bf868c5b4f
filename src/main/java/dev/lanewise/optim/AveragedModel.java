package dev.lanewise.optim;

import dev.lanewise.DType;
import dev.lanewise.GradMode;
import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import dev.lanewise.nn.Module;
import java.util.ArrayList;
import java.util.List;

/**
 * A model whose parameters are averages of another model's over the course of its training.
 *
 * <pre>{@code
 * var average = new AveragedModel(model, new Net());
 * for (...) {
 *     optimizer.step();
 *     average.updateParameters(model);
 * }
 * Utils.updateBatchNorm(loader, average);
 * }</pre>
 *
 * <p>Its state has the averages under {@code module} and the number of updates under {@code n_averaged}. Source: PyTorch's
 * {@code torch.optim.swa_utils.AveragedModel}; P. Izmailov et al., "Averaging weights leads to wider optima", 2018.
 */
public final class AveragedModel extends Module {
    private static final String COUNT = "n_averaged";

    private final Module module;
    private final Average average;
    private final boolean useBuffers;

    /** How an average takes in a new value. */
    @FunctionalInterface
    public interface Average {
        /**
         * The next average, of the shape of both.
         *
         * @param average the average so far, not to be changed
         * @param value the model's value, not to be changed
         * @param count how many values the average is of, at least 1
         */
        Tensor next(Tensor average, Tensor value, long count);

        /** The mean of all values: {@code a + (x - a) / (count + 1)}. */
        static Average mean() {
            return (average, value, count) -> average.add(value.sub(average).div(count + 1));
        }

        /** The exponential moving average: {@code decay · a + (1 - decay) · x}. */
        static Average exponential(double decay) {
            if (!(decay >= 0 && decay <= 1)) {
                throw Check.argument("AveragedModel", "the decay must be between 0 and 1")
                        .got(decay)
                        .error();
            }
            return (average, value, count) -> average.mul(decay).add(value, 1 - decay);
        }
    }

    /** The mean of a model's parameters; the buffers stay as they are at first. */
    public AveragedModel(Module model, Module copy) {
        this(model, copy, Average.mean(), false);
    }

    /**
     * An average of a model's parameters, that begins with the model's values.
     *
     * @param copy another module made like the model, which becomes the average
     * @param useBuffers true to average the buffers too
     */
    public AveragedModel(Module model, Module copy, Average average, boolean useBuffers) {
        if (copy == model) {
            throw Check.argument("AveragedModel", "the copy must be another module than the model")
                    .error();
        }
        copy.loadStateDict(model.stateDict());
        this.average = average;
        this.useBuffers = useBuffers;
        registerBuffer(COUNT, Tensor.zeros(DType.INT64));
        module = register("module", copy);
    }

    /** The average as a model of its own. */
    public Module module() {
        return module;
    }

    @Override
    public Tensor forward(Tensor input) {
        return module.forward(input);
    }

    /** Takes the values of a model into the average; the first ones replace it. Changes this in place. */
    public void updateParameters(Module model) {
        List<Tensor> own = values(module);
        List<Tensor> given = values(model);
        if (own.size() != given.size()) {
            throw Check.argument("updateParameters", "the model must have as many parameters as the average")
                    .expected(own.size())
                    .got(given.size())
                    .error();
        }
        long count = buffer(COUNT).itemLong();
        GradMode.noGrad(() -> {
            for (int i = 0; i < own.size(); i++) {
                Tensor value = given.get(i).detach();
                own.get(i).copy_(count == 0 ? value : average.next(own.get(i).detach(), value, count));
            }
            buffer(COUNT).add_(1);
        });
    }

    private List<Tensor> values(Module model) {
        List<Tensor> values = new ArrayList<>(model.parameters());
        if (useBuffers) {
            values.addAll(model.buffers());
        }
        return values;
    }
}
