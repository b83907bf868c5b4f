package dev.lanewise.op;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.internal.gemm.Convolution;
import dev.lanewise.internal.kernel.WindowGrid;
import dev.lanewise.internal.shape.Shapes;
import dev.lanewise.internal.shape.View;
import dev.lanewise.internal.storage.Storage;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Convolution over one to three dimensions and its two derivatives.
 *
 * <p>The three are one trilinear form of input, weight and result, so that the derivatives of each are the other two.
 */
public final class ConvOps {
    private static final List<StructuredOp<?>> ALL = new ArrayList<>();

    private ConvOps() {}

    /** The number of dimensions that windows lie over, where they lie, and into how many groups channels are cut. */
    public record Conv(int dims, WindowGrid grid, long groups) {
        private long[] last(long[] sizes, long first, long second) {
            long[] shape = new long[dims + 2];
            shape[0] = first;
            shape[1] = second;
            System.arraycopy(sizes, sizes.length - dims, shape, 2, dims);
            return shape;
        }

        long[] inputShape(long batch, long channels) {
            return last(grid.in(), batch, channels);
        }

        long[] weightShape(long filters, long channels) {
            return last(grid.kernel(), filters, channels);
        }

        long[] outputShape(long batch, long filters) {
            return last(grid.out(), batch, filters);
        }

        /** The kernel's call for tensors of these sizes. */
        Convolution on(DType type, long batch, long channels, long filters) {
            return new Convolution(type, batch, groups, channels / groups, filters / groups, grid);
        }
    }

    static final class Forward extends StructuredOp<Conv> {
        Forward() {
            super("convolution", "Sum over channels and window of weight times input, for each filter and window.");
            savesFor(0, Saves.INPUT1);
            savesFor(1, Saves.INPUT0);
            reachedBy("nn.Functional.conv1d, conv2d and conv3d");
        }

        @Override
        protected Tensor forward(Conv args, Tensor... in) {
            DType type = computed(this, in[0].dtype());
            Tensor x = Dispatch.converted(in[0], type).contiguous();
            Tensor weight = Dispatch.converted(in[1], type).contiguous();
            long filters = weight.size(0);
            Tensor out = Dispatch.empty(type, args.outputShape(x.size(0), filters));
            Convolution kernel = args.on(type, x.size(0), x.size(1), filters);
            boolean withBias = in.length > 2 && kernel.addsBias();
            Tensor bias = withBias ? Dispatch.converted(in[2], type).contiguous() : null;
            kernel.forward(
                    Dispatch.operand(x, x.sizes()),
                    Dispatch.operand(weight, weight.sizes()),
                    withBias ? Dispatch.operand(bias, bias.sizes()) : null,
                    Dispatch.operand(out, out.sizes()));
            Reference.reachabilityFence(x);
            Reference.reachabilityFence(weight);
            Reference.reachabilityFence(bias);
            return withBias ? finished(out, in[0]) : finished(out, in);
        }

        @Override
        protected Tensor[] grad(Conv args, Tensor g, Saved saved) {
            Tensor[] grads = new Tensor[saved.inputs()];
            grads[0] = saved.wants(0) ? Dispatch.apply(INPUT, args, g, saved.input(1)) : null;
            grads[1] = saved.wants(1) ? Dispatch.apply(WEIGHT, args, saved.input(0), g) : null;
            return withBias(grads, g, saved);
        }
    }

    public static final StructuredOp<Conv> CONVOLUTION = register(new Forward());

    static final class Input extends StructuredOp<Conv> {
        Input() {
            super(
                    "convolutionInput",
                    "Sum over filters and windows of weight times result: the transposed convolution.");
            savesFor(0, Saves.INPUT1);
            savesFor(1, Saves.INPUT0);
            reachedBy(
                    "nn.Functional.convTranspose1d, convTranspose2d, convTranspose3d and the derivative of convolution");
            torch("torch.nn.grad.conv2d_input");
        }

        @Override
        protected Tensor forward(Conv args, Tensor... in) {
            DType type = computed(this, in[0].dtype());
            Tensor y = Dispatch.converted(in[0], type).contiguous();
            Tensor weight = Dispatch.converted(in[1], type).contiguous();
            long channels = weight.size(1) * args.groups();
            Convolution kernel = args.on(type, y.size(0), channels, weight.size(0));
            long[] shape = args.inputShape(y.size(0), channels);
            Tensor out = kernel.coversInput() ? Dispatch.empty(type, shape) : zeros(type, shape);
            kernel.input(
                    Dispatch.operand(y, y.sizes()),
                    Dispatch.operand(weight, weight.sizes()),
                    Dispatch.operand(out, out.sizes()));
            Reference.reachabilityFence(y);
            Reference.reachabilityFence(weight);
            return finished(out, in);
        }

        @Override
        protected Tensor[] grad(Conv args, Tensor g, Saved saved) {
            Tensor[] grads = new Tensor[saved.inputs()];
            grads[0] = saved.wants(0) ? Dispatch.apply(CONVOLUTION, args, g, saved.input(1)) : null;
            grads[1] = saved.wants(1) ? Dispatch.apply(WEIGHT, args, g, saved.input(0)) : null;
            return withBias(grads, g, saved);
        }
    }

    public static final StructuredOp<Conv> INPUT = register(new Input());

    static final class Weight extends StructuredOp<Conv> {
        Weight() {
            super("convolutionWeight", "Sum over batch and windows of input times result.");
            savesFor(0, Saves.INPUT1);
            savesFor(1, Saves.INPUT0);
            reachedBy("the derivative of convolution");
            torch("torch.nn.grad.conv2d_weight");
        }

        @Override
        protected Tensor forward(Conv args, Tensor... in) {
            DType type = computed(this, in[0].dtype());
            Tensor x = Dispatch.converted(in[0], type).contiguous();
            Tensor y = Dispatch.converted(in[1], type).contiguous();
            Tensor out = zeros(type, args.weightShape(y.size(1), x.size(1) / args.groups()));
            args.on(type, x.size(0), x.size(1), y.size(1))
                    .weight(
                            Dispatch.operand(x, x.sizes()),
                            Dispatch.operand(y, y.sizes()),
                            Dispatch.operand(out, out.sizes()));
            Reference.reachabilityFence(x);
            Reference.reachabilityFence(y);
            return finished(out, in[0], in[1]);
        }

        @Override
        protected Tensor[] grad(Conv args, Tensor g, Saved saved) {
            return new Tensor[] {
                saved.wants(0) ? Dispatch.apply(INPUT, args, saved.input(1), g) : null,
                saved.wants(1) ? Dispatch.apply(CONVOLUTION, args, saved.input(0), g) : null
            };
        }
    }

    public static final StructuredOp<Conv> WEIGHT = register(new Weight());

    /**
     * The arguments of a convolution over as many dimensions as the lists have numbers.
     *
     * @param in sizes that the windows lie over
     * @param kernel places of a window
     * @param out number of windows
     * @param before how far the first window begins before the first place
     */
    public static Conv windows(
            long[] in, long[] kernel, long[] out, long[] stride, long[] before, long[] dilation, long groups) {
        return new Conv(in.length, new WindowGrid(in, kernel, out, stride, before, dilation), groups);
    }

    /**
     * Convolution of {@code [N, C, in]} with {@code [out, C / groups, kernel]}, and a bias {@code [out]} or null; the sizes
     * have been checked.
     */
    public static Tensor convolution(Tensor x, Tensor weight, Tensor bias, Conv args) {
        return bias == null
                ? Dispatch.apply(CONVOLUTION, args, x, weight)
                : Dispatch.apply(CONVOLUTION, args, x, weight, bias);
    }

    /**
     * The transposed convolution of {@code [N, C, out]} with {@code [C, channels / groups, kernel]}, and a bias
     * {@code [channels]} or null: {@code in} and {@code out} are those of the convolution it transposes.
     */
    public static Tensor transposed(Tensor y, Tensor weight, Tensor bias, Conv args) {
        return bias == null ? Dispatch.apply(INPUT, args, y, weight) : Dispatch.apply(INPUT, args, y, weight, bias);
    }

    /** All ops of this family. */
    public static List<StructuredOp<?>> all() {
        return Collections.unmodifiableList(ALL);
    }

    /** The dtype that sums are kept in: half types are rounded once, at the end. */
    private static DType computed(Op op, DType type) {
        DType computed = op.computeType(type);
        return computed == DType.FLOAT16 || computed == DType.BFLOAT16 ? DType.FLOAT32 : computed;
    }

    /** Adds the bias, if there is a third input, and rounds to the dtype of the first. */
    private static Tensor finished(Tensor out, Tensor... in) {
        if (in.length > 2) {
            out.add_(in[2].reshape(perChannel(out.dim())));
        }
        return Dispatch.converted(out, in[0].dtype());
    }

    private static long[] perChannel(int rank) {
        long[] shape = new long[rank - 1];
        Arrays.fill(shape, 1);
        shape[0] = -1;
        return shape;
    }

    private static Tensor[] withBias(Tensor[] grads, Tensor g, Saved saved) {
        if (grads.length > 2 && saved.wants(2)) {
            int[] others = new int[g.dim() - 1];
            Arrays.setAll(others, i -> i == 0 ? 0 : i + 1);
            grads[2] = g.sum(others);
        }
        return grads;
    }

    private static Tensor zeros(DType type, long... shape) {
        return new Tensor(Storage.allocateZeroed(type, Shapes.numel("empty", shape)), View.contiguous(shape));
    }

    private static <A> StructuredOp<A> register(StructuredOp<A> op) {
        ALL.add(op);
        return op;
    }
}
