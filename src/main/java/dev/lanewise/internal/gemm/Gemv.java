package dev.lanewise.internal.gemm;

import dev.lanewise.internal.parallel.Parallel;
import dev.lanewise.internal.parallel.ScratchPool;

/**
 * The product of a matrix and a vector, in the order of sums of {@link PackedGemm}.
 *
 * <p>Rows of the matrix that lie in one piece are multiplied eight at a time as chains of scalar fmas, which keeps up
 * with memory; columns that lie in one piece are added to a line of sums.
 *
 * @param <T> {@code float[]} or {@code double[]}
 */
final class Gemv<T> {
    private final ScratchPool<Workspace<T>> pool;
    private final long m;
    private final long k;
    private final Matrix a;
    private final Matrix x;
    private final Matrix y;
    private final boolean accumulate;

    /** {@code y = a x}: a is m x k, x is k x 1, y is m x 1. */
    Gemv(ScratchPool<Workspace<T>> pool, long m, long k, Matrix a, Matrix x, Matrix y, boolean accumulate) {
        this.pool = pool;
        this.m = m;
        this.k = k;
        this.a = a;
        this.x = x;
        this.y = y;
        this.accumulate = accumulate;
    }

    void run() {
        boolean large = (double) m * k >= GemmBlocks.PARALLEL_GEMV;
        Parallel.forRange(m, large ? GemmBlocks.GEMV_ROWS : m, (from, to) -> {
            Workspace<T> space = pool.take();
            for (long i = from; i < to; i += GemmBlocks.GEMV_ROWS) {
                strip(space, i, (int) Math.min(GemmBlocks.GEMV_ROWS, to - i));
            }
            pool.give(space);
        });
    }

    private void strip(Workspace<T> space, long i, int rows) {
        Numbers<T> numbers = space.numbers;
        int shift = numbers.dtype().shift();
        // In one array: the sums of all blocks, the sums of this block, this block of x.
        T work = space.small();
        int partAt = GemmBlocks.GEMV_ROWS;
        int xAt = 2 * GemmBlocks.GEMV_ROWS;
        if (accumulate) {
            numbers.read(y.segment(), y.at(i, 0, shift), y.rowStride(), rows, work, 0);
        }
        for (long p = 0; p < k; p += numbers.kc()) {
            int kc = (int) Math.min(numbers.kc(), k - p);
            numbers.read(x.segment(), x.at(p, 0, shift), x.rowStride(), kc, work, xAt);
            if (a.rowStride() == 1 && a.colStride() != 1) {
                byColumns(space, i, rows, p, kc, work, partAt, xAt);
            } else {
                byRows(space, i, rows, p, kc, work, partAt, xAt);
            }
            if (accumulate || p > 0) {
                numbers.add(work, partAt, work, 0, rows);
            } else {
                System.arraycopy(work, partAt, work, 0, rows);
            }
        }
        numbers.write(work, 0, y.segment(), y.at(i, 0, shift), y.rowStride(), rows);
    }

    private void byColumns(Workspace<T> space, long i, int rows, long p, int kc, T work, int partAt, int xAt) {
        Numbers<T> numbers = space.numbers;
        T line = space.lines();
        numbers.zero(work, partAt, rows);
        for (int col = 0; col < kc; col++) {
            numbers.read(a.segment(), a.at(i, p + col, numbers.dtype().shift()), 1, rows, line, 0);
            numbers.addProduct(work, xAt + col, line, 0, work, partAt, rows);
        }
    }

    private void byRows(Workspace<T> space, long i, int rows, long p, int kc, T work, int partAt, int xAt) {
        Numbers<T> numbers = space.numbers;
        T lines = space.lines();
        int step = space.scalar.step();
        for (int row = 0; row < rows; row += GemmBlocks.DOT_ROWS) {
            int count = Math.min(GemmBlocks.DOT_ROWS, rows - row);
            for (int r = 0; r < count; r++) {
                long offset = a.at(i + row + r, p, numbers.dtype().shift());
                numbers.read(a.segment(), offset, a.colStride(), kc, lines, r * step);
            }
            numbers.dots(lines, 0, step, work, xAt, kc, work, partAt + row, count);
        }
    }
}
