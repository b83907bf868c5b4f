package dev.lanewise.internal.gemm;

import dev.lanewise.DType;
import dev.lanewise.internal.kernel.Elementwise;
import dev.lanewise.internal.kernel.Operand;
import dev.lanewise.internal.kernel.Scratch;
import dev.lanewise.internal.kernel.WindowGrid;
import dev.lanewise.internal.parallel.Parallel;
import dev.lanewise.internal.simd.GemmKernel;
import dev.lanewise.internal.simd.GemmKernels;
import dev.lanewise.internal.simd.Kernels;
import dev.lanewise.internal.simd.TransposeKernel;
import dev.lanewise.internal.storage.Storage;

/**
 * The derivative of a convolution by its weight as products of y with planes whose channels lie side by side: for an element
 * of the window, the vectors of channels at all places are the rows of B, and those of another element begin elsewhere.
 *
 * <p>A single channel needs no other order: a vector from a place on holds the window's elements of a line. Sums are formed as
 * by products with the windows written out.
 *
 * @param <T> {@code float[]} or {@code double[]}
 */
final class WeightProducts<T> {
    private final Element<T> element;
    private final DType type;
    private final GemmKernel<T> main;
    private final TransposeKernel transposer;
    private final Convolution sizes;
    private final WindowGrid grid;
    private final int lanes;
    /** The channels that are computed, of one group. */
    private final long group;

    private final long first;
    private final long count;
    private final WindowPlanes planes;
    /** Elements side by side at a place, and of all places of so many channels. */
    private final int side;

    private final long block;

    private WeightProducts(
            Element<T> element,
            GemmKernel<T> main,
            TransposeKernel transposer,
            Convolution sizes,
            long group,
            long first,
            long count) {
        this.element = element;
        this.type = element.type();
        this.main = main;
        this.transposer = transposer;
        this.sizes = sizes;
        this.grid = sizes.grid();
        this.lanes = main.nr() / 2;
        this.group = group;
        this.first = first;
        this.count = count;
        this.planes = new WindowPlanes(grid, count);
        this.side = isAlone(sizes) ? 1 : count <= lanes ? lanes : 2 * lanes;
        // Windows may reach into zeros behind a plane.
        this.block = (planes.planeStride() + grid.before()[2] + 1) * side;
    }

    /**
     * {@code weight = Σ y · windows(x)ᵀ} over the batch, in its order.
     *
     * @return false if nothing was done, since kernels are cold or vectors would be mostly empty
     */
    static boolean run(Convolution sizes, Operand x, Operand y, Operand weight) {
        return sizes.type() == DType.FLOAT32
                ? run(Element.F32, sizes, x, y, weight)
                : run(Element.F64, sizes, x, y, weight);
    }

    private static <T> boolean run(Element<T> element, Convolution sizes, Operand x, Operand y, Operand weight) {
        GemmKernel<T> main = element.anywhere().main();
        TransposeKernel transposer = GemmKernels.transpose(sizes.type().byteSize());
        if (main == null || transposer == null && !isAlone(sizes) || !isFull(sizes, main.nr() / 2)) {
            return false;
        }
        if (x.segment().getClass() != Scratch.NATIVE || y.segment().getClass() != Scratch.NATIVE) {
            return false;
        }
        long channels = sizes.channels();
        long step = main.nr() / 2;
        double work = (double) sizes.batch() * sizes.filters() * channels * sizes.groups();
        boolean shared = work * sizes.grid().window() * sizes.grid().outPlaces() >= Convolution.SHARED;
        long shares = shared && Parallel.threads() > 1 ? 2L * Parallel.threads() : 1;
        long part = Math.ceilDiv(Math.ceilDiv(channels, shares), step) * step;
        long parts = Math.ceilDiv(channels, part);
        Parallel.forRange(sizes.groups() * parts, 1, (from, to) -> {
            for (long task = from; task < to; task++) {
                long first = task % parts * part;
                long count = Math.min(part, channels - first);
                new WeightProducts<>(element, main, transposer, sizes, task / parts, first, count).run(x, y, weight);
            }
        });
        return true;
    }

    /** True if at least half of each vector is used, and the product is one of matrices. */
    private static boolean isFull(Convolution sizes, int lanes) {
        boolean matrices =
                sizes.filters() > 1 && sizes.channels() * sizes.grid().window() > 1;
        boolean reaches = new WindowPlanes(sizes.grid(), 1).planeStride() >= lanes;
        return matrices && reaches && (2 * sizes.channels() >= lanes || isAlone(sizes));
    }

    private static boolean isAlone(Convolution sizes) {
        WindowGrid grid = sizes.grid();
        return sizes.channels() == 1 && grid.stride()[2] == 1 && grid.dilation()[2] == 1 && grid.kernel()[2] > 2;
    }

    private void run(Operand x, Operand y, Operand weight) {
        long filters = sizes.filters();
        long places = grid.outPlaces();
        TileColumns columns = side == 1 ? columnsOfLines() : columnsOfChannels();
        long width = (long) columns.count() * lanes;
        Storage padded = Storage.allocateZeroed(type, planes.elements(1));
        Storage mixed = side == 1 ? padded : Storage.allocateZeroed(type, blocks() * block);
        Storage sums = Storage.allocateZeroed(type, filters * width);
        try {
            Matrix b = Matrix.ofLines(mixed.segment(), mixed.byteOffset(), lines());
            Matrix c = new Matrix(sums.segment(), sums.byteOffset(), width, 1);
            for (long n = 0; n < sizes.batch(); n++) {
                long plane = (n * sizes.groups() + group) * sizes.channels() + first;
                planes.fill(
                        type,
                        x,
                        plane * grid.inPlaces(),
                        padded,
                        0,
                        element.tiles().lines());
                if (side > 1) {
                    mix(padded, mixed);
                }
                long at = (n * sizes.groups() + group) * filters * places;
                Matrix a = new Matrix(y.segment(), y.byteOffset() + (at << type.shift()), places, 1);
                PackedGemm.ofColumns(element, main, filters, places, a, b, columns, c, true)
                        .run();
            }
            copy(sums, width, weight);
        } finally {
            padded.close();
            sums.close();
            if (side > 1) {
                mixed.close();
            }
        }
    }

    private long blocks() {
        return Math.ceilDiv(count, (long) side);
    }

    private long inBlock(long index) {
        return Math.min(side, count - index * side);
    }

    /** Where the elements of each window's first channel begin, in bytes. */
    private long[] lines() {
        long[] starts = planes.starts();
        int width = (int) grid.out()[2];
        long[] lines = new long[starts.length * width];
        for (int i = 0; i < lines.length; i++) {
            lines[i] = (starts[i / width] + i % width) * side << type.shift();
        }
        return lines;
    }

    private TileColumns columns(long[] from) {
        long[] to = new long[from.length];
        int[] width = new int[from.length];
        for (int v = 0; v < from.length; v++) {
            to[v] = (long) v * lanes;
            width[v] = lanes;
        }
        return new TileColumns(from, to, width);
    }

    /** One or two vectors for each element of the window, for each block of channels. */
    private TileColumns columnsOfChannels() {
        long[] window = planes.rows(0, 1, false);
        long[] from = new long[Math.toIntExact(Math.ceilDiv(count, (long) lanes) * window.length)];
        int v = 0;
        for (long i = 0; i < blocks(); i++) {
            for (long place : window) {
                for (int lane = 0; lane < inBlock(i); lane += lanes) {
                    from[v++] = i * block + place * side + lane;
                }
            }
        }
        return columns(from);
    }

    /** Vectors along each line of the window. */
    private TileColumns columnsOfLines() {
        long[] window = planes.rows(0, 1, false);
        int line = (int) grid.kernel()[2];
        int perLine = Math.ceilDiv(line, lanes);
        long[] from = new long[window.length / line * perLine];
        for (int v = 0; v < from.length; v++) {
            from[v] = window[v / perLine * line] + (long) (v % perLine) * lanes;
        }
        return columns(from);
    }

    private void mix(Storage padded, Storage mixed) {
        int bytes = type.byteSize();
        long planeBytes = planes.planeStride() * bytes;
        Workspace<T> space = element.pool().take();
        for (long i = 0; i < blocks(); i++) {
            transposer.run(
                    padded.segment(),
                    padded.byteOffset() + i * side * planeBytes,
                    planeBytes,
                    (int) inBlock(i),
                    (int) planes.planeStride(),
                    mixed.segment(),
                    mixed.byteOffset() + i * block * bytes,
                    (long) side * bytes,
                    space.turned());
        }
        element.pool().give(space);
    }

    private void copy(Storage sums, long width, Operand weight) {
        long window = grid.window();
        long filters = sizes.filters();
        long target = (group * filters * sizes.channels() + first) * window;
        if (side == 1) {
            long line = grid.kernel()[2];
            long[] shape = {filters, window / line, line};
            long[] strides = {width, Math.ceilDiv(line, (long) lanes) * lanes, 1};
            copy(shape, sums, 0, strides, weight, target, window, line, 1);
            return;
        }
        long at = 0;
        for (long i = 0; i < blocks(); i++) {
            long wide = Math.ceilDiv(inBlock(i), (long) lanes) * lanes;
            long[] shape = {filters, inBlock(i), window};
            long[] strides = {width, 1, wide};
            copy(shape, sums, at, strides, weight, target, sizes.channels() * window, window, 1);
            at += wide * window;
            target += side * window;
        }
    }

    private void copy(
            long[] shape, Storage from, long at, long[] strides, Operand to, long element, long... toStrides) {
        int shift = type.shift();
        Elementwise.run(
                Kernels.cast(type, type),
                shape,
                new Operand(to.segment(), to.byteOffset() + (element << shift), type, toStrides),
                new Operand(from.segment(), from.byteOffset() + (at << shift), type, strides));
    }
}
