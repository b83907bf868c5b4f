package dev.lanewise.internal.kernel;

import java.lang.foreign.MemorySegment;

/** Copies elements of one width, or one element to a whole run. */
public final class CopyKernel implements MapKernel {
    private final int shift;
    private final BlockMover mover;

    /** The kernel for elements of {@code 1 << shift} bytes, and what copies blocks of them. */
    public CopyKernel(int shift, BlockMover mover) {
        this.shift = shift;
        this.mover = mover;
    }

    @Override
    public BlockMover mover(int shift) {
        return mover;
    }

    @Override
    public int shift(int operand) {
        return shift;
    }

    @Override
    public void run(
            int n,
            MemorySegment out,
            long oo,
            MemorySegment a,
            long ao,
            int sa,
            MemorySegment b,
            long bo,
            int sb,
            MemorySegment c,
            long co,
            int sc) {
        if (sa == 0) {
            Repeat.fill(shift, a, ao, out, oo, n);
        } else {
            MemorySegment.copy(a, ao, out, oo, (long) n << shift);
        }
    }
}
