package dev.lanewise.bench.peers;

import dev.lanewise.Lanewise;
import dev.lanewise.bench.JvmFlags;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** {@code bench/run-report}: measures and writes the report. */
public final class Report {
    private static final String USAGE = """
            run-report                  everything, three rounds of JVMs (two hours)
            run-report once             everything, one round (fifty minutes)
            run-report quick            everything, in ten minutes
            run-report only REGEX       the workloads whose names match; the other rows stay as they are
            run-report quick only REGEX the same, quickly
            run-report write            writes the report anew from the last results
            run-report list             names of the workloads
            THREADS=1 or 1,2 (default)  on how many threads; quick has few rows on two""";

    private final Path root;
    private final Path store;

    private Report(Path root) {
        this.root = root;
        store = root.resolve("docs").resolve("benchmarks").resolve("results.json");
    }

    /** Started in the project's folder. */
    public static void main(String... arguments) throws IOException {
        List<String> words = new java.util.ArrayList<>(List.of(arguments));
        Plan plan = words.remove("quick") ? Plan.QUICK : words.remove("once") ? Plan.ONCE : Plan.FULL;
        Report report = new Report(Path.of("").toAbsolutePath());
        if (words.isEmpty()) {
            report.measure(plan, Workloads.list());
        } else if (words.size() == 2 && words.get(0).equals("only")) {
            Pattern pattern = Pattern.compile(words.get(1));
            report.measure(
                    plan,
                    Workloads.list().stream()
                            .filter(w -> pattern.matcher(w.name()).find())
                            .toList());
        } else if (words.equals(List.of("write"))) {
            report.write(Results.read(report.store));
        } else if (words.equals(List.of("list"))) {
            Workloads.list().forEach(w -> System.out.println(w.name()));
        } else {
            System.err.println(USAGE);
            System.exit(2);
        }
    }

    private void measure(Plan plan, List<Workload> workloads) throws IOException {
        if (workloads.isEmpty()) {
            System.err.println("No workload has such a name; run-report list names them.");
            System.exit(2);
        }
        Results results = Results.read(store);
        Path log = root.resolve("bench").resolve("target").resolve("report.log");
        Launcher launcher = new Launcher(log, JvmFlags.list());
        Measurement measurement = new Measurement(launcher, plan, System.out, () -> results.write(store));
        measurement.run(workloads, threads(), results);
        results.machine(machine(plan, measurement.versions(), results.machine()));
        results.write(store);
        write(results);
    }

    private void write(Results results) throws IOException {
        new ReportWriter(results, root).write();
        System.out.println("docs/benchmarks.md: " + new Tables(results).score(1));
    }

    private static int[] threads() {
        String given = System.getenv().getOrDefault("THREADS", "1,2");
        return Pattern.compile(",")
                .splitAsStream(given)
                .mapToInt(Integer::parseInt)
                .toArray();
    }

    /** Versions of systems that did not run now stay as they were. */
    private static Map<String, String> machine(Plan plan, Map<String, String> versions, Map<String, String> before) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("processor", Cpu.name() + ", " + Runtime.getRuntime().availableProcessors() + " processors");
        fields.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        fields.put("JDK", System.getProperty("java.vm.vendor") + " " + Runtime.version());
        fields.put("last run", LocalDate.now(ZoneId.systemDefault()) + ", " + plan.text());
        fields.put(
                Rival.LANEWISE.title,
                Lanewise.describe().lines().skip(1).findFirst().orElse(""));
        for (Rival system : Rival.values()) {
            String version = versions.getOrDefault(system.title, before.get(system.title));
            if (version != null) {
                fields.put(system.title, version);
            }
        }
        return fields;
    }
}
