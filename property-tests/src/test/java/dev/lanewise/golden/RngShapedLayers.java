package dev.lanewise.golden;

import dev.lanewise.DType;
import dev.lanewise.nn.BatchNorm1d;
import dev.lanewise.nn.BatchNorm2d;
import dev.lanewise.nn.BatchNorm3d;
import dev.lanewise.nn.Conv1d;
import dev.lanewise.nn.Conv2d;
import dev.lanewise.nn.Conv3d;
import dev.lanewise.nn.ConvOptions;
import dev.lanewise.nn.ConvTranspose1d;
import dev.lanewise.nn.ConvTranspose2d;
import dev.lanewise.nn.ConvTranspose3d;
import dev.lanewise.nn.GroupNorm;
import dev.lanewise.nn.LayerNorm;
import dev.lanewise.nn.Module;
import dev.lanewise.nn.NormOptions;
import dev.lanewise.nn.PReLU;
import java.util.Arrays;
import java.util.List;

/** The rows for convolutions and normalisations with their first values. */
final class RngShapedLayers {
    private interface Conv {
        Module of(long in, long out, long[] kernel, ConvOptions options);
    }

    private interface Norm {
        Module of(long features, NormOptions options);
    }

    private RngShapedLayers() {}

    static void fill(PythonCalls table) {
        conv(table, "Conv1d", 1, false, Conv1d::new);
        conv(table, "Conv2d", 2, false, Conv2d::new);
        conv(table, "Conv3d", 3, false, Conv3d::new);
        conv(table, "ConvTranspose1d", 1, true, ConvTranspose1d::new);
        conv(table, "ConvTranspose2d", 2, true, ConvTranspose2d::new);
        conv(table, "ConvTranspose3d", 3, true, ConvTranspose3d::new);
        norm(table, "BatchNorm1d", BatchNorm1d::new);
        norm(table, "BatchNorm2d", BatchNorm2d::new);
        norm(table, "BatchNorm3d", BatchNorm3d::new);
        table.add("nn.LayerNorm", a -> new LayerNorm(longs(a.only().get(0, "normalized_shape"), 1)));
        table.add(
                "nn.GroupNorm",
                a -> new GroupNorm(
                        a.only().number(0, "num_groups").longValue(),
                        a.number(1, "num_channels").longValue()));
        table.add(
                "nn.PReLU",
                a -> new PReLU(
                        (long) RngCalls.number(a.only("num_parameters", "init"), 0, "num_parameters", 1),
                        RngCalls.number(a, 1, "init", 0.25)));
    }

    private static void conv(PythonCalls table, String name, int dims, boolean transposed, Conv maker) {
        table.add("nn." + name, a -> {
            a.only("stride", "padding", "output_padding", "dilation", "groups", "bias", "dtype");
            ConvOptions options = ConvOptions.DEFAULT
                    .dtype(a.dtype("dtype", DType.FLOAT32))
                    .groups((long) RngCalls.number(a, 6, "groups", 1))
                    .bias(RngCalls.flag(a, 7, "bias", true));
            options = a.has(3, "stride") ? options.stride(longs(a.get(3, "stride"), dims)) : options;
            options = a.has(4, "padding") ? options.padding(longs(a.get(4, "padding"), dims)) : options;
            if (transposed && a.has(5, "output_padding")) {
                options = options.outputPadding(longs(a.get(5, "output_padding"), dims));
            }
            int dilation = transposed ? 8 : 5;
            options =
                    a.has(dilation, "dilation") ? options.dilation(longs(a.get(dilation, "dilation"), dims)) : options;
            return maker.of(
                    a.number(0, "in_channels").longValue(),
                    a.number(1, "out_channels").longValue(),
                    longs(a.get(2, "kernel_size"), dims),
                    options);
        });
    }

    private static void norm(PythonCalls table, String name, Norm maker) {
        table.add(
                "nn." + name,
                a -> maker.of(
                        a.only("affine", "track_running_stats")
                                .number(0, "num_features")
                                .longValue(),
                        NormOptions.BATCH
                                .affine(RngCalls.flag(a, 3, "affine", true))
                                .trackRunningStats(RngCalls.flag(a, 4, "track_running_stats", true))));
    }

    /** A tuple, or a number that stands for all dimensions. */
    private static long[] longs(Object value, int dims) {
        if (value instanceof List<?> list) {
            return list.stream().mapToLong(item -> ((Number) item).longValue()).toArray();
        }
        long[] all = new long[dims];
        Arrays.fill(all, ((Number) value).longValue());
        return all;
    }
}
