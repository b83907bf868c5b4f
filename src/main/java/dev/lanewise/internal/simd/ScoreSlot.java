package dev.lanewise.internal.simd;

import dev.lanewise.DType;
import dev.lanewise.internal.kernel.ScoreKernel;
import dev.lanewise.internal.kernel.Scratch;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;

/** The vector kernel of attention's weights, once it is warm. */
final class ScoreSlot extends WarmSlot<ScoreKernel> {
    // Short and long rows, with less and more than a strip.
    private static final int[] WIDTHS = {16, 64, 528, 208};
    private static final int MOST_ROWS = 2;
    private static final long REGION = Warmer.Task.MEMORY / 4;
    private static final double FACTOR = 0.125;

    private final DType type;
    private final MemorySegment pad = Arena.ofAuto().allocate(ScoreKernel.PAD, Scratch.SLOT);

    ScoreSlot(DType type) {
        super("attention " + type.shortName());
        this.type = type;
    }

    @Override
    ScoreKernel copy() {
        LaneSpec spec = new LaneSpec(type, Simd.lanes(type));
        return Templates.define(MethodHandles.lookup(), ScoreLoop.class, spec, ScoreKernel.class);
    }

    @Override
    public void call(MemorySegment memory, int round) {
        int width = round < SHORT ? WIDTHS[round & 1] : WIDTHS[round & 3];
        int rows = 1 + round % MOST_ROWS;
        ScoreKernel kernel = candidate();
        kernel.weigh(rows, width, FACTOR, memory, 0, memory, 2 * REGION, pad);
        kernel.soften(rows, width, FACTOR, memory, 0, memory, REGION, memory, 2 * REGION, pad);
    }
}
