package dev.lanewise.internal.simd;

import dev.lanewise.DType;
import dev.lanewise.internal.kernel.ArgReduce;
import dev.lanewise.internal.kernel.ExtremeKernel;
import dev.lanewise.internal.kernel.FoldKernel;
import dev.lanewise.internal.kernel.MapKernel;
import dev.lanewise.internal.kernel.Norm;
import dev.lanewise.internal.kernel.NormKernel;
import dev.lanewise.internal.kernel.NormStrips;
import dev.lanewise.internal.kernel.Operand;
import dev.lanewise.internal.kernel.Reduce;
import dev.lanewise.internal.kernel.Running;
import dev.lanewise.internal.kernel.ScanKernel;
import dev.lanewise.internal.kernel.Softmax;
import dev.lanewise.internal.kernel.SoftmaxKernel;
import dev.lanewise.internal.kernel.SoftmaxStrips;
import dev.lanewise.internal.kernel.Thresholds;
import dev.lanewise.internal.kernel.Tiles;
import dev.lanewise.internal.kernel.Variance;
import dev.lanewise.internal.shape.Shapes;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Reductions, positions of extremes, and softmax: the entry to their kernels, which loads and works without the Vector
 * API.
 *
 * <p>Sums of floats are formed in short chains of floats whose results are added in double, in an order that depends on
 * the shape and the layout alone: the same bits for any number of threads, any width of vectors, and none.
 */
public final class Reductions {
    private static final ConcurrentHashMap<Key, FoldKernel> FOLDS = new ConcurrentHashMap<>();

    private static final AtomicReferenceArray<ExtremeKernel> EXTREMES =
            new AtomicReferenceArray<>(2 * DType.values().length);
    private static final SoftmaxKernel.Kind[] KINDS = SoftmaxKernel.Kind.values();
    private static final SoftmaxSlot[] SOFTMAX = new SoftmaxSlot[2 * KINDS.length];
    private static final SoftmaxStrips[] SOFTMAX_STRIPS = new SoftmaxStrips[2 * KINDS.length];

    static {
        for (int i = 0; i < 2 * KINDS.length; i++) {
            DType type = i % 2 == 0 ? DType.FLOAT32 : DType.FLOAT64;
            SOFTMAX[i] = new SoftmaxSlot(KINDS[i / 2], type);
            SOFTMAX_STRIPS[i] = new SoftmaxStrips(KINDS[i / 2], type);
        }
    }

    private static final NormSlot[] NORMS = {new NormSlot(DType.FLOAT32), new NormSlot(DType.FLOAT64)};
    private static final NormStrips[] NORM_STRIPS = {new NormStrips(DType.FLOAT32), new NormStrips(DType.FLOAT64)};
    private static final ScanSlot[] SCANS = {
        new ScanSlot(FoldOps.SUM, DType.FLOAT32),
        new ScanSlot(FoldOps.PRODUCT, DType.FLOAT32),
        new ScanSlot(FoldOps.SUM, DType.FLOAT64),
        new ScanSlot(FoldOps.PRODUCT, DType.FLOAT64),
        new ScanSlot(FoldOps.SUM, DType.INT64),
        new ScanSlot(FoldOps.PRODUCT, DType.INT64)
    };

    private Reductions() {}

    private record Key(LaneReduce op, DType type) {}

    /**
     * Combines the elements along some dimensions; no elements give the op's identity.
     *
     * <p>FLOAT32 and the halves are combined as floats and doubles, integers and BOOL as longs, and rounded or wrapped
     * to the dtype of {@code out} once.
     *
     * @param dims the dimensions, each once and not negative
     * @param out the kept dimensions, row-major and without gaps; its strides are not read
     */
    public static void reduce(LaneReduce op, long[] shape, Operand in, int[] dims, Operand out) {
        Reduce.run(op, fold(op, in.dtype()), shape, in, dims, Reduce.Way.USUAL, out);
    }

    /**
     * Writes for each result whether something was counted; of one result of many elements it stops where that is known.
     *
     * @param count {@link FoldOps#NONZEROS} or {@link FoldOps#ZEROS}
     * @param out BOOL, else as for {@link #reduce}
     */
    public static void any(LaneReduce count, long[] shape, Operand in, int[] dims, Operand out) {
        Reduce.run(count, fold(count, in.dtype()), shape, in, dims, new Reduce.Way(true, null), out);
    }

    /**
     * Sums a function of the elements, of which a number for each result is subtracted first, in blocks that stay in the
     * cache.
     *
     * @param subtract a - b, of the dtype of {@code out}: FLOAT64, or FLOAT32 for the narrower ones
     * @param shift the numbers, laid out as {@code out}
     */
    public static void shiftedSum(
            MapKernel subtract, MapKernel function, long[] shape, Operand in, int[] dims, Operand shift, Operand out) {
        DType wide = out.dtype();
        FoldKernel sums = fold(FoldOps.SUM, wide);
        FoldKernel kernel = new ShiftedFold(in.dtype(), wide, sums, subtract, function);
        Reduce.run(FoldOps.SUM, kernel, shape, in, dims, new Reduce.Way(false, shift), out);
    }

    /** Writes variances, their roots or means along some dimensions; {@code sum} is the op whose fold adds. */
    public static void variance(LaneReduce sum, Variance.Wanted wanted, long[] shape, Operand in, int[] dims) {
        LaneReduce square = FoldOps.SQUARED_DISTANCES;
        Variance.Folds folds = new Variance.Folds(sum, fold(sum, in.dtype()), square, fold(square, in.dtype()));
        Variance.run(folds, wanted, shape, in, dims);
    }

    /** The driver of normalisation in FLOAT32 or FLOAT64. */
    public static Norm norm(DType type) {
        int at = type == DType.FLOAT64 ? 1 : 0;
        NormKernel vectors = NORMS[at].get();
        return new Norm(vectors == null ? NORM_STRIPS[at] : vectors, type);
    }

    /**
     * Writes what {@link Running} says.
     *
     * @param a the factors of LINEAR, else null
     */
    public static void running(Running.Kind kind, boolean reverse, Tiles tiles, Operand x, Operand a, Operand out) {
        boolean sum = kind == Running.Kind.SUM;
        ScanKernel vectors = null;
        if (sum || kind == Running.Kind.PROD) {
            ScanSlot slot = switch (x.dtype()) {
                case FLOAT32 -> SCANS[sum ? 0 : 1];
                case FLOAT64 -> SCANS[sum ? 2 : 3];
                case INT64 -> SCANS[sum ? 4 : 5];
                default -> null;
            };
            boolean small = tiles.inner() < ScanKernel.COLUMNS || tiles.lines() * tiles.n() < Thresholds.CALL;
            vectors = slot == null || small ? null : slot.get();
        }
        Running.run(kind, reverse, vectors, tiles, x, a, out);
    }

    /**
     * Finds the first position of the largest or smallest element along a dimension; NaN counts as the extreme.
     *
     * @param dim the dimension, or -1 for the position in the flattened tensor
     * @param indices INT64, the shape without {@code dim}, row-major and without gaps; its strides are not read
     * @param values the elements found, of the dtype of {@code in} and laid out as {@code indices}; null if not wanted
     */
    public static void argReduce(boolean largest, long[] shape, Operand in, int dim, Operand indices, Operand values) {
        ArgReduce.run(extreme(largest, in.dtype()), largest, shape, in, dim, indices, values);
    }

    /**
     * Exponentials divided by their sum along a dimension, or the logarithms of that.
     *
     * @param out the same shape and dtype, row-major and without gaps; its strides are not read
     */
    public static void softmax(boolean log, long[] shape, Operand in, int dim, Operand out) {
        SoftmaxKernel.Kind kind = log ? SoftmaxKernel.Kind.LOG_SOFTMAX : SoftmaxKernel.Kind.SOFTMAX;
        softmax(kind, shape, dim, in, in, out);
    }

    /**
     * The gradient of the input of softmax, or of its logarithm.
     *
     * @param g the gradient of the result
     * @param result what softmax gave
     * @param out the same shape and dtype, row-major and without gaps; its strides are not read
     */
    public static void softmaxGrad(boolean log, long[] shape, Operand g, Operand result, int dim, Operand out) {
        SoftmaxKernel.Kind kind = log ? SoftmaxKernel.Kind.LOG_SOFTMAX_GRAD : SoftmaxKernel.Kind.SOFTMAX_GRAD;
        softmax(kind, shape, dim, g, result, out);
    }

    private static void softmax(SoftmaxKernel.Kind kind, long[] shape, int dim, Operand a, Operand b, Operand out) {
        DType type = out.dtype();
        int at = 2 * kind.ordinal() + (type == DType.FLOAT64 ? 1 : 0);
        boolean few = Shapes.numel(shape) < Thresholds.FEW_EXPONENTIALS;
        SoftmaxKernel vectors = few ? SOFTMAX[at].ifWarm() : SOFTMAX[at].get();
        SoftmaxKernel kernel = vectors == null ? SOFTMAX_STRIPS[at] : vectors;
        MapKernel widen = type.isHalf() ? Kernels.cast(type, DType.FLOAT32) : null;
        MapKernel narrow = type.isHalf() ? Kernels.cast(DType.FLOAT32, type) : null;
        Softmax.run(kernel, widen, narrow, shape, dim, a, b, out);
    }

    private static ExtremeKernel extreme(boolean largest, DType type) {
        int at = 2 * type.ordinal() + (largest ? 1 : 0);
        ExtremeKernel kernel = EXTREMES.get(at);
        if (kernel == null) {
            EXTREMES.compareAndSet(at, null, new AutoExtreme(largest, type));
            kernel = EXTREMES.get(at);
        }
        return kernel;
    }

    static FoldKernel fold(LaneReduce op, DType type) {
        Key key = new Key(op, type);
        FoldKernel kernel = FOLDS.get(key);
        if (kernel == null) {
            FOLDS.putIfAbsent(key, make(op, type));
            kernel = FOLDS.get(key);
        }
        return kernel;
    }

    private static FoldKernel make(LaneReduce op, DType type) {
        DType wider = WideFold.wider(op, type);
        boolean widens = Simd.isOn() && Simd.warmup() != Simd.Warmup.OFF && op.vectorizes(wider);
        return wider != type && widens ? new WideFold(op, type, (AutoFold) fold(op, wider)) : new AutoFold(op, type);
    }
}
