package dev.lanewise;

import dev.lanewise.internal.error.Check;
import dev.lanewise.internal.kernel.Elements;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.util.function.LongToDoubleFunction;
import java.util.function.LongUnaryOperator;

/**
 * Tensors of evenly spaced numbers, in PyTorch's order of roundings.
 *
 * <p>PyTorch counts float32 and float64 in groups of one 32-byte register, as long as two whole groups are left: the
 * first number of a group is rounded to the dtype, and the others are counted on from it.
 */
final class Sequences {
    private static final int REGISTER_BYTES = 32;

    private Sequences() {}

    // ------------------------------------------------------------------ arange

    static Tensor arange(long start, long end, long step) {
        return arange(DType.INT64, start, end, step);
    }

    static Tensor arange(DType dtype, Number start, Number end, Number step) {
        if (dtype == DType.BOOL) {
            throw Check.dtype("arange", "must be called for numbers")
                    .expected("a numeric dtype")
                    .got(dtype)
                    .error();
        }
        checkStep(start.doubleValue(), end.doubleValue(), step.doubleValue());
        if (!dtype.isFloatingPoint()) {
            long first = start.longValue();
            long by = step.longValue();
            return longs(dtype, wholeCount(dtype, start, end, step), i -> first + i * by);
        }
        double first = start.doubleValue();
        double by = step.doubleValue();
        long n = count(first, end.doubleValue(), by);
        return grouped(dtype, n, i -> Math.fma(by, (double) i, first), by, false);
    }

    private static long count(double start, double end, double step) {
        double count = Math.ceil((end - start) / step);
        if (!(count < Long.MAX_VALUE)) {
            throw Check.argument("arange", "the bounds must be finite, and not too many steps apart")
                    .got("start " + start + ", end " + end + ", step " + step)
                    .error();
        }
        return Math.max(0, (long) count);
    }

    /** Of INT64 the bounds are whole too, of other integers only the numbers. */
    private static long wholeCount(DType dtype, Number start, Number end, Number step) {
        if (dtype != DType.INT64) {
            return count(start.doubleValue(), end.doubleValue(), step.doubleValue());
        }
        long by = step.longValue();
        checkStep((double) start.longValue(), (double) end.longValue(), (double) by);
        // as unsigned numbers, for the distance may need 64 bits
        long distance = by > 0 ? end.longValue() - start.longValue() : start.longValue() - end.longValue();
        return distance == 0 ? 0 : Long.divideUnsigned(distance - 1, Math.abs(by)) + 1;
    }

    private static void checkStep(double start, double end, double step) {
        if (step == 0 || end > start && step < 0 || end < start && step > 0) {
            throw Check.argument("arange", "step must lead from start to end")
                    .got("start " + start + ", end " + end + ", step " + step)
                    .error();
        }
    }

    // ------------------------------------------------------------------ linspace, logspace

    /** Counts from both ends towards the middle, in the precision of the dtype; integers in float64, then truncated. */
    static Tensor linspace(DType dtype, Number start, Number end, long steps) {
        checkSteps("linspace", dtype, steps);
        if (dtype == DType.FLOAT64 || !dtype.isFloatingPoint()) {
            double low = bound(dtype, start);
            double high = bound(dtype, end);
            double step = steps > 1 ? (high - low) / (steps - 1) : 0;
            return grouped(
                    dtype,
                    steps,
                    i -> i < steps / 2 || steps == 1
                            ? Math.fma(step, (double) i, low)
                            : Math.fma(-step, (double) (steps - i - 1), high),
                    step,
                    false);
        }
        float low = start.floatValue();
        float high = end.floatValue();
        float step = steps > 1 ? (high - low) / (steps - 1) : 0;
        return grouped(
                dtype,
                steps,
                i -> i < steps / 2 || steps == 1
                        ? Math.fma(step, (float) i, low)
                        : Math.fma(-step, (float) (steps - i - 1), high),
                step,
                true);
    }

    static Tensor logspace(DType dtype, Number start, Number end, long steps, double base) {
        checkSteps("logspace", dtype, steps);
        boolean single = dtype != DType.FLOAT64 && dtype.isFloatingPoint();
        double low = single ? start.floatValue() : bound(dtype, start);
        double high = single ? end.floatValue() : bound(dtype, end);
        double exact = steps > 1 ? (high - low) / (steps - 1) : 0;
        double step = single ? (float) exact : exact;
        LongToDoubleFunction exponent =
                i -> i < steps / 2 || steps == 1 ? low + step * i : high - step * (steps - i - 1);
        return doubles(dtype, steps, i -> {
            double power = exponent.applyAsDouble(i);
            return Math.pow(base, single ? (float) power : power);
        });
    }

    private static double bound(DType dtype, Number value) {
        return dtype == DType.FLOAT64 ? value.doubleValue() : value.longValue();
    }

    private static void checkSteps(String op, DType dtype, long steps) {
        if (steps < 0) {
            throw Check.argument(op, "steps must not be negative").got(steps).error();
        }
        if (dtype == DType.BOOL) {
            throw Check.dtype(op, "must be called for numbers")
                    .expected("a numeric dtype")
                    .got(dtype)
                    .error();
        }
    }

    // ------------------------------------------------------------------ windows

    /** {@code alpha - beta · cos(2π·i / (n - 1))}, n one more for a periodic window. */
    static Tensor cosineWindow(String op, DType dtype, long n, boolean periodic, double alpha, double beta) {
        checkWindow(op, dtype, n);
        double angle = 2 * Math.PI / (periodic ? n : n - 1);
        if (n == 1) {
            return doubles(dtype, 1, i -> 1);
        }
        if (dtype == DType.FLOAT64) {
            return doubles(dtype, n, i -> Math.cos(i * angle) * -beta + alpha);
        }
        return doubles(dtype, n, i -> (float) Math.cos((float) i * (float) angle) * (float) -beta + (float) alpha);
    }

    /** {@code 0.42 - 0.5·cos(2π·i / (n - 1)) + 0.08·cos(4π·i / (n - 1))}, n one more for a periodic window. */
    static Tensor blackmanWindow(DType dtype, long n, boolean periodic) {
        checkWindow("blackmanWindow", dtype, n);
        double angle = Math.PI / (periodic ? n : n - 1);
        if (n == 1) {
            return doubles(dtype, 1, i -> 1);
        }
        if (dtype == DType.FLOAT64) {
            return doubles(dtype, n, i -> Math.cos(i * angle * 4) * 0.08 - Math.cos(i * angle * 2) * 0.5 + 0.42);
        }
        return doubles(dtype, n, i -> {
            float at = (float) i * (float) angle;
            return (float) Math.cos(at * 4) * 0.08f - (float) Math.cos(at * 2) * 0.5f + 0.42f;
        });
    }

    /** Rises from 0 to 1 and falls again, by equal steps. */
    static Tensor bartlettWindow(DType dtype, long n, boolean periodic) {
        checkWindow("bartlettWindow", dtype, n);
        if (n == 1) {
            return doubles(dtype, 1, i -> 1);
        }
        long last = periodic ? n : n - 1;
        double slope = 2.0 / last;
        return doubles(dtype, n, i -> {
            double up = dtype == DType.FLOAT64 ? i * slope : (float) i * (float) slope;
            return i <= last / 2 ? up : 2 - up;
        });
    }

    private static void checkWindow(String op, DType dtype, long n) {
        if (n < 0) {
            throw Check.argument(op, "the length must not be negative").got(n).error();
        }
        if (!dtype.isFloatingPoint()) {
            throw Check.dtype(op, "must be called for floating-point numbers")
                    .got(dtype)
                    .error();
        }
    }

    // ------------------------------------------------------------------ positions

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

    // ------------------------------------------------------------------ writing

    /**
     * Numbers that {@code value} gives, counted on within each group of float32 or float64.
     *
     * @param single true if the steps are float32 too
     */
    private static Tensor grouped(DType dtype, long n, LongToDoubleFunction value, double step, boolean single) {
        Tensor out = doubles(dtype, n, value);
        if (dtype != DType.FLOAT32 && dtype != DType.FLOAT64) {
            return out;
        }
        int group = REGISTER_BYTES >> dtype.shift();
        long inGroups = n - n % (2L * group);
        MemorySegment segment = out.storage().segment();
        for (long first = 0; first < inGroups; first += group) {
            long at = out.byteOffset() + (first << dtype.shift());
            double base = Elements.getDouble(dtype, segment, at);
            for (int k = 1; k < group; k++) {
                double next = single ? (float) base + (float) step * k : base + step * k;
                Elements.setDouble(dtype, segment, at + ((long) k << dtype.shift()), next);
            }
        }
        Reference.reachabilityFence(out);
        return out;
    }

    private static Tensor longs(DType dtype, long n, LongUnaryOperator value) {
        Tensor out = Tensor.empty(dtype, n);
        MemorySegment segment = out.storage().segment();
        for (long i = 0; i < n; i++) {
            Elements.setLong(dtype, segment, out.byteOffset() + (i << dtype.shift()), value.applyAsLong(i));
        }
        Reference.reachabilityFence(out);
        return out;
    }

    private static Tensor doubles(DType dtype, long n, LongToDoubleFunction value) {
        Tensor out = Tensor.empty(dtype, n);
        MemorySegment segment = out.storage().segment();
        for (long i = 0; i < n; i++) {
            set(dtype, segment, out.byteOffset() + (i << dtype.shift()), value.applyAsDouble(i));
        }
        Reference.reachabilityFence(out);
        return out;
    }

    private static void set(DType dtype, MemorySegment segment, long at, double value) {
        if (dtype.isFloatingPoint()) {
            Elements.setDouble(dtype, segment, at, value);
        } else {
            Elements.setLong(dtype, segment, at, (long) value);
        }
    }
}
