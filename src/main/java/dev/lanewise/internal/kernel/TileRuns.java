package dev.lanewise.internal.kernel;

import dev.lanewise.internal.iter.StridedIter;
import dev.lanewise.internal.parallel.Parallel;
import java.lang.foreign.MemorySegment;

/**
 * Runs a kernel where inputs are transposed against the result: contiguous along another dimension than its innermost.
 *
 * <p>Walks tiles of the two dimensions, so that each cache line of a transposed input is read once, and calls the kernel for
 * each row of a tile. A strip of 1,024 elements across all rows would read a line again for each of its elements.
 */
final class TileRuns implements Parallel.RangeBody {
    private static final int COLUMNS = 64;
    private static final int ROWS = Thresholds.STRIP / COLUMNS;
    /** Elements along a dimension from which on tiles pay. */
    private static final int LEAST = 8;

    private final MapKernel kernel;
    private final StridedIter iter;
    private final Operand[] operands;
    /** The dimension along which the transposed inputs are contiguous. */
    private final int across;

    private final long columnTiles;
    private final long rowTiles;

    private TileRuns(MapKernel kernel, StridedIter iter, Operand[] operands, int across) {
        this.kernel = kernel;
        this.iter = iter;
        this.operands = operands;
        this.across = across;
        columnTiles = (iter.innerSize() + COLUMNS - 1) / COLUMNS;
        rowTiles = (iter.size(across) + ROWS - 1) / ROWS;
    }

    /** The tiles of an iteration, or null if its layouts are not of this kind. */
    static TileRuns of(MapKernel kernel, StridedIter iter, Operand[] operands) {
        if (iter.innerStride(0) != operands[0].dtype().byteSize() || iter.innerSize() < LEAST) {
            return null;
        }
        for (int d = 1; d < iter.rank(); d++) {
            if (iter.size(d) >= LEAST && fits(iter, operands, d)) {
                return new TileRuns(kernel, iter, operands, d);
            }
        }
        return null;
    }

    /** True if every input that has gaps along the innermost dimension has none along {@code d}. */
    private static boolean fits(StridedIter iter, Operand[] operands, int d) {
        for (int k = 1; k < operands.length; k++) {
            if (isTransposed(iter, operands, k)
                    && iter.stride(k, d) != operands[k].dtype().byteSize()) {
                return false;
            }
        }
        return true;
    }

    private static boolean isTransposed(StridedIter iter, Operand[] operands, int k) {
        long stride = iter.innerStride(k);
        return stride != 0 && stride != operands[k].dtype().byteSize();
    }

    /** The number of tiles. */
    long count() {
        return columnTiles * rowTiles * (iter.numel() / iter.innerSize() / iter.size(across));
    }

    /** Tiles of one thread's share. */
    long grain() {
        return iter.numel() < Thresholds.PARALLEL_FROM ? count() : Thresholds.GRAIN / Thresholds.STRIP;
    }

    @Override
    public void run(long from, long to) {
        MemorySegment strips = StripRuns.strips();
        long[] offsets = new long[operands.length];
        for (long tile = from; tile < to; tile++) {
            long rows = tile / columnTiles;
            long column = tile % columnTiles * COLUMNS;
            long row = rows % rowTiles * ROWS;
            locate(rows / rowTiles, column, row, offsets);
            int n = (int) Math.min(COLUMNS, iter.innerSize() - column);
            tile(strips, offsets, n, (int) Math.min(ROWS, iter.size(across) - row));
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

    private void tile(MemorySegment strips, long[] offsets, int columns, int rows) {
        for (int k = 1; k < operands.length; k++) {
            if (isTransposed(iter, operands, k)) {
                Packing.transpose(
                        operands[k].dtype().shift(),
                        operands[k].segment(),
                        offsets[k],
                        iter.innerStride(k),
                        columns,
                        rows,
                        strips,
                        StripRuns.place(k),
                        COLUMNS);
            }
        }
        int b = Math.min(2, operands.length - 1);
        int c = operands.length - 1;
        for (int row = 0; row < rows; row++) {
            kernel.run(
                    columns,
                    operands[0].segment(),
                    offsets[0] + row * iter.stride(0, across),
                    segment(strips, 1),
                    start(offsets, 1, row),
                    step(1),
                    segment(strips, b),
                    start(offsets, b, row),
                    step(b),
                    segment(strips, c),
                    start(offsets, c, row),
                    step(c));
        }
    }

    private MemorySegment segment(MemorySegment strips, int k) {
        return isTransposed(iter, operands, k) ? strips : operands[k].segment();
    }

    private long start(long[] offsets, int k, int row) {
        return isTransposed(iter, operands, k)
                ? StripRuns.place(k)
                        + ((long) row * COLUMNS << operands[k].dtype().shift())
                : offsets[k] + row * iter.stride(k, across);
    }

    private int step(int k) {
        return iter.innerStride(k) == 0 ? 0 : 1;
    }
}
