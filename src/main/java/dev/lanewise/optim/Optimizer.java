package dev.lanewise.optim;

import dev.lanewise.GradMode;
import dev.lanewise.Scope;
import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Changes parameters against their gradients, step by step.
 *
 * <pre>{@code
 * var optimizer = new SGD(model.parameters(), 1e-2);
 * for (Tensor[] batch : loader) {
 *     Tensor loss = criterion.forward(model.forward(batch[0]), batch[1]);
 *     optimizer.zeroGrad();
 *     loss.backward();
 *     optimizer.step();
 * }
 * }</pre>
 *
 * <p>What an optimizer remembers between steps is made at a parameter's first step and belongs to no scope. Parameters
 * without gradient are left alone. Source: PyTorch's {@code torch.optim.Optimizer}.
 *
 * @param <O> the options, of each group of parameters
 */
public abstract class Optimizer<O extends Optimizer.Options<O>> {
    private final List<ParamGroup<O>> groups = new ArrayList<>();
    private final IdentityHashMap<Tensor, ParamState> states = new IdentityHashMap<>();

    /**
     * What a group of parameters is stepped with; immutable.
     *
     * @param <O> the record itself
     */
    public interface Options<O extends Options<O>> {
        /** The learning rate. */
        double lr();

        /** These options with another learning rate. */
        O lr(double value);

        /** Throws IllegalArgumentException if the options do not go together. */
        default void validate() {}

        /** The options under PyTorch's names, in PyTorch's order. */
        Map<String, Object> values();

        /** These options with the values of a map under PyTorch's names; names it lacks stay, unknown ones are skipped. */
        O withValues(Map<String, ?> values);
    }

    /** An optimizer of one group of parameters; more are added with {@link #addGroup}. */
    protected Optimizer(List<? extends Tensor> parameters, O options) {
        insert(parameters, options);
    }

    /** Adds parameters with options of their own; each must be a leaf and in no other group. */
    public final void addGroup(List<? extends Tensor> parameters, O options) {
        insert(parameters, options);
    }

    private void insert(List<? extends Tensor> parameters, O options) {
        options.validate();
        if (parameters.isEmpty()) {
            throw Check.argument(name(), "a group must have at least one parameter")
                    .got(0)
                    .error();
        }
        Set<Tensor> known = Collections.newSetFromMap(new IdentityHashMap<>());
        groups.forEach(group -> known.addAll(group.parameters()));
        for (Tensor parameter : parameters) {
            if (!parameter.isLeaf()) {
                throw Check.argument(name(), "every parameter must be a leaf")
                        .got(parameter.gradFn())
                        .operand(
                                "parameter",
                                parameter.dtype(),
                                parameter.shape().toArray())
                        .hint("Use detach().requiresGrad_(), or optimize what it was made from.")
                        .error();
            }
            if (!known.add(parameter)) {
                throw Check.argument(name(), "every parameter must be given once")
                        .operand(
                                "parameter",
                                parameter.dtype(),
                                parameter.shape().toArray())
                        .error();
            }
        }
        groups.add(new ParamGroup<>(List.copyOf(parameters), options));
    }

    /** The groups of parameters, in the order in which they were added; not to be changed. */
    public final List<ParamGroup<O>> groups() {
        return Collections.unmodifiableList(groups);
    }

    /** Sets all gradients that there are to zero; the next backward pass adds to the same memory. */
    public final void zeroGrad() {
        zeroGrad(false);
    }

    /** Clears all gradients ({@code setToNone}), or sets those that there are to zero. */
    public final void zeroGrad(boolean setToNone) {
        for (ParamGroup<O> group : groups) {
            for (Tensor parameter : group.parameters()) {
                if (setToNone) {
                    parameter.setGrad(null);
                } else {
                    parameter.zeroGrad();
                }
            }
        }
    }

    /** Changes every parameter that has a gradient, in place and outside the graph. */
    public final void step() {
        try (var mode = GradMode.off();
                Scope scope = Scope.open("optimizer step")) {
            for (ParamGroup<O> group : groups) {
                for (Tensor parameter : group.parameters()) {
                    Tensor grad = parameter.grad();
                    if (grad != null) {
                        update(
                                parameter,
                                grad,
                                group.options(),
                                states.computeIfAbsent(parameter, p -> new ParamState()));
                    }
                }
            }
        }
    }

    /** Computes the loss with gradients recorded, then steps. The closure clears the gradients and calls backward. */
    public Tensor step(Supplier<Tensor> closure) {
        Tensor loss;
        try (var mode = GradMode.on()) {
            loss = closure.get();
        }
        step();
        return loss;
    }

    /** Changes one parameter in place; called outside the graph, inside a scope that frees what is not in the state. */
    protected abstract void update(Tensor parameter, Tensor grad, O options, ParamState state);

    // ------------------------------------------------------------------ state

    /**
     * What is needed to go on later, in the form of PyTorch's {@code state_dict()}: under {@code state} what is remembered
     * of each parameter by its number, under {@code param_groups} the options and the numbers of the parameters.
     *
     * <p>The tensors share memory with the optimizer.
     */
    public final Map<String, Object> stateDict() {
        return OptimizerState.save(groups, states);
    }

    /**
     * Takes over what {@link #stateDict()} gave; tensors are copied and converted to the dtype of the parameters.
     *
     * <p>There must be as many groups with as many parameters each; on an error nothing was loaded.
     */
    public final void loadStateDict(Map<String, ?> stateDict) {
        OptimizerState.load(name(), groups, states, stateDict);
    }

    /** The options of all groups as PyTorch prints them. */
    @Override
    public final String toString() {
        return OptimizerState.text(name(), groups);
    }

    private String name() {
        return getClass().getSimpleName();
    }
}
