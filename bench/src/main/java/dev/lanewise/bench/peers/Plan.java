package dev.lanewise.bench.peers;

import java.util.Locale;

/** How long is measured. */
enum Plan {
    /** Everything in some minutes: a JVM measures a whole table of one system. */
    QUICK(1, 250, 1, 3, 70, false),
    /** Each pair of workload and system in a JVM of its own, once. */
    ONCE(1, 700, 2, 5, 200, true),
    /** For figures that are to be trusted: several rounds, each pair of workload and system in a JVM of its own. */
    FULL(3, 700, 2, 5, 200, true);

    final int rounds;
    final int warmMillis;
    final int warmups;
    final int iterations;
    final int millis;
    final boolean alone;

    Plan(int rounds, int warmMillis, int warmups, int iterations, int millis, boolean alone) {
        this.rounds = rounds;
        this.warmMillis = warmMillis;
        this.warmups = warmups;
        this.iterations = iterations;
        this.millis = millis;
        this.alone = alone;
    }

    /** The name that the report gives it. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether that is measured: with little time, on several threads only what has a bar for them. */
    boolean takes(Workload workload, int threads) {
        return this != QUICK
                || threads == 1
                || workload.bars().stream().anyMatch(bar -> bar.against() == Bar.Against.OWN_ONE_THREAD);
    }
}
