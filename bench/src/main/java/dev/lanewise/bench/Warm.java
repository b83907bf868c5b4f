package dev.lanewise.bench;

import dev.lanewise.internal.simd.Kernels;
import java.time.Duration;

/** Calls what is to be measured until its kernels have their vector form, so that no measurement sees the change. */
final class Warm {
    // Each call counts a thousand elements at least towards the hundred thousand after which a kernel is warmed.
    private static final int CALLS = 150;
    private static final int MOST_ROUNDS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long ENOUGH_NANOS = Duration.ofSeconds(2).toNanos();

    private Warm() {}

    /** Says so on standard error if a kernel did not get warm. */
    static void up(Runnable call) {
        boolean warm = true;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            long end = System.nanoTime() + ENOUGH_NANOS;
            for (int i = 0; i < CALLS && System.nanoTime() < end; i++) {
                call.run();
            }
            warm = Kernels.awaitWarm(PATIENCE);
        }
        if (!warm) {
            System.err.println("Not all kernels are warm: what follows is partly measured on scalar ones.");
        }
    }
}
