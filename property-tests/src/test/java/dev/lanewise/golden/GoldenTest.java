package dev.lanewise.golden;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.testing.Golden;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All that was recorded is answered as recorded; only what is outside the library's subject may be unsupported. */
class GoldenTest {
    /** Reasons for which a case may be unsupported. */
    private static final Set<String> OUTSIDE = Set.of("complex dtypes");

    /** Such reasons of single families: layers that are still to come, and what there is in Python alone. */
    private static final Map<String, Set<String>> OUTSIDE_OF = Map.of(
            "rng",
            Set.of("there is no such layer"),
            "nn",
            Set.of("there is no counterpart"),
            "tutorial",
            Set.of(
                    "layers that the library does not have",
                    "the literal does not compile",
                    "wrap of an array does not compile",
                    "devices: all memory is the machine's",
                    "limits of dtypes: Java's Float.MIN_NORMAL and its like",
                    "limits of dtypes: Java's Integer.MIN_VALUE and its like",
                    "names of Python classes",
                    "addresses",
                    "a warning about an argument left out, which the signature demands",
                    "a warning about the order of optimizer and scheduler",
                    "a warning that is given once per JVM, on standard error",
                    "a warning: grad() of a tensor that is no leaf is null"));

    static Iterable<String> families() {
        return RunGolden.families(Golden.directory());
    }

    @ParameterizedTest
    @MethodSource("families")
    void familyIsAnsweredAsRecorded(String family) {
        Report report = RunGolden.replay(Golden.directory(), family);
        System.out.println(report.line());
        assertTrue(report.failures().isEmpty(), () -> report.line() + "\n" + String.join("\n", report.failures()));
        assertTrue(report.passed() > 0, report.line());
        Set<String> own = OUTSIDE_OF.getOrDefault(family, Set.of());
        for (String what : report.unsupported().keySet()) {
            boolean outside =
                    OUTSIDE.stream().anyMatch(what::endsWith) || own.stream().anyMatch(what::endsWith);
            assertTrue(outside, family + " does not support " + what);
        }
    }

    @Test
    void thereAreRecordings() {
        assertTrue(RunGolden.families(Golden.directory()).size() >= 14);
    }
}
