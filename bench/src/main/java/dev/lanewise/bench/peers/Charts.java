package dev.lanewise.bench.peers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** The charts of the report by file name. */
final class Charts {
    private static final double PER_MICRO = 1e3;
    private static final double CAP = 3;

    private final Results results;
    private final int threads;

    Charts(Results results, int threads) {
        this.results = results;
        this.threads = threads;
    }

    /** SVG texts by file name; a chart without figures is left out. */
    Map<String, String> all() {
        Map<String, String> charts = new LinkedHashMap<>();
        put(charts, "products.svg", products());
        put(charts, "elementwise.svg", relative("Elementwise", Workload.Group.ELEMENTWISE));
        put(charts, "reductions.svg", relative("Reductions, sorting", Workload.Group.REDUCTIONS));
        put(charts, "rows.svg", relative("Rows and layouts", Workload.Group.ROWS));
        put(charts, "layers.svg", relative("Layers", Workload.Group.LAYERS));
        put(charts, "steps.svg", relative("Training steps", Workload.Group.STEPS));
        return charts;
    }

    private static void put(Map<String, String> charts, String name, BarChart chart) {
        if (!chart.isEmpty()) {
            charts.put(name, chart.svg());
        }
    }

    /** Billions of operations a second: longer is faster. */
    private BarChart products() {
        List<Rival> systems = List.of(Rival.LANEWISE, Rival.LIBTORCH, Rival.MKL, Rival.OPENBLAS);
        List<String> names = Stream.concat(systems.stream().map(s -> s.title), Stream.of("peak of the hardware"))
                .toList();
        BarChart chart = new BarChart(
                "Matrix products, GFLOP/s, " + threadText() + " (longer is faster)",
                names,
                Double.MAX_VALUE,
                Double.NaN);
        for (Workload workload : Workloads.list()) {
            if (workload.group() != Workload.Group.PRODUCTS) {
                continue;
            }
            Row row = new Row(workload, threads, results);
            double[] values = new double[names.size()];
            for (int i = 0; i < systems.size(); i++) {
                values[i] = rate(workload, row.micros(systems.get(i)));
            }
            values[systems.size()] = workload.cost().flops() / PER_MICRO / row.limit();
            if (!Double.isNaN(values[0])) {
                chart.add(workload.name(), values);
            }
        }
        return chart;
    }

    private static double rate(Workload workload, OptionalDouble micros) {
        return micros.isEmpty() ? Double.NaN : workload.cost().flops() / PER_MICRO / micros.getAsDouble();
    }

    /** Time as a fraction of libtorch's: shorter is faster. */
    private BarChart relative(String title, Workload.Group group) {
        BarChart chart = new BarChart(
                title + ", time as a fraction of libtorch's, " + threadText() + " (shorter is faster)",
                List.of(Rival.LANEWISE.title, Rival.LIBTORCH_KEPT.title, "limit of the hardware"),
                CAP,
                1);
        for (Workload workload : Workloads.list()) {
            Row row = new Row(workload, threads, results);
            OptionalDouble base = row.micros(Rival.LIBTORCH);
            OptionalDouble ours = row.micros(Rival.LANEWISE);
            if (workload.group() != group || base.isEmpty() || ours.isEmpty()) {
                continue;
            }
            double unit = base.getAsDouble();
            OptionalDouble kept = row.micros(Rival.LIBTORCH_KEPT);
            chart.add(
                    workload.name(),
                    ours.getAsDouble() / unit,
                    kept.isEmpty() ? Double.NaN : kept.getAsDouble() / unit,
                    row.limit() / unit);
        }
        return chart;
    }

    private String threadText() {
        return threads == 1 ? "one thread" : threads + " threads";
    }
}
