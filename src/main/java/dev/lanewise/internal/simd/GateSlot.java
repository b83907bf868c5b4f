package dev.lanewise.internal.simd;

import dev.lanewise.DType;
import dev.lanewise.internal.kernel.GateCell;
import dev.lanewise.internal.kernel.GateKernel;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;

/** The vector kernel of a recurrent cell, once it is warm. */
final class GateSlot extends WarmSlot<GateKernel> {
    private static final long STEP = Warmer.Task.MEMORY / 16;
    private static final int[] VECTORS = {1, 8, 3, 16};

    private final GateCell cell;
    private final LaneSpec spec;

    GateSlot(GateCell cell, DType type) {
        super(cell.name() + " cell " + type.shortName());
        this.cell = cell;
        this.spec = new LaneSpec(type, Simd.lanes(type));
    }

    @Override
    GateKernel copy() {
        Class<?> template = switch (cell) {
            case LSTM -> LstmLoop.class;
            case GRU -> GruLoop.class;
            case TANH -> TanhLoop.class;
            case RELU -> ReluLoop.class;
        };
        return Templates.define(MethodHandles.lookup(), template, spec, GateKernel.class);
    }

    // Gates, bias, states and gradients lie one after another.
    @Override
    public void call(MemorySegment memory, int round) {
        int n = spec.lanes() * (round < SHORT ? 1 + (round & 1) : VECTORS[round & 3]);
        GateKernel kernel = candidate();
        for (int gate = 0; gate < cell.activated(); gate++) {
            kernel.activate(gate == 2, memory, gate * STEP, memory, 4 * STEP, n);
        }
        kernel.forward(memory, 0, memory, 4 * STEP, STEP, memory, 8 * STEP, 9 * STEP, 2 * STEP, n);
        long change = 12 * STEP;
        if (cell == GateCell.LSTM) {
            kernel.output(memory, 3 * STEP, memory, 7 * STEP, memory, 9 * STEP, memory, change + STEP, 2 * STEP, n);
        }
        kernel.backward(
                memory,
                0,
                memory,
                4 * STEP,
                STEP,
                memory,
                8 * STEP,
                9 * STEP,
                memory,
                change,
                change + STEP,
                2 * STEP,
                n);
    }
}
