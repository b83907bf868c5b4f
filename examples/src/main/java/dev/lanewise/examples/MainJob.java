package dev.lanewise.examples;

import dev.lanewise.Lanewise;
import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Trains two models on real data and draws pictures of what came out: a fitted line and a reader of handwritten digits.
 *
 * <p>Arguments: {@code linear-regression} or {@code digits} for one part alone, {@code --out DIR} for the directory of the
 * pictures, {@code --data FILE} for other digits than those that come with this program. Exit status 2 and one line on
 * standard error if an argument or a file cannot be used.
 */
public final class MainJob {
    private static final String LINEAR_REGRESSION = "linear-regression";
    private static final String DIGITS = "digits";
    private static final int BAD_INPUT = 2;

    private final PrintStream out;
    private Path directory = Path.of("target", "pictures");
    private Path data;
    private final List<String> parts = new ArrayList<>();

    private MainJob(PrintStream out) {
        this.out = out;
    }

    /** Runs the parts that are asked for, both if none is. */
    public static void main(String[] args) {
        // Pictures are drawn into files: no display is needed.
        System.setProperty("java.awt.headless", "true");
        int status = run(args, System.out, System.err);
        if (status != 0) {
            System.exit(status);
        }
    }

    /** Runs the job and returns the exit status. */
    static int run(String[] args, PrintStream out, PrintStream err) {
        try {
            MainJob job = new MainJob(out);
            job.parse(args);
            job.run();
            return 0;
        } catch (BadInputException e) {
            err.println(e.getMessage());
            return BAD_INPUT;
        }
    }

    private void parse(String[] args) {
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case LINEAR_REGRESSION, DIGITS -> parts.add(args[i]);
                case "--out" -> directory = path(args, ++i);
                case "--data" -> data = path(args, ++i);
                default ->
                    throw new BadInputException("main job: arguments must be " + LINEAR_REGRESSION + ", " + DIGITS
                            + ", --out DIR or --data FILE, got \"" + args[i] + "\".");
            }
        }
        if (parts.isEmpty()) {
            parts.addAll(List.of(LINEAR_REGRESSION, DIGITS));
        }
    }

    private static Path path(String[] args, int at) {
        try {
            if (at < args.length) {
                return Path.of(args[at]);
            }
        } catch (InvalidPathException e) {
            throw new BadInputException(
                    "main job: " + args[at - 1] + " must be followed by a path, got \"" + args[at] + "\".");
        }
        throw new BadInputException("main job: " + args[at - 1] + " must be followed by a path, got nothing.");
    }

    private void run() {
        Pictures pictures = new Pictures(directory, out);
        // Read first: a bad file is told before any work is done.
        Digits digits = parts.contains(DIGITS) ? Digits.read(data) : null;
        long start = System.nanoTime();
        out.println(Lanewise.describe());
        if (parts.contains(LINEAR_REGRESSION)) {
            out.println("\n=== Linear regression ===");
            LinearRegression.run(out, pictures);
        }
        if (digits != null) {
            out.println("\n=== Handwritten digits ===");
            DigitClassifier.run(digits, out, pictures);
        }
        out.printf(Locale.ROOT, "%nDone in %.1f s.%n", (System.nanoTime() - start) / 1e9);
    }
}
