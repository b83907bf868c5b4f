package dev.lanewise.internal.simd;

import static dev.lanewise.internal.simd.LaneLoop.nat;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.Vector;

/** The vector loop that takes elements of b where the bytes of a are not 0, and of c elsewhere; a template, see {@link LaneLoop}. */
final class WhereLoop implements LaneLoop {
    private static final LoopSpec SPEC = LoopSpec.of(MethodHandles.lookup());
    private static final LaneIo IO = SPEC.out().io();
    private static final int LANES = SPEC.out().lanes();
    private static final int SHIFT = SPEC.out().type().shift();
    private static final boolean A = SPEC.moves(1);
    private static final boolean B = SPEC.moves(2);
    private static final boolean C = SPEC.moves(3);

    WhereLoop() {}

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
        MemorySegment condition = nat(a);
        MemorySegment x = nat(b);
        MemorySegment y = nat(c);
        for (int i = 0; i < n; i += LANES) {
            long k = (long) i << SHIFT;
            Vector<Object> otherwise = IO.load(y, C ? co + k : co);
            IO.store(otherwise.blend(IO.load(x, B ? bo + k : bo), IO.loadMask(condition, A ? ao + i : ao)), o, oo + k);
        }
    }
}
