package dev.lanewise.testing;

import dev.lanewise.Tensor;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs a main class of the tests in a JVM of its own, the same as this one, with flags of its own. */
public final class ChildJvm {
    private static final String MODULE = "--add-modules=jdk.incubator.vector";
    private static final long MINUTES = 5;

    private ChildJvm() {}

    /**
     * What a program left behind.
     *
     * @param exit its exit code
     * @param out lines of standard output
     * @param err lines of standard error but for those of the JVM itself
     */
    public record Result(int exit, List<String> out, List<String> err) {
        /** This result; AssertionError with all that was printed if the program failed. */
        public Result checked() {
            if (exit != 0) {
                throw new AssertionError("exit code " + exit + "\n" + this);
            }
            return this;
        }

        /** All that was printed. */
        @Override
        public String toString() {
            return String.join("\n", out) + "\n--- standard error:\n" + String.join("\n", err);
        }
    }

    /** Runs a program with SIMD available. */
    public static Result run(Class<?> program, List<String> flags, String... arguments) {
        List<String> all = new ArrayList<>(flags);
        all.add(MODULE);
        return runPlain(program, all, arguments);
    }

    /** Runs a program with these flags alone. */
    public static Result runPlain(Class<?> program, List<String> flags, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.add("-XX:+IgnoreUnrecognizedVMOptions");
        if (ManagementFactory.getRuntimeMXBean().getInputArguments().contains("--enable-preview")) {
            command.add("--enable-preview");
        }
        command.addAll(flags);
        command.addAll(List.of("-cp", place(Tensor.class) + File.pathSeparator + place(program), program.getName()));
        command.addAll(List.of(arguments));
        try {
            return finish(new ProcessBuilder(command).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Result finish(Process process) throws InterruptedException {
        CompletableFuture<List<String>> out = CompletableFuture.supplyAsync(() -> lines(process.getInputStream()));
        CompletableFuture<List<String>> err = CompletableFuture.supplyAsync(() -> lines(process.getErrorStream()));
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("still running after " + MINUTES + " minutes\n" + out.join());
        }
        List<String> own = err.join().stream()
                .filter(line -> !line.startsWith("WARNING: Using incubator modules"))
                .toList();
        return new Result(process.exitValue(), out.join(), own);
    }

    private static List<String> lines(InputStream in) {
        try (in) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path place(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
