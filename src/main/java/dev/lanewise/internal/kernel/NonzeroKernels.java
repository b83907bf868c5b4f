package dev.lanewise.internal.kernel;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import dev.lanewise.DType;
import dev.lanewise.internal.iter.StridedIter;
import dev.lanewise.internal.parallel.Parallel;
import dev.lanewise.internal.shape.Shapes;
import java.lang.foreign.MemorySegment;

/** Finds the elements that are not 0, in row-major order; NaN is one of them. */
public final class NonzeroKernels {
    private static final long CHUNK = Thresholds.GRAIN;

    private final long[] shape;
    private final Operand x;
    private final StridedIter iter;
    private final long[] starts;

    /** Counts them. */
    public NonzeroKernels(long[] shape, Operand x) {
        this.shape = shape;
        this.x = x;
        // The first operand makes the walk row-major whatever the strides of the other.
        iter = StridedIter.of(shape, new long[][] {Shapes.contiguousStrides(shape), x.byteStrides()});
        starts = new long[Math.toIntExact((iter.numel() + CHUNK - 1) / CHUNK) + 1];
        Parallel.forRange(iter.numel(), CHUNK, (from, to) -> {
            long[] found = new long[1];
            iter.forRuns(from, to, (offsets, n) -> found[0] += count(offsets[1], n));
            starts[(int) (from / CHUNK) + 1] = found[0];
        });
        for (int i = 1; i < starts.length; i++) {
            starts[i] += starts[i - 1];
        }
    }

    /** How many there are. */
    public long count() {
        return starts[starts.length - 1];
    }

    private long count(long offset, long n) {
        long found = 0;
        for (long i = 0; i < n; i++) {
            found += isSet(offset + i * iter.innerStride(1)) ? 1 : 0;
        }
        return found;
    }

    /** Writes the positions: one row for each, one column for each dimension. */
    public void write(Operand out) {
        long[] strides = out.byteStrides();
        long[] below = Shapes.contiguousStrides(shape);
        Parallel.forRange(iter.numel(), CHUNK, (from, to) -> {
            // The next row, and the position in row-major order.
            long[] next = {starts[(int) (from / CHUNK)], from};
            iter.forRuns(from, to, (offsets, n) -> {
                for (long i = 0; i < n; i++) {
                    if (isSet(offsets[1] + i * iter.innerStride(1))) {
                        position(
                                next[1] + i,
                                below,
                                out.segment(),
                                out.byteOffset() + next[0]++ * strides[0],
                                strides[1]);
                    }
                }
                next[1] += n;
            });
        });
    }

    private void position(long linear, long[] below, MemorySegment out, long at, long step) {
        for (int d = 0; d < shape.length; d++) {
            out.set(JAVA_LONG_UNALIGNED, at + d * step, linear / below[d] % shape[d]);
        }
    }

    private boolean isSet(long offset) {
        long at = x.byteOffset() + offset;
        MemorySegment memory = x.segment();
        long bits = switch (x.dtype().shift()) {
            case 0 -> memory.get(JAVA_BYTE, at);
            case 1 -> memory.get(JAVA_SHORT_UNALIGNED, at);
            case 2 -> memory.get(JAVA_INT_UNALIGNED, at);
            default -> memory.get(JAVA_LONG_UNALIGNED, at);
        };
        return x.dtype().isFloatingPoint() ? bits << 64 - (8 << x.dtype().shift()) << 1 != 0 : bits != 0;
    }

    /** Writes the positions below or above a diagonal of a matrix: a row of row numbers, then one of column numbers. */
    public static void triangle(boolean lower, long rows, long columns, long shift, Operand out) {
        long[] strides = out.byteStrides();
        DType type = out.dtype();
        long at = out.byteOffset();
        for (long i = 0; i < rows; i++) {
            long from = lower ? 0 : Math.max(0, i + shift);
            long to = lower ? Math.min(columns, i + shift + 1) : columns;
            for (long j = from; j < to; j++) {
                Elements.setLong(type, out.segment(), at, i);
                Elements.setLong(type, out.segment(), at + strides[0], j);
                at += strides[1];
            }
        }
    }
}
