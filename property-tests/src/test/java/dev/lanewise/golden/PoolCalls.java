package dev.lanewise.golden;

import static dev.lanewise.golden.Calls.add;
import static dev.lanewise.golden.ConvCalls.one;
import static dev.lanewise.golden.ConvCalls.sizes;

import dev.lanewise.Tensor;
import dev.lanewise.ValuesIndices;
import dev.lanewise.nn.Functional;
import java.util.List;

/** Pools. */
final class PoolCalls {
    private PoolCalls() {}

    static void fill() {
        max();
        avg();
        adaptive();
        unpool();
        lp("F.lp_pool1d", (x, p, k, s, ceil) -> Functional.lpPool1d(x, p, one(k), one(s), ceil));
        lp("F.lp_pool2d", Functional::lpPool2d);
    }

    private static void max() {
        max(
                "F.max_pool1d",
                (x, k, s, p, d, ceil) -> Functional.maxPool1d(x, one(k), one(s), one(p), one(d), ceil),
                (x, k, s, p, d, ceil) -> Functional.maxPool1dWithIndices(x, one(k), one(s), one(p), one(d), ceil));
        max("F.max_pool2d", Functional::maxPool2d, Functional::maxPool2dWithIndices);
        max("F.max_pool3d", Functional::maxPool3d, Functional::maxPool3dWithIndices);
    }

    private static void avg() {
        avg(
                "F.avg_pool1d",
                (x, k, s, p, ceil, pad) -> Functional.avgPool1d(x, one(k), one(s), one(p), ceil, pad),
                (x, k, s, p, ceil, divisor) -> {
                    throw new Unsupported("a divisor in one dimension");
                });
        avg("F.avg_pool2d", Functional::avgPool2d, Functional::avgPool2d);
        avg("F.avg_pool3d", Functional::avgPool3d, Functional::avgPool3d);
    }

    private static void adaptive() {
        adaptiveAvg("F.adaptive_avg_pool1d", (x, out) -> Functional.adaptiveAvgPool1d(x, one(out)));
        adaptiveAvg("F.adaptive_avg_pool2d", Functional::adaptiveAvgPool2d);
        adaptiveAvg("F.adaptive_avg_pool3d", Functional::adaptiveAvgPool3d);
        adaptiveMax(
                "F.adaptive_max_pool1d",
                (x, out) -> Functional.adaptiveMaxPool1d(x, one(out)),
                (x, out) -> Functional.adaptiveMaxPool1dWithIndices(x, one(out)));
        adaptiveMax("F.adaptive_max_pool2d", Functional::adaptiveMaxPool2d, Functional::adaptiveMaxPool2dWithIndices);
        adaptiveMax("F.adaptive_max_pool3d", Functional::adaptiveMaxPool3d, Functional::adaptiveMaxPool3dWithIndices);
    }

    private static void unpool() {
        unpool("F.max_unpool1d", (x, at, k, s, p, out) -> Functional.maxUnpool1d(x, at, one(k), one(s), one(p), out));
        unpool("F.max_unpool2d", Functional::maxUnpool2d);
        unpool("F.max_unpool3d", Functional::maxUnpool3d);
    }

    private interface Max<R> {
        R of(Tensor x, long[] kernel, long[] stride, long[] padding, long[] dilation, boolean ceil);
    }

    private interface Avg {
        Tensor of(Tensor x, long[] kernel, long[] stride, long[] padding, boolean ceil, boolean countIncludePad);
    }

    private interface Divided {
        Tensor of(Tensor x, long[] kernel, long[] stride, long[] padding, boolean ceil, long divisor);
    }

    private interface Adaptive<R> {
        R of(Tensor x, long... outputSize);
    }

    private interface Lp {
        Tensor of(Tensor x, Number p, long[] kernel, long[] stride, boolean ceil);
    }

    private interface Unpool {
        Tensor of(Tensor x, Tensor indices, long[] kernel, long[] stride, long[] padding, long... outputSize);
    }

    private static void max(String op, Max<Tensor> values, Max<ValuesIndices> both) {
        add(op, a -> {
            Tensor x = a.only("kernel_size", "stride", "padding", "dilation", "ceil_mode", "return_indices")
                    .tensor(0);
            long[] kernel = sizes(a, 1, "kernel_size");
            long[] stride = sizes(a, 2, "stride", kernel);
            long[] padding = sizes(a, 3, "padding", 0);
            long[] dilation = sizes(a, 4, "dilation", 1);
            boolean ceil = flag(a, 5, "ceil_mode", false);
            return flag(a, 6, "return_indices", false)
                    ? list(both.of(x, kernel, stride, padding, dilation, ceil))
                    : values.of(x, kernel, stride, padding, dilation, ceil);
        });
    }

    private static void avg(String op, Avg mean, Divided divided) {
        add(op, a -> {
            Tensor x = a.only("kernel_size", "stride", "padding", "ceil_mode", "count_include_pad", "divisor_override")
                    .tensor(0);
            long[] kernel = sizes(a, 1, "kernel_size");
            long[] stride = sizes(a, 2, "stride", kernel);
            long[] padding = sizes(a, 3, "padding", 0);
            boolean ceil = flag(a, 4, "ceil_mode", false);
            boolean pad = flag(a, 5, "count_include_pad", true);
            boolean given = a.has(6, "divisor_override") && a.get(6, "divisor_override") != Arguments.NONE;
            return given
                    ? divided.of(
                            x,
                            kernel,
                            stride,
                            padding,
                            ceil,
                            a.number(6, "divisor_override").longValue())
                    : mean.of(x, kernel, stride, padding, ceil, pad);
        });
    }

    private static void adaptiveAvg(String op, Adaptive<Tensor> call) {
        add(op, a -> call.of(a.only("output_size").tensor(0), outputSize(a)));
    }

    private static void adaptiveMax(String op, Adaptive<Tensor> values, Adaptive<ValuesIndices> both) {
        add(op, a -> {
            Tensor x = a.only("output_size", "return_indices").tensor(0);
            return flag(a, 2, "return_indices", false) ? list(both.of(x, outputSize(a))) : values.of(x, outputSize(a));
        });
    }

    private static void lp(String op, Lp call) {
        add(op, a -> {
            Tensor x = a.only("norm_type", "kernel_size", "stride", "ceil_mode").tensor(0);
            long[] kernel = sizes(a, 2, "kernel_size");
            long[] stride = sizes(a, 3, "stride", kernel);
            return call.of(x, a.number(1, "norm_type"), kernel, stride, flag(a, 4, "ceil_mode", false));
        });
    }

    private static void unpool(String op, Unpool call) {
        add(op, a -> {
            Tensor x = a.only("indices", "kernel_size", "stride", "padding", "output_size")
                    .tensor(0);
            long[] kernel = sizes(a, 2, "kernel_size");
            return call.of(
                    x,
                    a.tensorOrNull(1, "indices"),
                    kernel,
                    sizes(a, 3, "stride", kernel),
                    sizes(a, 4, "padding", 0),
                    sizes(a, 5, "output_size"));
        });
    }

    /** One number or several; None, which keeps the input's size, is -1 here. */
    private static long[] outputSize(Arguments a) {
        Object given = a.get(1, "output_size");
        List<?> items = given instanceof List<?> list ? list : List.of(given);
        return items.stream()
                .mapToLong(item -> item == Arguments.NONE ? -1 : ((Number) item).longValue())
                .toArray();
    }

    private static List<Tensor> list(ValuesIndices both) {
        return List.of(both.values(), both.indices());
    }

    private static boolean flag(Arguments a, int place, String name, boolean otherwise) {
        return a.has(place, name) ? (Boolean) a.get(place, name) : otherwise;
    }
}
