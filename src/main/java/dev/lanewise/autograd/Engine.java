package dev.lanewise.autograd;

import dev.lanewise.GradMode;
import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Walks the graph backwards.
 *
 * <p>Nodes wait in a queue ordered by their number, the latest first. A node is older than all nodes that use its result,
 * so when it leaves the queue every contribution to its gradient has arrived.
 */
public final class Engine {
    private final Map<Node, Pending> gradients = new IdentityHashMap<>();
    private final PriorityQueue<Node> queue = new PriorityQueue<>((a, b) -> Long.compare(b.sequence(), a.sequence()));
    private final boolean retainGraph;
    private final Set<Node> wanted;
    private final Map<Node, Tensor> captured;

    private Engine(boolean retainGraph, Set<Node> wanted, Map<Node, Tensor> captured) {
        this.retainGraph = retainGraph;
        this.wanted = wanted;
        this.captured = captured;
    }

    /** Runs backward from the outputs and adds to the {@code grad} of every leaf. */
    static void backward(Tensor[] outputs, Tensor[] seeds, boolean retainGraph, boolean createGraph) {
        new Engine(retainGraph, null, Map.of()).run(outputs, seeds, createGraph);
    }

    /**
     * Runs backward from the outputs and returns the gradients that arrive at the given nodes, touching no leaf.
     *
     * @param targets map whose keys are the nodes to capture; its values are filled in
     */
    static void capture(
            Tensor[] outputs, Tensor[] seeds, boolean retainGraph, boolean createGraph, Map<Node, Tensor> targets) {
        Set<Node> needed = Collections.newSetFromMap(new IdentityHashMap<>());
        Map<Node, Boolean> seen = new IdentityHashMap<>();
        for (Tensor output : outputs) {
            Reach.collect(edge(output), targets.keySet(), needed, seen);
        }
        new Engine(retainGraph, needed, targets).run(outputs, seeds, createGraph);
    }

    private void run(Tensor[] outputs, Tensor[] seeds, boolean createGraph) {
        try (var mode = GradMode.set(createGraph)) {
            for (int i = 0; i < outputs.length; i++) {
                add(edge(outputs[i]), seeds[i], false);
            }
            while (!queue.isEmpty()) {
                step(queue.poll());
            }
        }
    }

    private void step(Node node) {
        Pending pending = gradients.remove(node);
        Tensor gradient = node.hooked(pending.sum);
        if (captured.containsKey(node)) {
            captured.put(node, gradient);
        }
        if (node instanceof AccumulateGrad leaf) {
            if (wanted == null) {
                leaf.accumulate(gradient, pending.owned && !node.hasHooks());
            }
            return;
        }
        if (wanted != null && !leadsOn(node)) {
            return;
        }
        if (wanted != null && node instanceof Checkpoint.Again) {
            throw Check.grad("grad", "a checkpoint gives gradients by backward() only")
                    .hint("Call the function without checkpoint, or use backward().")
                    .error();
        }
        boolean toLeaves = wanted == null && !GradMode.isEnabled() && !AnomalyMode.isEnabled();
        Tensor[] inputs = toLeaves ? node.applyToLeaves(gradient) : node.apply(gradient);
        if (AnomalyMode.isEnabled()) {
            AnomalyMode.check(node, inputs);
        }
        for (int i = 0; i < inputs.length; i++) {
            Node target = node.next(i);
            if (inputs[i] != null && target != null && (wanted == null || wanted.contains(target))) {
                add(target, node.fit(i, inputs[i]), isFresh(inputs, i, gradient));
            }
        }
        if (!retainGraph) {
            node.release();
        }
    }

    private boolean leadsOn(Node node) {
        for (int i = 0; i < node.inputs(); i++) {
            if (node.next(i) != null && wanted.contains(node.next(i))) {
                return true;
            }
        }
        return false;
    }

    /** True where nothing but the engine can hold the memory of a gradient that an op returned. */
    private static boolean isFresh(Tensor[] inputs, int which, Tensor gradient) {
        if (inputs[which].storage() == gradient.storage()) {
            return false;
        }
        for (int i = 0; i < inputs.length; i++) {
            if (i != which && inputs[i] != null && inputs[i].storage() == inputs[which].storage()) {
                return false;
            }
        }
        return true;
    }

    private void add(Node node, Tensor gradient, boolean owned) {
        Pending pending = gradients.get(node);
        if (pending == null) {
            gradients.put(node, new Pending(gradient, owned));
            queue.add(node);
        } else {
            boolean inPlace = pending.owned && !GradMode.isEnabled() && isLike(pending.sum, gradient);
            pending.sum = inPlace ? pending.sum.add_(gradient) : pending.sum.add(gradient);
            pending.owned = true;
        }
    }

    /** True if the sum of both can be written into the first. */
    private static boolean isLike(Tensor sum, Tensor gradient) {
        return sum.isContiguous() && sum.dtype() == gradient.dtype() && Arrays.equals(sum.sizes(), gradient.sizes());
    }

    private static Node edge(Tensor output) {
        Node node = output.gradEdge();
        if (node == null) {
            throw Check.grad("backward", "the tensor must require grad or come from one that does")
                    .operand("tensor", output.dtype(), output.shape().toArray())
                    .hint("Call requiresGrad_() on a leaf before the computation, outside noGrad.")
                    .error();
        }
        return node;
    }

    /** The sum of what has arrived at a node, and whether only the engine holds its memory. */
    private static final class Pending {
        private Tensor sum;
        private boolean owned;

        private Pending(Tensor sum, boolean owned) {
            this.sum = sum;
            this.owned = owned;
        }
    }
}
