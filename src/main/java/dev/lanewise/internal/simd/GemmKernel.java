package dev.lanewise.internal.simd;

import dev.lanewise.DType;
import java.lang.foreign.MemorySegment;

/**
 * The inner loop of a matrix product: a tile of {@link #mr()} x {@link #nr()} sums.
 *
 * <p>What the driver promises: A is packed in an array, row {@code r} of the tile at {@code at + r * step()}; B is
 * packed in native memory, row {@code p} at {@code bOffset + p * nr()} elements, on 64 bytes; {@code kc <= step()};
 * what lies outside the matrices is packed as anything. What the kernel promises: every sum is the chain {@code
 * s = fma(a, b, s)} over {@code p = 0, 1, … kc - 1} from {@code s = 0}, so that all kernels give the same bits; nothing
 * is allocated once compiled.
 *
 * @param <T> {@code float[]} or {@code double[]}
 */
public interface GemmKernel<T> {
    /**
     * Elements from one packed row of A to the next, float: a constant, or its address would cost a register per row.
     */
    int STEP_F32 = 320;
    /** The same for double: not a multiple of 4 KB in total, which would put all rows into few sets of L1. */
    int STEP_F64 = 264;
    /**
     * The size of a kernel's tile.
     *
     * @param type FLOAT32 or FLOAT64
     * @param rows 12, 8, 6 or 4
     * @param vectors of a row that are computed: 2, or 1 of the two that the packed rows of B have; or 3 for 8 rows of
     *     lines, of which the third goes to {@code out[(8 + r) * nr() + c]}
     * @param lines true for rows of B that begin anywhere
     */
    record Tile(DType type, int rows, int vectors, boolean lines) {}

    /** Rows of a tile. */
    int mr();

    /** Columns of a packed sliver of B, and the distance of the rows of a tile. */
    int nr();

    /** Elements from one packed row of A to the next. */
    int step();

    /** Computes a tile into {@code out[r * nr() + c]}. */
    default void tile(int kc, T a, int at, MemorySegment b, long bOffset, T out) {
        tile(kc, a, at, b, bOffset, null, 0, 0, 0, out);
    }

    /**
     * The same with rows of B that begin anywhere: row {@code p} at {@code bOffset + lines[first + p]}, in bytes.
     *
     * @param lines null for kernels of packed rows
     * @param second bytes from the first vector of such a row to the second, which may begin anywhere too
     * @param third the same for the third, if the tile has one
     */
    void tile(
            int kc,
            T a,
            int at,
            MemorySegment b,
            long bOffset,
            long[] lines,
            int first,
            long second,
            long third,
            T out);
}
