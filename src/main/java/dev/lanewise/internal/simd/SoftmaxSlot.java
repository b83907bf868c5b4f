package dev.lanewise.internal.simd;

import dev.lanewise.internal.kernel.SoftmaxKernel;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;

/** The vector kernel of softmax, once it is warm. */
final class SoftmaxSlot extends WarmSlot<SoftmaxKernel> {
    // Short and long rows, with less and more than a strip.
    private static final int[] SIZES = {16, 64, 528, 1024};

    SoftmaxSlot() {
        super("softmax float32");
    }

    @Override
    SoftmaxKernel copy() {
        return Templates.define(MethodHandles.lookup(), SoftmaxLoop.class, null, SoftmaxKernel.class);
    }

    @Override
    public void call(MemorySegment memory, int round) {
        candidate().run((round & 4) != 0, memory, SIZES[round & 3]);
    }
}
