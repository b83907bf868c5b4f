package dev.lanewise.internal.iter;

import dev.lanewise.internal.shape.MemoryOrder;

/**
 * Walks the elements of several operands of one shape together, as few and as long runs as their layouts allow.
 *
 * <p>Dimensions of size 1 are dropped, the others sorted into the memory order of operand 0 (then 1, 2, ...), and
 * neighbours that all operands store without a gap are merged. The positions {@code 0 .. numel() - 1} count in that
 * order, not in row-major order of the shape, so any split of the positions among threads covers each element once.
 * Immutable, and safe to share between threads.
 */
public final class StridedIter {
    /** Receives one run: element {@code i} of operand {@code k} is at {@code byteOffsets[k] + i * innerStride(k)}. */
    @FunctionalInterface
    public interface RunBody {
        /**
         * Handles {@code n >= 1} elements.
         *
         * @param byteOffsets relative to each operand's first element; reused for the next run, to be read only
         */
        void run(long[] byteOffsets, long n);
    }

    private final int rank;
    private final long numel;
    /** Sizes from the innermost dimension outwards; the first {@code rank} entries are used. */
    private final long[] sizes;
    /** {@code strides[operand][dim]} in bytes, dims as in {@link #sizes}. */
    private final long[][] strides;

    private StridedIter(int rank, long numel, long[] sizes, long[][] strides) {
        this.rank = rank;
        this.numel = numel;
        this.sizes = sizes;
        this.strides = strides;
    }

    /**
     * An iteration over operands of one shape.
     *
     * @param byteStrides {@code byteStrides[operand][dim]}, 0 where an operand is expanded; operand 0 is the output,
     *     whose strides are not negative, and decides the order first
     */
    public static StridedIter of(long[] shape, long[][] byteStrides) {
        int operands = byteStrides.length;
        long numel = 1;
        int kept = 0;
        for (long size : shape) {
            numel *= size;
            kept += size == 1 ? 0 : 1;
        }
        if (numel == 0 || kept == 0) {
            return new StridedIter(1, numel, new long[] {numel}, new long[operands][1]);
        }
        long[] sizes = new long[kept];
        long[][] strides = new long[operands][kept];
        int next = 0;
        for (int d = 0; d < shape.length; d++) {
            if (shape[d] != 1) {
                sizes[next] = shape[d];
                for (int k = 0; k < operands; k++) {
                    strides[k][next] = byteStrides[k][d];
                }
                next++;
            }
        }
        return sortAndMerge(numel, sizes, strides);
    }

    private static StridedIter sortAndMerge(long numel, long[] sizes, long[][] strides) {
        int[] order = MemoryOrder.of(sizes, strides);
        long[] mergedSizes = new long[sizes.length];
        long[][] mergedStrides = new long[strides.length][sizes.length];
        int rank = 0;
        for (int dim : order) {
            if (rank > 0 && continues(mergedSizes[rank - 1], mergedStrides, rank - 1, strides, dim)) {
                mergedSizes[rank - 1] *= sizes[dim];
                continue;
            }
            mergedSizes[rank] = sizes[dim];
            for (int k = 0; k < strides.length; k++) {
                mergedStrides[k][rank] = strides[k][dim];
            }
            rank++;
        }
        return new StridedIter(rank, numel, mergedSizes, mergedStrides);
    }

    /** True if, for every operand, one step in {@code dim} is as long as the whole merged dimension {@code inner}. */
    private static boolean continues(long size, long[][] merged, int inner, long[][] strides, int dim) {
        for (int k = 0; k < strides.length; k++) {
            if (strides[k][dim] != size * merged[k][inner]) {
                return false;
            }
        }
        return true;
    }

    /** Number of dimensions after merging, at least 1. */
    public int rank() {
        return rank;
    }

    /** Number of elements. */
    public long numel() {
        return numel;
    }

    /** Number of operands. */
    public int operands() {
        return strides.length;
    }

    /** Size of a merged dimension; dimension 0 is the innermost. */
    public long size(int dim) {
        return sizes[dim];
    }

    /** Bytes from one index of a merged dimension to the next; dimension 0 is the innermost. */
    public long stride(int operand, int dim) {
        return strides[operand][dim];
    }

    /** Length of a whole run. */
    public long innerSize() {
        return sizes[0];
    }

    /** Bytes from one element of a run to the next; 0 for expanded operands, and for all if numel is 0 or 1. */
    public long innerStride(int operand) {
        return strides[operand][0];
    }

    /** True if all elements form one run, so that {@link #forRuns} calls its body once. */
    public boolean isSingleRun() {
        return rank == 1;
    }

    /** Calls the body for the positions from {@code from} to {@code to} (excluded), run by run; no call if none. */
    public void forRuns(long from, long to, RunBody body) {
        if (from >= to) {
            return;
        }
        int operands = strides.length;
        long[] offsets = new long[operands];
        long[] index = new long[rank];
        locate(from, index);
        for (int k = 0; k < operands; k++) {
            offsets[k] = offsetAt(strides[k], index);
        }
        long left = to - from;
        long n = Math.min(sizes[0] - index[0], left);
        body.run(offsets, n);
        left -= n;
        if (left > 0) {
            for (int k = 0; k < operands; k++) {
                offsets[k] -= index[0] * strides[k][0];
            }
            wholeRuns(left, index, offsets, body);
        }
    }

    /** Continues after the run at {@code index}; the offsets are those of that run's first element. */
    private void wholeRuns(long count, long[] index, long[] offsets, RunBody body) {
        long left = count;
        while (left > 0) {
            int d = 1;
            while (index[d] == sizes[d] - 1) {
                for (int k = 0; k < offsets.length; k++) {
                    offsets[k] -= index[d] * strides[k][d];
                }
                index[d++] = 0;
            }
            index[d]++;
            for (int k = 0; k < offsets.length; k++) {
                offsets[k] += strides[k][d];
            }
            long n = Math.min(sizes[0], left);
            body.run(offsets, n);
            left -= n;
        }
    }

    /**
     * Writes the byte offsets of {@code count} elements of one operand, from position {@code from} on, to {@code out}.
     *
     * <p>For gathering a strip of elements across many short runs; costs a small constant and about a nanosecond per
     * element however short the runs are.
     */
    public void offsets(int operand, long from, int count, long[] out) {
        if (count <= 0) {
            return;
        }
        long[] steps = strides[operand];
        long[] index = new long[rank];
        locate(from, index);
        long inner = sizes[0];
        long step = steps[0];
        long offset = offsetAt(steps, index);
        int end = (int) Math.min(inner - index[0], count);
        int done = fill(out, 0, end, offset, step);
        long start = offset - index[0] * step;
        while (done < count) {
            int d = 1;
            while (index[d] == sizes[d] - 1) {
                start -= index[d] * steps[d];
                index[d++] = 0;
            }
            // all further rows of dimension d = 1 are walked here, without touching the index per row
            long rows = d == 1 ? sizes[1] - 1 - index[1] : 1;
            index[d] += rows;
            for (long row = 0; row < rows && done < count; row++) {
                start += steps[d];
                end = (int) Math.min(inner, count - done);
                done = fill(out, done, done + end, start, step);
            }
        }
    }

    private static int fill(long[] out, int from, int to, long offset, long step) {
        long next = offset;
        for (int i = from; i < to; i++) {
            out[i] = next;
            next += step;
        }
        return to;
    }

    private void locate(long position, long[] index) {
        long rest = position;
        for (int d = 0; d < rank - 1; d++) {
            index[d] = rest % sizes[d];
            rest /= sizes[d];
        }
        index[rank - 1] = rest;
    }

    private long offsetAt(long[] steps, long[] index) {
        long offset = 0;
        for (int d = 0; d < rank; d++) {
            offset += index[d] * steps[d];
        }
        return offset;
    }
}
