package dev.lanewise.bench.robustness;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Measures fresh JVMs: the first product of two 256 x 256 matrices, and the whole process of an example program, both with and
 * without an ahead-of-time cache where the JVM has that.
 *
 * <p>The exit code is 1 if a median is over its limit, or if a cache makes the program no faster.
 */
public final class ColdStart {
    private static final int FIRST_WITH_CACHE = 25;
    private static final double PRODUCT_MILLIS = 60;
    private static final double PROGRAM_MILLIS = 2000;

    private final int runs;
    private final List<String> flags;
    private final List<String> product;
    private final List<String> program;
    private boolean passed = true;

    private ColdStart(int runs, List<String> flags, List<String> product, List<String> program) {
        this.runs = runs;
        this.flags = flags;
        this.product = product;
        this.program = program;
    }

    /** Arguments: runs, the class path and the arguments of the example, the JVMs' flags in one word, the JVMs. */
    public static void main(String... args) throws IOException, InterruptedException {
        List<String> flags = words(args[3]);
        List<String> product = List.of("-cp", System.getProperty("java.class.path"), FirstProduct.class.getName());
        List<String> program = new ArrayList<>(List.of("-cp", args[1]));
        program.addAll(words(args[2]));
        ColdStart all = new ColdStart(Integer.parseInt(args[0]), flags, product, program);
        System.out.printf(
                "%-28s %-34s %5s %10s %10s %10s%n", "JVM", "what", "runs", "median ms", "worst ms", "limit ms");
        for (String jvm : List.of(args).subList(4, args.length)) {
            all.measure(jvm);
        }
        System.out.println(all.passed ? "passed" : "NOT PASSED");
        System.exit(all.passed ? 0 : 1);
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split(" ")).filter(word -> !word.isEmpty()).toList();
    }

    private void measure(String jvm) throws IOException, InterruptedException {
        row(jvm, "first product of 256 x 256", "", product, PRODUCT_MILLIS);
        double without = row(jvm, "linear regression, process", "", program, PROGRAM_MILLIS);
        if (feature(jvm) < FIRST_WITH_CACHE) {
            return;
        }
        Path cache = Files.createTempFile("lanewise", ".aot");
        try {
            run(jvm, "-XX:AOTCacheOutput=" + cache, program);
            row(jvm, "linear regression, with a cache", "-XX:AOTCache=" + cache, program, without);
        } finally {
            Files.deleteIfExists(cache);
        }
    }

    private double row(String jvm, String what, String flag, List<String> command, double limit)
            throws IOException, InterruptedException {
        double[] millis = new double[runs];
        for (int run = 0; run < runs; run++) {
            millis[run] = run(jvm, flag, command);
        }
        Arrays.sort(millis);
        double median = millis[runs / 2];
        boolean within = median <= limit;
        passed &= within;
        System.out.printf(
                Locale.ROOT,
                "%-28s %-34s %5d %10.0f %10.0f %10.0f  %s%n",
                Robustness.name(jvm),
                what,
                runs,
                median,
                millis[runs - 1],
                limit,
                within ? "ok" : "OVER");
        return median;
    }

    /** Milliseconds of the process, or what it says that its own first call took. */
    private double run(String jvm, String flag, List<String> command) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(jvm));
        words.addAll(flags);
        words.addAll(words(flag));
        words.addAll(command);
        long begun = System.nanoTime();
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        double said = Double.NaN;
        List<String> lines = new ArrayList<>();
        try (BufferedReader output = process.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.add(line);
                said = FirstProduct.parse(line, said);
            }
        }
        if (process.waitFor() != 0) {
            lines.forEach(System.out::println);
            throw new IllegalStateException("ended with " + process.exitValue() + ": " + String.join(" ", words));
        }
        return Double.isNaN(said) ? (System.nanoTime() - begun) / 1e6 : said;
    }

    private static int feature(String jvm) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(jvm, "-XshowSettings:properties", "-version")
                .redirectErrorStream(true)
                .start();
        int feature = 0;
        try (BufferedReader output = process.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.contains("java.specification.version =")) {
                    feature = Integer.parseInt(
                            line.substring(line.indexOf('=') + 1).trim());
                }
            }
        }
        process.waitFor();
        return feature;
    }
}
