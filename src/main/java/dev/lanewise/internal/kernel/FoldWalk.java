package dev.lanewise.internal.kernel;

import dev.lanewise.DType;
import dev.lanewise.internal.parallel.ScratchPool;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Walks a tensor for reductions over any dimensions of any layout.
 *
 * <p>Where the elements that a result combines are neighbours (or none are), they are taken as one sequence; a {@link
 * FoldKernel} combines them in a few columns, and a tree the columns. Where the results' elements are neighbours instead, the kernel combines whole rows of the input,
 * and nothing is transposed. None of this depends on the number of threads or the width of vectors, so neither do the
 * bits.
 */
final class FoldWalk {
    static final int VIRTUAL = 64;
    static final int CHUNK = 1 << 16;
    private static final int BLOCK = VIRTUAL * FoldKernel.ROWS;
    private static final int COLUMN_CHUNK = 1 << 18;
    /** Runs from this length on are folded where they are: packing costs as much as folding. */
    private static final int DIRECT = 256;

    private static final long PACKED_BYTES = (long) BLOCK * Long.BYTES;
    private static final ScratchPool<MemorySegment> PACKED =
            new ScratchPool<>(() -> Arena.ofAuto().allocate(PACKED_BYTES + Scratch.SLOT, 64));

    final ReducePlan plan;
    final Operand in;
    final long size;
    private final DType type;
    private final boolean byRuns;

    FoldWalk(ReducePlan plan, Operand in) {
        this.plan = plan;
        this.in = in;
        this.type = in.dtype();
        this.size = 1L << type.shift();
        boolean dense = plan.reduced.innerStride(0) == size;
        byRuns = dense && (plan.reduced.isSingleRun() || plan.reduced.innerSize() >= DIRECT);
    }

    /** True if the results' elements are neighbours and those that a result combines are not. */
    boolean isByColumns() {
        boolean neighbours = plan.reduced.innerStride(0) == size && plan.reduced.numel() > 1;
        return plan.unit >= 0 && !neighbours;
    }

    /** How many columns the elements of a sequence are combined in, before a tree combines those. */
    static int columns(long n) {
        return n <= VIRTUAL ? (int) Math.max(1, n) : FoldKernel.GROUP;
    }

    /** Combines positions from to to of a result's sequence into the first of {@code results}. */
    void sequence(FoldKernel kernel, long index, long from, long to, Results results) {
        int columns = columns(to - from);
        results.clear(columns);
        long start = in.byteOffset() + plan.inOffset(index, -1);
        if (byRuns && plan.reduced.isSingleRun()) {
            neighbours(kernel, columns, in.segment(), start + from * size, to - from, results);
        } else if (byRuns) {
            plan.reduced.forRuns(
                    from,
                    to,
                    (offsets, n) -> neighbours(kernel, columns, in.segment(), start + offsets[0], n, results));
        } else if (from < to) {
            MemorySegment packed = PACKED.take();
            Packer packer = new Packer(kernel, columns, packed, results);
            plan.reduced.forRuns(from, to, (offsets, n) -> packer.take(start + offsets[0], n));
            packer.flush();
            PACKED.give(packed);
        }
        results.tree(columns);
    }

    /** Combines neighbours: a few as a row, more in lines. */
    private void neighbours(FoldKernel kernel, int columns, MemorySegment x, long offset, long n, Results results) {
        if (n == columns) {
            kernel.fold(1, columns, x, offset, n * size, results, 0);
            return;
        }
        for (long done = 0; done < n; done += FoldKernel.PIECE) {
            kernel.line((int) Math.min(FoldKernel.PIECE, n - done), x, offset + done * size, results);
        }
    }

    /** Collects runs in a block without gaps and folds it when it is full. */
    private final class Packer {
        private final FoldKernel kernel;
        private final int columns;
        private final MemorySegment packed;
        private final Results results;
        private int filled;

        Packer(FoldKernel kernel, int columns, MemorySegment packed, Results results) {
            this.kernel = kernel;
            this.columns = columns;
            this.packed = packed;
            this.results = results;
        }

        void take(long offset, long n) {
            long step = plan.reduced.innerStride(0);
            for (long done = 0; done < n; ) {
                int count = (int) Math.min(BLOCK - filled, n - done);
                long from = offset + done * step;
                Packing.copy(type.shift(), in.segment(), from, step, packed, filled * size, size, count);
                filled += count;
                done += count;
                if (filled == BLOCK) {
                    flush();
                }
            }
        }

        void flush() {
            neighbours(kernel, columns, packed, 0, filled, results);
            filled = 0;
        }
    }

    /** Strips of columns that cover the dimension of neighbours. */
    long strips() {
        return Math.ceilDiv(plan.unitSize(), (long) FoldKernel.COLUMNS);
    }

    /** Columns of a strip; strips are counted through all positions of the other kept dimensions. */
    int stripWidth(long job) {
        return (int) Math.min(FoldKernel.COLUMNS, plan.unitSize() - firstColumn(job));
    }

    private long firstColumn(long job) {
        return job % strips() * FoldKernel.COLUMNS;
    }

    /** Whole calls of the kernel; at most 64 chunks, whose results are all kept until the end. */
    static long rowsPerChunk(long rows, int width) {
        long wanted = Math.max(COLUMN_CHUNK / width, Math.ceilDiv(rows, 64L));
        return Math.ceilDiv(wanted, (long) FoldKernel.ROWS) * FoldKernel.ROWS;
    }

    /** Folds rows from to to of one strip of columns. */
    void strip(FoldKernel kernel, long job, long from, long to, Results results) {
        int width = stripWidth(job);
        long start = stripIn(job);
        long step = plan.reduced.innerStride(0);
        if (plan.unitStep() != size) {
            spreadStrip(kernel, width, start, from, to, results);
            return;
        }
        plan.reduced.forRuns(from, to, (offsets, n) -> {
            for (long row = 0; row < n; row += FoldKernel.ROWS) {
                int rows = (int) Math.min(FoldKernel.ROWS, n - row);
                kernel.fold(rows, width, in.segment(), start + offsets[0] + row * step, step, results, 0);
            }
        });
    }

    /** The same where the elements of a row are apart: some rows are packed at a time. */
    private void spreadStrip(FoldKernel kernel, int width, long start, long from, long to, Results results) {
        int most = (int) Math.min(FoldKernel.ROWS, PACKED_BYTES / (width * size));
        long step = plan.reduced.innerStride(0);
        MemorySegment packed = PACKED.take();
        plan.reduced.forRuns(from, to, (offsets, n) -> {
            for (long row = 0; row < n; row += most) {
                int rows = (int) Math.min(most, n - row);
                for (int r = 0; r < rows; r++) {
                    long source = start + offsets[0] + (row + r) * step;
                    long target = (long) r * width * size;
                    Packing.copy(type.shift(), in.segment(), source, plan.unitStep(), packed, target, size, width);
                }
                kernel.fold(rows, width, packed, 0, width * size, results, 0);
            }
        });
        PACKED.give(packed);
    }

    /** Where the input of a strip begins. */
    long stripIn(long job) {
        return in.byteOffset() + plan.inOffset(job / strips(), plan.unit) + firstColumn(job) * plan.unitStep();
    }

    /** Where the results of a strip begin in an operand whose elements are as large as the plan says. */
    long stripOut(long job) {
        return plan.outOffset(job / strips(), plan.unit) + firstColumn(job) * plan.unitOutStep();
    }
}
