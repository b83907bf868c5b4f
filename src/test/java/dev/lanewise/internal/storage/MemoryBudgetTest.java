package dev.lanewise.internal.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.DType;
import dev.lanewise.testing.ChildJvm;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryBudgetTest {
    private static final List<String> SMALL =
            List.of("-Xmx64m", "-XX:MaxDirectMemorySize=256m", "-Dlanewise.memory=256m");

    private static final Pattern EXHAUSTED = Pattern.compile(
            "(\\d+) (\\d+) allocate: the memory budget must not be exceeded, expected at most (.*), got a request of"
                    + " 4.0 MB with .* live and .* reserved \\[request: float32\\[1048576], largest holders: (\\d+) x"
                    + " float32\\[1048576] \\(.*\\), .*int64\\[1000].*]\\. Free tensors with a Scope or close\\(\\), or"
                    + " raise -Dlanewise.memory together with -XX:MaxDirectMemorySize, which is -Xmx unless it is set\\.");

    private static String run(List<String> flags, String program) throws Exception {
        ChildJvm.Result result =
                ChildJvm.runPlain(BudgetPrograms.class, flags, program).checked();
        assertEquals(List.of(), result.err(), result.toString());
        return String.join("\n", result.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"steps", "scopedSteps"})
    void manyStepsStayFlatInASmallBudget(String program) throws Exception {
        long[] most = run(SMALL, program).lines().mapToLong(Long::parseLong).toArray();
        assertEquals(10, most.length);
        long early = Arrays.stream(most, 0, 5).max().orElseThrow();
        long late = Arrays.stream(most, 5, 10).max().orElseThrow();
        assertTrue(late <= 200L << 20, "live bytes " + late);
        assertTrue(late <= early + (64L << 20), "grew from " + early + " to " + late);
    }

    @Test
    void exhaustionSaysWhoHoldsMemory() throws Exception {
        checkExhausted(SMALL, 256L << 20);
    }

    @Test
    void refusalByTheJvmIsTranslated() throws Exception {
        checkExhausted(List.of("-Xmx64m", "-XX:MaxDirectMemorySize=100m", "-Dlanewise.memory=1g"), 100L << 20);
    }

    private static void checkExhausted(List<String> flags, long bytes) throws Exception {
        List<String> lines = run(flags, "exhaust").lines().toList();
        assertEquals(2, lines.size());
        for (String line : lines) {
            Matcher matcher = EXHAUSTED.matcher(line);
            assertTrue(matcher.matches(), line);
            assertTrue(Long.parseLong(matcher.group(2)) <= bytes, line);
            assertTrue(Long.parseLong(matcher.group(4)) * (4 << 20) > bytes - (6 << 20), line);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"shapes", "threads"})
    void garbageAndOtherShapesMakeRoom(String program) throws Exception {
        String description = run(SMALL, program);
        assertTrue(description.startsWith("memory budget 256.0 MB, reserved "), description);
    }

    @Test
    void tracingTellsWhereStoragesWereMade() throws Exception {
        List<String> lines =
                run(List.of("-Dlanewise.scopes=trace"), "trace").lines().toList();
        assertEquals(3, lines.size());
        String message = lines.get(0);
        String site = BudgetPrograms.class.getName() + ".trace(BudgetPrograms.java:";
        assertTrue(message.contains("float32[10]") && message.contains("scope \"traced\""), message);
        assertTrue(message.contains("Created at " + site), message);
        assertTrue(message.contains("the scope was opened at " + site), message);
        assertEquals("storages that hold memory: ", lines.get(1));
        assertTrue(lines.get(2).startsWith("  1 x int16[20] created at " + site), lines.get(2));
    }

    @Test
    void theJvmLimitsTheBudget() throws Exception {
        assertEquals(100L << 20, limit("-Xmx64m", "-XX:MaxDirectMemorySize=100m"));
        // Parallel leaves out a survivor space.
        long heap = limit("-Xmx64m", "-XX:+UseParallelGC");
        assertTrue(Math.abs(heap - (64L << 20)) <= 4L << 20, () -> "limit " + heap);
        assertEquals(5L << 20, limit("-Xmx64m", "-Dlanewise.memory=5m"));
    }

    private static long limit(String... flags) throws Exception {
        return Long.parseLong(run(List.of(flags), "limit").strip());
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "300, 300", "64k, 65536", "256m, 268435456", "256MB, 268435456", "2G, 2147483648"})
    void sizesAreUnderstood(String text, long bytes) {
        assertEquals(bytes, MachineMemory.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "m", "1.5g", "12x", "999999999999999999999"})
    void wrongSizesAreRefused(String text) {
        assertEquals(
                "-Dlanewise.memory: must be a positive number of bytes, with k, m or g behind it if wanted, got " + text
                        + ".",
                assertThrows(IllegalArgumentException.class, () -> MachineMemory.parse(text))
                        .getMessage());
    }

    @Test
    void numbersAddUp() {
        long live = MemoryBudget.liveBytes();
        Storage storage = Storage.allocate(DType.FLOAT64, 1 << 20);
        assertTrue(MemoryBudget.liveBytes() >= live + (8 << 20) || MemoryBudget.collections() > 0);
        assertTrue(MemoryBudget.peakBytes() >= MemoryBudget.reservedBytes());
        assertTrue(MemoryBudget.reservedBytes() >= 8 << 20);
        assertTrue(MemoryBudget.leakReport().contains("1 x float64[1048576] (8.0 MB)"), MemoryBudget.leakReport());
        storage.close();
        assertTrue(MemoryBudget.pooledBytes() >= 8 << 20);
        MemoryBudget.trim();
        assertTrue(MemoryBudget.pooledBytes() < 8 << 20);
    }

    @Test
    void aLowerLimitFreesThePool() {
        long limit = MemoryBudget.limit();
        Storage storage = Storage.allocate(DType.INT8, 50 << 20);
        storage.close();
        long most = MemoryBudget.reservedBytes() - (40 << 20);
        try {
            MemoryBudget.setLimit(most);
            assertEquals(most, MemoryBudget.limit());
            assertTrue(MemoryBudget.reservedBytes() <= most, MemoryBudget.describe());
        } finally {
            MemoryBudget.setLimit(limit);
        }
        assertEquals(
                "setLimit: a memory budget must be positive, got 0.",
                assertThrows(IllegalArgumentException.class, () -> MemoryBudget.setLimit(0))
                        .getMessage());
    }
}
