package dev.lanewise.op;

import dev.lanewise.Tensor;

/**
 * An op that is not elementwise (views, joins, products, softmax …): a forward form on tensors without gradients and a
 * derivative.
 *
 * @param <A> the arguments beside the tensors; {@link Void} where there are none
 */
public abstract class StructuredOp<A> extends Op {
    /** See {@link Op#Op}. */
    protected StructuredOp(String name, String doc) {
        super(name, doc);
    }

    /** Computes the result; {@link Dispatch} records the graph, this form need not. */
    protected abstract Tensor forward(A args, Tensor... in);

    /** The gradients of the inputs, one each, null where none flows. */
    protected Tensor[] grad(A args, Tensor g, Saved saved) {
        throw new UnsupportedOperationException(name() + " declares no derivative");
    }

    /**
     * As {@link #grad}, for a pass that records nothing: the gradient of a leaf may be added to what the leaf has collected,
     * {@link Saved#collected}, and is null in the result then.
     */
    protected Tensor[] gradToLeaves(A args, Tensor g, Saved saved) {
        return grad(args, g, saved);
    }

    /** Frees what the call of these arguments kept for its derivative, which nobody can ask for any more. */
    protected void release(A args) {}

    /** Name of the graph node for these arguments. */
    protected String gradName(A args) {
        return gradName();
    }
}
