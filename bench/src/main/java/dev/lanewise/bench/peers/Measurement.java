package dev.lanewise.bench.peers;

import java.io.IOException;
import java.io.PrintStream;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Measures workloads on all systems that take them, round by round, the systems of a workload one after another in an
 * order that changes with the round, so that a change of the machine's speed meets all of them.
 */
final class Measurement {
    private final Launcher launcher;
    private final Plan plan;
    private final PrintStream progress;
    private final Saving after;
    private final Map<Task, List<Double>> samples = new LinkedHashMap<>();
    private final Map<Task, Double> heapBytes = new LinkedHashMap<>();
    private final Map<String, String> versions = new TreeMap<>();

    /** Measures by that plan; {@code after} is called after each JVM, so that a run that is ended keeps what it has. */
    Measurement(Launcher launcher, Plan plan, PrintStream progress, Saving after) {
        this.launcher = launcher;
        this.plan = plan;
        this.progress = progress;
        this.after = after;
    }

    /** Keeps the results. */
    interface Saving {
        void run() throws IOException;
    }

    /** One system on one workload. */
    private record Task(String workload, Rival system, int threads) {}

    /** Workloads that one JVM measures. */
    private record Batch(Rival system, int threads, List<Workload> workloads) {}

    /** Measures on every number of threads and adds the medians to the results. */
    void run(List<Workload> workloads, int[] threadCounts, Results results) throws IOException {
        for (int threads : threadCounts) {
            probe(threads, results);
        }
        for (int round = 0; round < plan.rounds; round++) {
            List<Batch> batches = new ArrayList<>();
            for (int threads : threadCounts) {
                batches.addAll(batches(workloads, threads, round));
            }
            for (int i = 0; i < batches.size(); i++) {
                Batch batch = batches.get(i);
                progress.printf(
                        "round %d of %d, %d of %d: %s, %d thread%s, %s%n",
                        round + 1,
                        plan.rounds,
                        i + 1,
                        batches.size(),
                        batch.system().title,
                        batch.threads(),
                        batch.threads() == 1 ? "" : "s",
                        batch.workloads().size() == 1
                                ? batch.workloads().get(0).name()
                                : batch.workloads().get(0).group().title);
                measure(batch, results);
                after.run();
            }
        }
    }

    /** The versions that the systems gave. */
    Map<String, String> versions() {
        return versions;
    }

    private void probe(int threads, Results results) throws IOException {
        progress.printf("hardware, %d thread%s%n", threads, threads == 1 ? "" : "s");
        for (Map<String, String> fields : launcher.probe(threads)) {
            Map<String, Double> values = new LinkedHashMap<>();
            fields.forEach((key, value) -> values.put(key, Double.parseDouble(value)));
            results.probe(threads, values);
        }
    }

    private List<Batch> batches(List<Workload> workloads, int threads, int round) {
        Rival[] systems = Rival.values();
        List<Batch> batches = new ArrayList<>();
        for (List<Workload> together : together(workloads)) {
            for (int i = 0; i < systems.length; i++) {
                Rival system = systems[(i + round) % systems.length];
                List<Workload> taken = together.stream()
                        .filter(w -> plan.takes(w, threads) && system.takes(w, threads))
                        .toList();
                if (!taken.isEmpty()) {
                    batches.add(new Batch(system, threads, taken));
                }
            }
        }
        return batches;
    }

    private List<List<Workload>> together(List<Workload> workloads) {
        if (plan.alone) {
            return workloads.stream().map(List::of).toList();
        }
        Map<Workload.Group, List<Workload>> groups = new TreeMap<>();
        workloads.forEach(
                w -> groups.computeIfAbsent(w.group(), g -> new ArrayList<>()).add(w));
        return List.copyOf(groups.values());
    }

    private void measure(Batch batch, Results results) throws IOException {
        String today = LocalDate.now(ZoneId.systemDefault()).toString();
        List<String> missing =
                new ArrayList<>(batch.workloads().stream().map(Workload::name).toList());
        for (Map<String, String> fields : launcher.run(batch.system(), batch.threads(), plan, batch.workloads())) {
            if (fields.containsKey("version")) {
                versions.put(batch.system().title, fields.get("version"));
                continue;
            }
            Task task = new Task(fields.get("workload"), batch.system(), batch.threads());
            missing.remove(task.workload());
            List<Double> times = samples.computeIfAbsent(task, t -> new ArrayList<>());
            Arrays.stream(fields.get("samples").split(" ", -1))
                    .map(Double::valueOf)
                    .forEach(times::add);
            heapBytes.merge(task, Double.parseDouble(fields.get("heapBytes")), Math::min);
            results.add(result(task, times, today));
        }
        missing.forEach(name -> progress.println("  nothing measured for " + name + ", see the log"));
    }

    private Result result(Task task, List<Double> times, String date) {
        double[] sorted =
                times.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int last = sorted.length - 1;
        double median = (sorted[last / 2] + sorted[(last + 1) / 2]) / 2;
        return new Result(
                task.workload(),
                task.system(),
                task.threads(),
                median,
                sorted[0],
                sorted[last],
                heapBytes.get(task),
                date);
    }
}
