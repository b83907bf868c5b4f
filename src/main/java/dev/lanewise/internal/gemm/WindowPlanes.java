package dev.lanewise.internal.gemm;

import dev.lanewise.DType;
import dev.lanewise.internal.kernel.Elementwise;
import dev.lanewise.internal.kernel.Operand;
import dev.lanewise.internal.kernel.Scratch;
import dev.lanewise.internal.kernel.WindowGrid;
import dev.lanewise.internal.simd.GemmLines;
import dev.lanewise.internal.simd.Kernels;
import dev.lanewise.internal.storage.Storage;

/**
 * A layout of planes in which an element of all windows is one piece of memory: planes are padded with zeros and taken apart
 * by the strides, into a part for each remainder of a place.
 *
 * <p>A window is numbered by its place in a part, so that some numbers, between the last window of a row and the first of the
 * next, stand for no window: a product has columns there that are left out.
 */
final class WindowPlanes {
    /** Elements behind the last plane that may be read and mean nothing: some slivers of B. */
    private static final int SLACK = 1024;

    private final WindowGrid grid;
    private final long planes;
    private final long[] size = new long[3];
    private final long parts;

    WindowPlanes(WindowGrid grid, long planes) {
        this.grid = grid;
        this.planes = planes;
        for (int d = 0; d < 3; d++) {
            size[d] = Math.ceilDiv(extent(d), grid.stride()[d]);
        }
        long after = extent(2) - grid.before()[2] - grid.in()[2];
        if (grid.stride()[2] == 1 && after > 0 && after <= grid.before()[2]) {
            // What pads the end of a row also pads the begin of the next.
            size[2] -= after;
        }
        parts = grid.stride()[0] * grid.stride()[1] * grid.stride()[2];
    }

    /** Places along a dimension that windows reach, from the padding on. */
    private long extent(int d) {
        return (grid.out()[d] - 1) * grid.stride()[d] + (grid.kernel()[d] - 1) * grid.dilation()[d] + 1;
    }

    private long planeSize() {
        return size[0] * size[1] * size[2];
    }

    /** Numbers of windows, with those that stand for none. */
    long columns() {
        long[] out = grid.out();
        return ((out[0] - 1) * size[1] + out[1] - 1) * size[2] + out[2];
    }

    /** True if the numbers are those of the results' places; rows that share their padding may be nearer than they are wide. */
    boolean isDense() {
        long[] out = grid.out();
        boolean rows = size[2] == out[2] || out[0] * out[1] == 1;
        return rows && (size[1] * size[2] == out[1] * out[2] || out[0] == 1);
    }

    /** The strides of [filters, out…] in a matrix of columns that is {@code rowStride} elements wide. */
    long[] columnStrides(long rowStride) {
        return new long[] {rowStride, size[1] * size[2], size[2], 1};
    }

    /** Elements of all planes of some samples. */
    long elements(long samples) {
        return samples * planes * planeStride() + SLACK;
    }

    /** Elements from one plane to the next. */
    long planeStride() {
        return parts * planeSize();
    }

    /** Where window 0 of each row of windows lies, in window 0's own plane. */
    long[] starts() {
        long[] out = grid.out();
        long[] starts = new long[Math.toIntExact(out[0] * out[1])];
        for (int i = 0; i < starts.length; i++) {
            starts[i] = (i / out[1] * size[1] + i % out[1]) * size[2];
        }
        return starts;
    }

    /**
     * Where each element of window 0 lies, for some planes: the rows of the matrix of windows.
     *
     * @param flipped the window's elements in reverse order
     */
    long[] rows(long first, long end, boolean flipped) {
        int window = (int) grid.window();
        long[] kernel = grid.kernel();
        long[] rows = new long[Math.toIntExact((end - first) * window)];
        for (int i = 0; i < rows.length; i++) {
            int k = flipped ? window - 1 - i % window : i % window;
            long[] at = {k / kernel[2] / kernel[1], k / kernel[2] % kernel[1], k % kernel[2]};
            long part = 0;
            long place = 0;
            for (int d = 0; d < 3; d++) {
                long distance = at[d] * grid.dilation()[d];
                part = part * grid.stride()[d] + distance % grid.stride()[d];
                place = place * size[d] + distance / grid.stride()[d];
            }
            rows[i] = ((first + i / window) * parts + part) * planeSize() + place;
        }
        return rows;
    }

    /**
     * Copies planes into the layout, which holds zeros in the padding before.
     *
     * @param element of x that the first plane begins with
     * @param at the element of {@code to} that the layout begins with
     * @param lines copies rows; null for scalar code
     */
    void fill(DType type, Operand x, long element, Storage to, long at, GemmLines<?> lines) {
        long[] stride = grid.stride();
        for (long part = 0; part < parts; part++) {
            long[] first = {part / stride[2] / stride[1], part / stride[2] % stride[1], part % stride[2]};
            fill(type, x, element, to, at + part * planeSize(), lines, first);
        }
    }

    private void fill(DType type, Operand x, long element, Storage to, long at, GemmLines<?> lines, long... first) {
        long[] in = grid.in();
        long[] stride = grid.stride();
        long[] shape = {planes, 0, 0, 0};
        long source = element;
        long target = at;
        long[] inSteps = {in[1] * in[2], in[2], 1};
        long[] steps = {size[1] * size[2], size[2], 1};
        for (int d = 0; d < 3; d++) {
            long before = grid.before()[d] - first[d];
            long begin = Math.max(0, Math.ceilDiv(before, stride[d]));
            long end = Math.min(size[d], Math.floorDiv(in[d] - 1 + before, stride[d]) + 1);
            if (end <= begin) {
                return;
            }
            shape[d + 1] = end - begin;
            source += (begin * stride[d] - before) * inSteps[d];
            target += begin * steps[d];
        }
        long[] from = {grid.inPlaces(), stride[0] * inSteps[0], stride[1] * inSteps[1], stride[2]};
        long[] into = {planeStride(), steps[0], steps[1], 1};
        int shift = type.shift();
        Operand read = new Operand(x.segment(), x.byteOffset() + (source << shift), type, from);
        copy(lines, shape, read, new Operand(to.segment(), to.byteOffset() + (target << shift), type, into));
    }

    /** Copies [planes, depths, rows, columns], by {@code lines} if these are warm and the rows in one piece. */
    static void copy(GemmLines<?> lines, long[] shape, Operand from, Operand to) {
        long[] steps = from.strides();
        long[] toSteps = to.strides();
        int shift = from.dtype().shift();
        boolean fit = lines != null && steps[3] == 1 && toSteps[3] == 1;
        if (!fit || from.segment().getClass() != Scratch.NATIVE || to.segment().getClass() != Scratch.NATIVE) {
            Elementwise.run(Kernels.cast(from.dtype(), from.dtype()), shape, to, from);
            return;
        }
        for (long i = 0; i < shape[0] * shape[1]; i++) {
            long plane = i / shape[1];
            long depth = i % shape[1];
            lines.copyRows(
                    from.segment(),
                    from.byteOffset() + (plane * steps[0] + depth * steps[1] << shift),
                    steps[2] << shift,
                    to.segment(),
                    to.byteOffset() + (plane * toSteps[0] + depth * toSteps[1] << shift),
                    toSteps[2] << shift,
                    (int) shape[2],
                    (int) shape[3]);
        }
    }
}
