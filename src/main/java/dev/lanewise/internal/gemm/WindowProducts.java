package dev.lanewise.internal.gemm;

import dev.lanewise.DType;
import dev.lanewise.internal.kernel.Elementwise;
import dev.lanewise.internal.kernel.Operand;
import dev.lanewise.internal.kernel.WindowGrid;
import dev.lanewise.internal.parallel.Parallel;
import dev.lanewise.internal.simd.GemmKernel;
import dev.lanewise.internal.simd.Kernels;
import dev.lanewise.internal.storage.Storage;

/**
 * Convolution and its derivative by the weight as products with {@link WindowPlanes}: no window is written out.
 *
 * <p>Operands as in {@link Convolution}. The result's bits do not depend on the number of threads.
 *
 * @param <T> {@code float[]} or {@code double[]}
 */
final class WindowProducts<T> {
    private static final int ROW_STEP = 16;

    private final Element<T> element;
    private final DType type;
    private final Convolution sizes;
    private final WindowGrid grid;
    private final WindowPlanes planes;
    /** Elements of a row of a product's result, and of a line of the windows' derivatives. */
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
     * {@code y = weight · windows(x)}.
     *
     * @param flipped with each window in reverse order
     */
    static void forward(Convolution sizes, boolean flipped, Operand x, Operand weight, Operand y) {
        long channels = sizes.groups() * sizes.channels();
        WindowPlanes planes = new WindowPlanes(sizes.grid(), channels);
        if (sizes.type() == DType.FLOAT32) {
            new WindowProducts<>(Element.F32, sizes, planes).forward(flipped, x, weight, y);
        } else {
            new WindowProducts<>(Element.F64, sizes, planes).forward(flipped, x, weight, y);
        }
    }

    /** {@code weight = Σ y · windows(x)ᵀ} over the batch, in its order, of finite numbers. */
    static void weight(Convolution sizes, Operand x, Operand y, Operand weight) {
        if (sizes.type() == DType.FLOAT32) {
            weight(Element.F32, sizes, x, y, weight);
        } else {
            weight(Element.F64, sizes, x, y, weight);
        }
    }

    private void forward(boolean flipped, Operand x, Operand weight, Operand y) {
        long channels = sizes.channels();
        long filters = sizes.filters();
        long places = grid.outPlaces();
        long[] rows = planes.rows(0, channels, flipped);
        double work = (double) sizes.batch() * sizes.groups() * filters * rows.length * places;
        long shares = work >= Convolution.SHARED ? Math.min(Parallel.threads(), sizes.batch()) : 1;
        long grain = Math.ceilDiv(sizes.batch(), shares);
        GemmKernel<T> main = element.anywhere().main();
        Parallel.forRange(sizes.batch(), grain, (from, to) -> {
            Storage windows = Storage.allocateZeroed(type, planes.elements());
            Storage results = planes.isDense() ? null : Storage.allocate(type, filters * rowStride);
            try {
                for (long n = from; n < to; n++) {
                    planes.fill(type, x, n * sizes.groups() * channels * grid.inPlaces(), windows);
                    for (long g = 0; g < sizes.groups(); g++) {
                        long at = (n * sizes.groups() + g) * filters * places;
                        Matrix c = results == null ? matrix(y, at, places) : matrix(results, rowStride);
                        Matrix b = Matrix.ofLines(windows.segment(), windows.byteOffset(), rows)
                                .shifted(g * channels * planes.planeStride(), type.shift());
                        Matrix a = matrix(weight, g * filters * rows.length, rows.length);
                        new PackedGemm<>(
                                        element,
                                        main,
                                        filters,
                                        planes.columns(),
                                        rows.length,
                                        a,
                                        b,
                                        c,
                                        false,
                                        null,
                                        null)
                                .run();
                        if (results != null) {
                            copy(results, columns(), y, at, steps(places));
                        }
                    }
                }
            } finally {
                windows.close();
                if (results != null) {
                    results.close();
                }
            }
        });
    }

    private static <T> void weight(Element<T> element, Convolution sizes, Operand x, Operand y, Operand weight) {
        long channels = sizes.channels();
        double work = (double) sizes.batch()
                * sizes.filters()
                * channels
                * sizes.groups()
                * sizes.grid().window();
        long shares =
                work * sizes.grid().outPlaces() >= Convolution.SHARED ? Math.min(channels, 2L * Parallel.threads()) : 1;
        long part = Math.ceilDiv(channels, shares);
        long parts = Math.ceilDiv(channels, part);
        Parallel.forRange(sizes.groups() * parts, 1, (from, to) -> {
            for (long task = from; task < to; task++) {
                long first = task % parts * part;
                long count = Math.min(part, channels - first);
                WindowPlanes planes = new WindowPlanes(sizes.grid(), count);
                new WindowProducts<>(element, sizes, planes).weight(x, y, weight, task / parts, first, count);
            }
        });
    }

    /** The part of one group and some of its channels: the transposed product, whose long side then is that of windows. */
    private void weight(Operand x, Operand y, Operand weight, long group, long first, long count) {
        long filters = sizes.filters();
        long places = grid.outPlaces();
        long[] lines = planes.rows(0, count, false);
        GemmKernel<T> main = element.main();
        Storage windows = Storage.allocateZeroed(type, planes.elements());
        Storage results = planes.isDense() ? null : Storage.allocateZeroed(type, filters * rowStride);
        Storage sums = Storage.allocate(type, lines.length * filters);
        try {
            Matrix a = Matrix.ofLines(windows.segment(), windows.byteOffset(), lines);
            Matrix c = matrix(sums, filters);
            for (long n = 0; n < sizes.batch(); n++) {
                long plane = (n * sizes.groups() + group) * sizes.channels() + first;
                planes.fill(type, x, plane * grid.inPlaces(), windows);
                long at = (n * sizes.groups() + group) * filters * places;
                if (results != null) {
                    copy(y, at, steps(places), results, columns());
                }
                Matrix b = results == null ? matrix(y, at, places) : matrix(results, rowStride);
                new PackedGemm<>(
                                element,
                                main,
                                lines.length,
                                filters,
                                planes.columns(),
                                a,
                                b.transposed(),
                                c,
                                n > 0,
                                null,
                                null)
                        .run();
            }
            long[] shape = {filters, lines.length};
            long target = (group * filters * sizes.channels() + first) * grid.window();
            Operand from = operand(sums, new long[] {1, filters});
            Operand into = operand(weight, target, sizes.channels() * grid.window(), 1);
            Elementwise.run(Kernels.cast(type, type), shape, into, from);
        } finally {
            windows.close();
            sums.close();
            if (results != null) {
                results.close();
            }
        }
    }

    private long[] columns() {
        return planes.columnStrides(rowStride);
    }

    private long[] steps(long places) {
        long[] out = grid.out();
        return new long[] {places, out[1] * out[2], out[2], 1};
    }

    private void copy(Storage from, long[] strides, Operand to, long element, long... toStrides) {
        Elementwise.run(Kernels.cast(type, type), shape(), operand(to, element, toStrides), operand(from, strides));
    }

    private void copy(Operand from, long element, long[] strides, Storage to, long... toStrides) {
        Elementwise.run(Kernels.cast(type, type), shape(), operand(to, toStrides), operand(from, element, strides));
    }

    private long[] shape() {
        long[] out = grid.out();
        return new long[] {sizes.filters(), out[0], out[1], out[2]};
    }

    private Operand operand(Storage storage, long... strides) {
        return new Operand(storage.segment(), storage.byteOffset(), type, strides);
    }

    private Operand operand(Operand all, long element, long... strides) {
        return new Operand(all.segment(), all.byteOffset() + (element << type.shift()), type, strides);
    }

    private Matrix matrix(Operand all, long element, long width) {
        return new Matrix(all.segment(), all.byteOffset() + (element << type.shift()), width, 1);
    }

    private static Matrix matrix(Storage storage, long width) {
        return new Matrix(storage.segment(), storage.byteOffset(), width, 1);
    }
}
