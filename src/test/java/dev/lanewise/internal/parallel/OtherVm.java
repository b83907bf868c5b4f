package dev.lanewise.internal.parallel;

import dev.lanewise.testing.ChildJvm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs a main class of the tests in JVMs of its own, one after another, with other flags each. */
public final class OtherVm {
    /** The ways to compute that must all give the same bits. */
    private static final String[][] WAYS = {
        {"-Dlanewise.simd=off", "-Dlanewise.threads=1"},
        {"-Dlanewise.simd=128", "-Dlanewise.warmup=eager", "-Dlanewise.threads=2"},
        {"-Dlanewise.simd=256", "-Dlanewise.warmup=eager", "-Dlanewise.threads=1"},
        {"-Dlanewise.simd=512", "-Dlanewise.warmup=eager", "-Dlanewise.threads=3"},
    };

    private OtherVm() {}

    /** What the program printed, by the flags it ran with; once without the module of vectors. */
    public static Map<String, String> allWays(Class<?> program) {
        Map<String, String> outputs = new LinkedHashMap<>();
        for (String[] way : WAYS) {
            List<String> flags = new ArrayList<>(List.of("--add-modules", "jdk.incubator.vector"));
            flags.addAll(List.of(way));
            outputs.put(String.join(" ", way), run(program, flags));
        }
        outputs.put("no module", run(program, List.of()));
        return outputs;
    }

    /** What the program printed on standard output; fails unless it ended well. */
    public static String run(Class<?> program, List<String> flags) {
        return String.join("\n", ChildJvm.runPlain(program, flags).checked().out());
    }
}
