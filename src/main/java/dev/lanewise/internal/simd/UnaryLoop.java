package dev.lanewise.internal.simd;

import static dev.lanewise.internal.simd.LaneLoop.nat;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;

/** The vector loop of an op of one input; a template, see {@link LaneLoop}. */
final class UnaryLoop implements LaneLoop {
    private static final LoopSpec SPEC = LoopSpec.of(MethodHandles.lookup());
    private static final LaneUnary OP = (LaneUnary) SPEC.op();
    private static final LaneIo IO = SPEC.in().io();
    private static final int LANES = SPEC.in().lanes();
    private static final int SHIFT = SPEC.in().type().shift();

    UnaryLoop() {}

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
        MemorySegment o = nat(out);
        MemorySegment x = nat(a);
        for (int i = 0; i < n; i += LANES) {
            long k = (long) i << SHIFT;
            IO.store(OP.lanes(IO.load(x, ao + k)), o, oo + k);
        }
    }
}
