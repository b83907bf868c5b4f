package dev.lanewise.bench.robustness;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Starts each kernel in many fresh JVMs while another process keeps a core busy, and prints the worst of them.
 *
 * <p>A kernel passes on a JVM if, after some seconds of running, no run is slower than 1.5 times the median of its runs,
 * none allocates more than its result objects, and none crashes. The exit code is 1 if one does not pass.
 */
public final class Robustness {
    private static final double SLOWEST = 1.5;

    private final String classPath;
    private final String seconds;
    private final int runs;
    private final List<String> flags;

    private Robustness(String classPath, String seconds, int runs, List<String> flags) {
        this.classPath = classPath;
        this.seconds = seconds;
        this.runs = runs;
        this.flags = flags;
    }

    /** Arguments: runs, seconds before each measurement, a pattern for kernels, the JVMs' flags in one word, the JVMs. */
    public static void main(String... args) throws IOException, InterruptedException {
        List<String> jvms = List.of(args).subList(4, args.length);
        List<String> flags = Arrays.stream(args[3].split(" "))
                .filter(flag -> !flag.isEmpty())
                .toList();
        Pattern wanted = Pattern.compile(args[2], Pattern.CASE_INSENSITIVE);
        List<Kernel> kernels = Arrays.stream(Kernel.values())
                .filter(kernel -> wanted.matcher(kernel.name()).find())
                .toList();
        Robustness all =
                new Robustness(System.getProperty("java.class.path"), args[1], Integer.parseInt(args[0]), flags);
        System.out.printf(
                "%-28s %-14s %5s %12s %9s %10s %9s%n",
                "JVM", "kernel", "runs", "median us", "worst/med", "bytes/call", "allowed");
        boolean passed = !kernels.isEmpty() && !jvms.isEmpty() && all.runs > 0;
        for (String jvm : jvms) {
            for (Kernel kernel : kernels) {
                passed &= all.measure(jvm, kernel);
            }
        }
        if (!passed) {
            System.out.println("NOT PASSED");
            System.exit(1);
        }
        System.out.println("passed");
    }

    private boolean measure(String jvm, Kernel kernel) throws IOException, InterruptedException {
        List<Figures> all = new ArrayList<>();
        int crashes = 0;
        for (int run = 0; run < runs; run++) {
            Figures figures = fork(jvm, kernel);
            if (figures == null) {
                crashes++;
            } else {
                all.add(figures);
            }
        }
        double[] nanos = all.stream().mapToDouble(Figures::nanos).sorted().toArray();
        long bytes = all.stream().mapToLong(Figures::bytes).max().orElse(0);
        double median = nanos.length == 0 ? Double.NaN : nanos[nanos.length / 2];
        double worst = nanos.length == 0 ? Double.NaN : nanos[nanos.length - 1] / median;
        boolean passed = crashes == 0 && worst <= SLOWEST && bytes <= kernel.bytes();
        String verdict = (passed ? "ok" : "FAILED") + (crashes == 0 ? "" : ", " + crashes + " crashed");
        System.out.printf(
                Locale.ROOT,
                "%-28s %-14s %5d %12.1f %9.2f %10d %9d  %s%n",
                name(jvm),
                kernel,
                runs,
                median / 1e3,
                worst,
                bytes,
                kernel.bytes(),
                verdict);
        return passed;
    }

    /** What one fresh JVM measured, or null if it ended otherwise. */
    private Figures fork(String jvm, Kernel kernel) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(jvm));
        command.addAll(flags);
        command.addAll(List.of("-cp", classPath, Worker.class.getName(), kernel.name(), seconds));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        Figures figures = null;
        List<String> other = new ArrayList<>();
        try (BufferedReader output = process.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                Figures found = Figures.parse(line);
                if (found == null) {
                    other.add(line);
                } else {
                    figures = found;
                }
            }
        }
        if (process.waitFor() != 0 || figures == null) {
            other.forEach(System.out::println);
            return null;
        }
        return figures;
    }

    /** The directory of the JDK, without the path to it. */
    static String name(String jvm) {
        String home = jvm.replaceFirst("/bin/java$", "");
        return home.substring(home.lastIndexOf('/') + 1);
    }
}
