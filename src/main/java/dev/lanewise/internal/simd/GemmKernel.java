package dev.lanewise.internal.simd;

import java.lang.foreign.MemorySegment;

/**
 * The inner loop of a matrix product: a tile of {@link #mr()} x {@link #nr()} sums.
 *
 * <p>What the driver promises: A is packed in an array, row {@code r} of the tile at {@code at + r * step()}; B is
 * packed in native memory, row {@code p} at {@code bOffset + p * nr()} elements, on 64 bytes; {@code kc <= step()};
 * what lies outside the matrices is packed as anything finite. What the kernel promises: every sum is the chain {@code
 * s = fma(a, b, s)} over {@code p = 0, 1, … kc - 1} from {@code s = 0}, so that all kernels give the same bits; nothing
 * is allocated once compiled.
 *
 * @param <T> {@code float[]} or {@code double[]}
 */
public interface GemmKernel<T> {
    /**
     * Elements from one packed row of A to the next, float: a constant, or its address would cost a register per row.
     */
    int STEP_F32 = 384;
    /** The same for double: not a multiple of 4 KB in total, which would put all rows into few sets of L1. */
    int STEP_F64 = 264;

    /** Rows of a tile. */
    int mr();

    /** Columns of a tile. */
    int nr();

    /** Elements from one packed row of A to the next. */
    int step();

    /** Computes a tile into {@code out[r * nr() + c]}. */
    void tile(int kc, T a, int at, MemorySegment b, long bOffset, T out);

    /** Copies, or adds if {@code add}, the first {@code rows} rows of a tile to native rows {@code rowBytes} apart. */
    void store(T tile, int rows, MemorySegment c, long cOffset, long rowBytes, boolean add);

    /** Copies {@code rows} native rows of {@link #nr()} elements, {@code rowBytes} apart, into a sliver of B. */
    void packRows(MemorySegment from, long fromOffset, long rowBytes, int rows, MemorySegment to, long toOffset);
}
