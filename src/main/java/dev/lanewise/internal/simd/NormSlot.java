package dev.lanewise.internal.simd;

import dev.lanewise.DType;
import dev.lanewise.internal.kernel.NormKernel;
import dev.lanewise.internal.kernel.Scratch;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;

/** The vector kernel of normalisation, once it is warm. */
final class NormSlot extends WarmSlot<NormKernel> {
    private static final int[] SIZES = {64, 71, 512, 1003};
    private static final int MOST = 1024;
    private static final long REGION = Warmer.Task.MEMORY / 4;

    private final DType type;
    private final double[] two = new double[2];
    private final MemorySegment pad = Arena.ofAuto().allocate(NormKernel.PAD, Scratch.SLOT);
    private final MemorySegment sums = Arena.ofAuto().allocate(2L * MOST * Long.BYTES, Scratch.SLOT);

    NormSlot(DType type) {
        super("norm " + type.shortName());
        this.type = type;
    }

    @Override
    NormKernel copy() {
        LaneSpec spec = new LaneSpec(type, Simd.lanes(type));
        return Templates.define(MethodHandles.lookup(), NormLanes.class, spec, NormKernel.class);
    }

    @Override
    public void call(MemorySegment m, int round) {
        int n = round < SHORT ? SIZES[round & 1] : SIZES[round & 3];
        NormKernel norm = candidate();
        norm.layer(n, m, 0, m, REGION, m, REGION, m, 2 * REGION, 1e-5, two, pad);
        norm.layerGrad(n, m, 0, m, REGION, m, REGION, m, 2 * REGION, sums, 1, 1, pad);
        norm.affine(n, m, 0, m, 3 * REGION, 0.5, 1);
        norm.products(n, m, 0, m, REGION, 1, two, pad);
        norm.blend(n, m, 0, m, REGION, m, 3 * REGION, 0.5, 0.5, 1);
    }
}
