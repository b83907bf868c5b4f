package dev.lanewise.bench.peers;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Starts {@link Worker} in a JVM of its own, with the environment its system needs, and reads what it found. */
final class Launcher {
    private static final List<String> THREAD_VARIABLES =
            List.of("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS");
    private static final long PATIENCE_MINUTES = 15;

    private final Path log;
    private final List<String> flags;

    /**
     * Launches with what JMH's forks get too.
     *
     * @param log where the output of the JVMs goes
     * @param flags the flags that Lanewise needs
     */
    Launcher(Path log, List<String> flags) {
        this.log = log;
        this.flags = flags;
    }

    /** The lines that a worker wrote, as fields; fewer than workloads if some failed. */
    List<Map<String, String>> run(Rival system, int threads, Plan plan, List<Workload> workloads) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(system.name(), Integer.toString(threads), plan.name()));
        workloads.forEach(workload -> arguments.add(workload.name()));
        return run(arguments, threads, system.environment());
    }

    /** What the hardware does at most. */
    List<Map<String, String>> probe(int threads) throws IOException {
        return run(List.of(Worker.PROBE, Integer.toString(threads)), threads, Map.of());
    }

    private List<Map<String, String>> run(List<String> arguments, int threads, Map<String, String> environment)
            throws IOException {
        Path answers = Files.createTempFile("lanewise-bench", ".json");
        try {
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(flags);
            command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-Xmx2g"));
            command.addAll(List.of("-cp", System.getProperty("java.class.path")));
            command.addAll(List.of(Worker.class.getName(), answers.toString()));
            command.addAll(arguments);
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile()));
            THREAD_VARIABLES.forEach(name -> builder.environment().put(name, Integer.toString(threads)));
            builder.environment().putAll(environment);
            await(builder.start());
            return Files.readAllLines(answers).stream().map(Json::fields).toList();
        } finally {
            Files.delete(answers);
        }
    }

    private File logFile() throws IOException {
        Files.createDirectories(log.getParent());
        return log.toFile();
    }

    private static void await(Process process) {
        try {
            if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            throw new IllegalStateException(e);
        }
    }
}
