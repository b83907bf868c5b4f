package dev.lanewise.internal.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Computes a floating-point dtype by the kernel of a wider one: strips of the inputs are widened, computed, and narrowed.
 *
 * <p>For FLOAT16, whose conversion takes so many instructions that a loop with several of them and the op is more than the
 * compiler inlines, and for functions that are written for double lanes only.
 */
public final class StagedKernel implements MapKernel {
    private static final int SIZE = Thresholds.STRIP;
    private static final int OPERANDS = 4;
    private static final long STRIP_BYTES = (long) SIZE * Double.BYTES;
    private static final ThreadLocal<MemorySegment> LOCAL =
            ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(OPERANDS * STRIP_BYTES, Scratch.SLOT));

    private final MapKernel widen;
    private final MapKernel compute;
    private final MapKernel narrow;
    private final int inputs;
    private final int shift;

    /**
     * A kernel on elements of a narrower dtype.
     *
     * @param widen from the narrower dtype to the wider
     * @param compute on the wider dtype
     * @param narrow from the wider dtype to the narrower; null if the result of {@code compute} is the result
     */
    public StagedKernel(MapKernel widen, MapKernel compute, MapKernel narrow, int inputs) {
        this.widen = widen;
        this.compute = compute;
        this.narrow = narrow;
        this.inputs = inputs;
        shift = widen.shift(1);
    }

    /** The kernels that this one is made of. */
    public MapKernel[] parts() {
        return narrow == null ? new MapKernel[] {widen, compute} : new MapKernel[] {widen, compute, narrow};
    }

    @Override
    public int shift(int operand) {
        return operand == 0 && narrow == null ? compute.shift(0) : shift;
    }

    @Override
    public BlockMover mover(int shift) {
        return compute.mover(shift);
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
        MemorySegment wide = LOCAL.get();
        for (int i = 0; i < n; i += SIZE) {
            int m = Math.min(SIZE, n - i);
            widen(wide, 1, a, ao, sa, i, m);
            widen(wide, 2, b, bo, sb, i, m);
            widen(wide, 3, c, co, sc, i, m);
            long to = oo + ((long) i << shift(0));
            if (narrow == null) {
                compute(m, out, to, wide, sa, sb, sc);
            } else {
                compute(m, wide, place(0), wide, sa, sb, sc);
                narrow.run(m, out, to, wide, place(0), 1, wide, 0, 1, wide, 0, 1);
            }
        }
    }

    private void compute(int m, MemorySegment to, long at, MemorySegment wide, int sa, int sb, int sc) {
        compute.run(m, to, at, wide, place(1), sa, wide, place(2), sb, wide, place(3), sc);
    }

    /** An element that stands for all is widened once and stays there. */
    private void widen(MemorySegment wide, int input, MemorySegment from, long start, int step, int i, int m) {
        if (input <= inputs && (step != 0 || i == 0)) {
            long at = start + ((long) i << shift);
            widen.run(step == 0 ? 1 : m, wide, place(input), from, at, 1, from, at, 1, from, at, 1);
        }
    }

    private static long place(int operand) {
        return operand * STRIP_BYTES;
    }
}
