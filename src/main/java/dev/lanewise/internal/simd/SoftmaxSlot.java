package dev.lanewise.internal.simd;

import dev.lanewise.DType;
import dev.lanewise.internal.kernel.Scratch;
import dev.lanewise.internal.kernel.SoftmaxKernel;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;

/** The vector kernel of one kind of softmax, once it is warm. */
final class SoftmaxSlot extends WarmSlot<SoftmaxKernel> {
    // Rows of less than a group, and of less and more than a strip.
    private static final int[] SIZES = {7, 71, 528, 1503};
    private static final long REGION = Warmer.Task.MEMORY / 4;

    private final SoftmaxKernel.Kind kind;
    private final DType type;
    private final MemorySegment pad = Arena.ofAuto().allocate(SoftmaxKernel.PAD, Scratch.SLOT);

    SoftmaxSlot(SoftmaxKernel.Kind kind, DType type) {
        super(kind + " " + type.shortName());
        this.kind = kind;
        this.type = type;
    }

    @Override
    SoftmaxKernel copy() {
        LaneSpec in = new LaneSpec(type, Simd.lanes(type));
        LoopSpec spec = new LoopSpec(kind, in, in, 1);
        Class<? extends SoftmaxKernel> loop = kind.isGrad() ? SoftmaxGradLoop.class : SoftmaxLoop.class;
        return Templates.define(MethodHandles.lookup(), loop, spec, SoftmaxKernel.class);
    }

    @Override
    public void call(MemorySegment memory, int round) {
        int n = round < SHORT ? SIZES[round & 1] : SIZES[round & 3];
        long row = REGION / 2;
        int rows = round < SHORT ? 1 : 2 - (round & 1);
        candidate().run(rows, n, memory, 0, row, memory, REGION, row, memory, 2 * REGION, row, pad);
    }
}
