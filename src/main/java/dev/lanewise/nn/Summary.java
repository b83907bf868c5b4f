package dev.lanewise.nn;

import dev.lanewise.DType;
import dev.lanewise.GradMode;
import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The layers of a model with their output shapes, parameters, multiplications and memory, found by calling it once.
 *
 * <p>The call is made in evaluation mode outside the graph; modes are restored after it. Printed as a table.
 *
 * @param rows all modules, the model itself first, each before those in it
 * @param inputBytes memory of the input
 */
public record Summary(List<Row> rows, long inputBytes) {
    /**
     * One module.
     *
     * @param path its path in the model, empty for the model
     * @param type its class
     * @param outputShape sizes of its last result; null if it was not called, or does not tell of its results
     * @param parameters how many numbers its own parameters have, without those of modules in it; shared ones count once
     * @param trainable how many of them require grad
     * @param multiplyAdds how many products its own parameters took part in, and those of queries, keys and values
     * @param outputBytes memory of all its results; 0 for a module that holds others
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Row(
            String path,
            String type,
            long[] outputShape,
            long parameters,
            long trainable,
            long multiplyAdds,
            long parameterBytes,
            long outputBytes) {}

    /** Copies the list. */
    public Summary {
        rows = List.copyOf(rows);
    }

    /** The summary of a model for zeros of a shape, of the dtype of its first floating-point parameter. */
    public static Summary of(Module model, long... inputShape) {
        DType type = model.parameters().stream()
                .filter(Tensor::isFloatingPoint)
                .map(Tensor::dtype)
                .findFirst()
                .orElse(DType.FLOAT32);
        return of(model, Tensor.zeros(type, inputShape));
    }

    /** The summary of a model for an input. */
    public static Summary of(Module model, Tensor input) {
        return of(model, bytes(input), () -> model.forward(input));
    }

    /** The summary of a model that takes something else than one tensor; {@code call} calls it. */
    public static Summary of(Module model, Runnable call) {
        return of(model, 0, call);
    }

    private static Summary of(Module model, long inputBytes, Runnable call) {
        Map<Module, Seen> seen = new IdentityHashMap<>();
        Map<String, Module> modules = model.namedModules();
        List<Boolean> modes = modules.values().stream().map(Module::isTraining).toList();
        model.eval();
        try (var mode = GradMode.off()) {
            Module.observe(
                    (module, in, out) ->
                            seen.computeIfAbsent(module, m -> new Seen()).add(module, in, out),
                    call);
        } finally {
            int place = 0;
            // From the outside in: a module's mode is set after those that hold it.
            for (Module module : modules.values()) {
                module.train(modes.get(place++));
            }
        }
        if (seen.isEmpty()) {
            throw Check.argument("Summary", "the call must use a layer of the library, or one that notes its results")
                    .error();
        }
        return new Summary(rows(modules, seen), inputBytes);
    }

    private static List<Row> rows(Map<String, Module> modules, Map<Module, Seen> seen) {
        List<Row> rows = new ArrayList<>();
        var counted = Collections.<Parameter>newSetFromMap(new IdentityHashMap<>());
        modules.forEach((path, module) -> {
            Seen what = seen.getOrDefault(module, new Seen());
            long numbers = 0;
            long trainable = 0;
            long memory = 0;
            for (Parameter parameter : own(module)) {
                if (counted.add(parameter)) {
                    numbers += parameter.numel();
                    trainable += parameter.requiresGrad() ? parameter.numel() : 0;
                    memory += bytes(parameter);
                }
            }
            long results = module.children().isEmpty() ? what.bytes : 0;
            rows.add(new Row(
                    path,
                    module.getClass().getSimpleName(),
                    what.shape,
                    numbers,
                    trainable,
                    what.multiplyAdds,
                    memory,
                    results));
        });
        return rows;
    }

    /** What a module did during the call. */
    private static final class Seen {
        private long[] shape;
        private long bytes;
        private long multiplyAdds;

        void add(Module module, Tensor in, Tensor out) {
            shape = out.shape().toArray();
            bytes += Summary.bytes(out);
            multiplyAdds += products(module, in, out);
        }
    }

    private static List<Parameter> own(Module module) {
        List<Parameter> own = new ArrayList<>();
        module.namedParameters().forEach((name, parameter) -> {
            if (name.indexOf('.') < 0) {
                own.add(parameter);
            }
        });
        return own;
    }

    private static long bytes(Tensor tensor) {
        return tensor.numel() * tensor.dtype().byteSize();
    }

    /** How often the weights are used, times their size. */
    private static long products(Module module, Tensor in, Tensor out) {
        if (out.numel() == 0) {
            return 0;
        }
        long weights = own(module).stream()
                .filter(p -> p.dim() > 1)
                .mapToLong(Tensor::numel)
                .sum();
        if (module instanceof Linear || module instanceof Bilinear) {
            return out.numel() / out.size(-1) * weights;
        }
        if (module instanceof ConvLayer layer) {
            Tensor counted = layer.isTransposed() ? in : out;
            return counted.numel() / layer.weight().size(0) * weights;
        }
        if (module instanceof RecurrentLayer || module instanceof RecurrentCell) {
            return in.numel() / in.size(-1) * weights;
        }
        if (module instanceof MultiheadAttention attention) {
            return in.numel() / in.size(-1) * weights + attention.attended(in);
        }
        return 0;
    }

    /** How many numbers all parameters have. */
    public long parameters() {
        return rows.stream().mapToLong(Row::parameters).sum();
    }

    /** How many of them require grad. */
    public long trainable() {
        return rows.stream().mapToLong(Row::trainable).sum();
    }

    /** Multiplications, each with an addition, of one call. */
    public long multiplyAdds() {
        return rows.stream().mapToLong(Row::multiplyAdds).sum();
    }

    /** Memory of all parameters. */
    public long parameterBytes() {
        return rows.stream().mapToLong(Row::parameterBytes).sum();
    }

    /** Memory of the results of all layers, which a backward pass needs. */
    public long outputBytes() {
        return rows.stream().mapToLong(Row::outputBytes).sum();
    }

    /** A table with a line for each module and the sums below it. */
    @Override
    public String toString() {
        List<String[]> lines = new ArrayList<>();
        lines.add(new String[] {"Layer", "Output shape", "Parameters", "Multiply-adds"});
        for (Row row : rows) {
            int depth = row.path().isEmpty()
                    ? 0
                    : 1 + (int) row.path().chars().filter(c -> c == '.').count();
            String name = row.path().substring(row.path().lastIndexOf('.') + 1);
            lines.add(new String[] {
                "  ".repeat(depth) + (name.isEmpty() ? "" : name + ": ") + row.type(),
                row.outputShape() == null ? "-" : Arrays.toString(row.outputShape()),
                number(row.parameters()),
                number(row.multiplyAdds())
            });
        }
        lines.add(new String[] {"Total", "", number(parameters()), number(multiplyAdds())});
        int[] widths = new int[4];
        for (String[] line : lines) {
            Arrays.setAll(widths, i -> Math.max(widths[i], line[i].length()));
        }
        String rule = "-".repeat(Arrays.stream(widths).sum() + 6);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            text.append(i == 1 || i == lines.size() - 1 ? rule + "\n" : "");
            String[] line = lines.get(i);
            text.append(padded(line[0], -widths[0])).append("  ").append(padded(line[1], -widths[1]));
            text.append("  ").append(padded(line[2], widths[2])).append("  ");
            text.append(padded(line[3], widths[3])).append('\n');
        }
        return text.append(String.format(
                        Locale.ROOT,
                        "Trainable parameters %s; memory: input %s, results %s, parameters %s",
                        number(trainable()),
                        size(inputBytes),
                        size(outputBytes()),
                        size(parameterBytes())))
                .toString();
    }

    private static String padded(String text, int width) {
        String gap = " ".repeat(Math.abs(width) - text.length());
        return width < 0 ? text + gap : gap + text;
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static String size(long bytes) {
        return bytes < 1 << 20
                ? String.format(Locale.ROOT, "%.1f KiB", bytes / 1024.0)
                : String.format(Locale.ROOT, "%.1f MiB", bytes / 1048576.0);
    }
}
