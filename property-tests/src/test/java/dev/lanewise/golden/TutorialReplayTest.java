package dev.lanewise.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.testing.Golden;
import dev.lanewise.testing.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    @Test
    void everyKindOfDifferenceIsNoticed() throws IOException {
        Map<String, String[]> changes = Map.of(
                "snippet 2.3a, step 1",
                        new String[] {"\"printed\":\"tensor([0, 2, 4, 6, 8])", "\"printed\":\"tensor([0])"},
                "snippet 2.3a, step 0", new String[] {"\"values\":[0,2,4,6,8]", "\"values\":[0,2,4,6,9]"},
                "snippet 7.3, step 8", new String[] {"\"stride\":[5,1,20]", "\"stride\":[20,1,5]"},
                "snippet 7.2, step 6", new String[] {"\"name\":\"mydata4\"", "\"name\":\"mydata9\""},
                "snippet 9.2, step 3", new String[] {"[9.800000190734863,20.0,", "[9.8000002,20.0,"},
                "snippet 9.1a, step 2", new String[] {"\"grad_fn\":\"MulBackward0\"", "\"grad_fn\":\"PowBackward0\""},
                "error view_bad_size", new String[] {"\"raises\":\"RuntimeError\"", "\"raises\":\"IndexError\""});
        String text = Project.read(Golden.directory().resolve("tutorial.json"));
        for (String[] change : changes.values()) {
            assertTrue(text.contains(change[0]), change[0]);
            text = text.replace(change[0], change[1]);
        }
        Files.writeString(folder.resolve("tutorial.json"), text);
        List<String> failures = TutorialReplay.replay(folder).failures();
        for (String id : changes.keySet()) {
            assertTrue(failures.stream().anyMatch(failure -> failure.startsWith(id)), id);
            assertTrue(unchanged.failures().stream().noneMatch(failure -> failure.startsWith(id)), id);
        }
    }

    @Test
    void partsMayBeMissing() throws IOException {
        Files.writeString(folder.resolve("tutorial.json"), "{\"snippets\": [{\"id\": \"11.1\", \"steps\": []}]}");
        Report report = TutorialReplay.replay(folder);
        assertEquals("tutorial: 0 passed, 0 failed, 1 not supported", report.line());
    }
}
