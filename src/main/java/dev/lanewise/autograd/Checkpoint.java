package dev.lanewise.autograd;

import dev.lanewise.Generator;
import dev.lanewise.GeneratorState;
import dev.lanewise.GradMode;
import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import java.util.function.Function;

/**
 * Computes a part of a model without keeping what its derivative needs, and once more in the backward pass: less memory for
 * more time.
 *
 * <pre>{@code
 * Tensor y = Checkpoint.checkpoint(in -> block.forward(in[0]), x);
 * }</pre>
 *
 * <p>Source: PyTorch's {@code torch.utils.checkpoint}, in its reentrant form.
 */
public final class Checkpoint {
    private static final String NAME = "checkpoint";

    private Checkpoint() {}

    /**
     * The result of a function; its operations are not recorded but run again in the backward pass, with the default
     * generator in the state it had.
     *
     * <p>Gradients go to the inputs and to all leaves that the function reads, such as parameters. The function must do the
     * same both times. The graph gives first derivatives by {@link Tensor#backward()} only: {@link Autograd#grad} and
     * {@code createGraph} are refused with GradException.
     */
    public static Tensor checkpoint(Function<Tensor[], Tensor> function, Tensor... inputs) {
        if (!GradMode.isEnabled()) {
            return function.apply(inputs);
        }
        GeneratorState state = Generator.defaultGenerator().getState();
        Tensor result = GradMode.noGrad(() -> function.apply(inputs.clone()));
        // A view of a result that may be an input: its history is not to be changed.
        Tensor out = result.detach();
        Node[] next = new Node[inputs.length];
        for (int i = 0; i < next.length; i++) {
            next[i] = inputs[i].gradEdge();
        }
        out.gradMeta().setNode(new Again(function, inputs.clone(), state, next));
        return out;
    }

    /** Runs the function again and goes backward through it. */
    static final class Again extends Node {
        private final Function<Tensor[], Tensor> function;
        private final GeneratorState state;
        private final int[] versions;
        private Tensor[] inputs;

        Again(Function<Tensor[], Tensor> function, Tensor[] inputs, GeneratorState state, Node[] next) {
            super(next);
            this.function = function;
            this.inputs = inputs;
            this.state = state;
            versions = new int[inputs.length];
            for (int i = 0; i < versions.length; i++) {
                versions[i] = inputs[i].storage().version();
            }
        }

        @Override
        public String name() {
            return "CheckpointFunctionBackward";
        }

        @Override
        public Tensor[] apply(Tensor gradient) {
            check();
            Tensor[] leaves = new Tensor[inputs.length];
            for (int i = 0; i < leaves.length; i++) {
                leaves[i] = inputs[i].detach();
                leaves[i].requiresGrad_(next(i) != null);
            }
            Tensor out = again(leaves);
            if (out.requiresGrad()) {
                Autograd.backward(out, gradient, false, false);
            }
            Tensor[] gradients = new Tensor[leaves.length];
            for (int i = 0; i < gradients.length; i++) {
                gradients[i] = leaves[i].grad();
            }
            return gradients;
        }

        private Tensor again(Tensor[] leaves) {
            Generator generator = Generator.defaultGenerator();
            GeneratorState now = generator.getState();
            generator.setState(state);
            try (var mode = GradMode.on()) {
                return function.apply(leaves);
            } finally {
                generator.setState(now);
            }
        }

        private void check() {
            if (inputs == null) {
                throw Check.grad("backward", NAME + " has freed its inputs")
                        .hint("Pass retainGraph the first time to go backward twice.")
                        .error();
            }
            if (GradMode.isEnabled()) {
                throw Check.grad("backward", "a checkpoint has no second derivative")
                        .hint("Call the function without checkpoint where createGraph is needed.")
                        .error();
            }
            for (int i = 0; i < versions.length; i++) {
                if (inputs[i].storage().version() != versions[i]) {
                    throw Check.grad("backward", "input " + i + " of a checkpoint was changed since it was computed")
                            .operand("input", inputs[i].dtype(), inputs[i].sizes())
                            .hint("Clone before the change.")
                            .error();
                }
            }
        }

        @Override
        public void release() {
            inputs = null;
        }
    }
}
