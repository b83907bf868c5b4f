package dev.lanewise.op;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.autograd.Node;
import java.util.Arrays;

/** The graph node of a call of a declared op. */
final class OpNode extends Saved {
    private final Op op;
    private final Object args;

    OpNode(Op op, Object args, Tensor[] inputs, Tensor output, Node[] next) {
        super(mask(op, next), inputs, output, next);
        this.op = op;
        this.args = args;
    }

    OpNode(Op op, Tensor a, Tensor b, Tensor output, Node[] next) {
        super(mask(op, next), a, b, output, next);
        this.op = op;
        this.args = null;
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
        checkLive();
        if (op instanceof UnaryOp unary) {
            return new Tensor[] {unary.grad(g, input(0), output())};
        }
        if (op instanceof BinaryOp binary) {
            Tensor a = input(0);
            Tensor b = input(1);
            Tensor out = output();
            return new Tensor[] {
                wants(0) ? binary.gradA(g, a, b, out) : null, wants(1) ? binary.gradB(g, a, b, out) : null
            };
        }
        if (op instanceof TernaryOp ternary) {
            Tensor[] in = {input(0), input(1), input(2)};
            Tensor[] result = new Tensor[3];
            for (int i = 0; i < 3; i++) {
                result[i] = wants(i) ? ternary.grad(i, g, in, output()) : null;
            }
            return result;
        }
        return structuredGrad((StructuredOp<?>) op, g);
    }

    @Override
    protected Tensor[] applyToLeaves(Tensor g) {
        if (op instanceof StructuredOp<?> structured) {
            checkLive();
            return gradToLeaves(structured, g);
        }
        return apply(g);
    }

    @SuppressWarnings("unchecked")
    private <A> Tensor[] gradToLeaves(StructuredOp<A> structured, Tensor g) {
        return structured.gradToLeaves((A) args, g, this);
    }

    // The arguments were given to this very op when the node was made, so their type is right.
    @SuppressWarnings("unchecked")
    private <A> Tensor[] structuredGrad(StructuredOp<A> structured, Tensor g) {
        return structured.grad((A) args, g, this);
    }

    @SuppressWarnings("unchecked")
    private <A> String gradName(StructuredOp<A> structured) {
        return structured.gradName((A) args);
    }

    @Override
    public void release() {
        super.release();
        if (op instanceof StructuredOp<?> structured) {
            release(structured);
        }
    }

    @SuppressWarnings("unchecked")
    private <A> void release(StructuredOp<A> structured) {
        structured.release((A) args);
    }

    /** Sums over the dimensions that broadcasting added and casts to the input's dtype. */
    @Override
    protected Tensor fit(int input, Tensor gradient) {
        long[] shape = shape(input);
        DType type = dtype(input);
        Tensor fitted = Arrays.equals(gradient.sizes(), shape) ? gradient : gradient.sumToSize(shape);
        return fitted.dtype() == type ? fitted : fitted.to(type);
    }

    @Override
    Op op() {
        return op;
    }
}
