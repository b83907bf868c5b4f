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
        StridedIter iter = StridedIter.of(shape, new long[][] {out.byteStrides(), index.byteStrides(), base});
        Gather gather = new Gather(iter, in, step, index, out);
        Parallel.forRange(iter.numel(), Thresholds.GRAIN, (from, to) -> {
            PositionStrip strip = PositionStrip.take();
            if (iter.innerSize() >= Thresholds.DIRECT_RUN) {
                iter.forRuns(from, to, (at, n) -> gather.run(strip, at, n));
            } else {
                gather.pieces(strip, from, to);
            }
            strip.giveBack();
        });
    }

    private record Gather(StridedIter iter, Operand in, long step, Operand index, Operand out) {
        void run(PositionStrip strip, long[] at, long length) {
            long outStep = iter.innerStride(0);
            long inStep = iter.innerStride(2);
            int shift = in.dtype().shift();
            for (long from = 0; from < length; from += PositionStrip.SIZE) {
                int n = (int) Math.min(PositionStrip.SIZE, length - from);
                long to = out.byteOffset() + at[0] + from * outStep;
                strip.load(index, at[1] + from * iter.innerStride(1), iter.innerStride(1), n);
                PositionStrip.line(strip.sources, n, at[2] + from * inStep, inStep);
                strip.addTo(strip.sources, n, step);
                if (outStep == 1L << shift) {
                    Packing.gather(shift, in.segment(), in.byteOffset(), strip.sources, n, out.segment(), to);
                } else {
                    PositionStrip.line(strip.targets, n, to, outStep);
                    move(strip, n, 0);
                }
            }
        }

        /** For runs that are too short to be handled one by one. */
        void pieces(PositionStrip strip, long from, long end) {
            for (long next = from; next < end; next += PositionStrip.SIZE) {
                int n = (int) Math.min(PositionStrip.SIZE, end - next);
                iter.offsets(1, next, n, strip.targets);
                strip.load(index, strip.targets, n);
                iter.offsets(2, next, n, strip.sources);
                strip.addTo(strip.sources, n, step);
                iter.offsets(0, next, n, strip.targets);
                move(strip, n, out.byteOffset());
            }
        }

        private void move(PositionStrip strip, int n, long to) {
            Combine.SET.elements(
                    in.dtype(), in.segment(), in.byteOffset(), strip.sources, out.segment(), to, strip.targets, n);
        }
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
        Parallel.forRange(iter.numel(), Thresholds.GRAIN, (from, to) -> {
            PositionStrip strip = PositionStrip.take();
            iter.forRuns(from, to, (at, n) -> {
                for (long done = 0; done < n; done += PositionStrip.SIZE) {
                    int count = (int) Math.min(PositionStrip.SIZE, n - done);
                    long place = at[0] + done * iter.innerStride(0);
                    strip.load(index, at[1] + done * iter.innerStride(1), iter.innerStride(1), count);
                    strip.locate(offsets, place, iter.innerStride(0), count, size, step);
                }
            });
            strip.giveBack();
        });
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
        Parallel.forRange(iter.numel(), Thresholds.GRAIN, (from, to) -> {
            PositionStrip strip = PositionStrip.take();
            iter.forRuns(from, to, (at, n) -> {
                for (long done = 0; done < n; done += PositionStrip.SIZE) {
                    int count = (int) Math.min(PositionStrip.SIZE, n - done);
                    strip.load(index, at[0] + done * iter.innerStride(0), iter.innerStride(0), count);
                    if (strip.anyOutside(count, least, size)) {
                        outside.set(true);
                    }
                }
            });
            strip.giveBack();
        });
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
