package dev.lanewise.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Starts JMH, with all of its own options, so that the JVMs it forks have the flags that Lanewise needs for SIMD. */
public final class Main {
    private static final String OPTION = "-jvmArgsAppend";

    private Main() {}

    public static void main(String[] args) throws IOException {
        if (Runtime.version().feature() < 21 && !List.of(args).contains("-jvm")) {
            System.err.println("The benchmarks need Java 21 or newer, this is " + Runtime.version()
                    + ". Start them with such a java, or name one: -jvm /path/to/bin/java");
            System.exit(1);
        }
        org.openjdk.jmh.Main.main(withFlags(args, flags()).toArray(new String[0]));
    }

    /** A jar's manifest cannot add a module, and JMH takes the option only once, so the user's value is merged. */
    private static List<String> withFlags(String[] args, String flags) {
        List<String> merged = new ArrayList<>(List.of(args));
        int given = merged.indexOf(OPTION);
        if (given >= 0 && given + 1 < merged.size()) {
            merged.set(given + 1, flags + " " + merged.get(given + 1));
        } else {
            merged.addAll(0, List.of(OPTION, flags));
        }
        return merged;
    }

    /** The flags of the build, which writes them into this resource. */
    private static String flags() throws IOException {
        try (InputStream in = Main.class.getResourceAsStream("jvm-args.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
