package dev.lanewise.internal.simd;

import dev.lanewise.DType;
import dev.lanewise.internal.kernel.FoldKernel;
import dev.lanewise.internal.kernel.Results;
import dev.lanewise.internal.kernel.Scratch;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The loop of a reduction of what other kernels make of the elements: blocks of columns are computed into memory that stays
 * in a cache, and a fold of that dtype does the rest. Each column is combined in the same order as without.
 */
abstract class StagedFold implements FoldKernel {
    private static final long LINE_BYTES = (long) PIECE * Long.BYTES;
    private static final ThreadLocal<MemorySegment> MEMORY =
            ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(LINE_BYTES + Scratch.SLOT, 64));

    private final FoldKernel fold;
    private final int shift;
    private final int stagedShift;
    private final int blockBytes;

    /**
     * A loop for one dtype.
     *
     * @param staged the dtype that {@code fold} is for
     * @param blockBytes how much is staged at a time
     */
    StagedFold(FoldKernel fold, DType type, DType staged, int blockBytes) {
        this.fold = fold;
        shift = type.shift();
        stagedShift = staged.shift();
        this.blockBytes = blockBytes;
    }

    /** The first step for {@code n} neighbours, which belong to the results from {@code at} on or, in lines, to the first ones. */
    abstract void stage(int n, MemorySegment x, long from, MemorySegment memory, long to, Results results, int at);

    /** The second step, for all that was staged, where it is. */
    void finish(int n, MemorySegment memory) {}

    /** True if elements of one row after the other may be computed as one run, whatever results they belong to. */
    abstract boolean isUniform(Results results);

    @Override
    public void fold(int rows, int width, MemorySegment x, long offset, long rowBytes, Results results, int at) {
        MemorySegment memory = MEMORY.get();
        int most = (blockBytes >> stagedShift) / rows;
        for (int column = 0; column < width; column += most) {
            int columns = Math.min(most, width - column);
            long from = offset + ((long) column << shift);
            if (rowBytes == (long) columns << shift && isUniform(results)) {
                stage(rows * columns, x, from, memory, 0, results, at + column);
            } else {
                for (int row = 0; row < rows; row++) {
                    long to = (long) row * columns << stagedShift;
                    stage(columns, x, from + row * rowBytes, memory, to, results, at + column);
                }
            }
            finish(rows * columns, memory);
            fold.fold(rows, columns, memory, 0, (long) columns << stagedShift, results, at + column);
        }
    }

    @Override
    public void line(int n, MemorySegment x, long offset, Results results) {
        MemorySegment memory = MEMORY.get();
        stage(n, x, offset, memory, 0, results, 0);
        finish(n, memory);
        fold.line(n, memory, 0, results);
    }

    /** This thread's memory, for computations before a fold. */
    static MemorySegment memory() {
        return MEMORY.get();
    }
}
