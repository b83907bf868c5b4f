package dev.lanewise.bench.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Writes tables, charts and the README's rows from the results. */
final class ReportWriter {
    static final Section REPORT = new Section("report");
    static final Section README = new Section("benchmarks");
    /** What the README shows. */
    private static final List<String> TELLING =
            List.of("sgemm 1024", "x*2+1 1e3", "MLP 784-256-128-10, Adam, batch 64");

    private static final List<Integer> THREADS = List.of(1, 2);
    private static final String CHARTS = "benchmarks";

    private final Results results;
    private final Path root;

    /** For the project in that folder. */
    ReportWriter(Results results, Path root) {
        this.results = results;
        this.root = root;
    }

    void write() throws IOException {
        Path docs = root.resolve("docs");
        Path charts = docs.resolve(CHARTS);
        Files.createDirectories(charts);
        Map<String, String> svgs = new Charts(results, 1).all();
        for (Map.Entry<String, String> svg : svgs.entrySet()) {
            Files.writeString(charts.resolve(svg.getKey()), svg.getValue());
        }
        if (!REPORT.write(docs.resolve("benchmarks.md"), report(List.copyOf(svgs.keySet())))) {
            throw new IOException("docs/benchmarks.md has no section for the report");
        }
        README.write(root.resolve("README.md"), readme());
    }

    String report(List<String> charts) {
        Tables tables = new Tables(results);
        StringBuilder text = new StringBuilder();
        results.machine()
                .forEach((key, value) ->
                        text.append("- ").append(key).append(": ").append(value).append('\n'));
        text.append('\n');
        List<Integer> measured =
                THREADS.stream().filter(n -> !results.probe(n).isEmpty()).toList();
        for (int threads : measured) {
            text.append(threads == 1 ? "One thread: " : "Two threads: ")
                    .append(tables.score(threads))
                    .append(".\n");
        }
        for (int threads : measured) {
            for (Workload.Group group : Workload.Group.values()) {
                String table = tables.group(group, threads);
                if (table.isEmpty()) {
                    continue;
                }
                text.append("\n### ").append(group.title);
                text.append(threads == 1 ? ", one thread\n\n" : ", two threads\n\n");
                chart(text, group, threads, charts);
                text.append(table);
            }
        }
        if (!measured.isEmpty()) {
            text.append("\n### The hardware\n\n").append(tables.hardware(measured));
        }
        return text.toString();
    }

    private static void chart(StringBuilder text, Workload.Group group, int threads, List<String> charts) {
        String file = group.name().toLowerCase(java.util.Locale.ROOT) + ".svg";
        if (threads == 1 && charts.contains(file)) {
            text.append("![")
                    .append(group.title)
                    .append("](")
                    .append(CHARTS)
                    .append('/')
                    .append(file)
                    .append(")\n\n");
        }
    }

    String readme() {
        StringBuilder text = new StringBuilder(Tables.line(
                List.of("one thread, µs a call", Rival.LANEWISE.title, Rival.LIBTORCH.title, "best other system")));
        text.append("|---|---|---|---|\n");
        for (String name : TELLING) {
            Row row = new Row(Workloads.named(name), 1, results);
            OptionalDouble ours = row.micros(Rival.LANEWISE);
            OptionalDouble ratio = row.ratioToBest();
            String best =
                    ours.isEmpty() || ratio.isEmpty() ? "" : Numbers.text(ours.getAsDouble() / ratio.getAsDouble());
            text.append(Tables.line(List.of(name, Numbers.text(ours), Numbers.text(row.micros(Rival.LIBTORCH)), best)));
        }
        return text.toString();
    }
}
