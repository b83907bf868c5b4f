package dev.lanewise;

import dev.lanewise.internal.error.Check;
import dev.lanewise.internal.kernel.Elements;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.util.function.LongToDoubleFunction;
import java.util.function.LongUnaryOperator;

/** Tensors of evenly spaced numbers. */
final class Sequences {
    /** Floats in a vector of the machine that results are recorded from. */
    private static final int LANES = 8;

    private Sequences() {}

    static Tensor arange(long start, long end, long step) {
        checkStep((double) start, (double) end, (double) step);
        long n = step > 0
                ? Math.max(0, -Math.floorDiv(start - end, step))
                : Math.max(0, -Math.floorDiv(end - start, -step));
        return longs(n, i -> start + i * step);
    }

    /** Source: PyTorch computes {@code start + step · i} in float64 and rounds once. */
    static Tensor arange(DType dtype, double start, double end, double step) {
        checkStep(start, end, step);
        long n = Math.max(0, (long) Math.ceil((end - start) / step));
        return doubles(dtype, n, i -> start + step * i);
    }

    /**
     * Counts from both ends towards the middle in the precision of the dtype, to the bit as PyTorch does in vectors of 256
     * bits: the first of each vector is rounded once, the others are multiples of the step from there.
     */
    static Tensor linspace(DType dtype, double start, double end, long steps) {
        if (steps < 0) {
            throw Check.argument("linspace", "steps must not be negative")
                    .got(steps)
                    .error();
        }
        if (steps == 1) {
            return doubles(dtype, 1, i -> start);
        }
        if (dtype == DType.FLOAT64) {
            double step = (end - start) / (steps - 1);
            return doubles(dtype, steps, i -> {
                long from = groupStart(i, steps, LANES / 2);
                double first = from < steps / 2
                        ? Math.fma(step, (double) from, start)
                        : Math.fma(-step, (double) (steps - from - 1), end);
                return first + (i - from) * step;
            });
        }
        float low = (float) start;
        float high = (float) end;
        float step = (high - low) / (steps - 1);
        return doubles(dtype, steps, i -> {
            long from = groupStart(i, steps, LANES);
            float first = from < steps / 2
                    ? Math.fma(step, (float) from, low)
                    : Math.fma(-step, (float) (steps - from - 1), high);
            return first + (i - from) * step;
        });
    }

    /** Where the group begins that PyTorch computes in one vector: what is left after pairs of vectors stands alone. */
    private static long groupStart(long i, long steps, int lanes) {
        boolean inVector = i < steps - steps % (2L * lanes);
        return inVector ? i - i % lanes : i;
    }

    private static void checkStep(double start, double end, double step) {
        if (step == 0 || end > start && step < 0 || end < start && step > 0) {
            throw Check.argument("arange", "step must lead from start to end")
                    .got("start " + start + ", end " + end + ", step " + step)
                    .error();
        }
    }

    private static Tensor longs(long n, LongUnaryOperator value) {
        Tensor out = Tensor.empty(DType.INT64, n);
        MemorySegment segment = out.storage().segment();
        for (long i = 0; i < n; i++) {
            Elements.setLong(DType.INT64, segment, out.byteOffset() + (i << 3), value.applyAsLong(i));
        }
        Reference.reachabilityFence(out);
        return out;
    }

    private static Tensor doubles(DType dtype, long n, LongToDoubleFunction value) {
        Tensor out = Tensor.empty(dtype, n);
        MemorySegment segment = out.storage().segment();
        for (long i = 0; i < n; i++) {
            Elements.setDouble(dtype, segment, out.byteOffset() + (i << dtype.shift()), value.applyAsDouble(i));
        }
        Reference.reachabilityFence(out);
        return out;
    }
}
