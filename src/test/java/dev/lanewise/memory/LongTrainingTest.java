package dev.lanewise.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.testing.ChildJvm;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Training for long under a small heap and a small budget neither fails nor grows. */
@Tag("slow")
class LongTrainingTest {
    private static final long MB = 1 << 20;
    private static final List<String> LITTLE_MEMORY =
            List.of("-Xmx64m", "-XX:MaxDirectMemorySize=256m", "-Dlanewise.memory=256m");

    /** What the allocator lets pile up before it collects: a quarter of the budget, and one more slab. */
    private static final long MOST_GARBAGE = 65 * MB;

    /** Between two readings a slab more or less may be in use. */
    private static final long SLAB = MB / 4;

    /** One line that the program printed. */
    private record Reading(long live, long collected, long systemAllocations, double loss) {
        static Reading parse(String line) {
            String[] words = line.split(" ", -1);
            return new Reading(
                    Long.parseLong(words[1]),
                    Long.parseLong(words[2]),
                    Long.parseLong(words[3]),
                    Double.parseDouble(words[4]));
        }
    }

    @ParameterizedTest
    @CsvSource({"regression, 20000, 1000", "mlp, 2000, 200"})
    void withScopesMemoryIsTheSameAfterEveryStep(String model, int steps, int interval) {
        List<Reading> readings = train(model, "scopes", steps, interval);
        Reading second = readings.get(1);
        for (Reading reading : readings.subList(1, readings.size())) {
            assertTrue(Math.abs(reading.live - second.live) <= SLAB, () -> "live bytes changed: " + readings);
            assertEquals(second.systemAllocations, reading.systemAllocations, () -> "not from the pool: " + readings);
        }
        assertTrue(second.live <= 2 * MB, () -> "more than a step needs: " + readings);
    }

    @ParameterizedTest
    @CsvSource({"regression, 20000, 1000", "mlp, 1000, 100"})
    void withoutScopesMemoryStaysBounded(String model, int steps, int interval) {
        List<Reading> readings = train(model, "plain", steps, interval);
        Reading second = readings.get(1);
        for (Reading reading : readings.subList(1, readings.size())) {
            assertTrue(reading.live <= second.collected + MOST_GARBAGE, () -> "garbage piles up: " + readings);
            assertTrue(
                    Math.abs(reading.collected - second.collected) <= 2 * SLAB, () -> "something leaks: " + readings);
        }
    }

    private static List<Reading> train(String model, String mode, int steps, int interval) {
        ChildJvm.Result result = ChildJvm.run(
                        TrainingProgram.class, LITTLE_MEMORY, model, mode, "" + steps, "" + interval)
                .checked();
        List<Reading> readings = result.out().stream().map(Reading::parse).toList();
        assertEquals(steps / interval, readings.size(), result::toString);
        double last = readings.get(readings.size() - 1).loss;
        assertTrue(last < readings.get(0).loss / 2 || last < 1e-6, () -> "it has not learnt: " + readings);
        return readings;
    }
}
