package dev.lanewise.op;

import dev.lanewise.DType;
import dev.lanewise.GradMode;
import dev.lanewise.Tensor;
import dev.lanewise.autograd.Node;
import dev.lanewise.internal.kernel.Elementwise;
import dev.lanewise.internal.kernel.MapKernel;
import dev.lanewise.internal.kernel.Operand;
import dev.lanewise.internal.shape.Shapes;
import dev.lanewise.internal.shape.View;
import dev.lanewise.internal.storage.Storage;
import java.lang.ref.Reference;

/**
 * Runs every op: checks, promotes dtypes, broadcasts shapes, allocates the result, runs the kernel and records the graph.
 *
 * <p>All ops pass through the {@code apply} methods and {@link #record}; whatever has to see every op (gradients, tracing,
 * profiling) belongs here and nowhere else.
 */
public final class Dispatch {
    private static final View SCALAR = View.contiguous();

    private Dispatch() {}

    /** Applies an elementwise op of one input. */
    public static Tensor apply(UnaryOp op, Tensor x) {
        DType type = op.computeType(x.dtype());
        Tensor out = map(op.kernel(type), type, Layouts.common(op.name(), x), converted(x, type));
        return x.requiresGrad() ? record(op, null, out, x) : out;
    }

    /** Applies an elementwise op of two inputs, broadcast together. */
    public static Tensor apply(BinaryOp op, Tensor a, Tensor b) {
        DType type = op.computeType(Promotion.resultType(a, b));
        return compute(op, type, a, b);
    }

    /** Applies an elementwise op to a tensor and a number, which does not raise the dtype within its category. */
    public static Tensor apply(BinaryOp op, Tensor a, Number b) {
        DType type = op.computeType(Promotion.resultType(a.dtype(), b));
        return compute(op, type, a, Tensor.scalar(type, b));
    }

    /** Applies an elementwise op to a number and a tensor. */
    public static Tensor apply(BinaryOp op, Number a, Tensor b) {
        DType type = op.computeType(Promotion.resultType(b.dtype(), a));
        return compute(op, type, Tensor.scalar(type, a), b);
    }

    private static Tensor compute(BinaryOp op, DType type, Tensor a, Tensor b) {
        Tensor out =
                map(op.kernel(type), type, Layouts.common(op.name(), a, b), converted(a, type), converted(b, type));
        if ((a.requiresGrad() || b.requiresGrad()) && type.isFloatingPoint() && GradMode.isEnabled()) {
            Node[] next = {a.gradEdge(), b.gradEdge()};
            out.gradMeta()
                    .setNode(op.isDifferentiable() ? new OpNode(op, a, b, out, next) : new NoDerivative(op, next));
        }
        return out;
    }

    /** Applies a comparison; the result is BOOL. */
    public static Tensor apply(CompareOp op, Tensor a, Tensor b) {
        DType type = Promotion.resultType(a, b);
        return map(
                op.kernel(type), DType.BOOL, Layouts.common(op.name(), a, b), converted(a, type), converted(b, type));
    }

    /** Compares a tensor with a number. */
    public static Tensor apply(CompareOp op, Tensor a, Number b) {
        return apply(op, a, Tensor.scalar(Promotion.resultType(a.dtype(), b), b));
    }

    /** Applies an elementwise op of three inputs whose common dtype is given. */
    public static Tensor apply(TernaryOp op, DType common, Tensor a, Tensor b, Tensor c) {
        DType type = op.computeType(common);
        Tensor first = op == TernaryOps.WHERE ? a : converted(a, type);
        View layout = Layouts.common(op.name(), a, b, c);
        Tensor out = map(op.kernel(type), type, layout, first, converted(b, type), converted(c, type));
        boolean grad = a.requiresGrad() || b.requiresGrad() || c.requiresGrad();
        return grad ? record(op, null, out, a, b, c) : out;
    }

    /** Applies an op that is not elementwise. */
    public static <A> Tensor apply(StructuredOp<A> op, A args, Tensor... inputs) {
        if (!needsGrad(inputs)) {
            return op.forward(args, inputs);
        }
        Tensor out;
        try (var mode = GradMode.off()) {
            out = op.forward(args, inputs);
        }
        return record(op, args, out, inputs);
    }

    /** Applies an op whose result is a view of its input. */
    public static <A> Tensor applyView(StructuredOp<A> op, A args, Tensor x) {
        Tensor out = op.forward(args, x);
        if (x.requiresGrad() && GradMode.isEnabled()) {
            record(op, args, out, x);
            out.gradMeta().setViewVersion(x.storage().version());
        }
        return out;
    }

    /** The tensor in another dtype, outside the graph; itself if it has that dtype. */
    static Tensor converted(Tensor x, DType type) {
        return x.dtype() == type ? x : Casts.convert(x, type);
    }

    /** A new row-major tensor whose elements are not set. */
    public static Tensor empty(DType type, long... shape) {
        return new Tensor(Storage.allocate(type, Shapes.numel("empty", shape)), View.contiguous(shape));
    }

    /** A new tensor of the shape and memory order of another, whose elements are not set. */
    public static Tensor emptyLike(DType type, Tensor like) {
        return new Tensor(Storage.allocate(type, like.numel()), Layouts.common("emptyLike", like));
    }

    /** A new 0-d tensor whose element is not set. */
    public static Tensor emptyScalar(DType type) {
        return new Tensor(Storage.allocate(type, 1), SCALAR);
    }

    /** Runs an elementwise kernel into a new tensor. */
    static Tensor map(MapKernel kernel, DType type, View layout, Tensor... in) {
        Tensor out = new Tensor(Storage.allocate(type, Shapes.numel(layout.shape())), layout);
        mapInto(kernel, out, in);
        return out;
    }

    /** Runs an elementwise kernel into an existing tensor, whose shape the inputs are broadcast to. */
    static void mapInto(MapKernel kernel, Tensor out, Tensor... in) {
        if (!mapContiguous(kernel, out, in)) {
            long[] shape = out.sizes();
            Operand[] operands = new Operand[in.length];
            for (int i = 0; i < in.length; i++) {
                operands[i] = operand(in[i], shape);
            }
            Elementwise.run(kernel, shape, operand(out, shape), operands);
        }
        Reference.reachabilityFence(in);
        Reference.reachabilityFence(out);
    }

    /** The short way: all contiguous, each input of the result's size (so they differ in dims of size 1 only) or one element. */
    private static boolean mapContiguous(MapKernel kernel, Tensor out, Tensor[] in) {
        if (!out.isContiguous()) {
            return false;
        }
        long n = out.numel();
        for (Tensor x : in) {
            if (!x.isContiguous() || x.numel() != n && x.numel() != 1) {
                return false;
            }
        }
        Tensor a = in[0];
        Tensor b = in[Math.min(1, in.length - 1)];
        Tensor c = in[in.length - 1];
        Elementwise.contiguous(
                kernel,
                n,
                out.storage().segment(),
                out.byteOffset(),
                a.storage().segment(),
                a.byteOffset(),
                step(a, n),
                b.storage().segment(),
                b.byteOffset(),
                step(b, n),
                c.storage().segment(),
                c.byteOffset(),
                step(c, n));
        return true;
    }

    private static int step(Tensor x, long n) {
        return x.numel() == n ? 1 : 0;
    }

    /** A tensor as the kernels see it, broadcast to a shape. */
    static Operand operand(Tensor x, long[] shape) {
        View view = x.view();
        long[] strides =
                view.shape() == shape ? view.strides() : Shapes.broadcastStrides(view.shape(), view.strides(), shape);
        return new Operand(x.storage().segment(), x.byteOffset(), x.dtype(), strides);
    }

    /** True if a call on these inputs is to be recorded. */
    static boolean needsGrad(Tensor... inputs) {
        if (!GradMode.isEnabled()) {
            return false;
        }
        for (Tensor input : inputs) {
            if (input.requiresGrad()) {
                return true;
            }
        }
        return false;
    }

    /** Records the call that made {@code out}, if recording is on and the result can have a gradient. */
    static Tensor record(Op op, Object args, Tensor out, Tensor... inputs) {
        if (op.isDifferentiable() && out.dtype().isFloatingPoint() && GradMode.isEnabled()) {
            out.gradMeta().setNode(new OpNode(op, args, inputs, out, edges(inputs)));
        }
        return out;
    }

    /** The nodes that gradients of these inputs go to. */
    static Node[] edges(Tensor[] inputs) {
        Node[] next = new Node[inputs.length];
        for (int i = 0; i < next.length; i++) {
            next[i] = inputs[i].gradEdge();
        }
        return next;
    }
}
