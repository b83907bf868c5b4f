package dev.lanewise.internal.simd;

import static dev.lanewise.internal.simd.LaneLoop.nat;

import dev.lanewise.DType;
import dev.lanewise.internal.kernel.GateKernel;
import dev.lanewise.internal.kernel.GateStep;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.Vector;

/** The vector form of the GRU cell; a template, see {@link LaneLoop}. */
final class GruLoop implements GateKernel {
    private static final LaneSpec SPEC = LaneSpec.of(MethodHandles.lookup());
    private static final Class<?> TYPE = LaneShapes.vectorType(SPEC);
    private static final LaneIo IO = SPEC.io();
    private static final ExpLanes MATH = Templates.define(
            MethodHandles.lookup(),
            SPEC.type() == DType.FLOAT64 ? DoubleExpLanes.class : FloatExpLanes.class,
            SPEC,
            ExpLanes.class);
    private static final int LANES = SPEC.lanes();
    private static final int SHIFT = SPEC.type().shift();

    GruLoop() {}

    @Override
    public void forward(GateStep s) {
        long step = s.step();
        for (int gate = 0; gate < 2; gate++) {
            sigmoids(s.rows(), s.n(), s.gates(), s.gate() + gate * step, s.gateRow(), s.bias(), s.b() + gate * step);
        }
        sums(s.rows(), s.n(), s.gates(), s.gate(), s.gateRow(), step, s.bias(), s.b());
        tanhs(s.rows(), s.n(), s.gates(), s.gate() + 2 * step, s.gateRow());
        states(
                s.rows(),
                s.n(),
                s.gates(),
                s.gate() + step,
                s.gateRow(),
                step,
                s.state(),
                s.before(),
                s.after(),
                s.row());
    }

    private static <E> void sigmoids(
            int rows, int n, MemorySegment gates, long gate, long gateRow, MemorySegment bias, long b) {
        MemorySegment x = nat(gates);
        MemorySegment y = nat(bias);
        for (int row = 0; row < rows; row++) {
            long at = gate + row * gateRow;
            for (int i = 0; i < n; i += LANES) {
                long k = (long) i << SHIFT;
                Vector<E> sum = load(x, at + k);
                IO.store(typed(MATH.sigmoid(typed(sum.add(load(y, b + k))))), x, at + k);
            }
        }
    }

    /** The recurrent part of the new state, and with it the sum that the new state is made of. */
    private static <E> void sums(
            int rows, int n, MemorySegment gates, long gate, long gateRow, long step, MemorySegment bias, long b) {
        MemorySegment x = nat(gates);
        MemorySegment y = nat(bias);
        for (int row = 0; row < rows; row++) {
            long at = gate + row * gateRow;
            for (int i = 0; i < n; i += LANES) {
                long k = (long) i << SHIFT;
                Vector<E> sum = load(x, at + 3 * step + k);
                Vector<E> part = typed(sum.add(load(y, b + 3 * step + k)));
                IO.store(part, x, at + 3 * step + k);
                Vector<E> own = load(x, at + 2 * step + k);
                Vector<E> biased = typed(own.add(load(y, b + 2 * step + k)));
                IO.store(typed(typed(part.mul(load(x, at + k))).add(biased)), x, at + 2 * step + k);
            }
        }
    }

    private static <E> void tanhs(int rows, int n, MemorySegment gates, long gate, long gateRow) {
        MemorySegment x = nat(gates);
        for (int row = 0; row < rows; row++) {
            long at = gate + row * gateRow;
            for (int i = 0; i < n; i += LANES) {
                long k = at + ((long) i << SHIFT);
                IO.store(typed(MATH.tanh(GruLoop.<E>load(x, k))), x, k);
            }
        }
    }

    private static <E> void states(
            int rows,
            int n,
            MemorySegment gates,
            long update,
            long gateRow,
            long step,
            MemorySegment state,
            long before,
            long after,
            long stateRow) {
        MemorySegment x = nat(gates);
        MemorySegment s = nat(state);
        for (int row = 0; row < rows; row++) {
            long at = update + row * gateRow;
            long place = row * stateRow;
            for (int i = 0; i < n; i += LANES) {
                long k = (long) i << SHIFT;
                Vector<E> fresh = load(x, at + step + k);
                Vector<E> old = load(s, before + place + k);
                Vector<E> part = typed(typed(old.sub(fresh)).mul(load(x, at + k)));
                IO.store(typed(part.add(fresh)), s, after + place + k);
            }
        }
    }

    @Override
    public void backward(GateStep s) {
        updates(
                s.rows(),
                s.n(),
                s.gates(),
                s.gate() + s.step(),
                s.gateRow(),
                s.step(),
                s.slope(),
                s.g() + s.step(),
                s.state(),
                s.before(),
                s.row(),
                s.change(),
                s.changeBefore(),
                s.changeAfter());
        resets(s.rows(), s.n(), s.gates(), s.gate(), s.gateRow(), s.step(), s.slope(), s.g());
    }

    /** The gradients of the update gate, of the new state's sum, and of the state before. */
    private static <E> void updates(
            int rows,
            int n,
            MemorySegment gates,
            long gate,
            long gateRow,
            long step,
            MemorySegment slope,
            long g,
            MemorySegment state,
            long before,
            long stateRow,
            MemorySegment change,
            long changeBefore,
            long changeAfter) {
        MemorySegment x = nat(gates);
        MemorySegment d = nat(slope);
        MemorySegment s = nat(state);
        MemorySegment c = nat(change);
        for (int row = 0; row < rows; row++) {
            long at = row * gateRow;
            long place = row * stateRow;
            for (int i = 0; i < n; i += LANES) {
                long k = (long) i << SHIFT;
                Vector<E> up = load(c, changeAfter + place + k);
                Vector<E> update = load(x, gate + at + k);
                Vector<E> fresh = load(x, gate + step + at + k);
                Vector<E> past = typed(up.mul(update));
                IO.store(typed(past.add(load(c, changeBefore + place + k))), c, changeBefore + place + k);
                Vector<E> old = load(s, before + place + k);
                IO.store(product(update, typed(up.mul(typed(old.sub(fresh))))), d, g + at + k);
                IO.store(typed(typed(up.sub(past)).mul(rest(fresh))), d, g + step + at + k);
            }
        }
    }

    /** The gradients of the reset gate and of the recurrent part of the new state. */
    private static <E> void resets(
            int rows, int n, MemorySegment gates, long gate, long gateRow, long step, MemorySegment slope, long g) {
        MemorySegment x = nat(gates);
        MemorySegment d = nat(slope);
        for (int row = 0; row < rows; row++) {
            long at = row * gateRow;
            for (int i = 0; i < n; i += LANES) {
                long k = at + ((long) i << SHIFT);
                Vector<E> reset = load(x, gate + k);
                Vector<E> up = load(d, g + 2 * step + k);
                IO.store(typed(up.mul(reset)), d, g + 3 * step + k);
                IO.store(product(reset, typed(up.mul(load(x, gate + 3 * step + k)))), d, g + k);
            }
        }
    }

    /** g y (1 - y). */
    private static <E> Vector<E> product(Vector<E> y, Vector<E> g) {
        return typed(typed(g.mul(typed(y.broadcast(1).sub(y)))).mul(y));
    }

    /** 1 - y². */
    private static <E> Vector<E> rest(Vector<E> y) {
        return typed(y.broadcast(1).sub(typed(y.mul(y))));
    }

    @SuppressWarnings("unchecked")
    private static <E> Vector<E> typed(Vector<E> lanes) {
        return (Vector<E>) TYPE.cast(lanes);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E> Vector<E> load(MemorySegment x, long at) {
        return (Vector<E>) TYPE.cast(IO.load(x, at));
    }
}
