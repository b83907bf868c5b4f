package dev.lanewise.golden;

import dev.lanewise.Lanewise;
import dev.lanewise.golden.tutorial.Steps;
import dev.lanewise.golden.tutorial.Tutorial;
import dev.lanewise.testing.Golden;
import dev.lanewise.testing.Json;
import dev.lanewise.testing.Project;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Replays the recorded tutorial: every snippet, and its errors, printed forms, warnings and facts about gradients. */
final class TutorialReplay {
    private TutorialReplay() {}

    static Report replay(Path directory) {
        Map<String, Object> recorded = Golden.map(Json.parse(Project.read(directory.resolve("tutorial.json"))));
        Report report = new Report("tutorial");
        Map<String, Consumer<Steps>> snippets = Tutorial.snippets();
        for (Map<String, Object> snippet : Golden.maps(recorded.getOrDefault("snippets", List.of()))) {
            snippet(report, snippet, snippets);
        }
        return report;
    }

    private static void snippet(Report report, Map<String, Object> snippet, Map<String, Consumer<Steps>> known) {
        String id = (String) snippet.get("id");
        Consumer<Steps> counterpart = known.get(id);
        if (counterpart == null) {
            report.unsupported("snippet " + id + ": there is no counterpart", 1);
            return;
        }
        StepCheck steps = new StepCheck(report, snippet);
        Lanewise.manualSeed(steps.seed());
        report.check("snippet " + id, "snippet " + id, () -> {
            counterpart.accept(steps);
            steps.finish();
        });
    }
}
