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
        rows(recorded, "snippets").forEach(row -> snippet(report, row, snippets));
        rows(recorded, "reprs").forEach(row -> TutorialForms.printed(report, row));
        rows(recorded, "formats").forEach(row -> TutorialForms.format(report, row));
        rows(recorded, "errors").forEach(row -> TutorialForms.refusal(report, row));
        rows(recorded, "warnings").forEach(row -> TutorialForms.warning(report, row));
        Golden.map(recorded.getOrDefault("gradient_facts", Map.of()))
                .forEach((name, fact) -> TutorialForms.fact(report, name, fact));
        return report;
    }

    private static List<Map<String, Object>> rows(Map<String, Object> recorded, String key) {
        return Golden.maps(recorded.getOrDefault(key, List.of()));
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
