package dev.lanewise.train;

import java.io.Console;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/**
 * A line that shows how far a pass over data is: redrawn in place on a terminal, and elsewhere printed once, at the end.
 *
 * <p>For example {@code epoch  3/30 [=====>    ] loss 0.1234  accuracy 0.9561     41,523 samples/s  0:12 left}.
 */
public final class ProgressBar {
    private static final int WIDTH = 24;
    private static final long REDRAW_NANOS = 50_000_000;

    private final PrintStream out;
    private final boolean terminal;
    private final String title;
    private final long total;
    private final List<String> names;
    private final double[] sums;
    private final long start;
    private long samples;
    private long drawn;

    /**
     * A bar over so many samples; is redrawn if {@code out} is a terminal's standard output.
     *
     * @param total how many samples there are; 0 or less if that is not known
     * @param names of the values whose means are shown
     */
    public ProgressBar(PrintStream out, String title, long total, String... names) {
        this(out, out == System.out && onTerminal(), title, total, names);
    }

    ProgressBar(PrintStream out, boolean terminal, String title, long total, String... names) {
        this.out = out;
        this.terminal = terminal;
        this.title = title;
        this.total = total;
        this.names = List.of(names);
        sums = new double[names.length];
        start = System.nanoTime();
        drawn = start;
    }

    @SuppressWarnings("SystemConsoleNull") // asks for isTerminal, which JDK 21 has not
    private static boolean onTerminal() {
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

    /** Counts a batch: how many samples, and their mean of each value in the order of the names. */
    public void add(long count, double... means) {
        samples += count;
        for (int i = 0; i < sums.length; i++) {
            sums[i] += means[i] * count;
        }
        long now = System.nanoTime();
        if (terminal && now - drawn >= REDRAW_NANOS) {
            drawn = now;
            out.print('\r' + text(now, samples < total));
            out.flush();
        }
    }

    /** The means so far, in the order of the names; 0 before the first sample. */
    public double[] means() {
        double[] means = sums.clone();
        for (int i = 0; i < means.length; i++) {
            means[i] /= Math.max(1, samples);
        }
        return means;
    }

    /** Draws the bar for the last time, with something behind it. */
    public void finish(String end) {
        out.println((terminal ? "\r" : "") + text(System.nanoTime(), false) + end);
    }

    private String text(long now, boolean withRest) {
        StringBuilder text = new StringBuilder(title);
        if (total > 0) {
            int done = (int) Math.min(WIDTH, WIDTH * samples / total);
            text.append(" [").append("=".repeat(done));
            text.append(done < WIDTH ? ">" + " ".repeat(WIDTH - 1 - done) : "").append(']');
        }
        double[] means = means();
        for (int i = 0; i < means.length; i++) {
            text.append(i == 0 ? " " : "  ").append(names.get(i)).append(String.format(Locale.ROOT, " %.4f", means[i]));
        }
        double rate = samples / Math.max(1e-9, (now - start) / 1e9);
        text.append(String.format(Locale.ROOT, "  %,9.0f samples/s", rate));
        if (withRest) {
            long left = (long) Math.ceil((total - samples) / rate);
            text.append(String.format(Locale.ROOT, "  %d:%02d left", left / 60, left % 60));
        }
        return text.toString();
    }
}
