package dev.lanewise.internal.simd;

import dev.lanewise.internal.kernel.GateKernel;
import dev.lanewise.internal.kernel.Scratch;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorOperators;

/** The vector form of the LSTM cell; a template, see {@link LaneLoop}. */
final class LstmLoop implements GateKernel {
    private static final LaneSpec SPEC = LaneSpec.of(MethodHandles.lookup());
    private static final LaneIo IO = SPEC.io();
    private static final int LANES = SPEC.lanes();
    private static final int SHIFT = SPEC.type().shift();

    LstmLoop() {}

    @Override
    public void activate(boolean tanh, MemorySegment gates, long gate, MemorySegment bias, long b, int n) {
        if (tanh) {
            tanhs(gates, gate, bias, b, n);
        } else {
            sigmoids(gates, gate, bias, b, n);
        }
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
        MemorySegment s = nat(state);
        for (int i = 0; i < n; i += LANES) {
            long k = (long) i << SHIFT;
            Vector<Object> kept = IO.<Object>load(x, gate + step + k).mul(IO.load(s, before + plane + k));
            Vector<Object> cell = IO.<Object>load(x, gate + k)
                    .mul(IO.load(x, gate + 2 * step + k))
                    .add(kept);
            IO.store(cell, s, after + plane + k);
            IO.store(cell.lanewise(VectorOperators.TANH).mul(IO.load(x, gate + 3 * step + k)), s, after + k);
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
            Vector<Object> up = IO.load(c, changeAfter + plane + k);
            Vector<Object> input = IO.load(x, gate + k);
            Vector<Object> fresh = IO.load(x, gate + 2 * step + k);
            IO.store(product(input, up.mul(fresh)), d, g + k);
            IO.store(up.mul(input).mul(fresh.broadcast(1).sub(fresh.mul(fresh))), d, g + 2 * step + k);
            Vector<Object> forget = IO.load(x, gate + step + k);
            IO.store(product(forget, up.mul(IO.load(s, before + plane + k))), d, g + step + k);
            IO.store(up.mul(forget).add(IO.load(c, changeBefore + plane + k)), c, changeBefore + plane + k);
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

    private static void tanhs(MemorySegment gates, long gate, MemorySegment bias, long b, int n) {
        MemorySegment x = nat(gates);
        MemorySegment y = nat(bias);
        for (int i = 0; i < n; i += LANES) {
            long k = (long) i << SHIFT;
            Vector<Object> sum = IO.<Object>load(x, gate + k).add(IO.load(y, b + k));
            IO.store(sum.lanewise(VectorOperators.TANH), x, gate + k);
        }
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
        MemorySegment x = nat(gates);
        MemorySegment d = nat(slope);
        MemorySegment s = nat(state);
        MemorySegment c = nat(change);
        for (int i = 0; i < n; i += LANES) {
            long k = (long) i << SHIFT;
            Vector<Object> t = IO.<Object>load(s, after + plane + k).lanewise(VectorOperators.TANH);
            Vector<Object> up = IO.load(c, changeAfter + k);
            Vector<Object> out = IO.load(x, gate + k);
            IO.store(product(out, up.mul(t)), d, g + k);
            Vector<Object> through = up.mul(out).mul(t.broadcast(1).sub(t.mul(t)));
            IO.store(through.add(IO.load(c, changeAfter + plane + k)), c, changeAfter + plane + k);
        }
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
