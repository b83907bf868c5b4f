package dev.lanewise.op;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import dev.lanewise.internal.kernel.Counting;
import java.lang.ref.Reference;

/** Counts of elements by value; they have no derivative. */
public final class CountOps {
    private CountOps() {}

    /**
     * How often each whole number from 0 on occurs, or the sum of the weights of where it does.
     *
     * @param weights of the shape of {@code x}, or null
     * @param least length of the result at least
     */
    public static Tensor bincount(Tensor x, Tensor weights, long least) {
        checkBins(x, weights, least);
        Tensor values = x.contiguous();
        long n = x.numel();
        long[] ends = n == 0 ? new long[] {0, -1} : Counting.range(Dispatch.operand(values, values.sizes()), n);
        if (ends[0] < 0) {
            throw Check.argument("bincount", "there must be no number below 0")
                    .got(ends[0])
                    .operand("self", x.dtype(), x.sizes())
                    .error();
        }
        int bins = Math.toIntExact(Math.max(least, ends[1] + 1));
        Tensor out;
        if (weights == null) {
            long[] counts = new long[bins];
            Counting.count(Dispatch.operand(values, values.sizes()), n, counts);
            out = Tensor.of(counts);
        } else {
            Tensor dense = weights.detach().contiguous();
            double[] sums = new double[bins];
            Counting.sum(Dispatch.operand(values, values.sizes()), Dispatch.operand(dense, dense.sizes()), n, sums);
            Reference.reachabilityFence(dense);
            out = Tensor.of(weights.dtype() == DType.FLOAT32 ? DType.FLOAT32 : DType.FLOAT64, sums);
        }
        Reference.reachabilityFence(values);
        return out;
    }

    private static void checkBins(Tensor x, Tensor weights, long least) {
        if (x.isFloatingPoint() || x.dtype() == DType.BOOL) {
            throw Check.dtype("bincount", "the numbers must be whole")
                    .got(x.dtype())
                    .operand("self", x.dtype(), x.sizes())
                    .hint("Convert them with to(DType.INT64).")
                    .error();
        }
        if (x.dim() != 1) {
            throw Check.shape("bincount", "self must have one dimension")
                    .operand("self", x.dtype(), x.sizes())
                    .error();
        }
        if (weights != null && !x.shape().equals(weights.shape())) {
            throw Check.shape("bincount", "there must be a weight for each number")
                    .operand("self", x.dtype(), x.sizes())
                    .operand("weights", weights.dtype(), weights.sizes())
                    .error();
        }
        if (least < 0) {
            throw Check.argument("bincount", "minlength must not be negative")
                    .got(least)
                    .error();
        }
    }

    /** How many elements are in each of some intervals of equal width; min = max takes the ends from the elements. */
    public static Tensor histc(Tensor x, int bins, double min, double max) {
        if (!x.isFloatingPoint()) {
            throw Check.dtype("histc", "the dtype must be floating point")
                    .got(x.dtype())
                    .operand("self", x.dtype(), x.sizes())
                    .hint("Use bincount, or convert with to(DType.FLOAT32).")
                    .error();
        }
        if (bins <= 0) {
            throw Check.argument("histc", "there must be at least one interval")
                    .got(bins)
                    .error();
        }
        Tensor values = x.detach().contiguous();
        double low = min;
        double high = max;
        if (low == high && x.numel() > 0) {
            low = values.min().item();
            high = values.max().item();
        }
        if (low == high) {
            low -= 1;
            high += 1;
        }
        if (!(low < high) || Double.isInfinite(high - low)) {
            throw Check.argument("histc", "the ends must be finite, and max not below min")
                    .got("[" + low + ", " + high + "]")
                    .operand("self", x.dtype(), x.sizes())
                    .error();
        }
        long[] counts = new long[bins];
        Counting.histogram(Dispatch.operand(values, values.sizes()), x.numel(), low, high, counts);
        Reference.reachabilityFence(values);
        return Tensor.of(counts).to(x.dtype());
    }
}
