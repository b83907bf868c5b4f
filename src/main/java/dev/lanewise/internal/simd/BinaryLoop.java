package dev.lanewise.internal.simd;

import static dev.lanewise.internal.simd.LaneLoop.nat;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;

/** The vector loop of an op of two inputs; a template, see {@link LaneLoop}. */
final class BinaryLoop implements LaneLoop {
    private static final LoopSpec SPEC = LoopSpec.of(MethodHandles.lookup());
    private static final LaneBinary OP = (LaneBinary) SPEC.op();
    private static final LaneIo IO = SPEC.in().io();
    private static final int LANES = SPEC.in().lanes();
    private static final int SHIFT = SPEC.in().type().shift();
    private static final boolean A = SPEC.moves(1);
    private static final boolean B = SPEC.moves(2);

    BinaryLoop() {}

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
        MemorySegment y = nat(b);
        for (int i = 0; i < n; i += LANES) {
            long k = (long) i << SHIFT;
            IO.store(OP.lanes(IO.load(x, A ? ao + k : ao), IO.load(y, B ? bo + k : bo)), o, oo + k);
        }
    }
}
