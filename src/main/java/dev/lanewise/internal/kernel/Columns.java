package dev.lanewise.internal.kernel;

import dev.lanewise.DType;
import dev.lanewise.internal.parallel.Parallel;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Windows of channels written out as a matrix: one row for each channel and place of a window, one column for each window.
 *
 * <p>Channels and matrices are row-major without gaps.
 */
public final class Columns {
    private Columns() {}

    /** Copies the windows of some channels into the matrix; places outside become zeros. */
    public static void read(
            int shift, WindowGrid grid, long channels, MemorySegment x, long xAt, MemorySegment columns, long to) {
        long rows = channels * grid.window();
        Parallel.forRange(rows, grain(grid), (first, end) -> {
            for (long row = first; row < end; row++) {
                long channel = row / grid.window();
                long source = xAt + (channel * grid.inPlaces() << shift);
                long target = to + (row * grid.outPlaces() << shift);
                readRow(shift, grid, row % grid.window(), x, source, columns, target);
            }
        });
    }

    private static long grain(WindowGrid grid) {
        return Math.max(1, Thresholds.PARALLEL_FROM / Math.max(1, grid.outPlaces()));
    }

    private static void readRow(
            int shift, WindowGrid grid, long k, MemorySegment x, long xAt, MemorySegment columns, long to) {
        long[] kernel = grid.kernel();
        long kw = k % kernel[2];
        long kh = k / kernel[2] % kernel[1];
        long kd = k / kernel[2] / kernel[1];
        long[] in = grid.in();
        long[] out = grid.out();
        long first = grid.firstInside(kw);
        long end = Math.max(first, grid.endInside(kw));
        long at = to;
        for (long d = 0; d < out[0]; d++) {
            long depth = grid.place(0, d, kd);
            for (long h = 0; h < out[1]; h++) {
                long row = grid.place(1, h, kh);
                if (depth < 0 || depth >= in[0] || row < 0 || row >= in[1]) {
                    zeros(shift, columns, at, out[2]);
                } else {
                    long line = xAt + ((depth * in[1] + row) * in[2] << shift);
                    zeros(shift, columns, at, first);
                    copy(
                            shift,
                            x,
                            line + (grid.place(2, first, kw) << shift),
                            grid.stride()[2],
                            columns,
                            at + (first << shift),
                            end - first);
                    zeros(shift, columns, at + (end << shift), out[2] - end);
                }
                at += out[2] << shift;
            }
        }
    }

    private static void zeros(int shift, MemorySegment to, long at, long n) {
        switch (shift) {
            case 2 -> {
                for (long i = 0; i < n; i++) {
                    to.set(ValueLayout.JAVA_INT_UNALIGNED, at + i * Integer.BYTES, 0);
                }
            }
            case 3 -> {
                for (long i = 0; i < n; i++) {
                    to.set(ValueLayout.JAVA_LONG_UNALIGNED, at + i * Long.BYTES, 0);
                }
            }
            default -> {
                for (long i = 0; i < n << shift; i++) {
                    to.set(ValueLayout.JAVA_BYTE, at + i, (byte) 0);
                }
            }
        }
    }

    private static void copy(int shift, MemorySegment from, long fromAt, long step, MemorySegment to, long at, long n) {
        if (n <= 0) {
            return;
        }
        if (step == 1) {
            MemorySegment.copy(from, fromAt, to, at, n << shift);
            return;
        }
        switch (shift) {
            case 2 -> {
                for (long i = 0; i < n; i++) {
                    int bits = from.get(ValueLayout.JAVA_INT_UNALIGNED, fromAt + i * step * Integer.BYTES);
                    to.set(ValueLayout.JAVA_INT_UNALIGNED, at + i * Integer.BYTES, bits);
                }
            }
            case 3 -> {
                for (long i = 0; i < n; i++) {
                    long bits = from.get(ValueLayout.JAVA_LONG_UNALIGNED, fromAt + i * step * Long.BYTES);
                    to.set(ValueLayout.JAVA_LONG_UNALIGNED, at + i * Long.BYTES, bits);
                }
            }
            default -> {
                for (long i = 0; i < n; i++) {
                    MemorySegment.copy(from, fromAt + (i * step << shift), to, at + (i << shift), 1L << shift);
                }
            }
        }
    }

    /** Adds the matrix to the places of some channels that its windows were read from, in the order of its rows. */
    public static void add(
            DType type, WindowGrid grid, long channels, MemorySegment columns, long from, MemorySegment x, long xAt) {
        int shift = type.shift();
        long size = grid.window() * grid.outPlaces();
        Parallel.forRange(channels, Math.max(1, Thresholds.PARALLEL_FROM / Math.max(1, size)), (first, end) -> {
            for (long channel = first; channel < end; channel++) {
                long target = xAt + (channel * grid.inPlaces() << shift);
                for (long k = 0; k < grid.window(); k++) {
                    long row = from + (channel * size + k * grid.outPlaces() << shift);
                    addRow(type, grid, k, columns, row, x, target);
                }
            }
        });
    }

    private static void addRow(
            DType type, WindowGrid grid, long k, MemorySegment columns, long from, MemorySegment x, long xAt) {
        int shift = type.shift();
        long[] kernel = grid.kernel();
        long kw = k % kernel[2];
        long kh = k / kernel[2] % kernel[1];
        long kd = k / kernel[2] / kernel[1];
        long[] in = grid.in();
        long[] out = grid.out();
        long first = grid.firstInside(kw);
        long end = grid.endInside(kw);
        for (long d = 0; d < out[0]; d++) {
            long depth = grid.place(0, d, kd);
            for (long h = 0; h < out[1]; h++) {
                long row = grid.place(1, h, kh);
                if (depth >= 0 && depth < in[0] && row >= 0 && row < in[1] && first < end) {
                    long source = from + ((d * out[1] + h) * out[2] + first << shift);
                    long target = xAt + ((depth * in[1] + row) * in[2] + grid.place(2, first, kw) << shift);
                    addLine(type, columns, source, x, target, grid.stride()[2], end - first);
                }
            }
        }
    }

    private static void addLine(
            DType type, MemorySegment from, long fromAt, MemorySegment to, long at, long step, long n) {
        switch (type) {
            case FLOAT32 -> {
                for (long i = 0; i < n; i++) {
                    long place = at + i * step * Float.BYTES;
                    float sum = to.get(ValueLayout.JAVA_FLOAT_UNALIGNED, place)
                            + from.get(ValueLayout.JAVA_FLOAT_UNALIGNED, fromAt + i * Float.BYTES);
                    to.set(ValueLayout.JAVA_FLOAT_UNALIGNED, place, sum);
                }
            }
            case FLOAT64 -> {
                for (long i = 0; i < n; i++) {
                    long place = at + i * step * Double.BYTES;
                    double sum = to.get(ValueLayout.JAVA_DOUBLE_UNALIGNED, place)
                            + from.get(ValueLayout.JAVA_DOUBLE_UNALIGNED, fromAt + i * Double.BYTES);
                    to.set(ValueLayout.JAVA_DOUBLE_UNALIGNED, place, sum);
                }
            }
            default -> {
                int shift = type.shift();
                for (long i = 0; i < n; i++) {
                    addOne(type, from, fromAt + (i << shift), to, at + (i * step << shift));
                }
            }
        }
    }

    private static void addOne(DType type, MemorySegment from, long fromAt, MemorySegment to, long at) {
        if (type.isFloatingPoint()) {
            // In double, then rounded: of halves that is the correctly rounded sum.
            Elements.setDouble(type, to, at, Elements.getDouble(type, to, at) + Elements.getDouble(type, from, fromAt));
        } else {
            Elements.setLong(type, to, at, Elements.getLong(type, to, at) + Elements.getLong(type, from, fromAt));
        }
    }
}
