package dev.lanewise.internal.kernel;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import dev.lanewise.internal.iter.StridedIter;
import dev.lanewise.internal.parallel.Parallel;
import java.lang.foreign.MemorySegment;

/**
 * Positions in sorted order along a dimension; the lines are shared among threads.
 *
 * <p>NaN is larger than all numbers, -0.0 equal to 0.0. A line has less than 2³¹ elements.
 */
public final class SortKernels {
    private SortKernels() {}

    /** What is done with a line. */
    public enum Kind {
        /** All positions in order; equal elements keep their order. */
        SORT,
        /** The first k positions in order. */
        FIRST,
        /** The first k positions, in no order. */
        FIRST_UNSORTED,
        /** The k-th position alone, from 1. */
        KTH
    }

    /**
     * Positions of the elements of each line along a dimension.
     *
     * @param shape of {@code x}
     * @param descending the largest first
     * @param k how many, or which; for SORT the size of the dimension
     * @param out INT64, of size k (KTH: 1) along the dimension
     */
    public static void order(Kind kind, long[] shape, Operand x, int dim, boolean descending, int k, Operand out) {
        int length = (int) shape[dim];
        long[] lineShape = shape.clone();
        lineShape[dim] = 1;
        long[] in = x.byteStrides();
        long[] to = out.byteStrides();
        StridedIter lines = StridedIter.of(lineShape, new long[][] {to, in});
        if (k == 0 || lines.numel() == 0) {
            return;
        }
        long step = in[dim];
        long outStep = to[dim];
        Parallel.forRange(lines.numel(), Math.max(1, Thresholds.GRAIN / 8 / length), (from, end) -> {
            LineSort sort = kind == Kind.SORT ? new LineSort(length, x.dtype().shift()) : null;
            LineSelect selection = kind == Kind.SORT ? null : new LineSelect(length);
            long[] offset = new long[1];
            long[] positions = new long[kind == Kind.KTH ? 1 : k];
            for (long line = from; line < end; line++) {
                lines.offsets(1, line, 1, offset);
                long at = x.byteOffset() + offset[0];
                if (kind == Kind.SORT) {
                    sort.sort(x, at, step, length, descending);
                    sort.positions(positions);
                } else {
                    selection.load(x, at, step, length, descending);
                    select(selection, kind, k, length, positions);
                }
                lines.offsets(0, line, 1, offset);
                write(positions, out, out.byteOffset() + offset[0], outStep);
            }
        });
    }

    private static void select(LineSelect selection, Kind kind, int k, int length, long[] positions) {
        if (kind == Kind.KTH) {
            selection.kth(k - 1, length);
            selection.positions(k - 1, 1, positions);
        } else {
            selection.first(k, length, kind == Kind.FIRST);
            selection.positions(0, k, positions);
        }
    }

    private static void write(long[] positions, Operand out, long at, long step) {
        if (step == Long.BYTES) {
            MemorySegment.copy(positions, 0, out.segment(), JAVA_LONG_UNALIGNED, at, positions.length);
            return;
        }
        for (int i = 0; i < positions.length; i++) {
            out.segment().set(JAVA_LONG_UNALIGNED, at + i * step, positions[i]);
        }
    }
}
