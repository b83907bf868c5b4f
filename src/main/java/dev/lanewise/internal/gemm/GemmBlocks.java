package dev.lanewise.internal.gemm;

import dev.lanewise.internal.simd.GemmKernel;

/**
 * The block sizes of the matrix products, each with the measurement that chose it.
 *
 * <p>Measured on two AVX-512 cores (48 KB L1, 1 to 2 MB L2) with JDK 25 and 21. The two KC are part of the result's
 * bits: a sum over k is formed in blocks of KC. All others change the speed only.
 */
final class GemmBlocks {
    /** Rows of B per block, float: 384 beat 256 and 512 at n = 256 and 512, and was within 10 % of the best above. */
    static final int KC_F32 = GemmKernel.STEP_F32;
    /** Rows of B per block, double: 256 rows of 16 columns are 32 KB of L1. */
    static final int KC_F64 = 256;
    /**
     * Columns of B per block: KC x NC floats, 768 KB, stay in L2; 512 gave 160 Gflop/s at n = 2048 where 1024 gave 141.
     */
    static final int NC = 512;
    /** Row slivers of A packed at a time: 12 x 4 rows of KC floats, 74 KB, are read from L2 once per column sliver. */
    static final int A_SLIVERS = 4;
    /** Bands of A whose sums are kept aside where C cannot hold them (halves, general strides): 384 rows, 768 KB. */
    static final int SUM_BANDS = 8;
    /** Columns per sliver of the scalar kernel: one line of 64 sums stays in L1 and is long enough to be vectorised. */
    static final int SCALAR_NR = 64;
    /** Rows per sliver of the scalar kernel: each copy of a sliver of B out of native memory serves so many rows. */
    static final int SCALAR_MR = 16;
    /** Rows of a matrix-vector product copied out of native memory at a time: 12 KB of L1. */
    static final int DOT_ROWS = 8;
    /** Rows of a matrix-vector product per task: a line of sums that stays in L1. */
    static final int GEMV_ROWS = 256;
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
}
