package dev.lanewise.bench.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.util.Statistics;

/**
 * A JVM that measures one system on one or more workloads and writes a line for each. It is itself the fork: JMH forks no
 * other, for it could not give the fork an environment of its own, which some systems read their settings from.
 */
final class Worker {
    static final String PROBE = "PROBE";

    private Worker() {}

    /**
     * Arguments: the file to append to, the system or PROBE, the number of threads, the plan, the workloads.
     *
     * @throws RunnerException if JMH cannot run
     */
    public static void main(String[] args) throws IOException, RunnerException {
        Path file = Path.of(args[0]);
        int threads = Integer.parseInt(args[2]);
        if (args[1].equals(PROBE)) {
            append(file, Json.object(new Probe(threads).measure()));
            return;
        }
        Rival system = Rival.valueOf(args[1]);
        Plan plan = Plan.valueOf(args[3]);
        append(file, Json.object(Map.of("version", system.open(threads).version())));
        List<String> names = new ArrayList<>(List.of(args).subList(4, args.length));
        for (String name : names) {
            for (RunResult result : new Runner(options(system, threads, plan, name)).run()) {
                append(file, line(name, result));
            }
        }
    }

    private static Options options(Rival system, int threads, Plan plan, String workload) {
        return new OptionsBuilder()
                .include(PeerBenchmark.class.getName() + ".call")
                .param("workload", workload)
                .param("system", system.name())
                .param("threads", Integer.toString(threads))
                .param("warmMillis", Integer.toString(plan.warmMillis))
                .forks(0)
                .warmupIterations(plan.warmups)
                .warmupTime(TimeValue.milliseconds(plan.millis))
                .measurementIterations(plan.iterations)
                .measurementTime(TimeValue.milliseconds(plan.millis))
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(false)
                .build();
    }

    /** Each iteration's mean time, and the heap bytes of a call. */
    private static String line(String name, RunResult run) {
        Statistics times = run.getPrimaryResult().getStatistics();
        List<String> samples = new ArrayList<>();
        times.getRawData().forEachRemaining(entry -> {
            for (long i = 0; i < entry.getValue(); i++) {
                samples.add(entry.getKey().toString());
            }
        });
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("workload", name);
        fields.put("samples", String.join(" ", samples));
        fields.put("heapBytes", heapBytes(run));
        return Json.object(fields);
    }

    private static double heapBytes(RunResult run) {
        for (Map.Entry<String, ?> entry : run.getSecondaryResults().entrySet()) {
            if (entry.getKey().endsWith("gc.alloc.rate.norm")) {
                return ((Result<?>) entry.getValue()).getScore();
            }
        }
        return 0;
    }

    private static void append(Path file, String line) throws IOException {
        Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
