package dev.lanewise.golden;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.testing.Golden;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All that was recorded is answered as recorded; only what is outside the library's subject may be unsupported. */
class GoldenTest {
    /** Families that the library has in part only. */
    private static final Set<String> IN_PART = Set.of("activation");

    /** Reasons for which a case of the other families may be unsupported. */
    private static final Set<String> OUTSIDE = Set.of("complex dtypes");

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
        if (!IN_PART.contains(family)) {
            for (String what : report.unsupported().keySet()) {
                assertTrue(OUTSIDE.stream().anyMatch(what::endsWith), family + " does not support " + what);
            }
        }
    }

    @Test
    void thereAreRecordings() {
        assertTrue(RunGolden.families(Golden.directory()).size() >= 14);
    }
}
