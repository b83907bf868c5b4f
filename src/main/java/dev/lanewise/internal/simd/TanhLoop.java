package dev.lanewise.internal.simd;

import dev.lanewise.internal.kernel.GateKernel;
import dev.lanewise.internal.kernel.Scratch;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorOperators;

/** The vector form of the cell of a plain recurrent layer with the hyperbolic tangent; a template, see {@link LaneLoop}. */
final class TanhLoop implements GateKernel {
    private static final LaneSpec SPEC = LaneSpec.of(MethodHandles.lookup());
    private static final LaneIo IO = SPEC.io();
    private static final int LANES = SPEC.lanes();
    private static final int SHIFT = SPEC.type().shift();

    TanhLoop() {}

    @Override
    public void activate(boolean tanh, MemorySegment gates, long gate, MemorySegment bias, long b, int n) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void output(
            MemorySegment gates,
            long gate,
            MemorySegment slope,
            long g,
            MemorySegment state,
            long after,
            MemorySegment change,
            long changeAfter,
            long plane,
            int n) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void forward(
            MemorySegment gates,
            long gate,
            MemorySegment bias,
            long b,
            long step,
            MemorySegment state,
            long before,
            long after,
            long plane,
            int n) {
        MemorySegment x = nat(gates);
        MemorySegment y = nat(bias);
        MemorySegment s = nat(state);
        for (int i = 0; i < n; i += LANES) {
            long k = (long) i << SHIFT;
            Vector<Object> sum = IO.<Object>load(x, gate + k).add(IO.load(y, b + k));
            Vector<Object> value = sum.lanewise(VectorOperators.TANH);
            IO.store(value, x, gate + k);
            IO.store(value, s, after + k);
        }
    }

    @Override
    public void backward(
            MemorySegment gates,
            long gate,
            MemorySegment slope,
            long g,
            long step,
            MemorySegment state,
            long before,
            long after,
            MemorySegment change,
            long changeBefore,
            long changeAfter,
            long plane,
            int n) {
        MemorySegment x = nat(gates);
        MemorySegment d = nat(slope);
        MemorySegment c = nat(change);
        for (int i = 0; i < n; i += LANES) {
            long k = (long) i << SHIFT;
            Vector<Object> y = IO.load(x, gate + k);
            Vector<Object> up = IO.load(c, changeAfter + k);
            IO.store(up.mul(y.broadcast(1).sub(y.mul(y))), d, g + k);
        }
    }

    private static MemorySegment nat(MemorySegment segment) {
        if (segment.getClass() != Scratch.NATIVE) {
            throw LaneLoop.notNative(segment);
        }
        return segment;
    }
}
