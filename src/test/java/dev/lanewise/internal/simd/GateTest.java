package dev.lanewise.internal.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.testing.ChildJvm;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The gate in JVMs with and without the module, the compiler and the properties. */
class GateTest {
    private static final String[] MODULE = {"--add-modules", "jdk.incubator.vector"};

    @Test
    void withoutTheModuleOneLineNamesTheFlag() throws Exception {
        List<String> output = run();
        assertEquals(
                List.of("lanewise: SIMD is off because the module jdk.incubator.vector is not there; "
                        + "add --add-modules jdk.incubator.vector to switch it on."),
                told(output));
        assertTrue(output.get(1).startsWith("simd: off (the module"), output.toString());
    }

    @Test
    void withoutTheOptimisingCompilerOneLineNamesTheFlag() throws Exception {
        for (String flag : new String[] {"-XX:TieredStopAtLevel=1", "-Xint"}) {
            List<String> output = run(MODULE[0], MODULE[1], flag);
            assertEquals(
                    List.of("lanewise: SIMD is off because the optimising compiler C2 is switched off; remove " + flag
                            + " to switch it on."),
                    told(output));
        }
    }

    @Test
    void thePropertySwitchesOffSilently() throws Exception {
        List<String> output = run(MODULE[0], MODULE[1], "-Dlanewise.simd=off");
        assertEquals(List.of(), told(output));
        assertTrue(output.contains("simd: off (-Dlanewise.simd=off)"), output.toString());
    }

    @Test
    void thePropertySetsTheWidth() throws Exception {
        for (int bits : new int[] {128, 256, 512}) {
            List<String> output = run(MODULE[0], MODULE[1], "-Dlanewise.simd=" + bits, "-Dlanewise.warmup=eager");
            assertEquals(List.of(), told(output));
            assertTrue(output.toString().contains("simd: on, " + bits + "-bit vectors"), output.toString());
            assertTrue(output.toString().contains(" float32 " + bits / 32), output.toString());
        }
    }

    @Test
    void valuesThatMeanNothingAreTold() throws Exception {
        List<String> output = run(MODULE[0], MODULE[1], "-Dlanewise.simd=1024", "-Dlanewise.warmup=now");
        assertEquals(
                List.of(
                        "lanewise: -Dlanewise.simd must be off, 128, 256 or 512, got '1024'; "
                                + "using the width this VM prefers.",
                        "lanewise: -Dlanewise.warmup must be background, eager or off, got 'now'; using background."),
                told(output));
    }

    private static List<String> told(List<String> output) {
        return output.stream().filter(line -> line.startsWith("lanewise:")).toList();
    }

    /** Both outputs of {@link GateProgram}, line by line; fails unless its results are right. */
    private static List<String> run(String... flags) {
        ChildJvm.Result result =
                ChildJvm.runPlain(GateProgram.class, List.of(flags)).checked();
        List<String> printed = result.out();
        assertEquals("all 5003 right", printed.get(printed.size() - 1), result.toString());
        return Stream.concat(result.err().stream(), printed.stream()).toList();
    }
}
