package dev.lanewise.bench;

import java.io.IOException;

/**
 * Starts JMH with all of its own options, so that the JVMs it forks have the flags that Lanewise needs for SIMD.
 *
 * <p>This class alone is compiled for an older Java, to say so where the rest cannot be loaded.
 */
public final class Main {
    private Main() {}

    /** The options are JMH's; {@link Options} says what is added to them. */
    public static void main(String[] args) throws IOException {
        try {
            org.openjdk.jmh.Main.main(Options.complete(args));
        } catch (UnsupportedClassVersionError e) {
            fail("The benchmarks need Java 21 or newer, and --enable-preview if they were built by JDK 21; this is "
                    + Runtime.version() + ".");
        } catch (IllegalArgumentException e) {
            fail(e.getMessage());
        }
    }

    private static void fail(String line) {
        System.err.println(line);
        System.exit(1);
    }
}
