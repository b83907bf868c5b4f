package dev.lanewise.internal.kernel;

import dev.lanewise.DType;
import dev.lanewise.internal.parallel.Parallel;
import dev.lanewise.internal.parallel.ScratchPool;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The driver of reductions over any dimensions of any layout.
 *
 * <p>Where the elements that a result combines are neighbours (or none are), they are taken as one sequence, written as
 * a matrix of {@value #VIRTUAL} columns; a {@link FoldKernel} combines its rows, {@value #BLOCK} elements a call, and a
 * tree the columns. Where the results' elements are neighbours instead, the kernel combines whole rows of the input,
 * and nothing is transposed. Both cut long sequences into chunks whose results are combined pairwise. None of this
 * depends on the number of threads or the width of vectors, so neither do the bits.
 */
public final class Reduce {
    static final int VIRTUAL = 64;
    private static final int BLOCK = VIRTUAL * FoldKernel.ROWS;
    private static final int CHUNK = 1 << 16;
    private static final int COLUMN_CHUNK = 1 << 18;
    private static final ScratchPool<MemorySegment> PACKED =
            new ScratchPool<>(() -> Arena.ofAuto().allocate((long) BLOCK * Long.BYTES, 64));

    private final ScalarReduce op;
    private final FoldKernel kernel;
    private final ReducePlan plan;
    private final Operand in;
    private final Operand out;
    private final DType type;
    private final long size;

    private Reduce(ScalarReduce op, FoldKernel kernel, ReducePlan plan, Operand in, Operand out) {
        this.op = op;
        this.kernel = kernel;
        this.plan = plan;
        this.in = in;
        this.out = out;
        this.type = in.dtype();
        this.size = 1L << type.shift();
    }

    /**
     * Combines the elements along some dimensions; no elements give the identity.
     *
     * @param dims the dimensions, each once and not negative
     * @param out the kept dimensions, row-major and without gaps; its strides are not read
     */
    public static void run(ScalarReduce op, FoldKernel kernel, long[] shape, Operand in, int[] dims, Operand out) {
        ReducePlan plan = new ReducePlan(shape, in, dims, out.dtype().shift());
        Reduce reduce = new Reduce(op, kernel, plan, in, out);
        boolean neighbours = plan.reduced.innerStride(0) == reduce.size && plan.reduced.numel() > 1;
        if (plan.results == 0) {
            return;
        }
        if (plan.unit >= 0 && !neighbours) {
            reduce.columns();
        } else if (plan.reduced.numel() <= VIRTUAL && plan.reduced.isSingleRun() && reduce.isDense()) {
            reduce.shortRows();
        } else {
            reduce.sequences();
        }
    }

    /** True if the sequences of all results follow each other in memory. */
    private boolean isDense() {
        return plan.evenStep() == plan.reduced.numel() * size && plan.reduced.innerStride(0) == size;
    }

    private void shortRows() {
        int n = (int) plan.reduced.numel();
        long grain = Math.max(1, CHUNK / n);
        Parallel.forRange(plan.results, grain, (from, to) -> {
            Strips strips = Strips.local();
            Results results = new Results(op, type, n);
            int atOnce = Strips.SIZE / n;
            for (long i = from; i < to; i += atOnce) {
                int count = (int) Math.min(atOnce, to - i);
                strips.load(1, type, in.segment(), in.byteOffset() + i * n * size, 1, count * n);
                for (int row = 0; row < count; row++) {
                    results.start(strips, row * n, n);
                    results.tree(n);
                    long step = out.dtype().byteSize();
                    results.write(0, 1, out.dtype(), out.segment(), out.byteOffset() + (i + row) * step, step);
                }
            }
        });
    }

    private void sequences() {
        long n = plan.reduced.numel();
        int chunks = (int) Math.max(1, Math.ceilDiv(n, (long) CHUNK));
        if (chunks == 1) {
            Parallel.forRange(plan.results, Math.max(1, CHUNK / Math.max(1, n)), (from, to) -> {
                Results results = new Results(op, type, VIRTUAL);
                for (long i = from; i < to; i++) {
                    sequence(i, 0, n, results);
                    writeOne(i, results);
                }
            });
            return;
        }
        for (long i = 0; i < plan.results; i++) {
            long result = i;
            Results all = new Results(op, type, chunks);
            Parallel.forRange(n, CHUNK, (from, to) -> {
                Results results = new Results(op, type, VIRTUAL);
                sequence(result, from, to, results);
                all.add(results, 0, (int) (from / CHUNK), 1);
            });
            all.pairwise(0, chunks, 1);
            writeOne(i, all);
        }
    }

    private void writeOne(long index, Results results) {
        long offset = out.byteOffset() + plan.outOffset(index, -1);
        results.write(0, 1, out.dtype(), out.segment(), offset, 0);
    }

    /** Combines positions from to to of a result's sequence into the first of {@code results}. */
    private void sequence(long index, long from, long to, Results results) {
        results.clear(VIRTUAL);
        long start = in.byteOffset() + plan.inOffset(index, -1);
        if (plan.reduced.isSingleRun() && plan.reduced.innerStride(0) == size) {
            matrix(in.segment(), start + from * size, to - from, results);
        } else if (from < to) {
            MemorySegment packed = PACKED.take();
            Packer packer = new Packer(packed, results);
            plan.reduced.forRuns(from, to, (offsets, n) -> packer.take(start + offsets[0], n));
            packer.flush();
            PACKED.give(packed);
        }
        results.tree((int) Math.min(VIRTUAL, to - from));
    }

    /** Folds elements that are neighbours, as rows of {@link #VIRTUAL} and a shorter last one. */
    private void matrix(MemorySegment x, long offset, long n, Results results) {
        long at = offset;
        long left = n;
        for (; left >= VIRTUAL; left -= Math.min(BLOCK, left & -VIRTUAL)) {
            int count = (int) Math.min(BLOCK, left & -VIRTUAL);
            kernel.fold(count / VIRTUAL, VIRTUAL, x, at, VIRTUAL * size, results, 0);
            at += count * size;
        }
        if (left > 0) {
            kernel.fold(1, (int) left, x, at, left * size, results, 0);
        }
    }

    /** Collects runs in a block without gaps and folds it when it is full. */
    private final class Packer {
        private final MemorySegment packed;
        private final Results results;
        private int filled;

        Packer(MemorySegment packed, Results results) {
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
            matrix(packed, 0, filled, results);
            filled = 0;
        }
    }

    private void columns() {
        long width = plan.unitSize();
        long strips = Math.ceilDiv(width, (long) FoldKernel.COLUMNS);
        long outer = plan.results / width;
        int most = (int) Math.min(width, FoldKernel.COLUMNS);
        long rows = plan.reduced.numel();
        long perChunk = rowsPerChunk(rows, most);
        int chunks = (int) Math.max(1, Math.ceilDiv(rows, perChunk));
        if (chunks == 1) {
            long grain = Math.max(1, CHUNK / (Math.max(1, rows) * most));
            Parallel.forRange(outer * strips, grain, (from, to) -> {
                Results results = new Results(op, type, most);
                for (long job = from; job < to; job++) {
                    results.clear(most);
                    strip(job, strips, 0, rows, results);
                    writeStrip(job, strips, results);
                }
            });
            return;
        }
        for (long i = 0; i < outer * strips; i++) {
            long job = i;
            int count = stripWidth(job, strips);
            Results all = new Results(op, type, Math.multiplyExact(chunks, count));
            Parallel.forRange(rows, perChunk, (from, to) -> {
                Results results = new Results(op, type, count);
                strip(job, strips, from, to, results);
                all.add(results, 0, (int) (from / perChunk) * count, count);
            });
            all.pairwise(0, chunks, count);
            writeStrip(job, strips, all);
        }
    }

    // Whole calls of the kernel; at most 64 chunks, whose results are all kept until the end.
    private static long rowsPerChunk(long rows, int width) {
        long wanted = Math.max(COLUMN_CHUNK / width, Math.ceilDiv(rows, 64L));
        return Math.ceilDiv(wanted, (long) FoldKernel.ROWS) * FoldKernel.ROWS;
    }

    private int stripWidth(long job, long strips) {
        return (int) Math.min(FoldKernel.COLUMNS, plan.unitSize() - job % strips * FoldKernel.COLUMNS);
    }

    /** Folds rows from to to of one strip of columns. */
    private void strip(long job, long strips, long from, long to, Results results) {
        int width = stripWidth(job, strips);
        long column = job % strips * FoldKernel.COLUMNS;
        long start = in.byteOffset() + plan.inOffset(job / strips, plan.unit) + column * size;
        long step = plan.reduced.innerStride(0);
        plan.reduced.forRuns(from, to, (offsets, n) -> {
            for (long row = 0; row < n; row += FoldKernel.ROWS) {
                int rows = (int) Math.min(FoldKernel.ROWS, n - row);
                kernel.fold(rows, width, in.segment(), start + offsets[0] + row * step, step, results, 0);
            }
        });
    }

    private void writeStrip(long job, long strips, Results results) {
        long column = job % strips * FoldKernel.COLUMNS;
        long step = plan.unitOutStep();
        long offset = out.byteOffset() + plan.outOffset(job / strips, plan.unit) + column * step;
        results.write(0, stripWidth(job, strips), out.dtype(), out.segment(), offset, step);
    }
}
