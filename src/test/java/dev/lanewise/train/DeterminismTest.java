package dev.lanewise.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Lanewise;
import dev.lanewise.internal.parallel.OtherVm;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same seed gives the same bits, whatever the threads, the vectors and whether kernels are warm. */
class DeterminismTest {
    private final int threads = Lanewise.numThreads();

    @AfterEach
    void asBefore() {
        Lanewise.setNumThreads(threads);
    }

    static Stream<String> models() {
        return DeterminismProgram.MODELS.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("models")
    void trainingDoesNotDependOnThreads(String model) {
        double[] alone = DeterminismProgram.trained(model, 1, 17);
        assertTrue(alone.length > 1000);
        assertArrayEquals(alone, DeterminismProgram.trained(model, 2, 17), "two threads");
        assertArrayEquals(alone, DeterminismProgram.trained(model, 3, 17), "three threads");
        assertNotEquals(alone[0], DeterminismProgram.trained(model, 1, 18)[0]);
    }

    @Test
    @Tag("slow")
    void trainingDoesNotDependOnVectors() {
        Map<String, String> outputs = OtherVm.allWays(DeterminismProgram.class);
        assertEquals(5, outputs.size());
        assertEquals(1, Set.copyOf(outputs.values()).size(), outputs::toString);
        assertEquals(
                DeterminismProgram.MODELS.size(),
                outputs.values().iterator().next().lines().count());
    }
}
