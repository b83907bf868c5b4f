package dev.lanewise.internal.kernel;

import dev.lanewise.DType;

/** A rule computed strip by strip on the heap: the fallback, and what runs while vectors are cold. */
public final class ScalarStep implements StepKernel {
    private final StepRule rule;
    private final DType type;
    private final int flags;

    /** The kernel of a rule for a floating-point dtype. */
    public ScalarStep(StepRule rule, DType type, int flags) {
        this.rule = rule;
        this.type = type;
        this.flags = flags;
    }

    @Override
    public void run(long from, int n, StepCall call) {
        StepStrips strips = StepStrips.local();
        for (int i = 0; i < n; i += StepStrips.SIZE) {
            strips.run(rule, type, flags, call, from + i, Math.min(StepStrips.SIZE, n - i));
        }
    }
}
