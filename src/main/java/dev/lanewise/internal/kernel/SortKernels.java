package dev.lanewise.internal.kernel;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import dev.lanewise.internal.iter.StridedIter;
import dev.lanewise.internal.parallel.Parallel;
import java.lang.foreign.MemorySegment;

/** Positions in sorted order along a dimension; the lines are shared among threads. */
public final class SortKernels {
    /** A selection of up to this part of a line is taken with a heap instead of sorting the line. */
    private static final int SELECT_PART = 16;

    private SortKernels() {}

    /**
     * For each line along a dimension, the positions of its elements in sorted order from {@code first} on.
     *
     * <p>Equal elements keep their order. NaN is larger than all numbers, -0.0 equal to 0.0.
     *
     * @param shape of {@code x}, at most 2³¹ - 1 along the dimension
     * @param first which of the sorted elements the result begins with
     * @param count how many there are in the result along the dimension
     * @param out INT64
     */
    public static void order(long[] shape, Operand x, int dim, boolean descending, int first, int count, Operand out) {
        int length = (int) shape[dim];
        long[] lineShape = shape.clone();
        lineShape[dim] = 1;
        long[] in = x.byteStrides();
        long[] to = out.byteStrides();
        long step = in[dim];
        long outStep = to[dim];
        StridedIter lines = StridedIter.of(lineShape, new long[][] {to, in});
        if (count == 0 || lines.numel() == 0) {
            return;
        }
        boolean selects = (long) (first + count) * SELECT_PART <= length;
        Parallel.forRange(lines.numel(), Math.max(1, Thresholds.GRAIN / 8 / length), (from, end) -> {
            LineSelect selection = selects ? new LineSelect(first + count, length) : null;
            LineSort sort = selects ? null : new LineSort(length, x.dtype().shift());
            long[] offset = new long[1];
            long[] positions = new long[count];
            for (long line = from; line < end; line++) {
                lines.offsets(1, line, 1, offset);
                if (selects) {
                    selection.select(x, x.byteOffset() + offset[0], step, length, descending);
                } else {
                    sort.sort(x, x.byteOffset() + offset[0], step, length, descending);
                }
                lines.offsets(0, line, 1, offset);
                long at = out.byteOffset() + offset[0];
                if (selects) {
                    selection.positions(first, count, positions);
                } else {
                    sort.positions(first, count, positions);
                }
                write(positions, count, out, at, outStep);
            }
        });
    }

    private static void write(long[] positions, int count, Operand out, long at, long step) {
        if (step == Long.BYTES) {
            MemorySegment.copy(positions, 0, out.segment(), JAVA_LONG_UNALIGNED, at, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            out.segment().set(JAVA_LONG_UNALIGNED, at + i * step, positions[i]);
        }
    }
}
