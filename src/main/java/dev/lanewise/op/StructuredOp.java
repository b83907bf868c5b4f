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

    /** Name of the graph node for these arguments. */
    protected String gradName(A args) {
        return gradName();
    }
}
