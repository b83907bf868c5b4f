package dev.lanewise.modes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.testing.ChildJvm;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One program gives the same results in every mode, and {@code Lanewise.describe()} names the mode. */
@Tag("slow")
class ModesTest {
    private static final String EAGER = "-Dlanewise.warmup=eager";
    private static final double TOLERANCE = 1e-5;
    private static final int EXACT_LINES = 60;

    private static List<String> reference;

    @BeforeAll
    static void computeOnScalarKernelsAndOneThread() {
        ChildJvm.Result result = run(List.of("-Dlanewise.simd=off", "-Dlanewise.threads=1"));
        assertEquals(List.of(), result.err());
        reference = results(result);
        long exact = reference.stream().filter(line -> line.startsWith("exact")).count();
        assertTrue(exact >= EXACT_LINES, () -> exact + " exact results");
        assertDescribes(result, "simd: off (-Dlanewise.simd=off)", "threads: 1", "memory budget");
    }

    @Test
    void vectorsAfterTheUsualWarmUp() {
        ChildJvm.Result result = run(List.of("-Dlanewise.threads=2"), "warm");
        assertEquals(List.of(), result.err());
        assertDescribes(result, "simd: on, ", "the width this VM prefers", "warm-up: background", "threads: 2");
        assertSameResults(result);
    }

    @Test
    void vectorsAtOnce() {
        ChildJvm.Result result = run(List.of(EAGER, "-Dlanewise.threads=3", "-Dlanewise.memory=64m"));
        assertEquals(List.of(), result.err());
        assertDescribes(result, "simd: on, ", "warm-up: eager", "threads: 3", "memory budget 64.0 MB");
        assertSameResults(result);
    }

    @Test
    void vectorsOf128Bits() {
        assertSameResultsAt(128);
    }

    @Test
    void vectorsOf256Bits() {
        assertSameResultsAt(256);
    }

    @Test
    void vectorsOf512Bits() {
        assertSameResultsAt(512);
    }

    @Test
    void withoutTheModuleOneLineNamesTheFlag() {
        ChildJvm.Result result = ChildJvm.runPlain(ModeProgram.class, List.of()).checked();
        assertEquals(1, result.err().size(), result::toString);
        assertTrue(result.err().get(0).contains("--add-modules jdk.incubator.vector"), result::toString);
        assertDescribes(result, "simd: off (", "--add-modules jdk.incubator.vector");
        assertSameResults(result);
    }

    @Test
    void withoutTheOptimisingCompilerOneLineNamesTheFlag() {
        ChildJvm.Result result = run(List.of("-XX:TieredStopAtLevel=1"));
        assertEquals(1, result.err().size(), result::toString);
        assertTrue(result.err().get(0).contains("-XX:TieredStopAtLevel=1"), result::toString);
        assertDescribes(result, "simd: off (", "-XX:TieredStopAtLevel=1");
        assertSameResults(result);
    }

    @Test
    void valuesThatAreNoneGiveOneLineEach() {
        ChildJvm.Result result = run(
                List.of("-Dlanewise.simd=99", "-Dlanewise.threads=x", "-Dlanewise.warmup=", "-Dlanewise.memory=abc"));
        List<String> expected =
                List.of("-Dlanewise.simd", "-Dlanewise.threads", "-Dlanewise.warmup", "-Dlanewise.memory");
        List<String> left = new ArrayList<>(result.err());
        for (String property : expected) {
            assertTrue(left.removeIf(line -> line.startsWith("lanewise: " + property)), result::toString);
        }
        assertEquals(List.of(), left);
        assertEquals(expected.size(), result.err().size(), result::toString);
        assertSameResults(result);
    }

    private static void assertSameResultsAt(int bits) {
        ChildJvm.Result result = run(List.of(EAGER, "-Dlanewise.simd=" + bits));
        assertEquals(List.of(), result.err());
        assertDescribes(result, "simd: on, " + bits + "-bit vectors (-Dlanewise.simd=" + bits, "float64 " + bits / 64);
        assertSameResults(result);
    }

    private static ChildJvm.Result run(List<String> flags, String... arguments) {
        return ChildJvm.run(ModeProgram.class, flags, arguments).checked();
    }

    private static List<String> results(ChildJvm.Result result) {
        return result.out().stream()
                .filter(line -> !line.startsWith("describe"))
                .toList();
    }

    private static void assertDescribes(ChildJvm.Result result, String... parts) {
        String text = String.join(
                "\n",
                result.out().stream()
                        .filter(line -> line.startsWith("describe"))
                        .toList());
        assertTrue(text.contains("jdk: "), text);
        for (String part : parts) {
            assertTrue(text.contains(part), () -> "expected " + part + " in " + text);
        }
    }

    private static void assertSameResults(ChildJvm.Result result) {
        List<String> lines = results(result);
        assertEquals(reference.size(), lines.size());
        for (int i = 0; i < lines.size(); i++) {
            String[] expected = reference.get(i).split("\t", -1);
            String[] got = lines.get(i).split("\t", -1);
            assertEquals(expected[1], got[1]);
            assertSame(expected, got);
        }
    }

    private static void assertSame(String[] expected, String[] got) {
        if (expected[0].equals("exact")) {
            assertTrue(expected[2].equals(got[2]), () -> expected[1] + ": " + firstDifference(expected[2], got[2]));
            return;
        }
        String[] wanted = expected[2].split(" ", -1);
        String[] values = got[2].split(" ", -1);
        assertEquals(wanted.length, values.length);
        for (int i = 0; i < values.length; i++) {
            double want = Double.parseDouble(wanted[i]);
            assertEquals(want, Double.parseDouble(values[i]), TOLERANCE * Math.abs(want), expected[1]);
        }
    }

    private static String firstDifference(String expected, String got) {
        String[] wanted = expected.split(" ", -1);
        String[] values = got.split(" ", -1);
        for (int i = 0; i < Math.min(wanted.length, values.length); i++) {
            if (!wanted[i].equals(values[i])) {
                return "element " + i + " of " + wanted.length + " expected " + wanted[i] + ", got " + values[i];
            }
        }
        return "expected " + wanted.length + " elements, got " + values.length;
    }
}
