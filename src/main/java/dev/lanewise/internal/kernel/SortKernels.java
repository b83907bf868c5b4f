package dev.lanewise.internal.kernel;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import dev.lanewise.internal.iter.StridedIter;
import dev.lanewise.internal.parallel.Parallel;
import dev.lanewise.internal.parallel.ScratchPool;
import java.lang.foreign.MemorySegment;

/**
 * Positions in sorted order along a dimension; the lines are shared among threads.
 *
 * <p>NaN is larger than all numbers, -0.0 equal to 0.0. A line has less than 2³¹ elements.
 */
public final class SortKernels {
    /** Lines whose offsets are computed at once. */
    private static final int BLOCK = 256;

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

    private static final ScratchPool<LineSort> SORTS = new ScratchPool<>(LineSort::new);
    private static final ScratchPool<LineSelect> SELECTIONS = new ScratchPool<>(LineSelect::new);

    /**
     * Positions of the elements of each line along a dimension.
     *
     * @param filter for FIRST
     * @param shape of {@code x}
     * @param descending the largest first
     * @param k how many, or which; for SORT the size of the dimension
     * @param out INT64, of size k (KTH: 1) along the dimension
     */
    public static void order(
            KeyFilter filter, Kind kind, long[] shape, Operand x, int dim, boolean descending, int k, Operand out) {
        int length = (int) shape[dim];
        long[] lineShape = shape.clone();
        lineShape[dim] = 1;
        long[] in = x.byteStrides();
        long[] to = out.byteStrides();
        StridedIter lines = StridedIter.of(lineShape, new long[][] {to, in});
        if (k == 0 || lines.numel() == 0) {
            return;
        }
        Line line = new Line(x, in[dim], length, descending, out, to[dim]);
        long[] offsets = {x.byteOffset(), out.byteOffset()};
        Parallel.forRange(lines.numel(), Math.max(1, Thresholds.GRAIN / 8 / length), (from, end) -> {
            int block = (int) Math.min(BLOCK, end - from);
            long[] inAt = new long[block];
            long[] outAt = new long[block];
            for (long first = from; first < end; first += block) {
                int n = (int) Math.min(block, end - first);
                lines.offsets(1, first, n, inAt);
                lines.offsets(0, first, n, outAt);
                for (int i = 0; i < n; i++) {
                    inAt[i] += offsets[0];
                    outAt[i] += offsets[1];
                }
                if (kind == Kind.SORT) {
                    line.sort(inAt, outAt, n);
                } else {
                    line.select(filter, kind, k, inAt, outAt, n);
                }
            }
        });
    }

    private record Line(Operand x, long step, int length, boolean descending, Operand out, long outStep) {
        void sort(long[] from, long[] to, int n) {
            LineSort sort = SORTS.take();
            for (int i = 0; i < n; i++) {
                sort.sort(x, from[i], step, length, descending);
                write(sort.positions(), length, to[i]);
            }
            if (sort.isModest()) {
                SORTS.give(sort);
            }
        }

        void select(KeyFilter filter, Kind kind, int k, long[] from, long[] to, int n) {
            LineSelect selection = SELECTIONS.take();
            selection.filterBy(filter);
            long[] positions = new long[kind == Kind.KTH ? 1 : k];
            for (int i = 0; i < n; i++) {
                if (kind == Kind.KTH) {
                    positions[0] = selection.kth(x, from[i], step, length, k - 1);
                } else {
                    selection.first(x, from[i], step, length, descending, k, kind == Kind.FIRST, positions);
                }
                write(positions, positions.length, to[i]);
            }
            if (selection.isModest()) {
                SELECTIONS.give(selection);
            }
        }

        private void write(long[] positions, int n, long at) {
            if (outStep == Long.BYTES) {
                MemorySegment.copy(positions, 0, out.segment(), JAVA_LONG_UNALIGNED, at, n);
                return;
            }
            for (int i = 0; i < n; i++) {
                out.segment().set(JAVA_LONG_UNALIGNED, at + i * outStep, positions[i]);
            }
        }
    }
}
