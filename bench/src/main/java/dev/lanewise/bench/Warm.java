package dev.lanewise.bench;

import dev.lanewise.internal.simd.Kernels;
import java.time.Duration;

/** Calls what is to be measured until its kernels have their vector form, so that no measurement sees the change. */
public final class Warm {
    // Each call counts a thousand elements at least towards the hundred thousand after which a kernel is warmed.
    private static final int CALLS = 150;
    private static final int ROUNDS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long ENOUGH_NANOS = Duration.ofSeconds(2).toNanos();

    private Warm() {}

    /** Calls until the kernels are warm. */
    static void up(Runnable call) {
        for (int round = 0; round < ROUNDS; round++) {
            long end = System.nanoTime() + ENOUGH_NANOS;
            for (int i = 0; i < CALLS && System.nanoTime() < end; i++) {
                call.run();
            }
            await();
        }
    }

    /** Waits for what is being warmed, so that it takes no time from a measurement; says so if that takes too long. */
    public static void await() {
        if (!Kernels.awaitWarm(PATIENCE)) {
            System.err.println("Not all kernels are warm: what follows is partly measured on scalar ones.");
        }
    }
}
