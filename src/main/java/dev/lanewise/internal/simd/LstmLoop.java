package dev.lanewise.internal.simd;

import static dev.lanewise.internal.simd.LaneLoop.nat;

import dev.lanewise.DType;
import dev.lanewise.internal.kernel.GateKernel;
import dev.lanewise.internal.kernel.GateStep;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.Vector;

/** The vector form of the LSTM cell; a template, see {@link LaneLoop}. */
final class LstmLoop implements GateKernel {
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

    LstmLoop() {}

    @Override
    public void forward(GateStep s) {
        int rows = s.rows();
        int n = s.n();
        long step = s.step();
        boolean joined = step == (long) n << SHIFT;
        sigmoids(rows, joined ? 2 * n : n, s.gates(), s.gate(), s.gateRow(), s.bias(), s.b());
        if (!joined) {
            sigmoids(rows, n, s.gates(), s.gate() + step, s.gateRow(), s.bias(), s.b() + step);
        }
        tanhs(rows, n, s.gates(), s.gate() + 2 * step, s.gateRow(), s.bias(), s.b() + 2 * step);
        sigmoids(rows, n, s.gates(), s.gate() + 3 * step, s.gateRow(), s.bias(), s.b() + 3 * step);
        long plane = s.plane();
        cells(
                rows,
                n,
                s.gates(),
                s.gate(),
                s.gateRow(),
                step,
                s.state(),
                s.before() + plane,
                s.after() + plane,
                s.row());
        outputs(rows, n, s.gates(), s.gate() + 3 * step, s.gateRow(), s.state(), s.after(), s.row(), plane);
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

    private static <E> void tanhs(
            int rows, int n, MemorySegment gates, long gate, long gateRow, MemorySegment bias, long b) {
        MemorySegment x = nat(gates);
        MemorySegment y = nat(bias);
        for (int row = 0; row < rows; row++) {
            long at = gate + row * gateRow;
            for (int i = 0; i < n; i += LANES) {
                long k = (long) i << SHIFT;
                Vector<E> sum = load(x, at + k);
                IO.store(typed(MATH.tanh(typed(sum.add(load(y, b + k))))), x, at + k);
            }
        }
    }

    /** The cell state after the step. */
    private static <E> void cells(
            int rows,
            int n,
            MemorySegment gates,
            long gate,
            long gateRow,
            long step,
            MemorySegment state,
            long before,
            long after,
            long stateRow) {
        MemorySegment x = nat(gates);
        MemorySegment s = nat(state);
        for (int row = 0; row < rows; row++) {
            long at = gate + row * gateRow;
            long place = row * stateRow;
            for (int i = 0; i < n; i += LANES) {
                long k = (long) i << SHIFT;
                Vector<E> forget = load(x, at + step + k);
                Vector<E> kept = typed(forget.mul(load(s, before + place + k)));
                Vector<E> input = load(x, at + k);
                Vector<E> fresh = typed(input.mul(load(x, at + 2 * step + k)));
                IO.store(typed(fresh.add(kept)), s, after + place + k);
            }
        }
    }

    /** The hidden state after the step. */
    private static <E> void outputs(
            int rows,
            int n,
            MemorySegment gates,
            long gate,
            long gateRow,
            MemorySegment state,
            long after,
            long stateRow,
            long plane) {
        MemorySegment x = nat(gates);
        MemorySegment s = nat(state);
        for (int row = 0; row < rows; row++) {
            long at = gate + row * gateRow;
            long place = after + row * stateRow;
            for (int i = 0; i < n; i += LANES) {
                long k = (long) i << SHIFT;
                Vector<E> t = typed(MATH.tanh(LstmLoop.<E>load(s, place + plane + k)));
                IO.store(typed(t.mul(load(x, at + k))), s, place + k);
            }
        }
    }

    @Override
    public void backward(GateStep s) {
        long step = s.step();
        long plane = s.plane();
        long g = s.g() + 3 * step;
        tangents(s.rows(), s.n(), s.state(), s.after() + plane, s.row(), s.slope(), g, s.gateRow());
        through(
                s.rows(),
                s.n(),
                s.gates(),
                s.gate() + 3 * step,
                s.gateRow(),
                s.slope(),
                g,
                s.change(),
                s.changeAfter(),
                s.row(),
                plane);
        inputs(
                s.rows(),
                s.n(),
                s.gates(),
                s.gate(),
                s.gateRow(),
                step,
                s.slope(),
                s.g(),
                s.change(),
                s.changeAfter() + plane,
                s.row());
        forgets(
                s.rows(),
                s.n(),
                s.gates(),
                s.gate() + step,
                s.gateRow(),
                s.slope(),
                s.g() + step,
                s.state(),
                s.before() + plane,
                s.row(),
                s.change(),
                s.changeBefore() + plane,
                s.changeAfter() + plane);
    }

    /** The hyperbolic tangent of the cell state, in the place of the gradient of the output gate. */
    private static <E> void tangents(
            int rows, int n, MemorySegment state, long cell, long stateRow, MemorySegment slope, long g, long gateRow) {
        MemorySegment s = nat(state);
        MemorySegment d = nat(slope);
        for (int row = 0; row < rows; row++) {
            long at = g + row * gateRow;
            long place = cell + row * stateRow;
            for (int i = 0; i < n; i += LANES) {
                long k = (long) i << SHIFT;
                IO.store(typed(MATH.tanh(LstmLoop.<E>load(s, place + k))), d, at + k);
            }
        }
    }

    /** The gradient of the output gate, and what comes through it to the cell state, which is added to the gradient of that. */
    private static <E> void through(
            int rows,
            int n,
            MemorySegment gates,
            long gate,
            long gateRow,
            MemorySegment slope,
            long g,
            MemorySegment change,
            long after,
            long stateRow,
            long plane) {
        MemorySegment x = nat(gates);
        MemorySegment d = nat(slope);
        MemorySegment c = nat(change);
        for (int row = 0; row < rows; row++) {
            long at = row * gateRow;
            long place = after + row * stateRow;
            for (int i = 0; i < n; i += LANES) {
                long k = (long) i << SHIFT;
                Vector<E> t = load(d, g + at + k);
                Vector<E> up = load(c, place + k);
                Vector<E> out = load(x, gate + at + k);
                IO.store(product(out, typed(up.mul(t))), d, g + at + k);
                Vector<E> past = typed(typed(up.mul(out)).mul(rest(t)));
                IO.store(typed(past.add(load(c, place + plane + k))), c, place + plane + k);
            }
        }
    }

    /** The gradients of the input gate and of the new part of the cell state. */
    private static <E> void inputs(
            int rows,
            int n,
            MemorySegment gates,
            long gate,
            long gateRow,
            long step,
            MemorySegment slope,
            long g,
            MemorySegment change,
            long after,
            long stateRow) {
        MemorySegment x = nat(gates);
        MemorySegment d = nat(slope);
        MemorySegment c = nat(change);
        for (int row = 0; row < rows; row++) {
            long at = row * gateRow;
            for (int i = 0; i < n; i += LANES) {
                long k = at + ((long) i << SHIFT);
                Vector<E> up = load(c, after + row * stateRow + ((long) i << SHIFT));
                Vector<E> input = load(x, gate + k);
                Vector<E> fresh = load(x, gate + 2 * step + k);
                IO.store(product(input, typed(up.mul(fresh))), d, g + k);
                IO.store(typed(typed(up.mul(input)).mul(rest(fresh))), d, g + 2 * step + k);
            }
        }
    }

    /** The gradient of the forget gate, and that of the cell state before. */
    private static <E> void forgets(
            int rows,
            int n,
            MemorySegment gates,
            long gate,
            long gateRow,
            MemorySegment slope,
            long g,
            MemorySegment state,
            long cell,
            long stateRow,
            MemorySegment change,
            long before,
            long after) {
        MemorySegment x = nat(gates);
        MemorySegment d = nat(slope);
        MemorySegment s = nat(state);
        MemorySegment c = nat(change);
        for (int row = 0; row < rows; row++) {
            long at = row * gateRow;
            long place = row * stateRow;
            for (int i = 0; i < n; i += LANES) {
                long k = (long) i << SHIFT;
                Vector<E> up = load(c, after + place + k);
                Vector<E> forget = load(x, gate + at + k);
                IO.store(product(forget, typed(up.mul(load(s, cell + place + k)))), d, g + at + k);
                Vector<E> past = typed(up.mul(forget));
                IO.store(typed(past.add(load(c, before + place + k))), c, before + place + k);
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
