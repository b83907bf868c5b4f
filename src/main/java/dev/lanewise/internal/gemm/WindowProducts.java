package dev.lanewise.internal.gemm;

import dev.lanewise.DType;
import dev.lanewise.internal.kernel.Operand;
import dev.lanewise.internal.kernel.WindowGrid;
import dev.lanewise.internal.parallel.Parallel;
import dev.lanewise.internal.simd.GemmKernel;
import dev.lanewise.internal.simd.GemmLines;
import dev.lanewise.internal.storage.Storage;

/**
 * Convolution as products with {@link WindowPlanes}: no window is written out.
 *
 * <p>Operands as in {@link Convolution}. The result's bits do not depend on the number of threads.
 *
 * @param <T> {@code float[]} or {@code double[]}
 */
final class WindowProducts<T> {
    private static final int ROW_STEP = 16;
    /** What a vector of results costs besides its fmas, and what copying it costs, in fmas. */
    private static final int STORE_COST = 8;

    private static final int COPY_COST = 12;
    /** Bytes of planes and results of the samples that are multiplied together: half of a second-level cache. */
    private static final long TOGETHER = 1 << 19;

    private final Element<T> element;
    private final DType type;
    private final Convolution sizes;
    private final WindowGrid grid;
    private final WindowPlanes planes;
    /** Elements of a row of a product's result. */
    private final long rowStride;

    private WindowProducts(Element<T> element, Convolution sizes, WindowPlanes planes) {
        this.element = element;
        this.type = element.type();
        this.sizes = sizes;
        this.grid = sizes.grid();
        this.planes = planes;
        this.rowStride = Math.ceilDiv(planes.columns(), ROW_STEP) * ROW_STEP;
    }

    /**
     * {@code y = weight · windows(x) + bias}.
     *
     * @param flipped with each window in reverse order
     * @param bias one number for each filter of all groups; null for none
     */
    static void forward(Convolution sizes, boolean flipped, Operand x, Operand weight, Operand bias, Operand y) {
        long channels = sizes.groups() * sizes.channels();
        WindowPlanes planes = new WindowPlanes(sizes.grid(), channels);
        if (sizes.type() == DType.FLOAT32) {
            new WindowProducts<>(Element.F32, sizes, planes).forward(flipped, x, weight, bias, y);
        } else {
            new WindowProducts<>(Element.F64, sizes, planes).forward(flipped, x, weight, bias, y);
        }
    }

    private void forward(boolean flipped, Operand x, Operand weight, Operand bias, Operand y) {
        long[] lines = planes.rows(0, sizes.channels(), flipped);
        for (int i = 0; i < lines.length; i++) {
            lines[i] <<= type.shift();
        }
        double work = (double) sizes.batch() * sizes.groups() * sizes.filters() * lines.length * grid.outPlaces();
        long shares = work >= Convolution.SHARED ? Math.min(Parallel.threads(), sizes.batch()) : 1;
        long grain = Math.ceilDiv(sizes.batch(), shares);
        GemmKernel<T> main = element.anywhere().main();
        boolean byRows = main != null && paysByRows(main.nr() / 2, lines.length);
        long together = byRows ? Math.min(grain, together()) : 1;
        TileColumns columns = byRows ? columnsByRows(main.nr() / 2, (int) together) : null;
        Parallel.forRange(sizes.batch(), grain, (from, to) -> {
            Storage windows = Storage.allocateZeroed(type, planes.elements(together));
            Storage results = byRows || planes.isDense() ? null : Storage.allocate(type, sizes.filters() * rowStride);
            try {
                for (long n = from; n < to; n += together) {
                    int samples = (int) Math.min(together, to - n);
                    fill(x, n, samples, windows);
                    for (long g = 0; g < sizes.groups(); g++) {
                        Matrix b = Matrix.ofLines(windows.segment(), windows.byteOffset(), lines)
                                .shifted(g * sizes.channels() * planes.planeStride(), type.shift());
                        Matrix a = matrix(weight, g * sizes.filters() * lines.length, lines.length);
                        long at = (n * sizes.groups() + g) * sizes.filters() * grid.outPlaces();
                        if (byRows) {
                            rowProducts(main, a, b, columns.first(columns.count() / (int) together * samples), y, at);
                        } else {
                            product(main, a, b, results, y, at);
                        }
                    }
                    addBias(bias, y, n, samples);
                }
            } finally {
                windows.close();
                if (results != null) {
                    results.close();
                }
            }
        });
    }

    /**
     * True if it is faster to begin a vector of results at each row of windows, than to go through all numbers of windows
     * and leave some results out when they are copied.
     */
    private boolean paysByRows(int lanes, int depth) {
        long[] out = grid.out();
        long byRows = out[0] * out[1] * Math.ceilDiv(out[2], (long) lanes);
        long byNumbers = Math.ceilDiv(planes.columns(), (long) lanes);
        long copies = planes.isDense() ? 0 : byRows * COPY_COST;
        return byRows * (depth + STORE_COST) < byNumbers * (depth + STORE_COST) + copies;
    }

    private long sampleSize() {
        return sizes.groups() * sizes.channels() * planes.planeStride();
    }

    private long resultSize() {
        return sizes.groups() * sizes.filters() * grid.outPlaces();
    }

    private long together() {
        return Math.max(1, TOGETHER / (sampleSize() + resultSize() << type.shift()));
    }

    private void fill(Operand x, long n, int samples, Storage windows) {
        GemmLines<T> lines = element.tiles().lines();
        long size = sizes.groups() * sizes.channels() * grid.inPlaces();
        for (int i = 0; i < samples; i++) {
            planes.fill(type, x, (n + i) * size, windows, i * sampleSize(), lines);
        }
    }

    private void rowProducts(GemmKernel<T> main, Matrix a, Matrix b, TileColumns columns, Operand y, long at) {
        Matrix c = matrix(y, at, grid.outPlaces());
        PackedGemm.ofColumns(element, main, sizes.filters(), b.lines().length, a, b, columns, c, false)
                .run();
    }

    private TileColumns columnsByRows(int lanes, int samples) {
        long[] starts = planes.starts();
        int width = (int) grid.out()[2];
        int perRow = Math.ceilDiv(width, lanes);
        int perSample = starts.length * perRow;
        long[] from = new long[samples * perSample];
        long[] to = new long[from.length];
        int[] widths = new int[from.length];
        for (int v = 0; v < from.length; v++) {
            int row = v % perSample / perRow;
            int col = v % perRow * lanes;
            from[v] = v / perSample * sampleSize() + starts[row] + col;
            to[v] = v / perSample * resultSize() + (long) row * width + col;
            widths[v] = Math.min(lanes, width - col);
        }
        return new TileColumns(from, to, widths);
    }

    private void product(GemmKernel<T> main, Matrix a, Matrix b, Storage results, Operand y, long at) {
        long filters = sizes.filters();
        long depth = b.lines().length;
        Matrix c = results == null ? matrix(y, at, grid.outPlaces()) : matrix(results, rowStride);
        new PackedGemm<>(element, main, filters, planes.columns(), depth, a, b, c, false, null, null).run();
        if (results != null) {
            long[] out = grid.out();
            long[] shape = {filters, out[0], out[1], out[2]};
            long[] steps = {grid.outPlaces(), out[1] * out[2], out[2], 1};
            Operand from = new Operand(results.segment(), results.byteOffset(), type, planes.columnStrides(rowStride));
            Operand to = new Operand(y.segment(), y.byteOffset() + (at << type.shift()), type, steps);
            WindowPlanes.copy(element.tiles().lines(), shape, from, to);
        }
    }

    /** Adds the bias to the results of some samples, which are still in cache. */
    private void addBias(Operand bias, Operand y, long n, int samples) {
        if (bias == null) {
            return;
        }
        GemmLines<T> lines = element.tiles().lines();
        int filters = (int) (sizes.groups() * sizes.filters());
        int places = (int) grid.outPlaces();
        long rowBytes = grid.outPlaces() << type.shift();
        Workspace<T> space = lines == null ? element.pool().take() : null;
        for (int i = 0; i < samples; i++) {
            long at = y.byteOffset() + ((n + i) * resultSize() << type.shift());
            if (lines == null) {
                space.scalar.addColumn(bias.segment(), bias.byteOffset(), filters, places, y.segment(), at, rowBytes);
            } else {
                lines.addColumn(bias.segment(), bias.byteOffset(), filters, places, y.segment(), at, rowBytes);
            }
        }
        if (space != null) {
            element.pool().give(space);
        }
    }

    private Matrix matrix(Operand all, long element, long width) {
        return new Matrix(all.segment(), all.byteOffset() + (element << type.shift()), width, 1);
    }

    private static Matrix matrix(Storage storage, long width) {
        return new Matrix(storage.segment(), storage.byteOffset(), width, 1);
    }
}
