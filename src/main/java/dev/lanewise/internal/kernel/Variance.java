package dev.lanewise.internal.kernel;

import dev.lanewise.DType;
import dev.lanewise.internal.parallel.Parallel;
import dev.lanewise.internal.parallel.ScratchPool;

/**
 * Means and variances along dimensions.
 *
 * <p>The elements of a result are cut into pieces that stay in cache; of each the mean is found first and then the
 * squared distances from it are added, so that nothing cancels. The pieces are joined in their order. The cut depends on
 * the shape and the layout alone, and so do the bits. Distances are taken from the mean rounded to the dtype, which the
 * exact mean then corrects; where a square is too large or small for a float, the piece is done again in double.
 */
public final class Variance {
    /** Elements of a piece of neighbours: 32 KB of floats stay in the first-level cache. */
    private static final int PIECE = 1 << 13;
    /** Elements of a piece of rows: 256 KB of floats stay in the second-level cache. */
    private static final int ROWS_PIECE = 1 << 16;
    /** Means of squares below this may have lost small ones. */
    private static final double TINY = 0x1p-100;

    /** The folds that make the sums and the sums of squared distances. */
    public record Folds(ScalarReduce sum, FoldKernel sums, ScalarReduce square, FoldKernel squares) {}

    /**
     * What is made of the moments.
     *
     * @param correction what is subtracted from the number of elements before dividing; the divisor is not below 0
     * @param root writes the root of the variance
     * @param spread the results, in row-major order without gaps; null if not wanted
     * @param means the means, laid out alike; null if not wanted
     */
    public record Wanted(long correction, boolean root, Operand spread, Operand means) {}

    private final FoldWalk walk;
    private final ReducePlan plan;
    private final DType type;
    private final Wanted wanted;
    private final FoldStrips.Spec sumSpec;
    private final FoldStrips.Spec squareSpec;
    private final Folds folds;

    private Variance(Folds folds, FoldWalk walk, Wanted wanted) {
        this.folds = folds;
        this.walk = walk;
        this.plan = walk.plan;
        this.type = walk.in.dtype();
        this.wanted = wanted;
        sumSpec = new FoldStrips.Spec(folds.sum(), type);
        squareSpec = new FoldStrips.Spec(folds.square(), type);
    }

    /** Writes what is wanted along some dimensions, each once and not negative; no elements give NaN. */
    public static void run(Folds folds, Wanted wanted, long[] shape, Operand in, int[] dims) {
        // The results' own layout is the plan's, counted in elements of one byte.
        ReducePlan plan = new ReducePlan(shape, in, dims, 0);
        Variance variance = new Variance(folds, new FoldWalk(plan, in), wanted);
        if (plan.results > 0 && variance.walk.isByColumns()) {
            variance.columns();
        } else if (plan.results > 0) {
            variance.sequences();
        }
    }

    private void sequences() {
        long n = plan.reduced.numel();
        ScratchPool<Pass> pool = new ScratchPool<>(() -> new Pass(FoldWalk.VIRTUAL, 1));
        if (n <= FoldWalk.CHUNK) {
            Parallel.forRange(plan.results, Math.max(1, FoldWalk.CHUNK / Math.max(1, n)), (from, to) -> {
                Pass pass = pool.take();
                for (long i = from; i < to; i++) {
                    pass.all.count = 0;
                    pass.sequence(i, 0, n);
                    write(pass.all, 1, plan.outOffset(i, -1), 0);
                }
                pool.give(pass);
            });
            return;
        }
        Moments[] chunks = new Moments[Math.toIntExact(Math.ceilDiv(n, (long) FoldWalk.CHUNK))];
        for (long i = 0; i < plan.results; i++) {
            long result = i;
            Parallel.forRange(n, FoldWalk.CHUNK, (from, to) -> {
                Pass pass = pool.take();
                pass.sequence(result, from, to);
                chunks[(int) (from / FoldWalk.CHUNK)] = pass.taken();
                pool.give(pass);
            });
            write(joined(chunks, 1), 1, plan.outOffset(i, -1), 0);
        }
    }

    private void columns() {
        long jobs = plan.results / plan.unitSize() * walk.strips();
        int most = (int) Math.min(plan.unitSize(), FoldKernel.COLUMNS);
        long rows = plan.reduced.numel();
        long perChunk = FoldWalk.rowsPerChunk(rows, most);
        ScratchPool<Pass> pool = new ScratchPool<>(() -> new Pass(most, most));
        if (rows <= perChunk) {
            long grain = Math.max(1, FoldWalk.CHUNK / (Math.max(1, rows) * most));
            Parallel.forRange(jobs, grain, (from, to) -> {
                Pass pass = pool.take();
                for (long job = from; job < to; job++) {
                    pass.all.count = 0;
                    pass.strip(job, 0, rows);
                    write(pass.all, walk.stripWidth(job), walk.stripOut(job), plan.unitOutStep());
                }
                pool.give(pass);
            });
            return;
        }
        Moments[] chunks = new Moments[Math.toIntExact(Math.ceilDiv(rows, perChunk))];
        for (long i = 0; i < jobs; i++) {
            long job = i;
            int width = walk.stripWidth(job);
            Parallel.forRange(rows, perChunk, (from, to) -> {
                Pass pass = pool.take();
                pass.strip(job, from, to);
                chunks[(int) (from / perChunk)] = pass.taken();
                pool.give(pass);
            });
            write(joined(chunks, width), width, walk.stripOut(job), plan.unitOutStep());
        }
    }

    private static Moments joined(Moments[] chunks, int width) {
        for (int chunk = 1; chunk < chunks.length; chunk++) {
            chunks[0].add(chunks[chunk], width);
        }
        return chunks[0];
    }

    private void write(Moments moments, int n, long out, long step) {
        double divisor = (double) Math.max(0, plan.reduced.numel() - wanted.correction());
        boolean none = plan.reduced.numel() == 0;
        for (int w = 0; w < n; w++) {
            long at = out + w * step;
            if (wanted.spread() != null) {
                double value = none ? Double.NaN : moments.squares[w] / divisor;
                put(wanted.spread(), at, wanted.root() ? Math.sqrt(value) : value);
            }
            if (wanted.means() != null) {
                put(wanted.means(), at, none ? Double.NaN : moments.means[w]);
            }
        }
    }

    private static void put(Operand to, long index, double value) {
        long offset = to.byteOffset() + (index << to.dtype().shift());
        Elements.setDouble(to.dtype(), to.segment(), offset, value);
    }

    /** The two passes over one piece after the other, on one thread. */
    private final class Pass {
        Moments all;
        private final Moments piece;
        private final Results sums;
        private final Results squares;
        private final double[] shifts;

        Pass(int columns, int width) {
            all = new Moments(width);
            piece = new Moments(width);
            sums = new Results(folds.sums(), sumSpec, columns);
            squares = new Results(folds.squares(), squareSpec, columns);
            shifts = new double[width];
        }

        /** What was found, the caller's from now on. */
        Moments taken() {
            Moments found = all;
            all = new Moments(shifts.length);
            return found;
        }

        void sequence(long index, long from, long to) {
            for (long at = from; at < to; at += PIECE) {
                long end = Math.min(to, at + PIECE);
                walk.sequence(folds.sums(), index, at, end, sums);
                center(1, end - at, type);
                squares.shiftBy(shifts, 0, FoldWalk.columns(end - at));
                walk.sequence(folds.squares(), index, at, end, squares);
                if (measure(1)) {
                    wideSequence(index, at, end);
                }
                all.add(piece, 1);
            }
        }

        private void wideSequence(long index, long from, long to) {
            walk.sequence(new WideMoments(type, false), index, from, to, sums);
            center(1, to - from, DType.FLOAT64);
            squares.shiftBy(shifts, 0, FoldWalk.columns(to - from));
            walk.sequence(new WideMoments(type, true), index, from, to, squares);
            measure(1);
        }

        void strip(long job, long from, long to) {
            int width = walk.stripWidth(job);
            long rows = Math.max(FoldKernel.ROWS, ROWS_PIECE / width / FoldKernel.ROWS * FoldKernel.ROWS);
            for (long at = from; at < to; at += rows) {
                long end = Math.min(to, at + rows);
                strip(folds.sums(), folds.squares(), type, job, at, end);
                if (measure(width)) {
                    strip(new WideMoments(type, false), new WideMoments(type, true), DType.FLOAT64, job, at, end);
                    measure(width);
                }
                all.add(piece, width);
            }
        }

        private void strip(FoldKernel summing, FoldKernel squaring, DType shiftType, long job, long from, long to) {
            int width = walk.stripWidth(job);
            sums.clear(width);
            walk.strip(summing, job, from, to, sums);
            center(width, to - from, shiftType);
            squares.shiftBy(shifts, 1, width);
            squares.clear(width);
            walk.strip(squaring, job, from, to, squares);
        }

        /** Takes the means of a piece from its sums. */
        private void center(int width, long count, DType shiftType) {
            double[] from = sums.doubles();
            piece.count = count;
            for (int w = 0; w < width; w++) {
                double mean = from[w] / count;
                piece.means[w] = mean;
                shifts[w] = shiftType == DType.FLOAT64 ? mean : (float) mean;
            }
        }

        /** Takes the squares of a piece, from its means; true if floats may have failed. */
        private boolean measure(int width) {
            double[] from = squares.doubles();
            boolean failed = false;
            for (int w = 0; w < width; w++) {
                double moved = piece.means[w] - shifts[w];
                double square = from[w] - piece.count * (moved * moved);
                piece.squares[w] = square < 0 ? 0 : square;
                failed |= from[w] != 0 && !(from[w] >= TINY * piece.count && from[w] <= Double.MAX_VALUE);
            }
            return failed && type != DType.FLOAT64;
        }
    }
}
