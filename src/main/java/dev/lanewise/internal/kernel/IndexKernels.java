package dev.lanewise.internal.kernel;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import dev.lanewise.DType;
import dev.lanewise.internal.iter.StridedIter;
import dev.lanewise.internal.parallel.Parallel;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongFunction;

/** Kernels that read or write at positions held in a tensor, and fill. */
public final class IndexKernels {
    private IndexKernels() {}

    /** Elements whose offsets are computed at once. */
    private static final int BLOCK = 1024;

    /**
     * {@code out[i][j][…] = in[index[i][j][…]][j][…]}, written for dim 0: each element of {@code out} is the element of
     * {@code in} at the same place but for dimension {@code dim}, where {@code index} says which.
     *
     * @param shape of {@code index} and {@code out}, not 0-d
     * @param index INT64, inside the dimension
     */
    public static void gather(long[] shape, Operand in, int dim, Operand index, Operand out) {
        long[] base = in.byteStrides();
        long step = base[dim];
        base[dim] = 0;
        int shift = in.dtype().shift();
        StridedIter iter = StridedIter.of(shape, new long[][] {out.byteStrides(), index.byteStrides(), base});
        Parallel.forRange(iter.numel(), Thresholds.GRAIN, (from, to) -> {
            long[][] at = new long[3][BLOCK];
            for (long next = from; next < to; next += BLOCK) {
                int n = (int) Math.min(BLOCK, to - next);
                for (int k = 0; k < 3; k++) {
                    iter.offsets(k, next, n, at[k]);
                }
                for (int i = 0; i < n; i++) {
                    long position = index.segment().get(JAVA_LONG_UNALIGNED, index.byteOffset() + at[1][i]);
                    long source = in.byteOffset() + at[2][i] + position * step;
                    Combine.move(shift, in.segment(), source, out.segment(), out.byteOffset() + at[0][i]);
                }
            }
        });
    }

    /**
     * Adds {@code position * step} to each offset, positions below 0 counted from the end.
     *
     * @param offsets INT64, of the given shape
     * @param index INT64 of the same shape, inside {@code [-size, size)}
     * @param step bytes from one position to the next
     */
    public static void locate(long[] shape, Operand offsets, Operand index, long size, long step) {
        StridedIter iter = StridedIter.of(shape, new long[][] {offsets.byteStrides(), index.byteStrides()});
        Parallel.forRange(
                iter.numel(),
                Thresholds.GRAIN,
                (from, to) -> iter.forRuns(from, to, (at, n) -> {
                    for (long i = 0; i < n; i++) {
                        long target = offsets.byteOffset() + at[0] + i * iter.innerStride(0);
                        long source = index.byteOffset() + at[1] + i * iter.innerStride(1);
                        long position = index.segment().get(JAVA_LONG_UNALIGNED, source);
                        long counted = position < 0 ? position + size : position;
                        long offset = offsets.segment().get(JAVA_LONG_UNALIGNED, target);
                        offsets.segment().set(JAVA_LONG_UNALIGNED, target, offset + counted * step);
                    }
                }));
    }

    /**
     * Refuses positions that are not in {@code [least, size)}.
     *
     * @param index INT64
     * @param wording makes the exception from a position
     */
    public static void check(
            long[] shape, Operand index, long least, long size, LongFunction<? extends RuntimeException> wording) {
        StridedIter iter = StridedIter.of(shape, new long[][] {index.byteStrides()});
        AtomicBoolean outside = new AtomicBoolean();
        Parallel.forRange(
                iter.numel(),
                Thresholds.GRAIN,
                (from, to) -> iter.forRuns(from, to, (at, n) -> {
                    if (find(index, at[0], iter.innerStride(0), n, least, size) < n) {
                        outside.set(true);
                    }
                }));
        if (outside.get()) {
            // Again in order, so that the first one is named whichever thread saw one first.
            iter.forRuns(0, iter.numel(), (at, n) -> {
                long i = find(index, at[0], iter.innerStride(0), n, least, size);
                if (i < n) {
                    throw wording.apply(value(index, at[0] + i * iter.innerStride(0)));
                }
            });
        }
    }

    private static long find(Operand index, long at, long step, long n, long least, long size) {
        for (long i = 0; i < n; i++) {
            long position = value(index, at + i * step);
            if (position < least || position >= size) {
                return i;
            }
        }
        return n;
    }

    private static long value(Operand index, long offset) {
        return index.segment().get(JAVA_LONG_UNALIGNED, index.byteOffset() + offset);
    }

    /** Sets every element; a value is rounded, truncated or wrapped to the dtype. */
    public static void fill(Operand out, long[] shape, Number value) {
        DType type = out.dtype();
        StridedIter iter = StridedIter.of(shape, new long[][] {out.byteStrides()});
        long size = 1L << type.shift();
        Parallel.forRange(
                iter.numel(),
                Thresholds.PARALLEL_FROM,
                (from, to) -> iter.forRuns(from, to, (offsets, n) -> {
                    long at = out.byteOffset() + offsets[0];
                    long step = iter.innerStride(0);
                    set(type, out.segment(), at, value);
                    if (step == size) {
                        Repeat.fill(type.shift(), out.segment(), at, out.segment(), at, n);
                    } else {
                        for (long i = 1; i < n; i++) {
                            MemorySegment.copy(out.segment(), at, out.segment(), at + i * step, size);
                        }
                    }
                }));
    }

    private static void set(DType type, MemorySegment out, long at, Number value) {
        if (type.isFloatingPoint() || value instanceof Double || value instanceof Float) {
            Elements.setDouble(type, out, at, value.doubleValue());
        } else {
            Elements.setLong(type, out, at, value.longValue());
        }
    }
}
