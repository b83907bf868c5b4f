package dev.lanewise.internal.simd;

import dev.lanewise.internal.kernel.StepCall;
import java.lang.foreign.MemorySegment;

/** The loop of an optimizer's step over whole vectors. */
interface LaneStep {
    /** Numbers a rule takes at most. */
    int NUMBERS = 16;

    /**
     * The loop over {@code n} elements, a multiple of the lanes, from element {@code from} on.
     *
     * @param scratch native memory of this thread, of {@link #NUMBERS} slots
     */
    LaneStep bind(long from, int n, StepCall call, MemorySegment scratch);

    /** Steps what this was bound to. */
    void run();
}
