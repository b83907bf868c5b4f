package dev.lanewise.bench.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All figures, the last of each workload, system and number of threads, kept in a JSON file. */
final class Results {
    private static final String MACHINE = "machine";
    private static final String PROBE = "probe";
    private static final String THREADS = "threads";

    private final Map<String, Result> figures = new LinkedHashMap<>();
    private final Map<Integer, Map<String, Double>> probes = new TreeMap<>();
    private Map<String, String> machine = Map.of();

    /** Reads a file that {@link #write} wrote; empty if there is none. */
    static Results read(Path file) throws IOException {
        Results results = new Results();
        if (Files.exists(file)) {
            Files.readAllLines(file).forEach(results::readLine);
        }
        return results;
    }

    private void readLine(String line) {
        Map<String, String> fields = Json.fields(line);
        if (fields.containsKey("workload")) {
            add(Result.of(fields));
        } else if (fields.containsKey(PROBE)) {
            Map<String, Double> values = new LinkedHashMap<>();
            int threads = Integer.parseInt(fields.remove(THREADS));
            fields.remove(PROBE);
            fields.forEach((key, value) -> values.put(key, Double.parseDouble(value)));
            probes.put(threads, values);
        } else if (fields.containsKey(MACHINE)) {
            machine = fields;
        }
    }

    /** Writes one object a line, so that a run changes few lines. */
    void write(Path file) throws IOException {
        List<String> objects = new ArrayList<>();
        if (!machine.isEmpty()) {
            objects.add(Json.object(machine));
        }
        probes.forEach((threads, values) -> {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put(PROBE, "hardware");
            fields.put(THREADS, threads);
            fields.putAll(values);
            objects.add(Json.object(fields));
        });
        for (Workload workload : Workloads.list()) {
            for (Result result : of(workload)) {
                objects.add(Json.object(result.fields()));
            }
        }
        Files.createDirectories(file.getParent());
        Files.writeString(file, "[\n" + String.join(",\n", objects) + "\n]\n");
    }

    void add(Result result) {
        figures.put(key(result.workload(), result.system(), result.threads()), result);
    }

    Optional<Result> find(Workload workload, Rival system, int threads) {
        return Optional.ofNullable(figures.get(key(workload.name(), system, threads)));
    }

    /** The figures of a workload, by threads and in the order of the systems. */
    private Collection<Result> of(Workload workload) {
        Map<String, Result> sorted = new TreeMap<>();
        for (Result result : figures.values()) {
            if (result.workload().equals(workload.name())) {
                sorted.put(
                        result.threads() + " " + (char) ('a' + result.system().ordinal()), result);
            }
        }
        return sorted.values();
    }

    void probe(int threads, Map<String, Double> values) {
        probes.put(threads, values);
    }

    /** What the hardware does on that many threads; empty if it was not measured. */
    Map<String, Double> probe(int threads) {
        return probes.getOrDefault(threads, Map.of());
    }

    void machine(Map<String, String> values) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put(MACHINE, "this");
        fields.putAll(values);
        machine = fields;
    }

    Map<String, String> machine() {
        Map<String, String> fields = new LinkedHashMap<>(machine);
        fields.remove(MACHINE);
        return fields;
    }

    private static String key(String workload, Rival system, int threads) {
        return workload + '|' + system + '|' + threads;
    }
}
