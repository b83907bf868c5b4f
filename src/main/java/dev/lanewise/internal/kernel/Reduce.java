package dev.lanewise.internal.kernel;

import dev.lanewise.DType;
import dev.lanewise.internal.parallel.Parallel;

/**
 * The driver of reductions over any dimensions of any layout; {@link FoldWalk} says in which order.
 *
 * <p>Long sequences are cut into chunks whose results are combined pairwise.
 */
public final class Reduce {
    static final int VIRTUAL = FoldWalk.VIRTUAL;
    private static final int CHUNK = FoldWalk.CHUNK;

    /**
     * What is not usual.
     *
     * @param anyIsEnough ends the walk for a result that differs from the identity: only that is asked
     * @param shift what is subtracted for each result, of the dtype of {@code out} and laid out alike; null for nothing
     */
    public record Way(boolean anyIsEnough, Operand shift) {
        /** Nothing is. */
        public static final Way USUAL = new Way(false, null);
    }

    private final FoldStrips.Spec spec;
    private final FoldKernel kernel;
    private final FoldWalk walk;
    private final ReducePlan plan;
    private final Operand in;
    private final Operand out;
    private final DType type;
    private final Way way;
    /** True once the chunks that are left cannot change the result any more. */
    private volatile boolean settled;

    private Reduce(FoldStrips.Spec spec, FoldKernel kernel, FoldWalk walk, Way way, Operand out) {
        this.spec = spec;
        this.kernel = kernel;
        this.walk = walk;
        this.way = way;
        this.plan = walk.plan;
        this.in = walk.in;
        this.out = out;
        this.type = in.dtype();
    }

    /**
     * Combines the elements along some dimensions; no elements give the identity.
     *
     * @param dims the dimensions, each once and not negative
     * @param out the kept dimensions, row-major and without gaps; its strides are not read
     */
    public static void run(
            ScalarReduce op, FoldKernel kernel, long[] shape, Operand in, int[] dims, Way way, Operand out) {
        ReducePlan plan = new ReducePlan(shape, in, dims, out.dtype().shift());
        FoldWalk walk = new FoldWalk(plan, in);
        Reduce reduce = new Reduce(new FoldStrips.Spec(op, in.dtype()), kernel, walk, way, out);
        if (plan.results == 0) {
            return;
        }
        if (walk.isByColumns()) {
            reduce.columns();
        } else if (plan.reduced.numel() <= VIRTUAL && reduce.isDense()) {
            reduce.shortRows();
        } else {
            reduce.sequences();
        }
    }

    private Results results(int n) {
        return Results.take(kernel, spec, n);
    }

    /** True if the sequences of all results follow each other in memory. */
    private boolean isDense() {
        return plan.reduced.isSingleRun()
                && plan.evenStep() == plan.reduced.numel() * walk.size
                && plan.reduced.innerStride(0) == walk.size;
    }

    private void shortRows() {
        int n = (int) plan.reduced.numel();
        long grain = Math.max(1, CHUNK / n);
        Parallel.forRange(plan.results, grain, (from, to) -> {
            Strips strips = Strips.local();
            Results results = results(n);
            int atOnce = Strips.SIZE / n;
            long step = out.dtype().byteSize();
            for (long i = from; i < to; i += atOnce) {
                int count = (int) Math.min(atOnce, to - i);
                strips.load(1, type, in.segment(), in.byteOffset() + i * n * walk.size, 1, count * n);
                subtract(strips.doubles(1), i, count, n);
                map(strips, count * n);
                for (int row = 0; row < count; row++) {
                    results.clear(n);
                    results.add(strips, row * n, n);
                    results.tree(n);
                    results.write(0, 1, out.dtype(), out.segment(), out.byteOffset() + (i + row) * step, step);
                }
            }
            results.giveBack();
        });
    }

    /** Subtracts from rows what the caller gave for them. */
    private void subtract(double[] x, long first, int rows, int n) {
        for (int row = 0; way.shift() != null && row < rows; row++) {
            DType shiftType = way.shift().dtype();
            long at = way.shift().byteOffset() + ((first + row) << shiftType.shift());
            double shift = Elements.getDouble(shiftType, way.shift().segment(), at);
            for (int i = row * n; i < (row + 1) * n; i++) {
                x[i] -= shift;
            }
        }
    }

    private void shift(Results results, long at, int n, long step) {
        if (way.shift() != null) {
            results.shiftFrom(way.shift(), way.shift().byteOffset() + at, n, step);
        }
    }

    private void map(Strips strips, int n) {
        if (type.isFloatingPoint()) {
            kernel.map(strips.doubles(1), n);
        } else {
            kernel.map(strips.longs(1), n);
        }
    }

    private void sequences() {
        long n = plan.reduced.numel();
        int chunks = (int) Math.max(1, Math.ceilDiv(n, (long) CHUNK));
        if (chunks == 1) {
            Parallel.forRange(plan.results, Math.max(1, CHUNK / Math.max(1, n)), (from, to) -> {
                Results results = results(VIRTUAL);
                for (long i = from; i < to; i++) {
                    shift(results, plan.outOffset(i, -1), 1, 0);
                    walk.sequence(kernel, i, 0, n, results);
                    writeOne(i, results);
                }
                results.giveBack();
            });
            return;
        }
        Results all = results(chunks);
        for (long i = 0; i < plan.results; i++) {
            long result = i;
            all.clear(chunks);
            settled = false;
            Parallel.forRange(n, CHUNK, (from, to) -> {
                if (settled) {
                    return;
                }
                Results results = results(VIRTUAL);
                shift(results, plan.outOffset(result, -1), 1, 0);
                walk.sequence(kernel, result, from, to, results);
                all.add(results, 0, (int) (from / CHUNK), 1);
                if (way.anyIsEnough() && !results.isIdentity()) {
                    settled = true;
                }
                results.giveBack();
            });
            all.pairwise(0, chunks, 1);
            writeOne(i, all);
        }
        all.giveBack();
    }

    private void writeOne(long index, Results results) {
        long offset = out.byteOffset() + plan.outOffset(index, -1);
        results.write(0, 1, out.dtype(), out.segment(), offset, 0);
    }

    private void columns() {
        long strips = walk.strips();
        long outer = plan.results / plan.unitSize();
        int most = (int) Math.min(plan.unitSize(), FoldKernel.COLUMNS);
        long rows = plan.reduced.numel();
        long perChunk = FoldWalk.rowsPerChunk(rows, most);
        int chunks = (int) Math.max(1, Math.ceilDiv(rows, perChunk));
        if (chunks == 1) {
            long grain = Math.max(1, CHUNK / (Math.max(1, rows) * most));
            Parallel.forRange(outer * strips, grain, (from, to) -> {
                Results results = results(most);
                for (long job = from; job < to; job++) {
                    results.clear(most);
                    shiftStrip(results, job);
                    walk.strip(kernel, job, 0, rows, results);
                    writeStrip(job, results);
                }
                results.giveBack();
            });
            return;
        }
        Results all = results(Math.multiplyExact(chunks, most));
        for (long i = 0; i < outer * strips; i++) {
            long job = i;
            int count = walk.stripWidth(job);
            all.clear(chunks * count);
            Parallel.forRange(rows, perChunk, (from, to) -> {
                Results results = results(most);
                results.clear(count);
                shiftStrip(results, job);
                walk.strip(kernel, job, from, to, results);
                all.add(results, 0, (int) (from / perChunk) * count, count);
                results.giveBack();
            });
            all.pairwise(0, chunks, count);
            writeStrip(job, all);
        }
        all.giveBack();
    }

    private void shiftStrip(Results results, long job) {
        shift(results, walk.stripOut(job), walk.stripWidth(job), plan.unitOutStep());
    }

    private void writeStrip(long job, Results results) {
        long offset = out.byteOffset() + walk.stripOut(job);
        results.write(0, walk.stripWidth(job), out.dtype(), out.segment(), offset, plan.unitOutStep());
    }
}
