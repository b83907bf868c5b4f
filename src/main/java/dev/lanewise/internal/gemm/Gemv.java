package dev.lanewise.internal.gemm;

import dev.lanewise.internal.parallel.Parallel;
import dev.lanewise.internal.parallel.ScratchPool;
import dev.lanewise.internal.simd.GemvKernel;

/**
 * The product of a matrix and a vector, at the speed of memory.
 *
 * <p>A matrix whose columns lie in one piece is read by columns: multiples of them are added to a line of sums, in the
 * order of {@link PackedGemm}. Any other is read by rows, each of which is summed in chains, {@link
 * Numbers#addToChains} and {@link Numbers#finishChains}. The order thus depends on the matrix's strides.
 *
 * @param <T> {@code float[]} or {@code double[]}
 */
final class Gemv<T> {
    private final ScratchPool<Workspace<T>> pool;
    private final GemvKernel vectors;
    private final long m;
    private final long k;
    private final Matrix a;
    private final Matrix x;
    private final Matrix y;
    private final boolean accumulate;

    /**
     * {@code y = a x}: a is m x k, x is k x 1, y is m x 1.
     *
     * @param type says where the buffers and the vector kernel are
     */
    Gemv(Element<T> type, long m, long k, Matrix a, Matrix x, Matrix y, boolean accumulate) {
        this.pool = type.pool();
        this.vectors = type.gemv();
        this.m = m;
        this.k = k;
        this.a = a;
        this.x = x;
        this.y = y;
        this.accumulate = accumulate;
    }

    void run() {
        boolean columns = a.rowStride() == 1 && a.colStride() != 1;
        int strip = columns ? GemmBlocks.GEMV_STRIP : GemmBlocks.GEMV_ROWS;
        boolean large = (double) m * k >= GemmBlocks.PARALLEL_GEMV;
        Parallel.forRange(m, large ? strip : m, (from, to) -> {
            Workspace<T> space = pool.take();
            for (long i = from; i < to; i += strip) {
                new Strip(space, i, (int) Math.min(strip, to - i)).run(columns);
            }
            pool.give(space);
        });
    }

    /** Some rows of the product. */
    private final class Strip {
        private final Workspace<T> space;
        private final Numbers<T> numbers;
        private final int shift;
        private final long i;
        private final int rows;
        /** In one array: sums, sums of one block or chains, and a block of x. */
        private final T work;

        private final int partAt = GemmBlocks.TINY;
        private final int xAt = 2 * GemmBlocks.TINY;

        Strip(Workspace<T> space, long i, int rows) {
            this.space = space;
            this.numbers = space.numbers;
            this.shift = numbers.dtype().shift();
            this.i = i;
            this.rows = rows;
            this.work = space.small();
        }

        void run(boolean columns) {
            if (columns) {
                byColumns();
            } else {
                byRows();
            }
            numbers.write(work, 0, y.segment(), y.at(i, 0, shift), y.rowStride(), rows);
        }

        // ---------------------------------------------------------------- columns

        private void byColumns() {
            if (accumulate) {
                numbers.read(y.segment(), y.at(i, 0, shift), y.rowStride(), rows, work, 0);
            }
            int depth = GemmBlocks.depth(k, numbers.kc());
            for (long p = 0; p < k; p += depth) {
                int kc = (int) Math.min(depth, k - p);
                numbers.read(x.segment(), x.at(p, 0, shift), x.rowStride(), kc, work, xAt);
                numbers.zero(work, partAt, rows);
                if (vectors != null && rows >= vectors.lanes()) {
                    addColumns(p, kc);
                } else {
                    addLines(p, kc);
                }
                if (accumulate || p > 0) {
                    numbers.add(work, partAt, work, 0, rows);
                } else {
                    System.arraycopy(work, partAt, work, 0, rows);
                }
            }
        }

        private void addLines(long p, int kc) {
            T line = space.lines();
            for (int col = 0; col < kc; col++) {
                numbers.read(a.segment(), a.at(i, p + col, shift), 1, rows, line, 0);
                numbers.addProduct(work, xAt + col, line, 0, work, partAt, rows);
            }
        }

        /** Whole vectors of rows, and the rest as the last vector, which overlaps them and has sums of its own. */
        private void addColumns(long p, int kc) {
            int bytes = numbers.computeBytes();
            int lanes = vectors.lanes();
            int whole = rows & -lanes;
            long restAt = (long) Workspace.LINE * bytes;
            numbers.pack(work, partAt, space.line(), 0, whole);
            numbers.pack(work, partAt, space.line(), restAt, lanes);
            numbers.pack(work, xAt, space.line(), 2 * restAt, kc);
            addColumns(i, p, kc, whole, 0);
            numbers.unpack(space.line(), 0, work, partAt, whole);
            if (whole < rows) {
                addColumns(i + rows - lanes, p, kc, lanes, restAt);
                int rest = rows - whole;
                numbers.unpack(space.line(), restAt + (long) (lanes - rest) * bytes, work, partAt + whole, rest);
            }
        }

        private void addColumns(long row, long p, int kc, int n, long to) {
            long step = a.colStride() << shift;
            long xs = 2L * Workspace.LINE << shift;
            int col = 0;
            while (col < kc) {
                int count = kc - col >= GemvKernel.COLUMNS ? GemvKernel.COLUMNS : 1;
                long from = a.at(row, p + col, shift);
                long factor = xs + ((long) col << shift);
                vectors.addColumns(a.segment(), from, step, count, n, space.line(), factor, space.line(), to);
                col += count;
            }
        }

        // ---------------------------------------------------------------- rows

        private void byRows() {
            int chains = numbers.chains();
            long whole = k - k % chains;
            numbers.zero(work, partAt, rows * chains);
            if (vectors == null || a.colStride() != 1 || x.rowStride() != 1) {
                addRows(whole);
            } else if (whole > 0) {
                dots(whole);
            }
            int rest = (int) (k - whole);
            T line = space.lines();
            numbers.read(x.segment(), x.at(whole, 0, shift), x.rowStride(), rest, work, xAt);
            for (int row = 0; row < rows; row++) {
                numbers.read(a.segment(), a.at(i + row, whole, shift), a.colStride(), rest, line, 0);
                numbers.finishChains(work, partAt + row * chains, line, 0, work, xAt, rest, work, row);
            }
            if (accumulate) {
                numbers.read(y.segment(), y.at(i, 0, shift), y.rowStride(), rows, line, 0);
                numbers.add(line, 0, work, 0, rows);
            }
        }

        private void addRows(long whole) {
            int chains = numbers.chains();
            int most = numbers.kc() / chains * chains;
            T line = space.lines();
            for (long p = 0; p < whole; p += most) {
                int n = (int) Math.min(most, whole - p);
                numbers.read(x.segment(), x.at(p, 0, shift), x.rowStride(), n, work, xAt);
                for (int row = 0; row < rows; row++) {
                    numbers.read(a.segment(), a.at(i + row, p, shift), a.colStride(), n, line, 0);
                    numbers.addToChains(line, 0, work, xAt, work, partAt + row * chains, n);
                }
            }
        }

        private void dots(long whole) {
            int chains = numbers.chains();
            long rowBytes = a.rowStride() << shift;
            // As many elements as an int counts, in whole chains.
            int most = Integer.MAX_VALUE / 2 / chains * chains;
            if (whole > most) {
                addRows(whole);
                return;
            }
            for (int row = 0; row < rows; row += vectors.rows()) {
                int count = Math.min(vectors.rows(), rows - row);
                space.line()
                        .asSlice(0, GemvKernel.CHAINS * GemvKernel.MOST_ROWS)
                        .fill((byte) 0);
                vectors.dots(
                        a.segment(),
                        a.at(i + row, 0, shift),
                        rowBytes,
                        count,
                        (int) whole,
                        x.segment(),
                        x.at(0, 0, shift),
                        space.line());
                numbers.unpack(space.line(), 0, work, partAt + row * chains, count * chains);
            }
        }
    }
}
