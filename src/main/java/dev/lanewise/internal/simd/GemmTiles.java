package dev.lanewise.internal.simd;

import dev.lanewise.DType;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.util.function.IntFunction;

/**
 * The vector microkernels of one element type: the main one and smaller tiles for the edges, each once it is warm.
 *
 * @param <T> {@code float[]} or {@code double[]}
 */
public final class GemmTiles<T> {
    private static final int[] ROWS = {4, 8, 12};

    private final boolean anywhere;
    private final DType type;
    private final IntFunction<T> arrays;
    private final Slot<T> main;
    private final LinesSlot<T> lines;
    private final Slot<T> triple;
    private final Slot<T>[] narrow;
    private final Slot<T>[] wide;

    /**
     * The microkernels of packed rows of B.
     *
     * @param type FLOAT32 or FLOAT64
     */
    GemmTiles(DType type, IntFunction<T> arrays) {
        this(type, arrays, null);
    }

    /** The microkernels of rows of B that begin anywhere; what packs and stores is shared with those of packed rows. */
    GemmTiles(GemmTiles<T> packed) {
        this(packed.type, packed.arrays, packed.lines);
    }

    private GemmTiles(DType type, IntFunction<T> arrays, LinesSlot<T> lines) {
        this.anywhere = lines != null;
        this.type = type;
        this.arrays = arrays;
        // 12 x 2 sums fill 32 registers, 6 x 2 sums 16.
        boolean large = Simd.laneBits() == 512;
        String name = "gemm " + type.shortName() + (anywhere ? " rows" : "");
        this.main = new Slot<>(this, name, large ? 12 : 6, 2);
        this.lines = anywhere ? lines : new LinesSlot<>(this);
        this.triple = large && anywhere ? new Slot<>(this, name + " 8x3", 8, 3) : null;
        this.narrow = slots(name, 1);
        this.wide = slots(name, 2);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private Slot<T>[] slots(String name, int vectors) {
        Slot<T>[] slots = new Slot[ROWS.length];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = new Slot<>(this, name + " " + ROWS[i] + "x" + vectors, ROWS[i], vectors);
        }
        return slots;
    }

    /** The main kernel; null while it or {@link #lines} is cold or where vectors are off. */
    public GemmKernel<T> main() {
        GemmKernel<T> kernel = main.get();
        return lines.get() == null ? null : kernel;
    }

    /**
     * The kernel of 8 rows of three vectors that begin anywhere: fewer numbers of A are read for as many sums, 8 % faster
     * than {@link #main}. Null while it is cold or where there are too few registers.
     */
    public GemmKernel<T> triple() {
        return triple == null ? null : triple.get();
    }

    /** What packs and stores for all kernels; null while it is cold or where vectors are off. */
    public GemmLines<T> lines() {
        return lines.get();
    }

    WarmSlot<GemmKernel<T>> mainSlot() {
        return main;
    }

    WarmSlot<GemmLines<T>> linesSlot() {
        return lines;
    }

    /**
     * The kernel for the next tiles of rows of which {@code left} are left, with the fewest rows in vain.
     *
     * @param most the main kernel, which is given where no other fits or is warm
     * @param vectors 1 if only the first half of the tile's columns is asked for, else 2
     */
    public GemmKernel<T> part(GemmKernel<T> most, int left, int vectors) {
        int rows = rows(most.mr(), left);
        if (rows == most.mr() && (vectors == 2 || rows < 8)) {
            return most;
        }
        Slot<T>[] slots = vectors == 1 ? narrow : wide;
        GemmKernel<T> kernel = slots[rows / 4 - 1].get();
        return kernel == null ? most : kernel;
    }

    /** Any multiple of four rows from eight on is made of tiles of twelve and eight. */
    private static int rows(int most, int left) {
        if (most < 8 || left > 16) {
            return most;
        }
        if (left <= 4) {
            return 4;
        }
        return left <= 8 || left > 12 ? 8 : most;
    }

    /** A kernel that may be warm. */
    static final class Slot<T> extends WarmSlot<GemmKernel<T>> {
        // A good copy is compiled after some 5,000 calls; one that is not after so many is taken to be stuck.
        private static final int CALLS_PER_COPY = 20_000;
        // Depth of the tiles that warm a kernel: long enough for the loop itself to be compiled.
        private static final int DEPTH = 32;

        private static final long[] LINES = new long[DEPTH + 8];

        private final GemmTiles<T> owner;
        private final int vectors;
        private int rows;
        private int calls;
        private T a;
        private T tile;

        Slot(GemmTiles<T> owner, String name, int rows, int vectors) {
            super(name);
            this.owner = owner;
            this.rows = rows;
            this.vectors = vectors;
        }

        @Override
        @SuppressWarnings("unchecked")
        GemmKernel<T> copy() {
            GemmKernel.Tile size = new GemmKernel.Tile(owner.type, rows, vectors, owner.anywhere);
            return Templates.define(MethodHandles.lookup(), GemmLoop.class, size, GemmKernel.class);
        }

        @Override
        public void prepare() {
            super.prepare();
            calls = 0;
            a = owner.arrays.apply(rows * candidate().step());
            tile = owner.arrays.apply(16 * candidate().nr());
        }

        @Override
        public void call(MemorySegment memory, int round) {
            if (++calls == CALLS_PER_COPY) {
                calls = 0;
                // JDK 21 does not always compile all of the largest tile, depending on what it has seen before.
                rows = rows == 12 && vectors == 2 ? 8 : rows;
                replace();
            }
            GemmKernel<T> kernel = candidate();
            int depth = round < SHORT ? 1 + (round & 1) : DEPTH - (round & 7);
            kernel.tile(depth, a, 0, memory, 0, LINES, round & 7, round & 1, round & 3, tile);
        }

        @Override
        public void ready() {
            super.ready();
            a = null;
            tile = null;
        }
    }

    /** The packing and storing code, which may be warm. */
    static final class LinesSlot<T> extends WarmSlot<GemmLines<T>> {
        private static final int ROWS = 12;

        private final GemmTiles<T> owner;
        private final int lanes = Simd.laneBits() / Byte.SIZE;
        private T a;

        LinesSlot(GemmTiles<T> owner) {
            super("gemm lines " + owner.type.shortName());
            this.owner = owner;
        }

        @Override
        @SuppressWarnings("unchecked")
        GemmLines<T> copy() {
            return Templates.define(MethodHandles.lookup(), LinesLoop.class, owner.type, GemmLines.class);
        }

        @Override
        public void prepare() {
            super.prepare();
            a = owner.arrays.apply(ROWS * GemmKernel.STEP_F32);
        }

        @Override
        public void call(MemorySegment memory, int round) {
            int nr = 2 * lanes / owner.type.byteSize();
            int half = MEMORY / 2;
            boolean tiny = round < SHORT;
            int rows = tiny ? 1 + (round & 1) : ROWS - (round & 3);
            int part = nr - 1 - (round & nr / 2 - 1);
            long rowBytes = 2L * lanes;
            GemmLines<T> lines = candidate();
            // All ways of storing are compiled apart.
            for (int way = 0; way < 4; way++) {
                lines.store(a, 0, rows, way < 2 ? nr : part, memory, half, rowBytes, (way & 1) == 0);
            }
            lines.addRow(memory, 0, rows, part, memory, half, rowBytes);
            lines.addColumn(memory, 0, rows, part, memory, half, rowBytes);
            // One call for each way of copying: taken in turns, none is called often enough for JDK 21 to compile it.
            int some = 1 + (round & nr / 2 - 1);
            lines.copyRows(memory, 0, rowBytes, memory, half, rowBytes, rows, some);
            lines.copyRows(memory, 0, rowBytes, memory, half, rowBytes, rows, nr / 2 + some);
            lines.copyRows(memory, 0, rowBytes, memory, half, rowBytes, rows, nr + some);
            lines.packRows(
                    memory, 0, rowBytes, rows, memory, half, tiny ? 1 + (round & 1) : 1 + (round & 3), ROWS * rowBytes);
            lines.packLines(memory, 0, rowBytes, rows, part, a, 0);
        }

        @Override
        public void ready() {
            super.ready();
            a = null;
        }
    }
}
