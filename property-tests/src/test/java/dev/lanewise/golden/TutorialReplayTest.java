package dev.lanewise.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.testing.Golden;
import dev.lanewise.testing.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The replay of the tutorial covers what was recorded, says why a step has no counterpart, and notices changes. */
class TutorialReplayTest {
    private static final List<String> REASONS = List.of(
            "names of Python classes",
            "addresses",
            "complex dtypes",
            "layers that the library does not have",
            "schedulers",
            "does not compile",
            "limits of dtypes",
            "devices",
            "a warning",
            "there is no ");

    private static Report unchanged;

    @TempDir
    Path folder;

    @BeforeAll
    static void replay() {
        unchanged = TutorialReplay.replay(Golden.directory());
    }

    @Test
    void whatHasNoCounterpartIsListedWithTheReason() {
        assertTrue(unchanged.passed() > 600, unchanged.line());
        for (String what : unchanged.unsupported().keySet()) {
            assertTrue(REASONS.stream().anyMatch(what::contains), what);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"printed\":\"tensor([0, 2, 4, 6, 8]) | \"printed\":\"tensor([0, 2, 4, 6, 9])",
                "\"values\":[0,2,4,6,8] | \"values\":[0,2,4,6,9]",
                "\"stride\":[5,1,20] | \"stride\":[20,1,5]",
                "\"name\":\"mydata4\" | \"name\":\"mydata9\"",
                "[9.800000190734863,20.0, | [9.800000190734864,20.0,",
                "\"raises\":\"RuntimeError\" | \"raises\":\"IndexError\"",
                "\"grad_fn\":\"MulBackward0\" | \"grad_fn\":\"PowBackward0\"",
            })
    void aChangedRecordingIsNoticed(String before, String after) throws IOException {
        String text = Project.read(Golden.directory().resolve("tutorial.json"));
        assertTrue(text.contains(before), before);
        Files.writeString(folder.resolve("tutorial.json"), text.replace(before, after));
        assertTrue(TutorialReplay.replay(folder).failures().size() > unchanged.failures().size());
    }

    @Test
    void partsMayBeMissing() throws IOException {
        Files.writeString(folder.resolve("tutorial.json"), "{\"snippets\": [{\"id\": \"11.1\", \"steps\": []}]}");
        Report report = TutorialReplay.replay(folder);
        assertEquals("tutorial: 0 passed, 0 failed, 1 not supported", report.line());
    }
}
