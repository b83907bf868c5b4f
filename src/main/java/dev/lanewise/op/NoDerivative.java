package dev.lanewise.op;

import dev.lanewise.Tensor;
import dev.lanewise.autograd.Node;
import dev.lanewise.internal.error.Check;

/** The history of a floating-point result of an op without derivative: backward is refused here, not passed over. */
final class NoDerivative extends Node {
    private final Op op;

    NoDerivative(Op op, Node[] next) {
        super(next);
        this.op = op;
    }

    @Override
    public String name() {
        return "NotImplemented";
    }

    @Override
    public Tensor[] apply(Tensor gradient) {
        throw Check.grad("backward", op.name() + " has no derivative: " + op.whyNotDifferentiable())
                .hint("Call detach() on its input or result to leave it out of the graph.")
                .error();
    }

    @Override
    public void release() {
        // it saves nothing
    }
}
