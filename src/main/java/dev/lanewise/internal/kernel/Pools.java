package dev.lanewise.internal.kernel;

import dev.lanewise.DType;
import dev.lanewise.internal.error.Check;
import dev.lanewise.internal.parallel.Parallel;
import dev.lanewise.internal.parallel.ScratchPool;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Pools over the windows of planes; all operands are planes one after the other, row-major without gaps. */
public final class Pools {
    private static final WindowLoops SCALAR = new ScalarWindows();
    private static final ScratchPool<WindowBand> BANDS = new ScratchPool<>(WindowBand::new);
    private static final ScratchPool<WindowSums> SUMS = new ScratchPool<>(WindowSums::new);

    private Pools() {}

    /** Which elements the sum of a window is divided by the number of; or by a number, if that is not 0. */
    public record Divisor(boolean withPadding, long fixed) {
        long of(PoolGrid grid, int d, int h, int w) {
            if (fixed != 0) {
                return fixed;
            }
            return along(grid, 0, d) * along(grid, 1, h) * along(grid, 2, w);
        }

        private long along(PoolGrid grid, int dim, int o) {
            return withPadding ? grid.count()[dim][o] : Math.max(1, grid.end()[dim][o] - grid.start()[dim][o]);
        }
    }

    /** What is done with one row of windows. */
    private interface Row {
        void run(long plane, int d, int h, long firstWindow);
    }

    private static void forRows(long planes, PoolGrid grid, Row body) {
        int rows = grid.out(0) * grid.out(1);
        if (grid.outPlaces() == 0) {
            return;
        }
        long work = Math.max(1, grid.inPlaces() / rows);
        Parallel.forRange(planes * rows, Math.max(1, Thresholds.GRAIN / work), (from, to) -> {
            for (long row = from; row < to; row++) {
                int inPlane = (int) (row % rows);
                body.run(row / rows, inPlane / grid.out(1), inPlane % grid.out(1), row * grid.out(2));
            }
        });
    }

    /** What is done with some rows of windows, in memory of the thread's own. */
    private interface Band {
        void run(WindowBand band, long plane, int d, int h, int end, long firstWindow);
    }

    private static void forBands(long planes, PoolGrid grid, WindowLoops loops, Band body) {
        if (grid.outPlaces() == 0) {
            return;
        }
        int height = WindowBand.height(grid);
        int bands = Math.ceilDiv(grid.out(1), height);
        long perPlane = (long) grid.out(0) * bands;
        long grain = Math.max(1, Thresholds.GRAIN / Math.max(1, grid.inPlaces() / perPlane));
        Parallel.forRange(planes * perPlane, grain, (from, to) -> {
            WindowBand band = BANDS.take();
            band.prepare(grid, height, loops);
            for (long i = from; i < to; i++) {
                int d = (int) (i % perPlane / bands);
                int h = (int) (i % bands) * height;
                long first = ((i / perPlane * grid.out(0) + d) * grid.out(1) + h) * grid.out(2);
                body.run(band, i / perPlane, d, h, Math.min(grid.out(1), h + height), first);
            }
            BANDS.give(band);
        });
    }

    // ------------------------------------------------------------------ maxima

    /**
     * The largest element of each window, the first of equal ones, the last NaN if there are any; and where in its plane it
     * stands.
     *
     * @param loops the vector form of the loops; null for scalar code
     * @param positions INT64, or null if they are not wanted
     */
    public static void max(
            WindowLoops loops, long planes, PoolGrid grid, Operand x, Operand values, Operand positions) {
        if (x.dtype() != DType.FLOAT32 || !grid.isRegular()) {
            maxOneByOne(planes, grid, x, values, positions);
            return;
        }
        long plane = grid.inPlaces() * Float.BYTES;
        forBands(planes, grid, loops == null ? SCALAR : loops, (band, p, d, h, end, first) -> {
            band.max(x.segment(), x.byteOffset() + p * plane, d, h, end, positions != null);
            band.store((end - h) * grid.out(2), values, first, positions);
        });
    }

    private static void maxOneByOne(long planes, PoolGrid grid, Operand x, Operand values, Operand positions) {
        int shift = x.dtype().shift();
        long plane = grid.inPlaces() << shift;
        forRows(planes, grid, (p, d, h, first) -> {
            long from = x.byteOffset() + p * plane;
            for (int w = 0; w < grid.out(2); w++) {
                long at = x.dtype().isFloatingPoint()
                        ? maxReal(grid, x, from, d, h, w)
                        : maxInteger(grid, x, from, d, h, w);
                long to = values.byteOffset() + (first + w << shift);
                if (at < 0) {
                    // A window that lies in the padding alone.
                    Elements.setDouble(x.dtype(), values.segment(), to, Double.NEGATIVE_INFINITY);
                } else {
                    copy(x.dtype(), x.segment(), from + (at << shift), values.segment(), to);
                }
                if (positions != null) {
                    long place = positions.byteOffset() + (first + w) * Long.BYTES;
                    positions.segment().set(ValueLayout.JAVA_LONG_UNALIGNED, place, Math.max(0, at));
                }
            }
        });
    }

    private static void copy(DType type, MemorySegment from, long at, MemorySegment to, long place) {
        if (type == DType.FLOAT32) {
            to.set(ValueLayout.JAVA_FLOAT_UNALIGNED, place, from.get(ValueLayout.JAVA_FLOAT_UNALIGNED, at));
        } else {
            MemorySegment.copy(from, at, to, place, 1L << type.shift());
        }
    }

    private static long maxReal(PoolGrid grid, Operand x, long from, int d, int h, int w) {
        DType type = x.dtype();
        MemorySegment segment = x.segment();
        int shift = type.shift();
        long[] in = grid.in();
        long[] step = grid.step();
        long left = grid.start()[2][w];
        long right = grid.end()[2][w];
        long lowest = grid.end()[0][d];
        long bottom = grid.end()[1][h];
        double best = Double.NEGATIVE_INFINITY;
        long position = -1;
        for (long i = grid.start()[0][d]; i < lowest; i += step[0]) {
            for (long j = grid.start()[1][h]; j < bottom; j += step[1]) {
                long row = (i * in[1] + j) * in[2];
                if (position < 0 && left < right) {
                    position = row + left;
                }
                for (long k = left; k < right; k += step[2]) {
                    double value = real(type, segment, from + (row + k << shift));
                    if (value > best || Double.isNaN(value)) {
                        best = value;
                        position = row + k;
                    }
                }
            }
        }
        return position;
    }

    private static long maxInteger(PoolGrid grid, Operand x, long from, int d, int h, int w) {
        long[] in = grid.in();
        long[] step = grid.step();
        long best = Long.MIN_VALUE;
        long position = -1;
        for (long i = grid.start()[0][d]; i < grid.end()[0][d]; i += step[0]) {
            for (long j = grid.start()[1][h]; j < grid.end()[1][h]; j += step[1]) {
                long row = (i * in[1] + j) * in[2];
                for (long k = grid.start()[2][w]; k < grid.end()[2][w]; k += step[2]) {
                    long at = from + (row + k << x.dtype().shift());
                    long value = Elements.getLong(x.dtype(), x.segment(), at);
                    if (value > best || position < 0) {
                        best = value;
                        position = row + k;
                    }
                }
            }
        }
        return position;
    }

    private static double real(DType type, MemorySegment segment, long at) {
        return type == DType.FLOAT32
                ? segment.get(ValueLayout.JAVA_FLOAT_UNALIGNED, at)
                : Elements.getDouble(type, segment, at);
    }

    /**
     * Writes each element at its position in a plane of {@code places}, which holds zeros before; of equal positions the
     * last counts.
     *
     * @throws dev.lanewise.IndexException if a position is not in [0, places); part of {@code out} has changed then
     */
    public static void place(long planes, long windows, long places, Operand x, Operand positions, Operand out) {
        int shift = x.dtype().shift();
        Parallel.forRange(planes, Math.max(1, Thresholds.GRAIN / Math.max(1, windows)), (first, end) -> {
            for (long i = first * windows; i < end * windows; i++) {
                long at = positions.byteOffset() + i * Long.BYTES;
                long position = positions.segment().get(ValueLayout.JAVA_LONG_UNALIGNED, at);
                if (position < 0 || position >= places) {
                    throw Check.index("maxUnpool", "every position must lie in the result")
                            .expected("0 to " + (places - 1))
                            .got(position)
                            .error();
                }
                long to = out.byteOffset() + (i / windows * places + position << shift);
                MemorySegment.copy(x.segment(), x.byteOffset() + (i << shift), out.segment(), to, 1L << shift);
            }
        });
    }

    /**
     * Makes planes of {@code places} zeros and adds each element at its position, in the order of the elements; FLOAT32 and
     * FLOAT64.
     */
    public static void add(long planes, long windows, long places, Operand x, Operand positions, Operand out) {
        DType type = x.dtype();
        int shift = type.shift();
        boolean small = type == DType.FLOAT32 && windows <= WindowSums.MOST && places <= WindowSums.MOST;
        Parallel.forRange(planes, Math.max(1, Thresholds.GRAIN / Math.max(1, windows + places)), (first, end) -> {
            if (small) {
                WindowSums sums = SUMS.take();
                for (long plane = first; plane < end; plane++) {
                    sums.add((int) windows, (int) places, plane, x, positions, out);
                }
                SUMS.give(sums);
                return;
            }
            out.segment()
                    .asSlice(out.byteOffset() + (first * places << shift), (end - first) * places << shift)
                    .fill((byte) 0);
            for (long i = first * windows; i < end * windows; i++) {
                long position = positions
                        .segment()
                        .get(ValueLayout.JAVA_LONG_UNALIGNED, positions.byteOffset() + i * Long.BYTES);
                long to = out.byteOffset() + (i / windows * places + position << shift);
                double value = real(type, x.segment(), x.byteOffset() + (i << shift));
                Elements.setDouble(type, out.segment(), to, real(type, out.segment(), to) + value);
            }
        });
    }

    // ------------------------------------------------------------------ means

    /**
     * The sum of each window over its divisor; of FLOAT32, FLOAT64, or INT64, where the quotient is truncated.
     *
     * <p>FLOAT32 is summed in floats, in the order of the places, if all windows are equal.
     *
     * @param loops the vector form of the loops; null for scalar code
     */
    public static void mean(WindowLoops loops, long planes, PoolGrid grid, Divisor divisor, Operand x, Operand out) {
        if (x.dtype() != DType.FLOAT32 || !grid.isRegular()) {
            meanOneByOne(planes, grid, divisor, x, out);
            return;
        }
        long plane = grid.inPlaces() * Float.BYTES;
        forBands(planes, grid, loops == null ? SCALAR : loops, (band, p, d, h, end, first) -> {
            band.mean(x.segment(), x.byteOffset() + p * plane, d, h, end, divisor);
            band.store((end - h) * grid.out(2), out, first, null);
        });
    }

    private static void meanOneByOne(long planes, PoolGrid grid, Divisor divisor, Operand x, Operand out) {
        DType type = x.dtype();
        long plane = grid.inPlaces() << type.shift();
        forRows(planes, grid, (p, d, h, first) -> {
            long from = x.byteOffset() + p * plane;
            for (int w = 0; w < grid.out(2); w++) {
                long n = divisor.of(grid, d, h, w);
                long to = out.byteOffset() + (first + w << type.shift());
                if (type.isFloatingPoint()) {
                    Elements.setDouble(type, out.segment(), to, sumReal(grid, x, from, d, h, w) / n);
                } else {
                    Elements.setLong(type, out.segment(), to, sumInteger(grid, x, from, d, h, w) / n);
                }
            }
        });
    }

    private static double sumReal(PoolGrid grid, Operand x, long from, int d, int h, int w) {
        DType type = x.dtype();
        MemorySegment segment = x.segment();
        int shift = type.shift();
        long[] in = grid.in();
        long left = grid.start()[2][w];
        long right = grid.end()[2][w];
        double sum = 0;
        for (long i = grid.start()[0][d]; i < grid.end()[0][d]; i++) {
            for (long j = grid.start()[1][h]; j < grid.end()[1][h]; j++) {
                long row = (i * in[1] + j) * in[2];
                for (long k = left; k < right; k++) {
                    sum += real(type, segment, from + (row + k << shift));
                }
            }
        }
        return sum;
    }

    private static long sumInteger(PoolGrid grid, Operand x, long from, int d, int h, int w) {
        long[] in = grid.in();
        long sum = 0;
        for (long i = grid.start()[0][d]; i < grid.end()[0][d]; i++) {
            for (long j = grid.start()[1][h]; j < grid.end()[1][h]; j++) {
                long row = (i * in[1] + j) * in[2];
                for (long k = grid.start()[2][w]; k < grid.end()[2][w]; k++) {
                    sum += Elements.getLong(
                            x.dtype(), x.segment(), from + (row + k << x.dtype().shift()));
                }
            }
        }
        return sum;
    }

    /** The transposed map of {@link #mean}: adds each element over its divisor to all places of its window. */
    public static void spread(long planes, PoolGrid grid, Divisor divisor, Operand y, Operand out) {
        int shift = y.dtype().shift();
        long windows = grid.outPlaces();
        long grain = Math.max(1, Thresholds.GRAIN / Math.max(1, Math.max(windows, grid.inPlaces())));
        Parallel.forRange(planes, grain, (first, end) -> {
            for (long i = first * windows; i < end * windows; i++) {
                int w = (int) (i % grid.out(2));
                int h = (int) (i / grid.out(2) % grid.out(1));
                int d = (int) (i / grid.out(2) / grid.out(1) % grid.out(0));
                double value = real(y.dtype(), y.segment(), y.byteOffset() + (i << shift)) / divisor.of(grid, d, h, w);
                spread(grid, value, out, out.byteOffset() + (i / windows * grid.inPlaces() << shift), d, h, w);
            }
        });
    }

    private static void spread(PoolGrid grid, double value, Operand out, long plane, int d, int h, int w) {
        DType type = out.dtype();
        MemorySegment segment = out.segment();
        long[] in = grid.in();
        for (long i = grid.start()[0][d]; i < grid.end()[0][d]; i++) {
            for (long j = grid.start()[1][h]; j < grid.end()[1][h]; j++) {
                long row = plane + ((i * in[1] + j) * in[2] << type.shift());
                for (long k = grid.start()[2][w]; k < grid.end()[2][w]; k++) {
                    long at = row + (k << type.shift());
                    Elements.setDouble(type, segment, at, real(type, segment, at) + value);
                }
            }
        }
    }
}
