package dev.lanewise.bench.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The report's tables in Markdown. */
final class Tables {
    private static final String BOLD = "**";

    private final Results results;

    Tables(Results results) {
        this.results = results;
    }

    /** A table of all workloads of a group that were measured on that many threads; empty if none was. */
    String group(Workload.Group group, int threads) {
        List<Row> rows = Workloads.list().stream()
                .filter(w -> w.group() == group)
                .map(w -> new Row(w, threads, results))
                .filter(row ->
                        Stream.of(Rival.values()).anyMatch(r -> row.micros(r).isPresent()))
                .toList();
        return rows.isEmpty() ? "" : table(rows);
    }

    String table(List<Row> rows) {
        List<Rival> systems = Stream.of(Rival.values())
                .filter(r -> r == Rival.LANEWISE
                        || rows.stream().anyMatch(row -> row.micros(r).isPresent()))
                .toList();
        List<String> head = new ArrayList<>(List.of("work, µs"));
        systems.forEach(system -> head.add(system.title));
        head.addAll(List.of("limit", "ours / best", "bars", "heap bytes"));
        StringBuilder text = new StringBuilder(line(head));
        text.append(head.stream().map(cell -> "---").collect(Collectors.joining("|", "|", "|\n")));
        rows.forEach(row -> text.append(line(cells(row, systems))));
        return text.toString();
    }

    private static List<String> cells(Row row, List<Rival> systems) {
        List<String> cells = new ArrayList<>();
        cells.add(row.workload().name());
        for (Rival system : systems) {
            cells.add(cell(row, system));
        }
        double limit = row.limit();
        cells.add(Double.isNaN(limit) ? "" : Numbers.text(limit));
        OptionalDouble ratio = row.ratioToBest();
        cells.add(ratio.isEmpty() ? "" : Numbers.ratio(ratio.getAsDouble()));
        cells.add(row.outcomes().stream().map(Tables::bar).collect(Collectors.joining("; ")));
        OptionalDouble bytes = row.heapBytes();
        cells.add(bytes.isEmpty() ? "" : Numbers.whole(bytes.getAsDouble()));
        return cells;
    }

    private static String cell(Row row, Rival system) {
        String text = Numbers.text(row.micros(system));
        if (system != Rival.LANEWISE) {
            return text;
        }
        if (text.isEmpty()) {
            return "not there yet";
        }
        return row.missed() ? BOLD + text + BOLD : text;
    }

    private static String bar(Row.Outcome outcome) {
        String ratio = Numbers.ratio(outcome.ratio());
        String most = Numbers.ratio(outcome.bar().atMost());
        String bar = outcome.missed() ? BOLD + ratio + " > " + most + BOLD : ratio + " ≤ " + most;
        return bar + " " + outcome.bar().against().text;
    }

    /** How many bars are reached, over all that were judged. */
    String score(int threads) {
        List<Row.Outcome> all = Workloads.list().stream()
                .flatMap(w -> new Row(w, threads, results).outcomes().stream())
                .toList();
        long reached = all.stream().filter(outcome -> !outcome.missed()).count();
        return reached + " of " + all.size() + " bars reached";
    }

    /** What the hardware does, one column for each number of threads. */
    String hardware(List<Integer> threads) {
        List<String> head = new ArrayList<>(List.of("hardware"));
        threads.forEach(n -> head.add(n == 1 ? "1 thread" : n + " threads"));
        StringBuilder text = new StringBuilder(line(head));
        text.append(head.stream().map(cell -> "---").collect(Collectors.joining("|", "|", "|\n")));
        Map<String, Double> first = results.probe(threads.get(0));
        for (String name : first.keySet()) {
            List<String> cells = new ArrayList<>(List.of(name));
            String unit = name.startsWith("fma") ? " GFLOP/s" : " GB/s";
            threads.forEach(n -> cells.add(Numbers.text(results.probe(n).getOrDefault(name, 0.0)) + unit));
            text.append(line(cells));
        }
        return text.toString();
    }

    static String line(List<String> cells) {
        return cells.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
