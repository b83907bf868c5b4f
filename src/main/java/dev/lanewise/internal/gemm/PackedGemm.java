package dev.lanewise.internal.gemm;

import dev.lanewise.internal.parallel.Parallel;
import dev.lanewise.internal.parallel.ScratchPool;
import dev.lanewise.internal.simd.GemmKernel;
import dev.lanewise.internal.simd.GemmLines;
import dev.lanewise.internal.simd.GemmTiles;
import java.lang.foreign.MemorySegment;

/**
 * The driver: blocks of C as tasks, in each the blocks of k in order, in each the tiles.
 *
 * <p>C(i, j) is {@code s0 + s1 + …} added from the left ({@code C(i, j) + s0 + …} if it accumulates), with {@code s}
 * the fma chain from zero over one block of k, {@link GemmBlocks#depth}. Neither tasks, tiles nor threads enter this
 * order. The rows of C must lie in one piece each, in the type computed in.
 *
 * @param <T> {@code float[]} or {@code double[]}
 */
final class PackedGemm<T> {
    private final ScratchPool<Workspace<T>> pool;
    private final GemmTiles<T> tiles;
    private final GemmKernel<T> main;
    private final Matrix a;
    private final Matrix b;
    private final Matrix c;
    private final Matrix row;
    private final boolean accumulate;
    private final long m;
    private final long n;
    private final long k;
    private final Packed packed;
    private final TileColumns columns;

    /**
     * B as {@link PackedMatrix} packs it.
     *
     * @param at byte offset of the first block of k
     * @param width columns of a block of k, with those that fill the last sliver
     */
    record Packed(MemorySegment segment, long at, long width) {}

    /**
     * A product that {@link #run} computes.
     *
     * @param main the microkernel, for rows of B that begin anywhere if B has such; null for the scalar one
     * @param row added to every row of C at the end; null for none
     * @param packed B in packed form for {@code main}; null to pack it here
     */
    PackedGemm(
            Element<T> type,
            GemmKernel<T> main,
            long m,
            long n,
            long k,
            Matrix a,
            Matrix b,
            Matrix c,
            boolean accumulate,
            Matrix row,
            Packed packed) {
        this(type, main, m, n, k, a, b, c, accumulate, row, packed, null);
    }

    private PackedGemm(
            Element<T> type,
            GemmKernel<T> main,
            long m,
            long n,
            long k,
            Matrix a,
            Matrix b,
            Matrix c,
            boolean accumulate,
            Matrix row,
            Packed packed,
            TileColumns columns) {
        this.pool = type.pool();
        this.tiles = b.lines() == null ? type.tiles() : type.anywhere();
        this.main = main;
        this.m = m;
        this.n = n;
        this.k = k;
        this.a = a;
        this.b = b;
        this.c = c;
        this.accumulate = accumulate;
        this.row = row;
        this.packed = packed;
        this.columns = columns;
    }

    /**
     * A product by whole vectors of columns that lie anywhere.
     *
     * @param main the microkernel for rows of B that begin anywhere, which is warm
     * @param b k x n, its lines given
     */
    static <T> PackedGemm<T> ofColumns(
            Element<T> type,
            GemmKernel<T> main,
            long m,
            long k,
            Matrix a,
            Matrix b,
            TileColumns columns,
            Matrix c,
            boolean accumulate) {
        long n = (long) columns.count() * main.nr() / 2;
        return new PackedGemm<>(type, main, m, n, k, a, b, c, accumulate, null, null, columns);
    }

    void run() {
        if (n <= GemmBlocks.NC_LEAST && (!isLarge() || Parallel.threads() == 1)) {
            block(0, m, 0, n);
            return;
        }
        Workspace<T> space = pool.take();
        // Where B is not packed, more columns need no more memory.
        int nc = columns != null && Parallel.threads() == 1 ? Integer.MAX_VALUE : space.numbers.nc();
        pool.give(space);
        long blocks = Math.ceilDiv(n, (long) nc);
        // Each task packs its part of B: cut by columns first, by rows where that is not enough.
        long parts = isLarge() ? Math.max(blocks, Math.min(Parallel.threads(), n / GemmBlocks.NC_LEAST)) : blocks;
        long width = roundUp(Math.ceilDiv(n, parts), GemmBlocks.SCALAR_NR);
        long rowTasks = rowTasks(parts);
        // Whole tiles, and no more: with n = 512 in steps of 24 rows one of two threads had 288 of 512.
        long height = roundUp(Math.ceilDiv(m, rowTasks), main == null ? GemmBlocks.SCALAR_MR : main.mr());
        long tasks = rowTasks * parts;
        if (tasks == 1) {
            block(0, m, 0, n);
            return;
        }
        Parallel.forRange(tasks, isLarge() ? 1 : tasks, (from, to) -> {
            for (long task = from; task < to; task++) {
                long i = task / parts * height;
                long j = task % parts * width;
                if (i < m && j < n) {
                    block(i, Math.min(m, i + height), j, Math.min(n, j + width));
                }
            }
        });
    }

    /** Into how many bands the rows are cut. */
    private long rowTasks(long parts) {
        if (Parallel.threads() == 1 || !isLarge()) {
            return 1;
        }
        long wanted = Math.ceilDiv((long) Parallel.threads() * GemmBlocks.TASKS_PER_THREAD, parts);
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
        private final GemmKernel<T> triple;
        private final GemmLines<T> writer;
        private final Packing<T> packing;
        private final long i0;
        private final long i1;
        private final long j0;
        private final int cols;
        private MemorySegment block;
        private long blockAt;

        Block(Workspace<T> space, long i0, long i1, long j0, int cols) {
            this.space = space;
            this.numbers = space.numbers;
            this.kernel = main == null ? space.scalar : main;
            this.triple = columns == null ? null : tiles.triple();
            this.writer = main == null ? null : tiles.lines();
            this.packing = space.packing(kernel, writer);
            this.i0 = i0;
            this.i1 = i1;
            this.j0 = j0;
            this.cols = cols;
        }

        void run() {
            int depth = GemmBlocks.depth(k, numbers.kc());
            int band = GemmBlocks.A_SLIVERS * kernel.mr();
            for (long p = 0; p < k; p += depth) {
                int kc = (int) Math.min(depth, k - p);
                packB(p, kc);
                for (long i = i0; i < i1; i += band) {
                    int height = (int) Math.min(band, i1 - i);
                    packing.packA(a, i, p, height, kc);
                    tiles(i, p, height, kc, accumulate || p > 0);
                    if (row != null && p + kc == k) {
                        finish(i, height);
                    }
                }
            }
        }

        private void packB(long p, int kc) {
            if (packed != null) {
                block = packed.segment();
                blockAt = packed.at() + (p * packed.width() + j0 * kc) * numbers.computeBytes();
            } else if (b.lines() == null) {
                packing.packB(b, p, j0, kc, cols);
                block = space.b();
                blockAt = 0;
            }
        }

        private void tiles(long i, long p, int height, int kc, boolean add) {
            int used;
            for (int from = 0; from < height; from += used) {
                int left = height - from;
                GemmKernel<T> wide = main == null ? kernel : triple == null ? tiles.part(main, left, 2) : triple;
                used = wide.mr();
                if (columns == null) {
                    slivers(wide, i, (int) p, from, Math.min(used, left), kc, add);
                } else {
                    vectors(wide, i, (int) p, from, Math.min(used, left), kc, add);
                }
            }
        }

        /** The tiles of one sliver of A. */
        private void slivers(GemmKernel<T> wide, long i, int p, int from, int rows, int kc, boolean add) {
            int nr = kernel.nr();
            long sliverBytes = (long) kc * nr * numbers.computeBytes();
            long rowBytes = c.rowStride() * numbers.computeBytes();
            long half = nr / 2 * (long) numbers.computeBytes();
            T tile = space.tile();
            for (int col = 0; col < cols; col += nr) {
                int width = Math.min(nr, cols - col);
                boolean narrow = main != null && 2 * width <= nr;
                GemmKernel<T> tiler = narrow ? tiles.part(main, rows, 1) : wide;
                int at = from * kernel.step();
                if (b.lines() == null) {
                    tiler.tile(kc, space.a(), at, block, blockAt + col / nr * sliverBytes, tile);
                } else {
                    long begin = b.byteOffset() + (j0 + col << numbers.dtype().shift());
                    tiler.tile(kc, space.a(), at, b.segment(), begin, b.lines(), p, half, 0, tile);
                }
                long to = c.at(i + from, j0 + col, numbers.dtype().shift());
                if (writer == null) {
                    space.scalar.store(tile, rows, width, c.segment(), to, rowBytes, add);
                } else {
                    writer.store(tile, 0, rows, width, c.segment(), to, rowBytes, add);
                }
            }
        }

        /** The same for columns that lie anywhere, three or two vectors at a time. */
        private void vectors(GemmKernel<T> wide, long i, int p, int from, int rows, int kc, boolean add) {
            int lanes = kernel.nr() / 2;
            int shift = numbers.dtype().shift();
            int end = (int) Math.min(columns.count(), (j0 + cols) / lanes);
            int at = from * kernel.step();
            int most = wide == triple ? 3 : 2;
            int used;
            for (int v = (int) j0 / lanes; v < end; v += used) {
                used = Math.min(most, end - v);
                GemmKernel<T> tiler = used == most ? wide : tiles.part(main, rows, used);
                long begin = columns.from()[v];
                long second = used > 1 ? columns.from()[v + 1] - begin << shift : 0;
                long third = used > 2 ? columns.from()[v + 2] - begin << shift : 0;
                long bAt = b.byteOffset() + (begin << shift);
                tiler.tile(kc, space.a(), at, b.segment(), bAt, b.lines(), p, second, third, space.tile());
                store(i + from, v, rows, used, add);
            }
        }

        private void store(long i, int v, int rows, int used, boolean add) {
            int lanes = kernel.nr() / 2;
            int[] width = columns.width();
            long[] to = columns.to();
            boolean joined = used > 1 && width[v] == lanes && to[v + 1] == to[v] + lanes;
            store(0, i, rows, joined ? lanes + width[v + 1] : width[v], to[v], add);
            if (used > 1 && !joined) {
                store(lanes, i, rows, width[v + 1], to[v + 1], add);
            }
            if (used > 2) {
                store(triple.mr() * kernel.nr(), i, rows, width[v + 2], to[v + 2], add);
            }
        }

        private void store(int at, long i, int rows, int width, long col, boolean add) {
            long to = c.at(i, col, numbers.dtype().shift());
            long rowBytes = c.rowStride() * numbers.computeBytes();
            writer.store(space.tile(), at, rows, width, c.segment(), to, rowBytes, add);
        }

        private void finish(long i, int height) {
            int shift = numbers.dtype().shift();
            long rowBytes = c.rowStride() * numbers.computeBytes();
            long from = row.at(0, j0, shift);
            long to = c.at(i, j0, shift);
            if (writer == null) {
                space.scalar.addRow(row.segment(), from, height, cols, c.segment(), to, rowBytes);
            } else {
                writer.addRow(row.segment(), from, height, cols, c.segment(), to, rowBytes);
            }
        }
    }
}
