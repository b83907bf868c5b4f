package dev.lanewise.golden;

import static dev.lanewise.golden.Calls.add;

import dev.lanewise.Tensor;
import dev.lanewise.nn.Functional;
import dev.lanewise.nn.GridMode;
import dev.lanewise.nn.GridPadding;
import dev.lanewise.nn.InterpolateMode;
import java.util.List;
import java.util.Locale;

/** Images of another size, and attention. */
final class SamplingCalls {
    private SamplingCalls() {}

    static void fill() {
        add("F.interpolate", a -> {
            a.only("size", "scale_factor", "mode", "align_corners", "antialias");
            String mode = (String) a.named().getOrDefault("mode", "nearest");
            return Functional.interpolate(
                    a.tensor(0),
                    a.named().containsKey("size") ? longs(a.named().get("size")) : null,
                    a.named().containsKey("scale_factor") ? doubles(a.named().get("scale_factor")) : null,
                    InterpolateMode.valueOf(mode.toUpperCase(Locale.ROOT).replace('-', '_')),
                    a.flag("align_corners"),
                    a.flag("antialias"));
        });
        add(
                "F.grid_sample",
                a -> Functional.gridSample(
                        a.only("mode", "padding_mode", "align_corners").tensor(0),
                        a.tensor(1),
                        GridMode.valueOf(
                                ((String) a.named().getOrDefault("mode", "bilinear")).toUpperCase(Locale.ROOT)),
                        GridPadding.valueOf(
                                ((String) a.named().getOrDefault("padding_mode", "zeros")).toUpperCase(Locale.ROOT)),
                        a.flag("align_corners")));
        add(
                "F.affine_grid",
                a -> Functional.affineGrid(
                        a.only("align_corners").tensor(0), longs(a.get(1, "size")), a.flag("align_corners")));
        add("F.scaled_dot_product_attention", a -> {
            // A causal call was recorded with true in the place of the mask.
            Object mask = a.has(3, "attn_mask") ? a.get(3, "attn_mask") : null;
            boolean causal = a.has(4, "is_causal") && Boolean.TRUE.equals(a.get(4, "is_causal"));
            Tensor given = mask instanceof Tensor tensor ? tensor : null;
            return Functional.scaledDotProductAttention(a.only().tensor(0), a.tensor(1), a.tensor(2), given, 0, causal);
        });
    }

    private static long[] longs(Object value) {
        return ((List<?>) value)
                .stream().mapToLong(x -> ((Number) x).longValue()).toArray();
    }

    private static double[] doubles(Object value) {
        List<?> items = value instanceof List<?> list ? list : List.of(value);
        return items.stream().mapToDouble(x -> ((Number) x).doubleValue()).toArray();
    }
}
