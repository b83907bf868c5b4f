package dev.lanewise.internal.simd;

import static dev.lanewise.internal.simd.LaneLoop.nat;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.Vector;

/** One pass of an op, from its inputs and the values of the pass before; a template, see {@link LaneLoop}. */
final class PassLoop implements LaneLoop {
    private static final LoopSpec SPEC = LoopSpec.of(MethodHandles.lookup());
    private static final LaneOp OP = (LaneOp) SPEC.op();
    private static final LaneIo IO = SPEC.in().io();
    private static final int LANES = SPEC.in().lanes();
    private static final int SHIFT = SPEC.in().type().shift();
    private static final int PASS = SPEC.pass();
    private static final int INPUTS = SPEC.inputs();
    private static final boolean A = SPEC.moves(1);
    private static final boolean B = SPEC.moves(2);
    private static final boolean C = SPEC.moves(3);

    PassLoop() {}

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
        MemorySegment z = nat(c);
        MemorySegment u = nat(PassLoops.between());
        for (int i = 0; i < n; i += LANES) {
            long k = (long) i << SHIFT;
            Vector<Object> first = IO.load(x, A ? ao + k : ao);
            Vector<Object> second = INPUTS < 2 ? first : IO.load(y, B ? bo + k : bo);
            Vector<Object> third = INPUTS < 3 ? first : IO.load(z, C ? co + k : co);
            Vector<Object> before = PASS == 0 ? first : IO.load(u, k);
            IO.store(OP.pass(PASS, before, first, second, third), o, oo + k);
        }
    }
}
