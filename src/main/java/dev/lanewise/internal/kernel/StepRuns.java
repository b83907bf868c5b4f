package dev.lanewise.internal.kernel;

import dev.lanewise.internal.parallel.Parallel;

/** Cuts a step into threads' shares. */
public final class StepRuns {
    private StepRuns() {}

    /** Steps {@code n} elements. */
    public static void run(StepKernel kernel, long n, StepCall call) {
        long grain = n >= Thresholds.STEP_PARALLEL_FROM ? Thresholds.GRAIN : Thresholds.STEP_PARALLEL_FROM;
        Parallel.forRange(n, grain, (from, to) -> kernel.run(from, (int) (to - from), call));
    }
}
