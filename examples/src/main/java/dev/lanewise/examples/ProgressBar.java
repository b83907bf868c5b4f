package dev.lanewise.examples;

import java.io.Console;
import java.io.PrintStream;
import java.util.Locale;

/**
 * A line that shows how far an epoch is: redrawn in place on a terminal, and elsewhere printed once, at the end.
 *
 * <p>For example {@code epoch  3/30 [=====>    ] loss 0.1234  accuracy 95.61 %   41,523 samples/s}.
 */
final class ProgressBar {
    private static final int WIDTH = 24;
    private static final long REDRAW_NANOS = 50_000_000;

    private final PrintStream out;
    private final boolean terminal;
    private final String title;
    private final long total;
    private final long start;
    private long samples;
    private double lossSum;
    private long correct;
    private long drawn;

    /** A bar over so many samples. */
    ProgressBar(PrintStream out, boolean terminal, String title, long total) {
        this.out = out;
        this.terminal = terminal;
        this.title = title;
        this.total = total;
        start = System.nanoTime();
        drawn = start;
    }

    /** True if standard output is a terminal. */
    @SuppressWarnings("SystemConsoleNull") // asks for isTerminal, which JDK 21 has not
    static boolean onTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            // Since JDK 22 there is a console also where output goes into a file, and this method to tell.
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException olderJdk) {
            return true;
        }
    }

    /** Counts a batch: how many samples, their mean loss, and how many were right. */
    void add(long count, double meanLoss, long right) {
        samples += count;
        lossSum += meanLoss * count;
        correct += right;
        long now = System.nanoTime();
        if (terminal && now - drawn >= REDRAW_NANOS) {
            drawn = now;
            out.print('\r' + text(now));
            out.flush();
        }
    }

    /** Draws the bar for the last time, with something behind it. */
    void finish(String end) {
        out.println((terminal ? "\r" : "") + text(System.nanoTime()) + end);
    }

    private String text(long now) {
        long n = Math.max(1, samples);
        int done = (int) (WIDTH * samples / Math.max(1, total));
        String bar = "=".repeat(done) + (done < WIDTH ? ">" + " ".repeat(WIDTH - 1 - done) : "");
        double seconds = Math.max(1e-9, (now - start) / 1e9);
        return String.format(
                Locale.ROOT,
                "%s [%s] loss %.4f  accuracy %6.2f %%  %,9.0f samples/s",
                title,
                bar,
                lossSum / n,
                100.0 * correct / n,
                samples / seconds);
    }
}
