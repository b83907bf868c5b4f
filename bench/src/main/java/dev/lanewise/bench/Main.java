package dev.lanewise.bench;

import java.io.IOException;

/**
 * Starts JMH with all of its own options, so that the JVMs it forks have the flags that Lanewise needs for SIMD.
 *
 * <p>This class alone is compiled for an older Java, to say so where the rest could not be loaded.
 */
public final class Main {
    private static final int OLDEST = 21;

    private Main() {}

    /** The options are JMH's; {@link Options} says what is added to them. */
    public static void main(String[] args) throws IOException {
        if (Runtime.version().feature() < OLDEST) {
            System.err.println("The benchmarks need Java " + OLDEST + " or newer, this is " + Runtime.version() + ".");
            System.exit(1);
        }
        String[] completed;
        try {
            completed = Options.complete(args);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(1);
            return;
        }
        org.openjdk.jmh.Main.main(completed);
    }
}
