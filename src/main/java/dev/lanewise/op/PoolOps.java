package dev.lanewise.op;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.internal.kernel.Operand;
import dev.lanewise.internal.kernel.PoolGrid;
import dev.lanewise.internal.kernel.Pools;
import dev.lanewise.internal.shape.Shapes;
import dev.lanewise.internal.shape.View;
import dev.lanewise.internal.simd.WindowLanes;
import dev.lanewise.internal.storage.Storage;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Pools over windows of the last one to three dimensions; those before them are planes that do not mix. */
public final class PoolOps {
    private static final List<StructuredOp<?>> ALL = new ArrayList<>();

    private PoolOps() {}

    /** Windows over some last dimensions. */
    public record Windows(int dims, PoolGrid grid) {
        /** Windows of equal size at equal distances; all lists have as many numbers as there are dimensions. */
        public static Windows of(long[] in, long[] out, long[] kernel, long[] stride, long[] padding, long[] dilation) {
            return new Windows(in.length, PoolGrid.windows(in, out, kernel, stride, padding, dilation));
        }

        /** As many windows as asked for, that cover all places as evenly as they can. */
        public static Windows adaptive(long[] in, long[] out) {
            return new Windows(in.length, PoolGrid.adaptive(in, out));
        }

        /** The sizes of a result for an input of some sizes. */
        public long[] outShape(long... sizes) {
            return shape(sizes, last(dims, grid.out(0), grid.out(1), grid.out(2)));
        }

        private long[] inShape(long... sizes) {
            return shape(sizes, last(dims, grid.in()));
        }

        private long planes(long... sizes) {
            return PoolOps.planes(sizes, dims);
        }
    }

    /** Windows, and where the positions of the maxima are put, null if they are not wanted. */
    record Max(Windows windows, Tensor positions) {}

    /** Windows, and what their sums are divided by. */
    record Mean(Windows windows, Pools.Divisor divisor) {}

    /** Positions in planes of a shape. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Places(Tensor positions, long[] sizes) {}

    static final class MaxPool extends StructuredOp<Max> {
        MaxPool() {
            super("maxPool", "Largest element of each window.");
            dtypes(DTypeRule.ANY);
            reachedBy("nn.Functional.maxPool1d, maxPool2d, maxPool3d and adaptiveMaxPool1d, 2d and 3d");
            torch("torch.nn.functional.max_pool2d");
        }

        @Override
        protected Tensor forward(Max args, Tensor... in) {
            Tensor x = in[0].contiguous();
            Tensor out = Dispatch.empty(x.dtype(), args.windows().outShape(x.sizes()));
            Tensor positions = args.positions();
            Pools.max(
                    WindowLanes.get(),
                    args.windows().planes(x.sizes()),
                    args.windows().grid(),
                    whole(x),
                    whole(out),
                    positions == null ? null : whole(positions));
            Reference.reachabilityFence(x);
            Reference.reachabilityFence(positions);
            return out;
        }

        @Override
        protected Tensor[] grad(Max args, Tensor g, Saved saved) {
            long[] sizes = saved.shape(0);
            int dims = args.windows().dims();
            long[] last = Arrays.copyOfRange(sizes, sizes.length - dims, sizes.length);
            return new Tensor[] {Dispatch.apply(MAX_SPREAD, new Places(args.positions(), last), g)};
        }
    }

    private static final StructuredOp<Max> MAX_POOL = register(new MaxPool());

    static final class MaxUnpool extends StructuredOp<Places> {
        MaxUnpool() {
            super("maxUnpool", "Zeros with each element at its position in a plane.");
            dtypes(DTypeRule.ANY);
            reachedBy("nn.Functional.maxUnpool1d, maxUnpool2d and maxUnpool3d");
            torch("torch.nn.functional.max_unpool2d");
        }

        @Override
        protected Tensor forward(Places args, Tensor... in) {
            Tensor x = in[0].contiguous();
            Tensor positions = args.positions().contiguous();
            int dims = args.sizes().length;
            Tensor out = zeros(x.dtype(), shape(x.sizes(), args.sizes()));
            long planes = planes(x.sizes(), dims);
            if (x.numel() > 0) {
                long places = Shapes.numel(args.sizes());
                Pools.place(planes, x.numel() / planes, places, whole(x), whole(positions), whole(out));
            }
            Reference.reachabilityFence(x);
            Reference.reachabilityFence(positions);
            return out;
        }

        @Override
        protected Tensor[] grad(Places args, Tensor g, Saved saved) {
            return new Tensor[] {picked(args, g, saved.shape(0))};
        }
    }

    private static final StructuredOp<Places> MAX_UNPOOL = register(new MaxUnpool());

    static final class MaxSpread extends StructuredOp<Places> {
        MaxSpread() {
            super("maxPoolSpread", "Zeros with each element added at its position in a plane.");
            reachedBy("the derivative of maxPool");
            torch("");
        }

        @Override
        protected Tensor forward(Places args, Tensor... in) {
            DType type = computed(in[0].dtype());
            Tensor y = Dispatch.converted(in[0], type).contiguous();
            Tensor positions = args.positions().contiguous();
            long[] sizes = shape(y.sizes(), args.sizes());
            Tensor out = y.numel() > 0 ? Dispatch.empty(type, sizes) : zeros(type, sizes);
            long planes = planes(y.sizes(), args.sizes().length);
            if (y.numel() > 0) {
                Pools.add(
                        planes, y.numel() / planes, Shapes.numel(args.sizes()), whole(y), whole(positions), whole(out));
            }
            Reference.reachabilityFence(y);
            Reference.reachabilityFence(positions);
            return Dispatch.converted(out, in[0].dtype());
        }

        @Override
        protected Tensor[] grad(Places args, Tensor g, Saved saved) {
            return new Tensor[] {picked(args, g, saved.shape(0))};
        }
    }

    private static final StructuredOp<Places> MAX_SPREAD = register(new MaxSpread());

    static final class AvgPool extends StructuredOp<Mean> {
        AvgPool() {
            super("avgPool", "Mean of each window.");
            reachedBy("nn.Functional.avgPool1d, avgPool2d, avgPool3d and adaptiveAvgPool1d, 2d and 3d");
            torch("torch.nn.functional.avg_pool2d");
        }

        @Override
        protected Tensor forward(Mean args, Tensor... in) {
            DType type = computed(in[0].dtype());
            Tensor x = Dispatch.converted(in[0], type).contiguous();
            Tensor out = Dispatch.empty(type, args.windows().outShape(x.sizes()));
            Pools.mean(
                    WindowLanes.get(),
                    args.windows().planes(x.sizes()),
                    args.windows().grid(),
                    args.divisor(),
                    whole(x),
                    whole(out));
            Reference.reachabilityFence(x);
            return Dispatch.converted(out, in[0].dtype());
        }

        @Override
        protected Tensor[] grad(Mean args, Tensor g, Saved saved) {
            return new Tensor[] {Dispatch.apply(AVG_SPREAD, args, g)};
        }
    }

    private static final StructuredOp<Mean> AVG_POOL = register(new AvgPool());

    static final class AvgSpread extends StructuredOp<Mean> {
        AvgSpread() {
            super("avgPoolSpread", "Sum over all windows of their elements' shares.");
            reachedBy("the derivative of avgPool");
            torch("");
        }

        @Override
        protected Tensor forward(Mean args, Tensor... in) {
            DType type = computed(in[0].dtype());
            Tensor y = Dispatch.converted(in[0], type).contiguous();
            Tensor out = zeros(type, args.windows().inShape(y.sizes()));
            Pools.spread(args.windows().planes(y.sizes()), args.windows().grid(), args.divisor(), whole(y), whole(out));
            Reference.reachabilityFence(y);
            return Dispatch.converted(out, in[0].dtype());
        }

        @Override
        protected Tensor[] grad(Mean args, Tensor g, Saved saved) {
            return new Tensor[] {Dispatch.apply(AVG_POOL, args, g)};
        }
    }

    private static final StructuredOp<Mean> AVG_SPREAD = register(new AvgSpread());

    /**
     * The largest element of each window over the last dimensions.
     *
     * @param positions INT64, of the result's sizes, contiguous: it is set to the position of each in its plane; or null,
     *     where no derivative is wanted
     */
    public static Tensor maxPool(Tensor x, Windows windows, Tensor positions) {
        return Dispatch.apply(MAX_POOL, new Max(windows, positions), x);
    }

    /** Zeros with last sizes {@code sizes} and the elements of x at INT64 positions, which have the sizes of x. */
    public static Tensor maxUnpool(Tensor x, Tensor positions, long... sizes) {
        return Dispatch.apply(MAX_UNPOOL, new Places(positions, sizes), x);
    }

    /**
     * The sum of each window over the last dimensions, divided; floating point or INT64.
     *
     * @param withPadding divides by the number of places with the padding
     * @param divisor what else to divide by, or 0
     */
    public static Tensor avgPool(Tensor x, Windows windows, boolean withPadding, long divisor) {
        return Dispatch.apply(AVG_POOL, new Mean(windows, new Pools.Divisor(withPadding, divisor)), x);
    }

    /** All ops of this family. */
    public static List<StructuredOp<?>> all() {
        return Collections.unmodifiableList(ALL);
    }

    /** The elements at the positions in their planes, of the positions' shape. */
    private static Tensor picked(Places args, Tensor x, long... shape) {
        int dims = args.sizes().length;
        long planes = planes(x.sizes(), dims);
        Tensor index = args.positions().reshape(planes, perPlane(shape, dims));
        return x.reshape(planes, perPlane(x.sizes(), dims)).gather(1, index).reshape(shape);
    }

    private static DType computed(DType type) {
        return type == DType.FLOAT16 || type == DType.BFLOAT16 ? DType.FLOAT32 : type;
    }

    private static Operand whole(Tensor x) {
        return Dispatch.operand(x, x.sizes());
    }

    /** Sizes with the last ones replaced. */
    private static long[] shape(long[] sizes, long[] last) {
        long[] out = sizes.clone();
        System.arraycopy(last, 0, out, out.length - last.length, last.length);
        return out;
    }

    private static long[] last(int dims, long... three) {
        long[] out = new long[dims];
        System.arraycopy(three, three.length - dims, out, 0, dims);
        return out;
    }

    private static long planes(long[] sizes, int dims) {
        long n = 1;
        for (int d = 0; d < sizes.length - dims; d++) {
            n *= sizes[d];
        }
        return n;
    }

    private static long perPlane(long[] sizes, int dims) {
        long n = 1;
        for (int d = sizes.length - dims; d < sizes.length; d++) {
            n *= sizes[d];
        }
        return n;
    }

    private static Tensor zeros(DType type, long... shape) {
        return new Tensor(Storage.allocateZeroed(type, Shapes.numel("empty", shape)), View.contiguous(shape));
    }

    private static <A> StructuredOp<A> register(StructuredOp<A> op) {
        ALL.add(op);
        return op;
    }
}
