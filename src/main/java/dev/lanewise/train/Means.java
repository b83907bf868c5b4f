package dev.lanewise.train;

import dev.lanewise.GradMode;
import dev.lanewise.Tensor;
import dev.lanewise.data.DataLoader;
import dev.lanewise.metrics.Metric;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The mean loss over the samples of a pass, shown as it goes on, and its metrics. */
final class Means {
    private final Map<String, Metric> metrics;
    private final ProgressBar bar;

    /** Of a pass that begins, for which the metrics are reset; {@code title} is null for one that is not shown. */
    Means(Trainer.Options options, String title, DataLoader data) {
        metrics = options.metrics();
        metrics.values().forEach(Metric::reset);
        boolean shown = title != null && options.progress() != null;
        PrintStream out = shown ? options.progress() : new PrintStream(OutputStream.nullOutputStream());
        long samples = !shown || data.dataset() == null ? 0 : data.dataset().size();
        bar = new ProgressBar(out, shown ? title : "", samples, EpochResult.LOSS);
    }

    void add(double loss, Tensor output, Tensor target) {
        try (var mode = GradMode.off()) {
            Tensor predictions = output.detach();
            metrics.values().forEach(metric -> metric.update(predictions, target));
        }
        bar.add(target.dim() == 0 ? 1 : target.size(0), loss);
    }

    /** The values of the pass by name, with something in front of the names; taken before another pass begins. */
    Map<String, Double> values(String prefix) {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put(prefix + EpochResult.LOSS, bar.means()[0]);
        metrics.forEach((name, metric) -> values.put(prefix + name, metric.compute()));
        return values;
    }

    /** Prints the line of the epoch: behind the loss the metrics, and what there is of the validation data. */
    void finish(Map<String, Double> all) {
        StringBuilder end = new StringBuilder();
        all.forEach((name, value) -> {
            if (metrics.containsKey(name) || name.startsWith(EpochResult.VALIDATION)) {
                end.append(String.format(Locale.ROOT, "  %s %.4f", name, value));
            }
        });
        bar.finish(end.toString());
    }
}
