package dev.lanewise;

import dev.lanewise.internal.error.Check;
import dev.lanewise.internal.kernel.Elements;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.util.function.LongToDoubleFunction;
import java.util.function.LongUnaryOperator;

/** Tensors of evenly spaced numbers. */
final class Sequences {
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

    /** Counts from both ends towards the middle, in the precision of the dtype, as PyTorch does. */
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
            return doubles(dtype, steps, i -> i < steps / 2 ? start + step * i : end - step * (steps - i - 1));
        }
        float low = (float) start;
        float high = (float) end;
        float step = (high - low) / (steps - 1);
        return doubles(
                dtype,
                steps,
                i -> i < steps / 2 ? Math.fma(step, (float) i, low) : Math.fma(-step, (float) (steps - i - 1), high));
    }

    /** Each position as many times in a row as its number in a vector says. */
    static Tensor repeated(Tensor times) {
        if (times.dtype() != DType.INT64 && times.dtype() != DType.INT32) {
            throw Check.dtype("repeatInterleave", "the numbers of repeats must be int64 or int32")
                    .got(times.dtype())
                    .operand("times", times.dtype(), times.sizes())
                    .error();
        }
        long[] counts = times.toLongArray();
        long total = 0;
        for (long count : counts) {
            if (count < 0) {
                throw Check.argument("repeatInterleave", "the numbers of repeats must not be negative")
                        .got(count)
                        .operand("times", times.dtype(), times.sizes())
                        .error();
            }
            total = Math.addExact(total, count);
        }
        Tensor out = Tensor.empty(DType.INT64, total);
        MemorySegment segment = out.storage().segment();
        long start = 0;
        for (int i = 0; i < counts.length; i++) {
            for (long k = 0; k < counts[i]; k++) {
                Elements.setLong(DType.INT64, segment, out.byteOffset() + (start++ << 3), i);
            }
        }
        Reference.reachabilityFence(out);
        return out;
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
