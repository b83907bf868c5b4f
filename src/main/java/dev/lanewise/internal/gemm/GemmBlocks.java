package dev.lanewise.internal.gemm;

import dev.lanewise.internal.simd.GemmKernel;

/**
 * The block sizes of the matrix products, each with the measurement that chose it.
 *
 * <p>Measured on AVX-512 cores of two makers (48 KB L1, 1 or 2 MB L2) with JDK 25 and 21. The two KC are part of the
 * result's bits: a sum over k is formed in blocks of at most KC. All others change the speed only.
 */
final class GemmBlocks {
    /**
     * Most rows of B per block, float: 256, 384, 512 and 768 were within 3 % of each other from n = 256 to 2048; 320 x NC
     * floats, 640 KB, leave room for A and C in 1 MB of L2.
     */
    static final int KC_F32 = GemmKernel.STEP_F32;
    /** Most rows of B per block, double: 256 x NC doubles are 512 KB of L2. */
    static final int KC_F64 = 256;
    /** Columns of B per block, float: 256 was 3 to 6 % slower (A is packed twice as often), 1024 12 % at n = 2048. */
    static final int NC_F32 = 512;
    /** Columns of B per block, double: as many bytes. */
    static final int NC_F64 = 256;
    /** Columns that are one block for any element type. */
    static final int NC_LEAST = 256;
    /** Blocks of k are rounded up to whole vectors, so that rows of A are packed by vectors. */
    static final int DEPTH_STEP = 16;
    /** Row slivers of A packed at a time: 12 x 4 rows of KC floats, 60 KB, are read from L2 once per column sliver. */
    static final int A_SLIVERS = 4;
    /** Slivers of B packed at a time: 512 bytes of each row are read at once; more would write to one set of L1 only. */
    static final int B_SLIVERS = 4;
    /** Columns per sliver of the scalar kernel: one line of 64 sums stays in L1 and is long enough to be vectorised. */
    static final int SCALAR_NR = 64;
    /** Rows per sliver of the scalar kernel: each copy of a sliver of B out of native memory serves so many rows. */
    static final int SCALAR_MR = 16;
    /** Rows of a matrix-vector product that are worked on together, matrix by rows: their chains are 16 KB. */
    static final int GEMV_ROWS = 256;
    /** The same, matrix by columns: pieces of 4 KB of each column, and as many bytes of sums in L1. */
    static final int GEMV_STRIP = 1024;
    /**
     * Up to so many products, whole operands are copied to arrays and multiplied by scalar code, if vectors are cold.
     */
    static final int TINY = 4096;
    /** The same if vectors are warm: 6 cubed takes 160 ns and 10 cubed 520, with packing and vectors 240 and 300. */
    static final int TINY_WARM = 400;
    /** From so many products on a second thread pays for its wake-up of 50 to 90 microseconds: about 160 cubed. */
    static final long PARALLEL = 4_000_000;
    /** The same for matrix-vector products, which run at the speed of memory: 2 MB of floats. */
    static final long PARALLEL_GEMV = 512_000;
    /** Products per task of a batch: some 10 to 100 microseconds. */
    static final double BATCH_GRAIN = 1_000_000;
    /** Tasks per thread at most, so that a thread that starts late leaves work to the others. */
    static final int TASKS_PER_THREAD = 2;
    /** Rows per task at least, else packing B once per task costs too much: 5 % of the time at 96 rows. */
    static final int TASK_ROWS = 96;

    private GemmBlocks() {}

    /** The rows of B in each block but the last, for blocks of about equal size up to {@code most}. */
    static int depth(long k, int most) {
        if (k <= most) {
            return (int) k;
        }
        long blocks = Math.ceilDiv(k, (long) most);
        return (int) (Math.ceilDiv(Math.ceilDiv(k, blocks), (long) DEPTH_STEP) * DEPTH_STEP);
    }
}
