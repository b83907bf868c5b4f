package dev.lanewise.train;

import dev.lanewise.GradMode;
import dev.lanewise.Tensor;
import dev.lanewise.data.DataLoader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The means of loss and metrics over the samples of a pass, shown as it goes on. */
final class Means {
    private final List<String> names = new ArrayList<>(List.of(EpochResult.LOSS));
    private final List<Metric> metrics;
    private final ProgressBar bar;

    /** Means of a pass; {@code title} is null for one that is not shown. */
    Means(Trainer.Options options, String title, DataLoader data) {
        names.addAll(options.metrics().keySet());
        metrics = List.copyOf(options.metrics().values());
        boolean shown = title != null && options.progress() != null;
        PrintStream out = shown ? options.progress() : new PrintStream(OutputStream.nullOutputStream());
        long samples = !shown || data.dataset() == null ? 0 : data.dataset().size();
        bar = new ProgressBar(out, shown ? title : "", samples, names.toArray(String[]::new));
    }

    void add(double loss, Tensor output, Tensor target) {
        double[] values = new double[names.size()];
        values[0] = loss;
        try (var mode = GradMode.off()) {
            for (int i = 0; i < metrics.size(); i++) {
                values[i + 1] = metrics.get(i).of(output.detach(), target);
            }
        }
        bar.add(target.dim() == 0 ? 1 : target.size(0), values);
    }

    /** The means by name, with something in front of the names. */
    Map<String, Double> values(String prefix) {
        double[] means = bar.means();
        Map<String, Double> values = new LinkedHashMap<>();
        for (int i = 0; i < means.length; i++) {
            values.put(prefix + names.get(i), means[i]);
        }
        return values;
    }

    /** Prints the line of the epoch, with the values of the validation data behind it. */
    void finish(Map<String, Double> all) {
        StringBuilder end = new StringBuilder();
        all.forEach((name, value) -> {
            if (name.startsWith(EpochResult.VALIDATION)) {
                end.append(String.format(Locale.ROOT, "  %s %.4f", name, value));
            }
        });
        bar.finish(end.toString());
    }
}
