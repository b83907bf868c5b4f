package dev.lanewise.op;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.internal.kernel.Operand;
import dev.lanewise.internal.kernel.SmallReduce;
import dev.lanewise.internal.shape.Shapes;
import dev.lanewise.internal.simd.LaneReduce;
import dev.lanewise.internal.simd.Reductions;
import java.lang.ref.Reference;

/** An op that combines the elements along some dimensions, or all, into one: a combining function and a derivative. */
public abstract class ReduceOp extends StructuredOp<ReduceOp.Args> implements LaneReduce {
    /**
     * What to reduce.
     *
     * @param dims the dimensions, not negative and without repetition
     * @param keepDim keeps each reduced dimension with size 1
     * @param whole true if the caller named no dimensions
     */
    public record Args(int[] dims, boolean keepDim, boolean whole) {
        /** All dimensions of a tensor. */
        public static Args all(Tensor x) {
            int[] dims = new int[x.dim()];
            for (int i = 0; i < dims.length; i++) {
                dims[i] = i;
            }
            return new Args(dims, false, true);
        }

        /** The given dimensions; negative ones count from the end. None means all. */
        public static Args of(String op, Tensor x, boolean keepDim, int... dims) {
            if (dims.length == 0) {
                return new Args(all(x).dims(), keepDim, false);
            }
            int[] wrapped = Shapes.wrapDims(op, dims, x.dim());
            return new Args(x.dim() == 0 ? new int[0] : wrapped, keepDim, false);
        }
    }

    /** See {@link Op#Op}. */
    protected ReduceOp(String name, String doc) {
        super(name, doc);
    }

    /** The dtype of the result for an input dtype. */
    protected DType resultType(DType input) {
        return input;
    }

    /** The gradient of the input; {@code g} has the reduced dimensions with size 1. */
    protected abstract Tensor gradKept(Args args, Tensor g, Saved saved);

    @Override
    protected final Tensor[] grad(Args args, Tensor g, Saved saved) {
        return new Tensor[] {gradKept(args, kept(args, g, saved.shape(0)), saved)};
    }

    @Override
    protected Tensor forward(Args args, Tensor... in) {
        return reduce(args, in[0], resultType(in[0].dtype()));
    }

    /** Runs the reduction into a new tensor of the given dtype. */
    final Tensor reduce(Args args, Tensor x, DType type) {
        return reduce(this, args, x, type);
    }

    /** Runs a reduction into a new tensor of the given dtype. */
    static Tensor reduce(LaneReduce op, Args args, Tensor x, DType type) {
        return reduce(op, args, x, type, false);
    }

    /** Whether something is counted, BOOL; see {@link Reductions#any}. */
    static Tensor any(LaneReduce count, Args args, Tensor x) {
        return reduce(count, args, x, DType.BOOL, true);
    }

    private static Tensor reduce(LaneReduce op, Args args, Tensor x, DType type, boolean anyIsEnough) {
        if (x.isContiguous() && args.dims().length == x.dim() && x.numel() <= SmallReduce.MOST && !args.keepDim()) {
            return reduceSmall(op, x, type);
        }
        long[] shape = x.sizes();
        long[] reduced = Shapes.reducedShape(shape, args.dims(), args.keepDim());
        Tensor out = Dispatch.empty(type, reduced);
        Operand result = new Operand(
                out.storage().segment(), out.byteOffset(), type, out.view().strides());
        if (anyIsEnough) {
            Reductions.any(op, shape, Dispatch.operand(x, shape), args.dims(), result);
        } else {
            Reductions.reduce(op, shape, Dispatch.operand(x, shape), args.dims(), result);
        }
        Reference.reachabilityFence(x);
        Reference.reachabilityFence(out);
        return out;
    }

    private static Tensor reduceSmall(LaneReduce op, Tensor x, DType type) {
        Tensor out = Dispatch.emptyScalar(type);
        SmallReduce.run(
                op,
                x.dtype(),
                (int) x.numel(),
                x.storage().segment(),
                x.byteOffset(),
                type,
                out.storage().segment(),
                out.byteOffset());
        Reference.reachabilityFence(x);
        Reference.reachabilityFence(out);
        return out;
    }

    /** A result with the reduced dimensions put back with size 1. */
    static Tensor kept(Args args, Tensor result, long[] shape) {
        long[] sizes = Shapes.reducedShape(shape, args.dims(), true);
        return result.reshape(sizes);
    }

    /** Number of elements that each result combines. */
    static long count(Args args, long[] shape) {
        long n = 1;
        for (int dim : args.dims()) {
            n *= shape[dim];
        }
        return n;
    }

    @Override
    protected String gradName(Args args) {
        return args.whole() ? gradName() : gradName().replace('0', '1');
    }
}
