package dev.lanewise.internal.simd;

import dev.lanewise.DType;
import dev.lanewise.internal.kernel.ScalarStep;
import dev.lanewise.internal.kernel.StagedStep;
import dev.lanewise.internal.kernel.StepKernel;
import dev.lanewise.internal.kernel.StepRule;

/** Makes the kernels of optimizers' rules; loads and works without the Vector API. Make one per rule, dtype and flags. */
public final class StepKernels {
    private StepKernels() {}

    /** The kernel of a rule for FLOAT32 or FLOAT64. */
    public static StepKernel of(StepRule rule, DType type, int flags) {
        StepKernel scalar = new ScalarStep(rule, type, flags);
        return Simd.isOn() ? new AutoStep(rule, type, flags, scalar) : scalar;
    }

    /** The kernel for a 16-bit dtype, by the one for FLOAT32. */
    public static StepKernel staged(StepKernel float32, DType type) {
        return new StagedStep(Kernels.cast(type, DType.FLOAT32), float32, Kernels.cast(DType.FLOAT32, type));
    }

    /** True if the vector form of a kernel is in use, or if it will always be scalar. */
    public static boolean isWarm(StepKernel kernel) {
        return !(kernel instanceof AutoStep auto) || auto.isWarm();
    }
}
