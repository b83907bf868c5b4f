package dev.lanewise.internal.kernel;

/** The sizes at which the elementwise kernels change their ways, each with the measurement that chose it. */
public final class Thresholds {
    /**
     * Elements from which a run is shared among threads. An add of this many takes 25 µs on one thread; waking a parked
     * worker takes 65-85 µs on two cores, and two threads were not faster below (73 µs and 68 µs for 256k elements).
     */
    public static final long PARALLEL_FROM = 1L << 18;

    /** Elements from which a run is shared with threads that are awake anyway. */
    static final long SHARED_FROM = 1L << 16;

    /** Elements up to which shares are half as large, so that no thread waits long for another's last one. */
    static final long LARGE = 1L << 20;

    /** Elements of one thread's share of a run that is shared with threads that are awake. */
    static final long SHORT_GRAIN = 1L << 14;
    /**
     * Elements from which an optimizer's step is shared among threads: a step moves three to seven times the memory of an
     * add's result and divides, so that it costs about twice an add.
     */
    static final long STEP_PARALLEL_FROM = 1L << 17;

    /** Elements of one thread's share: three float32 operands of it (768 KB) stay in a 2 MB second-level cache. */
    public static final long GRAIN = 1L << 16;

    /**
     * Inner runs from this length on go straight to the kernel. A call costs 20-30 ns, packing 1 ns per element and
     * operand, so that about 12 elements break even with vectors and more while a kernel is scalar.
     */
    static final long DIRECT_RUN = 32;

    /** Inner runs from this length on are copied one by one, each by a call of the system's copy of 10-20 ns. */
    static final long COPIED_RUN = 1024;

    /** Elements of a strip: four operands of 8 bytes (32 KB) stay in the first-level cache. */
    static final int STRIP = 1024;

    /** Bytes of the strip of one operand of a tile: with the kernel's other rows they stay in the first-level cache. */
    static final int TILE_BYTES = 16 << 10;

    /** Columns of a tile: 16 rows of a cache line of float32 then fill a strip. */
    static final int TILE_COLUMNS = 256;

    /**
     * Bytes of the strip of one operand of a tile with a transposed operand: 16 rows of {@link #TRANSPOSED_COLUMNS} float32.
     * Its lines come from far apart whatever the tile, so that long rows of all other operands matter more than the
     * first-level cache: a + bᵀ of float32 2000x2000 takes 5.4 ms with 16 rows of 256, 2.6 with 1024, 2.1 with 2048.
     */
    static final int TRANSPOSED_BYTES = 128 << 10;

    /** Columns of such a tile; a copy of a transposed 2000x2000 takes 1.45 ms with 512, 1.27 with 1024, 1.22 with 2048. */
    static final int TRANSPOSED_COLUMNS = 2048;

    /** Rows of such a tile that is copied: one cache line of float32 of the transposed operand. */
    static final int COPY_ROWS = 16;

    /** Rows and columns from which on a block is transposed as such; fewer are copied one by one. */
    static final int TRANSPOSED_SIDE = 8;

    /** Elements of the two dimensions of a tile from which on it is worth its 50-100 ns. */
    static final int LEAST_TILE = 64;

    /** Inner runs from this length on are packed run by run, shorter ones by a list of offsets. */
    static final long PACKED_RUN = 8;

    /**
     * Elements after which a scalar kernel gets a copy of its loop that is compiled for its op alone: it costs 0.1-0.2 ms
     * and computes an add in 0.3-0.4 ns per element, where the shared loop takes 3-4.
     */
    public static final int SPECIALISE_AFTER = 50_000;

    /**
     * Elements after which the background thread is asked to warm the vector form: warming takes 0.1-0.3 s of a core, while
     * the scalar forms need up to 0.5 ms for this many elements of a cheap op, 2 ms of a transcendental one.
     */
    public static final int WARM_AFTER = 100_000;

    /** What a call counts towards {@link #SPECIALISE_AFTER} and {@link #WARM_AFTER} besides its elements. */
    public static final int CALL = 1000;

    /**
     * Elements of a softmax below which its vector form is used if it is warm, but not asked for: of ten classes for each of
     * 64 rows it takes 4 instead of 8 microseconds, and a third of a second of C2 to warm, for which others wait.
     */
    public static final int FEW_EXPONENTIALS = 1024;

    private Thresholds() {}
}
