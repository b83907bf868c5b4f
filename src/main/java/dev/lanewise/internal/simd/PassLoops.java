package dev.lanewise.internal.simd;

import dev.lanewise.internal.kernel.Scratch;
import dev.lanewise.internal.kernel.Strips;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Several {@link PassLoop}s one after the other, over strips whose values in between stay in the first-level cache. */
final class PassLoops implements LaneLoop {
    private static final ThreadLocal<MemorySegment> LOCAL =
            ThreadLocal.withInitial(() -> Arena.ofAuto().allocate((long) Strips.SIZE * Double.BYTES, Scratch.SLOT));

    private final LaneLoop[] loops;
    private final int form;
    private final int shift;

    /**
     * The passes of an op in their order.
     *
     * @param form which inputs advance, as in {@link LoopSpec}
     * @param shift the elements have {@code 1 << shift} bytes
     */
    PassLoops(LaneLoop[] loops, int form, int shift) {
        this.loops = loops;
        this.form = form;
        this.shift = shift;
    }

    /** Where this thread keeps the values between two passes. */
    static MemorySegment between() {
        return LOCAL.get();
    }

    @Override
    public void run(
            int n,
            MemorySegment out,
            long oo,
            MemorySegment a,
            long ao,
            MemorySegment b,
            long bo,
            MemorySegment c,
            long co) {
        MemorySegment between = between();
        int last = loops.length - 1;
        for (int i = 0; i < n; i += Strips.SIZE) {
            int m = Math.min(Strips.SIZE, n - i);
            long done = (long) i << shift;
            long x = ao + done * (form & 1);
            long y = bo + done * (form >> 1 & 1);
            long z = co + done * (form >> 2 & 1);
            for (int pass = 0; pass < last; pass++) {
                loops[pass].run(m, between, 0, a, x, b, y, c, z);
            }
            loops[last].run(m, out, oo + done, a, x, b, y, c, z);
        }
    }
}
