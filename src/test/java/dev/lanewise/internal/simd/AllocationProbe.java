package dev.lanewise.internal.simd;

import java.time.Duration;

/** Measures what a call allocates once it is compiled: vectors that became heap objects show up here. */
public final class AllocationProbe {
    private static final int CALLS = 200;
    private static final int CLEAN_ROUNDS = 3;

    private AllocationProbe() {}

    /** True if this VM tells how much a thread has allocated. */
    public static boolean works() {
        return Allocation.ofThisThread() >= 0;
    }

    /**
     * Calls until some hundred calls in a row allocate nothing, or until the limit has passed.
     *
     * @return the bytes per call of the best {@value #CALLS} calls in a row; 0 as soon as the calls are clean
     */
    public static long bytesPerCall(Duration limit, Runnable call) {
        return bytesPerCall(limit, 0, call);
    }

    /** The same with a number of bytes per call that is clean enough; a result above it means that none were. */
    public static long bytesPerCall(Duration limit, long enough, Runnable call) {
        long end = System.nanoTime() + limit.toNanos();
        long best = Long.MAX_VALUE;
        int clean = 0;
        while (clean < CLEAN_ROUNDS && System.nanoTime() < end) {
            long before = Allocation.ofThisThread();
            for (int i = 0; i < CALLS; i++) {
                call.run();
            }
            long bytes = Allocation.ofThisThread() - before;
            clean = bytes <= enough * CALLS ? clean + 1 : 0;
            best = Math.min(best, (bytes + CALLS - 1) / CALLS);
        }
        return clean == CLEAN_ROUNDS ? Math.min(best, enough) : Math.max(enough + 1, best);
    }
}
