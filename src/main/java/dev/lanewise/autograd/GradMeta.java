package dev.lanewise.autograd;

import dev.lanewise.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** What a tensor knows about gradients; made when it first needs any of it. For the library's own packages. */
public final class GradMeta {
    private boolean requiresGrad;
    private boolean retainsGrad;
    private Tensor grad;
    private boolean hidden;
    private Node node;
    private Node accumulator;
    private int viewVersion;
    private List<UnaryOperator<Tensor>> hooks;

    /** Of a tensor that needs no gradient yet. */
    public GradMeta() {}

    /** True for a leaf that was asked to collect its gradient. */
    public boolean requiresGrad() {
        return requiresGrad;
    }

    /** Asks for the gradient of a leaf, or not. */
    public void setRequiresGrad(boolean requires) {
        requiresGrad = requires;
    }

    /** The gradient collected so far, or null; not to be given to users, see {@link #shownGrad}. */
    public Tensor grad() {
        return grad;
    }

    /** The gradient collected so far, or null, for users, who may keep it. */
    public Tensor shownGrad() {
        hidden = false;
        return grad;
    }

    /** Sets the collected gradient. */
    public void setGrad(Tensor gradient) {
        grad = gradient;
        hidden = false;
    }

    /** Sets a gradient in memory that nobody else has. */
    void setHiddenGrad(Tensor gradient) {
        grad = gradient;
        hidden = true;
    }

    /** Replaces the collected gradient; null clears it. The old one's memory is free at once if nobody can have it. */
    public void replaceGrad(Tensor gradient) {
        if (hidden && gradient != grad) {
            grad.close();
        }
        setGrad(gradient);
    }

    /** The node that made the tensor; null for a leaf. */
    public Node node() {
        return node;
    }

    /** Sets the node that made the tensor and moves the hooks to it. */
    public void setNode(Node maker) {
        node = maker;
        if (hooks != null && maker != null) {
            hooks.forEach(maker::addHook);
        }
    }

    /** Version of the storage for which {@link #node()} of a view is right. */
    public int viewVersion() {
        return viewVersion;
    }

    /** Sets {@link #viewVersion()}. */
    public void setViewVersion(int version) {
        viewVersion = version;
    }

    /** Where the gradient of the tensor goes to: its node, or for a leaf the one that accumulates; null if nowhere. */
    public Node edge(Tensor tensor) {
        if (node != null) {
            return node;
        }
        if (!requiresGrad) {
            return null;
        }
        if (accumulator == null) {
            accumulator = new AccumulateGrad(tensor);
            if (hooks != null) {
                hooks.forEach(accumulator::addHook);
            }
        }
        return accumulator;
    }

    /** Adds a hook on the tensor's gradient. */
    public void addHook(UnaryOperator<Tensor> hook) {
        if (hooks == null) {
            hooks = new ArrayList<>();
        }
        hooks.add(hook);
        Node target = node != null ? node : accumulator;
        if (target != null) {
            target.addHook(hook);
        }
    }

    /** Removes a hook. */
    public void removeHook(UnaryOperator<Tensor> hook) {
        hooks.remove(hook);
        Node target = node != null ? node : accumulator;
        if (target != null) {
            target.removeHook(hook);
        }
    }

    /** Makes a non-leaf keep its gradient. */
    public void retainGrad() {
        if (!retainsGrad && node != null) {
            retainsGrad = true;
            addHook(gradient -> {
                grad = grad == null ? gradient : grad.add(gradient);
                return null;
            });
        }
    }

    /** True for a non-leaf that was asked to keep its gradient. */
    public boolean retainsGrad() {
        return retainsGrad;
    }
}
