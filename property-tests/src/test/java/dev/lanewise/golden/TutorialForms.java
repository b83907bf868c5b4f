package dev.lanewise.golden;

import dev.lanewise.Lanewise;
import dev.lanewise.PrintOptions;
import dev.lanewise.Tensor;
import dev.lanewise.golden.tutorial.Expressions;
import dev.lanewise.golden.tutorial.Facts;
import dev.lanewise.golden.tutorial.Refusals;
import dev.lanewise.golden.tutorial.Warnings;
import dev.lanewise.testing.Golden;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** What was recorded beside the snippets of the tutorial: printed forms, formats, refusals, warnings and facts. */
final class TutorialForms {
    private TutorialForms() {}

    static void printed(Report report, Map<String, Object> row) {
        String code = (String) row.get("code");
        report.check("repr of " + code, "repr", () -> {
            Lanewise.manualSeed(0);
            Object value = Expressions.evaluate(code);
            PrintOptions before = PrintOptions.current();
            PrintOptions.setCurrent(options(row));
            try {
                String text = value instanceof List<?> items ? Printed.list(items) : value.toString();
                Expect.same(row.get("repr"), text, "text");
            } finally {
                PrintOptions.setCurrent(before);
            }
            if (value instanceof Tensor x && row.containsKey("shape")) {
                Expect.same(row.get("dtype"), x.dtype().shortName(), "dtype");
                Expect.same(
                        Golden.list(row.get("shape")).toString(),
                        Arrays.toString(x.shape().toArray()),
                        "shape");
            }
        });
    }

    private static PrintOptions options(Map<String, Object> row) {
        PrintOptions options = PrintOptions.DEFAULT;
        if (!row.containsKey("set_printoptions")) {
            return options;
        }
        for (Map.Entry<String, Object> option :
                Golden.map(row.get("set_printoptions")).entrySet()) {
            Object value = option.getValue();
            options = switch (option.getKey()) {
                case "precision" -> options.withPrecision(((Number) value).intValue());
                case "threshold" -> options.withThreshold(((Number) value).longValue());
                case "edgeitems" -> options.withEdgeItems(((Number) value).intValue());
                case "linewidth" -> options.withLineWidth(((Number) value).intValue());
                case "sci_mode" ->
                    options.withSciMode(
                            Boolean.TRUE.equals(value) ? PrintOptions.SciMode.ON : PrintOptions.SciMode.OFF);
                default -> throw new Unsupported("the print option " + option.getKey());
            };
        }
        return options;
    }

    /** Numbers are taken out of a tensor with item(); a tensor itself is formatted as its text. */
    static void format(Report report, Map<String, Object> row) {
        String code = (String) row.get("code");
        report.check("format " + code + " of " + row.get("x"), "format", () -> {
            Tensor x = (Tensor) Expressions.evaluate((String) row.get("x"));
            if (row.containsKey("raises")) {
                OpReplay.checkRefusal((String) row.get("raises"), () -> formatted(code, x));
            } else {
                Expect.same(row.get("text"), formatted(code, x), "text");
            }
        });
    }

    private static String formatted(String code, Tensor x) {
        return switch (code) {
            case "'%s' % x" -> String.format("%s", x);
            case "'%.6f' % x" -> String.format(Locale.ROOT, "%.6f", x.item());
            case "'{:.2f}'.format(x)" -> String.format(Locale.ROOT, "%.2f", x.item());
            case "'%d' % x" -> String.format(Locale.ROOT, "%d", x.itemLong());
            case "'{}'.format(x)", "f'{x}'" ->
                x.dim() > 0
                        ? x.toString()
                        : x.isFloatingPoint() ? Double.toString(x.item()) : Long.toString(x.itemLong());
            default -> throw new Unsupported("the format " + code);
        };
    }

    static void refusal(Report report, Map<String, Object> row) {
        String code = (String) row.get("code");
        report.check("error " + row.get("id") + " " + code, "error", () -> {
            Runnable call = Refusals.of(code);
            if (call == null) {
                throw new Unsupported("there is no counterpart of " + code);
            }
            OpReplay.checkRefusal((String) row.get("raises"), () -> {
                call.run();
                return "no error";
            });
        });
    }

    /** Where PyTorch does not warn all is well; where it does, this library refuses the call or does not have it. */
    static void warning(Report report, Map<String, Object> row) {
        String code = (String) row.get("code");
        report.check("warning " + row.get("id"), "warning", () -> {
            if (Golden.list(row.get("warnings")).isEmpty()) {
                Warnings.call(code);
                return;
            }
            OpReplay.checkRefusal("a warning", () -> {
                Warnings.call(code);
                return "no error";
            });
        });
    }

    static void fact(Report report, String name, Object recorded) {
        report.check("gradient fact " + name, "gradient fact", () -> {
            Supplier<Object> fact = Facts.all().get(name);
            if (fact == null) {
                throw new Unsupported("there is no counterpart of " + name);
            }
            compare(recorded, fact.get(), name);
        });
    }

    private static void compare(Object recorded, Object got, String what) {
        if (recorded instanceof Map<?, ?> value && value.containsKey("kind")) {
            RecordedValue.check(Golden.map(recorded), got, 0, what);
        } else if (recorded instanceof Map<?, ?> parts) {
            Map<?, ?> values = (Map<?, ?>) got;
            Expect.same(parts.keySet(), values.keySet(), what);
            parts.forEach((key, part) -> compare(part, values.get(key), what + " " + key));
        } else if (recorded instanceof List<?> items) {
            List<?> values = (List<?>) got;
            Expect.same(items.size(), values.size(), what);
            for (int i = 0; i < items.size(); i++) {
                compare(items.get(i), values.get(i), what + " " + i);
            }
        } else {
            Expect.same(recorded, got, what);
        }
    }
}
