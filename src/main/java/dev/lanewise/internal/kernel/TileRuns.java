package dev.lanewise.internal.kernel;

import dev.lanewise.internal.iter.StridedIter;
import dev.lanewise.internal.parallel.Parallel;
import java.lang.foreign.MemorySegment;

/**
 * Runs a kernel over operands of general strides, tile by tile of two dimensions: the innermost of the result and one across.
 *
 * <p>Each operand that a kernel cannot read where it is, is packed into a strip; then the kernel runs over the rows of the
 * tile or, where rows are short, over the whole tile at once. A transposed operand is contiguous along the rows' dimension,
 * so that each of its cache lines is read once. Copies go from place to place without a strip.
 */
final class TileRuns implements Parallel.RangeBody {
    private final MapKernel kernel;
    private final StridedIter iter;
    private final Operand[] operands;
    private final int across;
    private final int columns;
    private final int rows;
    private final long columnTiles;
    private final long rowTiles;
    /** One call of the kernel computes a tile. */
    private final boolean atOnce;

    private final boolean[] packed;

    private TileRuns(MapKernel kernel, StridedIter iter, Operand[] operands, int across, boolean transposed) {
        this.kernel = kernel;
        this.iter = iter;
        this.operands = operands;
        this.across = across;
        long inner = iter.innerSize();
        int most;
        if (kernel instanceof CopyKernel) {
            most = transposed ? Thresholds.TRANSPOSED_COLUMNS * Thresholds.COPY_ROWS : (int) Thresholds.GRAIN;
            columns = (int) Math.min(inner, transposed ? Thresholds.TRANSPOSED_COLUMNS : most);
            atOnce = false;
        } else {
            most = (transposed ? Thresholds.TRANSPOSED_BYTES : Thresholds.TILE_BYTES) / widest(operands);
            columns = (int) Math.min(inner, transposed ? Thresholds.TRANSPOSED_COLUMNS : Thresholds.TILE_COLUMNS);
            atOnce = inner < Thresholds.DIRECT_RUN;
        }
        rows = (int) Math.min(iter.size(across), Math.max(1, most / columns));
        columnTiles = Math.ceilDiv(inner, (long) columns);
        rowTiles = Math.ceilDiv(iter.size(across), (long) rows);
        packed = new boolean[operands.length];
        for (int k = 0; k < packed.length; k++) {
            packed[k] = !isUsable(k);
        }
    }

    /** The tiles of an iteration, or null if they would be small. */
    static TileRuns of(MapKernel kernel, StridedIter iter, Operand[] operands) {
        int across = 0;
        for (int d = 1; d < iter.rank(); d++) {
            boolean first = d == 1 && iter.size(1) * iter.innerSize() >= Thresholds.LEAST_TILE;
            if (across == 0 || across != 1 && iter.size(d) > iter.size(across) || first) {
                across = d;
            }
        }
        boolean transposed = false;
        for (int d = 1; d < iter.rank(); d++) {
            boolean contiguous = false;
            for (int k = 1; k < operands.length; k++) {
                int size = operands[k].dtype().byteSize();
                long stride = iter.innerStride(k);
                contiguous |= stride != 0 && stride != size && iter.stride(k, d) == size;
            }
            if (contiguous && Math.min(iter.size(d), iter.innerSize()) >= Thresholds.TRANSPOSED_SIDE) {
                across = d;
                transposed = true;
            }
        }
        if (across == 0 || iter.size(across) * iter.innerSize() < Thresholds.LEAST_TILE) {
            return null;
        }
        return new TileRuns(kernel, iter, operands, across, transposed);
    }

    private static int widest(Operand[] operands) {
        int size = 1;
        for (Operand operand : operands) {
            size = Math.max(size, operand.dtype().byteSize());
        }
        return size;
    }

    /** True if the kernel can read or write an operand where it is. */
    private boolean isUsable(int k) {
        long size = operands[k].dtype().byteSize();
        long along = iter.innerStride(k);
        long down = iter.stride(k, across);
        if (atOnce) {
            return along == size && down == size * columns || k > 0 && along == 0 && down == 0;
        }
        return along == size || k > 0 && along == 0;
    }

    /** The number of tiles. */
    long count() {
        return columnTiles * rowTiles * (iter.numel() / iter.innerSize() / iter.size(across));
    }

    /** Tiles of one thread's share. */
    long grain() {
        return iter.numel() < Thresholds.PARALLEL_FROM
                ? count()
                : Math.max(1, Thresholds.GRAIN / ((long) rows * columns));
    }

    @Override
    public void run(long from, long to) {
        MemorySegment strips = StripRuns.strips();
        long[] offsets = new long[operands.length];
        for (long tile = from; tile < to; tile++) {
            long rest = tile / columnTiles;
            long column = tile % columnTiles * columns;
            long row = rest % rowTiles * rows;
            locate(rest / rowTiles, column, row, offsets);
            int width = (int) Math.min(columns, iter.innerSize() - column);
            int height = (int) Math.min(rows, iter.size(across) - row);
            if (kernel instanceof CopyKernel) {
                move(1, offsets, 0, operands[0].segment(), offsets[0], height, width);
            } else {
                compute(strips, offsets, height, width);
            }
        }
    }

    /** The byte offset of each operand at an index of the tiled dimensions and a position in all others. */
    private void locate(long others, long column, long row, long[] offsets) {
        for (int k = 0; k < offsets.length; k++) {
            offsets[k] = operands[k].byteOffset() + column * iter.innerStride(k) + row * iter.stride(k, across);
        }
        long rest = others;
        for (int d = 1; d < iter.rank(); d++) {
            if (d != across) {
                for (int k = 0; k < offsets.length; k++) {
                    offsets[k] += rest % iter.size(d) * iter.stride(k, d);
                }
                rest /= iter.size(d);
            }
        }
    }

    private void compute(MemorySegment strips, long[] offsets, int height, int width) {
        for (int k = 1; k < operands.length; k++) {
            if (packed[k]) {
                move(k, offsets, -1, strips, StripRuns.place(k), height, width);
            }
        }
        int b = Math.min(2, operands.length - 1);
        int c = operands.length - 1;
        int calls = atOnce ? 1 : height;
        for (int row = 0; row < calls; row++) {
            kernel.run(
                    atOnce ? height * width : width,
                    segment(strips, 0),
                    start(offsets, 0, row, width),
                    segment(strips, 1),
                    start(offsets, 1, row, width),
                    step(1),
                    segment(strips, b),
                    start(offsets, b, row, width),
                    step(b),
                    segment(strips, c),
                    start(offsets, c, row, width),
                    step(c));
        }
        if (packed[0]) {
            Operand out = operands[0];
            int shift = out.dtype().shift();
            Packing.block(
                    kernel.mover(shift),
                    shift,
                    strips,
                    StripRuns.place(0),
                    (long) width << shift,
                    1L << shift,
                    out.segment(),
                    offsets[0],
                    iter.stride(0, across),
                    iter.innerStride(0),
                    height,
                    width);
        }
    }

    /** Copies a tile of an operand, to the layout of operand {@code like} or with -1 to a strip without gaps. */
    private void move(int k, long[] offsets, int like, MemorySegment to, long at, int height, int width) {
        Operand operand = operands[k];
        int shift = operand.dtype().shift();
        Packing.block(
                kernel.mover(shift),
                shift,
                operand.segment(),
                offsets[k],
                iter.stride(k, across),
                iter.innerStride(k),
                to,
                at,
                like < 0 ? (long) width << shift : iter.stride(like, across),
                like < 0 ? 1L << shift : iter.innerStride(like),
                height,
                width);
    }

    private MemorySegment segment(MemorySegment strips, int k) {
        return packed[k] ? strips : operands[k].segment();
    }

    private long start(long[] offsets, int k, int row, int width) {
        return packed[k]
                ? StripRuns.place(k)
                        + ((long) row * width << operands[k].dtype().shift())
                : offsets[k] + row * iter.stride(k, across);
    }

    private int step(int k) {
        return packed[k] || iter.innerStride(k) != 0 ? 1 : 0;
    }
}
