package dev.lanewise.internal.simd;

import dev.lanewise.DType;
import dev.lanewise.internal.kernel.GateCell;
import dev.lanewise.internal.kernel.GateKernel;
import dev.lanewise.internal.kernel.GateStep;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.util.Arrays;

/** The vector kernel of a recurrent cell, once it is warm. */
final class GateSlot extends WarmSlot<GateKernel> {
    private static final long STEP = Warmer.Task.MEMORY / 16;
    private static final int[] VECTORS = {1, 3, 8, 5};

    private final GateCell cell;
    private final LaneSpec spec;
    private GateStep[] steps;

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

    @Override
    public void call(MemorySegment memory, int round) {
        if (steps == null || !steps[0].gates().equals(memory)) {
            steps = new GateStep[VECTORS.length];
            Arrays.setAll(steps, i -> step(memory, 1 + i / 2, spec.lanes() * VECTORS[i]));
        }
        GateStep step = steps[round < SHORT ? round & 1 : round & 3];
        candidate().forward(step);
        candidate().backward(step);
    }

    /** Gates, bias, gradient, states and their gradients lie one after another. */
    static GateStep step(MemorySegment memory, int rows, int n) {
        long row = STEP / 2;
        return new GateStep(
                rows, n, memory, 0, row, STEP, memory, 4 * STEP, memory, 4 * STEP, memory, 8 * STEP, 9 * STEP, row,
                2 * STEP, memory, 12 * STEP, 13 * STEP);
    }

    @Override
    public void ready() {
        super.ready();
        steps = null;
    }
}
