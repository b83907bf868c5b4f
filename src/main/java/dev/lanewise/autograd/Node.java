package dev.lanewise.autograd;

import dev.lanewise.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/**
 * One recorded operation of the graph: given the gradient of its result it computes the gradients of its inputs.
 *
 * <p>Nodes are numbered in the order of their creation, so an input's node always has a smaller number than the nodes
 * that use it; {@link Engine} relies on that.
 */
public abstract class Node {
    private static final AtomicLong COUNTER = new AtomicLong(1);

    private final long sequence;
    private final Node[] next;
    private final String callSite;
    private List<UnaryOperator<Tensor>> hooks;

    /** A node whose inputs were made by the given nodes, null where no gradient is wanted. */
    protected Node(Node[] next) {
        this(COUNTER.getAndIncrement(), next);
    }

    /** A node with a number of its own. */
    Node(long sequence, Node[] next) {
        this.sequence = sequence;
        this.next = next;
        callSite = AnomalyMode.isEnabled() ? AnomalyMode.caller() : null;
    }

    /** The name as PyTorch prints it, for example {@code MulBackward0}. */
    public abstract String name();

    /**
     * The gradients of the inputs, one each; null where none flows.
     *
     * @param gradient gradient of the result, of the result's shape
     */
    public abstract Tensor[] apply(Tensor gradient);

    /**
     * As {@link #apply}, for a pass that records nothing and ends at the leaves: the gradient of a leaf may be added to what
     * the leaf has {@link #collected}, and is null in the result then.
     */
    protected Tensor[] applyToLeaves(Tensor gradient) {
        return apply(gradient);
    }

    /** What the leaf that an input is has collected, if more may be added to it in place, unseen by hooks; else null. */
    public final Tensor collected(int input) {
        return next[input] instanceof AccumulateGrad leaf ? leaf.collected() : null;
    }

    /** Drops what was saved for the derivative; a second {@link #apply} then fails with a hint at retainGraph. */
    public abstract void release();

    /** The nodes that the gradients go to, null where no gradient is wanted. */
    public final List<Node> nextFunctions() {
        List<Node> list = new ArrayList<>(next.length);
        for (Node node : next) {
            list.add(node);
        }
        return list;
    }

    /** Brings the gradient of one input to the shape and dtype that input had. */
    protected Tensor fit(int input, Tensor gradient) {
        return gradient;
    }

    /** Adds a function that sees, and may replace by a non-null result, the gradient of this node's result. */
    final void addHook(UnaryOperator<Tensor> hook) {
        if (hooks == null) {
            hooks = new ArrayList<>();
        }
        hooks.add(hook);
    }

    /** Removes a hook. */
    final void removeHook(UnaryOperator<Tensor> hook) {
        if (hooks != null) {
            hooks.remove(hook);
        }
    }

    /** True while a hook is set. */
    final boolean hasHooks() {
        return hooks != null && !hooks.isEmpty();
    }

    /** Runs the hooks over a gradient. */
    final Tensor hooked(Tensor gradient) {
        if (hooks == null) {
            return gradient;
        }
        Tensor result = gradient;
        for (UnaryOperator<Tensor> hook : List.copyOf(hooks)) {
            Tensor replaced = hook.apply(result);
            result = replaced == null ? result : replaced;
        }
        return result;
    }

    /** Where the operation was called, or null if {@link AnomalyMode} was off then. */
    final String callSite() {
        return callSite;
    }

    final long sequence() {
        return sequence;
    }

    /** Number of inputs. */
    public final int inputs() {
        return next.length;
    }

    /** The node that the gradient of an input goes to, null if it is not wanted. */
    public final Node next(int input) {
        return next[input];
    }

    /** The name in angle brackets, as PyTorch shows it in a tensor's text. */
    @Override
    public String toString() {
        return "<" + name() + ">";
    }
}
