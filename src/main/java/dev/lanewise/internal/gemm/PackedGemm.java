package dev.lanewise.internal.gemm;

import dev.lanewise.internal.parallel.Parallel;
import dev.lanewise.internal.parallel.ScratchPool;
import dev.lanewise.internal.simd.GemmKernel;

/**
 * The driver: blocks of C as tasks, in each the blocks of k in order, in each the tiles.
 *
 * <p>C(i, j) is {@code s0 + s1 + …} added from the left ({@code C(i, j) + s0 + …} if it accumulates), with {@code s}
 * the fma chain from zero over one block of KC products. Neither tasks, tiles nor threads enter this order.
 *
 * @param <T> {@code float[]} or {@code double[]}
 */
final class PackedGemm<T> {
    private final ScratchPool<Workspace<T>> pool;
    private final GemmKernel<T> vectors;
    private final Matrix a;
    private final Matrix b;
    private final Matrix c;
    private final boolean accumulate;
    private final long m;
    private final long n;
    private final long k;

    /**
     * A product that {@link #run} computes.
     *
     * @param vectors the microkernel; null for the scalar one
     */
    PackedGemm(
            ScratchPool<Workspace<T>> pool,
            GemmKernel<T> vectors,
            long m,
            long n,
            long k,
            Matrix a,
            Matrix b,
            Matrix c,
            boolean accumulate) {
        this.pool = pool;
        this.vectors = vectors;
        this.m = m;
        this.n = n;
        this.k = k;
        this.a = a;
        this.b = b;
        this.c = c;
        this.accumulate = accumulate;
    }

    void run() {
        long columns = Math.ceilDiv(n, (long) GemmBlocks.NC);
        long width = roundUp(Math.ceilDiv(n, columns), GemmBlocks.SCALAR_NR);
        long rowTasks = rowTasks(columns);
        long height = Math.ceilDiv(m, rowTasks);
        long tasks = rowTasks * columns;
        if (tasks == 1) {
            block(0, m, 0, n);
            return;
        }
        Parallel.forRange(tasks, isLarge() ? 1 : tasks, (from, to) -> {
            for (long task = from; task < to; task++) {
                long i = task / columns * height;
                long j = task % columns * width;
                if (i < m && j < n) {
                    block(i, Math.min(m, i + height), j, Math.min(n, j + width));
                }
            }
        });
    }

    /** Into how many bands the rows are cut. */
    private long rowTasks(long columns) {
        if (Parallel.threads() == 1 || !isLarge()) {
            return 1;
        }
        long wanted = Math.ceilDiv((long) Parallel.threads() * GemmBlocks.TASKS_PER_THREAD, columns);
        return Math.max(1, Math.min(wanted, m / GemmBlocks.TASK_ROWS));
    }

    private boolean isLarge() {
        return (double) m * n * k >= GemmBlocks.PARALLEL;
    }

    private static long roundUp(long value, long step) {
        return Math.ceilDiv(value, step) * step;
    }

    private void block(long i0, long i1, long j0, long j1) {
        Workspace<T> space = pool.take();
        new Block(space, i0, i1, j0, (int) (j1 - j0)).run();
        pool.give(space);
    }

    /** One task: rows i0 to i1 of {@code cols} columns of C from j0. */
    private final class Block {
        private final Workspace<T> space;
        private final Numbers<T> numbers;
        private final GemmKernel<T> kernel;
        private final Packing<T> packing;
        private final long i0;
        private final long i1;
        private final long j0;
        private final int cols;
        private final boolean direct;

        Block(Workspace<T> space, long i0, long i1, long j0, int cols) {
            this.space = space;
            this.numbers = space.numbers;
            this.kernel = vectors == null ? space.scalar : vectors;
            this.packing = new Packing<>(space, kernel);
            this.i0 = i0;
            this.i1 = i1;
            this.j0 = j0;
            this.cols = cols;
            this.direct = c.colStride() == 1
                    && numbers.dtype().byteSize() == numbers.computeBytes()
                    && c.segment().getClass() == space.b().getClass();
        }

        void run() {
            int band = GemmBlocks.A_SLIVERS * kernel.mr();
            if (direct) {
                rows(i0, i1, band, null);
                return;
            }
            int height = band * GemmBlocks.SUM_BANDS;
            for (long i = i0; i < i1; i += height) {
                long end = Math.min(i1, i + height);
                T sums = space.sums(height * GemmBlocks.NC);
                if (accumulate) {
                    load(i, (int) (end - i), sums);
                }
                rows(i, end, band, sums);
                store(i, (int) (end - i), sums);
            }
        }

        private void rows(long from, long to, int band, T sums) {
            for (long p = 0; p < k; p += numbers.kc()) {
                int kc = (int) Math.min(numbers.kc(), k - p);
                packing.packB(b, p, j0, kc, cols);
                for (long i = from; i < to; i += band) {
                    int height = (int) Math.min(band, to - i);
                    packing.packA(a, i, p, height, kc);
                    tiles(i, height, kc, accumulate || p > 0, sums, (int) (i - from) * cols);
                }
            }
        }

        private void tiles(long i, int height, int kc, boolean add, T sums, int sumsAt) {
            int nr = kernel.nr();
            long sliverBytes = (long) kc * nr * numbers.computeBytes();
            T tile = space.tile();
            for (int row = 0; row < height; row += kernel.mr()) {
                int rows = Math.min(kernel.mr(), height - row);
                for (int col = 0; col < cols; col += nr) {
                    kernel.tile(kc, space.a(), row * kernel.step(), space.b(), col / nr * sliverBytes, tile);
                    int width = Math.min(nr, cols - col);
                    if (sums != null) {
                        keep(tile, rows, width, sums, sumsAt + row * cols + col, add);
                    } else if (width == nr) {
                        long rowBytes = c.rowStride() * numbers.computeBytes();
                        kernel.store(tile, rows, c.segment(), c.at(i + row, j0 + col, shift()), rowBytes, add);
                    } else {
                        edge(tile, rows, width, i + row, j0 + col, add);
                    }
                }
            }
        }

        private void keep(T tile, int rows, int width, T sums, int at, boolean add) {
            for (int row = 0; row < rows; row++) {
                if (add) {
                    numbers.add(tile, row * kernel.nr(), sums, at + row * cols, width);
                } else {
                    System.arraycopy(tile, row * kernel.nr(), sums, at + row * cols, width);
                }
            }
        }

        private void edge(T tile, int rows, int width, long i, long j, boolean add) {
            T line = space.lines();
            for (int row = 0; row < rows; row++) {
                long offset = c.at(i + row, j, shift());
                if (add) {
                    numbers.read(c.segment(), offset, 1, width, line, 0);
                    numbers.add(tile, row * kernel.nr(), line, 0, width);
                    numbers.write(line, 0, c.segment(), offset, 1, width);
                } else {
                    numbers.write(tile, row * kernel.nr(), c.segment(), offset, 1, width);
                }
            }
        }

        private void load(long i, int height, T sums) {
            for (int row = 0; row < height; row++) {
                numbers.read(c.segment(), c.at(i + row, j0, shift()), c.colStride(), cols, sums, row * cols);
            }
        }

        private void store(long i, int height, T sums) {
            for (int row = 0; row < height; row++) {
                numbers.write(sums, row * cols, c.segment(), c.at(i + row, j0, shift()), c.colStride(), cols);
            }
        }

        private int shift() {
            return numbers.dtype().shift();
        }
    }
}
