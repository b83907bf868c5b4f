package dev.lanewise.autograd;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Gradients of several outputs or inputs at once. */
public final class Autograd {
    private Autograd() {}

    /** How {@link #grad(List, List, List, Options)} runs. */
    public record Options(boolean retainGraph, boolean createGraph, boolean allowUnused) {
        /** Frees the graph, makes no graph of the gradients, refuses inputs that were not used. */
        public static final Options DEFAULT = new Options(false, false, false);

        /** Keeps the graph for another backward pass. */
        public Options withRetainGraph(boolean retain) {
            return new Options(retain, createGraph, allowUnused);
        }

        /** Records the gradients' own graph, for derivatives of higher order; keeps the graph too. */
        public Options withCreateGraph(boolean create) {
            return new Options(retainGraph || create, create, allowUnused);
        }

        /** Returns null for an input that the outputs do not depend on. */
        public Options withAllowUnused(boolean allow) {
            return new Options(retainGraph, createGraph, allow);
        }
    }

    /**
     * Computes the gradients of a one-element output with respect to inputs, without touching any {@code grad}.
     *
     * @return one gradient per input, of the input's shape and dtype
     */
    public static Tensor[] grad(Tensor output, Tensor... inputs) {
        return grad(List.of(output), List.of(inputs), null, Options.DEFAULT);
    }

    /** Like {@link #grad(Tensor, Tensor...)} but records the gradients' own graph, so that they can be derived again. */
    public static Tensor[] gradWithGraph(Tensor output, Tensor... inputs) {
        return grad(List.of(output), List.of(inputs), null, Options.DEFAULT.withCreateGraph(true));
    }

    /**
     * Computes the gradients of {@code Σ ⟨outputs, gradOutputs⟩} with respect to the inputs.
     *
     * @param gradOutputs one gradient per output of its shape, or null for one-element outputs
     * @return one gradient per input; null where an input is not used and the options allow that
     */
    public static Tensor[] grad(List<Tensor> outputs, List<Tensor> inputs, List<Tensor> gradOutputs, Options options) {
        Tensor[] from = outputs.toArray(Tensor[]::new);
        Tensor[] seeds = new Tensor[from.length];
        for (int i = 0; i < from.length; i++) {
            seeds[i] = seed("grad", from[i], gradOutputs == null ? null : gradOutputs.get(i));
        }
        Map<Node, Tensor> targets = new IdentityHashMap<>();
        for (Tensor input : inputs) {
            Node node = input.gradEdge();
            if (node == null) {
                throw Check.grad("grad", "every input must require grad")
                        .operand("input", input.dtype(), input.shape().toArray())
                        .hint("Call requiresGrad_() on it before the computation.")
                        .error();
            }
            targets.put(node, null);
        }
        Engine.capture(from, seeds, options.retainGraph(), options.createGraph(), targets);
        return results(inputs, targets, options);
    }

    private static Tensor[] results(List<Tensor> inputs, Map<Node, Tensor> targets, Options options) {
        Tensor[] result = new Tensor[inputs.size()];
        for (int i = 0; i < result.length; i++) {
            Tensor input = inputs.get(i);
            result[i] = targets.get(input.gradEdge());
            if (result[i] == null && !options.allowUnused()) {
                throw Check.grad("grad", "every input must have been used to compute the outputs")
                        .got("no path to input " + i)
                        .operand("input", input.dtype(), input.shape().toArray())
                        .hint("Allow it with withAllowUnused(true); its gradient is then null.")
                        .error();
            }
        }
        return result;
    }

    /** Runs backward from a tensor; {@link Tensor#backward()} is the usual way to call it. */
    public static void backward(Tensor output, Tensor gradient, boolean retainGraph, boolean createGraph) {
        Tensor[] seeds = {seed("backward", output, gradient)};
        Engine.backward(new Tensor[] {output}, seeds, retainGraph, createGraph);
    }

    private static Tensor seed(String op, Tensor output, Tensor gradient) {
        if (gradient == null) {
            if (output.numel() != 1) {
                throw Check.grad(op, "a gradient is made up only for an output of one element")
                        .got(output.numel() + " elements")
                        .operand("output", output.dtype(), output.shape().toArray())
                        .hint("Reduce it first, for example with sum(), or pass the gradient of the output.")
                        .error();
            }
            return output.dim() == 0 ? Tensor.scalar(output.dtype(), 1) : Tensor.onesLike(output);
        }
        if (!gradient.shape().equals(output.shape())) {
            throw Check.shape(op, "the gradient must have the shape of the output")
                    .expected(output.shape())
                    .got(gradient.shape())
                    .operand("gradient", gradient.dtype(), gradient.shape().toArray())
                    .operand("output", output.dtype(), output.shape().toArray())
                    .error();
        }
        DType type = output.dtype();
        return gradient.dtype() == type ? gradient : gradient.to(type);
    }
}
