package dev.lanewise.internal.kernel;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A kernel of one input whose vector form holds up to a limit of |x|: strips that have a larger one are computed scalar.
 *
 * <p>Both forms have the same bits below the limit, so that it makes no difference what else is in a strip.
 */
public final class GuardedKernel implements MapKernel {
    private static final int SIZE = Thresholds.STRIP;
    private static final ThreadLocal<MemorySegment> LOCAL =
            ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(SIZE, Scratch.SLOT));

    private final MapKernel within;
    private final MapKernel scalar;
    private final MapKernel beyond;
    private final MemorySegment limit = Arena.ofAuto().allocate(Scratch.SLOT, Scratch.SLOT);

    /**
     * A kernel on FLOAT64 or FLOAT32.
     *
     * @param within the kernel below the limit
     * @param scalar the kernel for any x
     * @param beyond whether its first input is larger than its second in absolute value, as BOOL
     */
    public GuardedKernel(MapKernel within, MapKernel scalar, MapKernel beyond, double limit) {
        this.within = within;
        this.scalar = scalar;
        this.beyond = beyond;
        if (within.shift(0) == 3) {
            this.limit.set(ValueLayout.JAVA_DOUBLE, 0, limit);
        } else {
            this.limit.set(ValueLayout.JAVA_FLOAT, 0, (float) limit);
        }
    }

    /** The kernel that is in use while no input is beyond the limit. */
    public MapKernel within() {
        return within;
    }

    @Override
    public int shift(int operand) {
        return within.shift(operand);
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
        MemorySegment marks = LOCAL.get();
        for (int i = 0; i < n; i += SIZE) {
            int m = Math.min(SIZE, n - i);
            long done = (long) i << shift(0);
            long at = ao + sa * done;
            beyond.run(sa == 0 ? 1 : m, marks, 0, a, at, 1, limit, 0, 0, a, at, 1);
            MapKernel kernel = any(marks, sa == 0 ? 1 : m) ? scalar : within;
            kernel.run(m, out, oo + done, a, at, sa, a, at, sa, a, at, sa);
        }
    }

    /** True if one of the first bytes is not 0. */
    private static boolean any(MemorySegment marks, int n) {
        long all = 0;
        for (int i = 0; i <= n - Long.BYTES; i += Long.BYTES) {
            all |= marks.get(JAVA_LONG, i);
        }
        for (int i = n & -Long.BYTES; i < n; i++) {
            all |= marks.get(ValueLayout.JAVA_BYTE, i);
        }
        return all != 0;
    }
}
