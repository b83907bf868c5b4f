package dev.lanewise.internal.simd;

import dev.lanewise.DType;
import dev.lanewise.internal.kernel.ScoreKernel;
import dev.lanewise.internal.kernel.ScoreStrips;

/** The kernels of attention's weights: the entry to them, which loads and works without the Vector API. */
public final class Scores {
    private static final ScoreSlot F32 = new ScoreSlot(DType.FLOAT32);
    private static final ScoreSlot F64 = new ScoreSlot(DType.FLOAT64);

    private Scores() {}

    /** The kernel for FLOAT32 or FLOAT64. */
    public static ScoreKernel of(DType type) {
        ScoreKernel vectors = (type == DType.FLOAT32 ? F32 : F64).get();
        return vectors == null ? new ScoreStrips(type) : vectors;
    }
}
