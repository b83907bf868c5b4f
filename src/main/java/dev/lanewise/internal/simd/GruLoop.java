package dev.lanewise.internal.simd;

import dev.lanewise.internal.kernel.GateKernel;
import dev.lanewise.internal.kernel.Scratch;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorOperators;

/** The vector form of the GRU cell; a template, see {@link LaneLoop}. */
final class GruLoop implements GateKernel {
    private static final LaneSpec SPEC = LaneSpec.of(MethodHandles.lookup());
    private static final LaneIo IO = SPEC.io();
    private static final int LANES = SPEC.lanes();
    private static final int SHIFT = SPEC.type().shift();

    GruLoop() {}

    @Override
    public void activate(boolean tanh, MemorySegment gates, long gate, MemorySegment bias, long b, int n) {
        sigmoids(gates, gate, bias, b, n);
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
            Vector<Object> part = IO.<Object>load(x, gate + 3 * step + k).add(IO.load(y, b + 3 * step + k));
            IO.store(part, x, gate + 3 * step + k);
            Vector<Object> own = IO.<Object>load(x, gate + 2 * step + k).add(IO.load(y, b + 2 * step + k));
            Vector<Object> fresh = part.mul(IO.load(x, gate + k)).add(own).lanewise(VectorOperators.TANH);
            IO.store(fresh, x, gate + 2 * step + k);
            Vector<Object> old = IO.<Object>load(s, before + k).sub(fresh);
            IO.store(old.mul(IO.load(x, gate + step + k)).add(fresh), s, after + k);
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
        MemorySegment s = nat(state);
        MemorySegment c = nat(change);
        for (int i = 0; i < n; i += LANES) {
            long k = (long) i << SHIFT;
            Vector<Object> up = IO.load(c, changeAfter + k);
            Vector<Object> update = IO.load(x, gate + step + k);
            Vector<Object> fresh = IO.load(x, gate + 2 * step + k);
            IO.store(up.mul(update).add(IO.load(c, changeBefore + k)), c, changeBefore + k);
            IO.store(product(update, up.mul(IO.<Object>load(s, before + k).sub(fresh))), d, g + step + k);
            Vector<Object> rest = up.sub(up.mul(update));
            IO.store(rest.mul(fresh.broadcast(1).sub(fresh.mul(fresh))), d, g + 2 * step + k);
        }
        for (int i = 0; i < n; i += LANES) {
            long k = (long) i << SHIFT;
            Vector<Object> reset = IO.load(x, gate + k);
            Vector<Object> up = IO.load(d, g + 2 * step + k);
            IO.store(up.mul(reset), d, g + 3 * step + k);
            IO.store(product(reset, up.mul(IO.load(x, gate + 3 * step + k))), d, g + k);
        }
    }

    private static void sigmoids(MemorySegment gates, long gate, MemorySegment bias, long b, int n) {
        MemorySegment x = nat(gates);
        MemorySegment y = nat(bias);
        for (int i = 0; i < n; i += LANES) {
            long k = (long) i << SHIFT;
            IO.store(sigmoid(IO.load(x, gate + k).add(IO.load(y, b + k))), x, gate + k);
        }
    }

    private static <E> Vector<E> sigmoid(Vector<E> x) {
        Vector<E> one = x.broadcast(1);
        return one.div(
                x.lanewise(VectorOperators.NEG).lanewise(VectorOperators.EXP).add(one));
    }

    /** g y (1 - y). */
    private static <E> Vector<E> product(Vector<E> y, Vector<E> g) {
        return g.mul(y.broadcast(1).sub(y)).mul(y);
    }

    private static MemorySegment nat(MemorySegment segment) {
        if (segment.getClass() != Scratch.NATIVE) {
            throw LaneLoop.notNative(segment);
        }
        return segment;
    }
}
