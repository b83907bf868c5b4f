package dev.lanewise.autograd;

import dev.lanewise.GradMode;
import dev.lanewise.Tensor;
import dev.lanewise.internal.shape.View;
import dev.lanewise.internal.storage.Storage;

/** The end of the graph at a leaf: adds the gradient that arrives to the leaf's {@code grad}. */
final class AccumulateGrad extends Node {
    private static final Node[] NONE = {};

    private final Tensor leaf;

    AccumulateGrad(Tensor leaf) {
        // Number 0: leaves come last, when all their gradients have been summed.
        super(0, NONE);
        this.leaf = leaf;
    }

    @Override
    public String name() {
        return "AccumulateGrad";
    }

    @Override
    public Tensor[] apply(Tensor gradient) {
        accumulate(gradient, false);
        return new Tensor[0];
    }

    /**
     * Adds to the leaf's gradient.
     *
     * @param owned true if nobody else holds the memory of the gradient, so that it may be taken without a copy
     */
    void accumulate(Tensor gradient, boolean owned) {
        Tensor grad = leaf.gradMeta().grad();
        if (GradMode.isEnabled()) {
            leaf.gradMeta().setGrad(grad == null ? gradient : grad.add(gradient));
        } else if (grad != null) {
            grad.add_(gradient);
        } else {
            leaf.gradMeta().setHiddenGrad(owned && isTaken(gradient) ? gradient : copyBeside(gradient));
        }
    }

    /** The gradient of the leaf if more may be added to it in place, unseen by hooks; else null. */
    Tensor collected() {
        Tensor grad = leaf.gradMeta().grad();
        boolean open = grad != null && !hasHooks() && grad.isContiguous() && !grad.requiresGrad() && !grad.isClosed();
        return open ? grad : null;
    }

    /** True if the memory of a gradient lives as long as the leaf, as it is or by being handed to the leaf's scope. */
    private boolean isTaken(Tensor gradient) {
        Storage memory = gradient.storage();
        return gradient.isContiguous()
                && (memory.sharesOwner(leaf.storage())
                        || memory.numel() == gradient.numel() && memory.joinOwner(leaf.storage()));
    }

    /** A copy that lives as long as the leaf, whatever scope the backward pass runs in. */
    private Tensor copyBeside(Tensor gradient) {
        Storage storage = leaf.storage().allocateBeside(gradient.dtype(), gradient.numel());
        return new Tensor(storage, View.contiguous(gradient.sizes())).copy_(gradient);
    }

    @Override
    public void release() {}
}
