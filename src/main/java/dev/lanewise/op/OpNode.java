package dev.lanewise.op;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.autograd.Node;
import java.util.Arrays;

/** The graph node of a call of a declared op. */
final class OpNode extends Node {
    private final Op op;
    private final Object args;
    private final Saved saved;

    OpNode(Op op, Object args, Tensor[] inputs, Tensor output, Node[] next) {
        super(next);
        this.op = op;
        this.args = args;
        this.saved = new Saved(op.name(), mask(op, next), inputs, output, next);
    }

    static int mask(Op op, Node[] next) {
        int mask = 0;
        for (int i = 0; i < next.length; i++) {
            if (next[i] != null) {
                mask |= op.saveMask(i);
            }
        }
        return mask;
    }

    /** True for the history of a tensor that another was copied into, whose own old value has the gradient 0. */
    boolean isCopy() {
        return op == Casts.COPY;
    }

    @Override
    public String name() {
        return op instanceof StructuredOp<?> structured ? gradName(structured) : op.gradName();
    }

    @Override
    public Tensor[] apply(Tensor g) {
        saved.checkLive();
        if (op instanceof UnaryOp unary) {
            return new Tensor[] {unary.grad(g, saved.input(0), saved.output())};
        }
        if (op instanceof BinaryOp binary) {
            Tensor a = saved.input(0);
            Tensor b = saved.input(1);
            Tensor out = saved.output();
            return new Tensor[] {
                wants(0) ? binary.gradA(g, a, b, out) : null, wants(1) ? binary.gradB(g, a, b, out) : null
            };
        }
        if (op instanceof TernaryOp ternary) {
            Tensor[] in = {saved.input(0), saved.input(1), saved.input(2)};
            Tensor[] result = new Tensor[3];
            for (int i = 0; i < 3; i++) {
                result[i] = wants(i) ? ternary.grad(i, g, in, saved.output()) : null;
            }
            return result;
        }
        return structuredGrad((StructuredOp<?>) op, g);
    }

    // The arguments were given to this very op when the node was made, so their type is right.
    @SuppressWarnings("unchecked")
    private <A> Tensor[] structuredGrad(StructuredOp<A> structured, Tensor g) {
        return structured.grad((A) args, g, saved);
    }

    @SuppressWarnings("unchecked")
    private <A> String gradName(StructuredOp<A> structured) {
        return structured.gradName((A) args);
    }

    private boolean wants(int input) {
        return next(input) != null;
    }

    /** Sums over the dimensions that broadcasting added and casts to the input's dtype. */
    @Override
    protected Tensor fit(int input, Tensor gradient) {
        long[] shape = saved.shape(input);
        DType type = saved.dtype(input);
        Tensor fitted = Arrays.equals(gradient.sizes(), shape) ? gradient : gradient.sumToSize(shape);
        return fitted.dtype() == type ? fitted : fitted.to(type);
    }

    @Override
    public void release() {
        saved.release();
    }
}
