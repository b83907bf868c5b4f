package dev.lanewise.internal.simd;

import static dev.lanewise.internal.simd.LaneLoop.nat;

import dev.lanewise.DType;
import dev.lanewise.internal.kernel.GateKernel;
import dev.lanewise.internal.kernel.GateStep;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.Vector;

/** The vector form of the cell of a plain recurrent layer with the hyperbolic tangent; a template, see {@link LaneLoop}. */
final class TanhLoop implements GateKernel {
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

    TanhLoop() {}

    @Override
    public void forward(GateStep s) {
        values(s.rows(), s.n(), s.gates(), s.gate(), s.gateRow(), s.bias(), s.b(), s.state(), s.after(), s.row());
    }

    private static <E> void values(
            int rows,
            int n,
            MemorySegment gates,
            long gate,
            long gateRow,
            MemorySegment bias,
            long b,
            MemorySegment state,
            long after,
            long stateRow) {
        MemorySegment x = nat(gates);
        MemorySegment y = nat(bias);
        MemorySegment s = nat(state);
        for (int row = 0; row < rows; row++) {
            long at = gate + row * gateRow;
            long place = after + row * stateRow;
            for (int i = 0; i < n; i += LANES) {
                long k = (long) i << SHIFT;
                Vector<E> sum = load(x, at + k);
                Vector<E> value = typed(MATH.tanh(typed(sum.add(load(y, b + k)))));
                IO.store(value, x, at + k);
                IO.store(value, s, place + k);
            }
        }
    }

    @Override
    public void backward(GateStep s) {
        slopes(
                s.rows(),
                s.n(),
                s.gates(),
                s.gate(),
                s.gateRow(),
                s.slope(),
                s.g(),
                s.change(),
                s.changeAfter(),
                s.row());
    }

    private static <E> void slopes(
            int rows,
            int n,
            MemorySegment gates,
            long gate,
            long gateRow,
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
            long place = after + row * stateRow;
            for (int i = 0; i < n; i += LANES) {
                long k = (long) i << SHIFT;
                Vector<E> y = load(x, gate + at + k);
                Vector<E> up = load(c, place + k);
                IO.store(typed(up.mul(typed(y.broadcast(1).sub(typed(y.mul(y)))))), d, g + at + k);
            }
        }
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
