package dev.lanewise.internal.simd;

import dev.lanewise.DType;
import dev.lanewise.internal.kernel.Scratch;
import dev.lanewise.internal.kernel.SoftmaxKernel;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;

/** The vector kernel of one kind of softmax, once it is warm. */
final class SoftmaxSlot extends WarmSlot<SoftmaxKernel> {
    // Short and long rows, with less and more than a strip.
    private static final int[] SIZES = {16, 71, 528, 1003};
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
        return Templates.define(MethodHandles.lookup(), SoftmaxLoop.class, spec, SoftmaxKernel.class);
    }

    @Override
    public void call(MemorySegment memory, int round) {
        int n = round < SHORT ? SIZES[round & 1] : SIZES[round & 3];
        candidate().run(n, memory, 0, memory, REGION, memory, 2 * REGION, pad);
    }
}
