package dev.lanewise.properties;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.DType;
import dev.lanewise.ShapeException;
import dev.lanewise.Tensor;
import dev.lanewise.nn.BatchNorm1d;
import dev.lanewise.nn.Functional;
import dev.lanewise.testing.Values;
import dev.lanewise.testing.reference.Ref;
import dev.lanewise.testing.reference.RefLayers;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Layers with any parameters against the reference. */
class LayerProperties {
    private static final Tolerance SUMS = new Tolerance(1, 24);

    @Provide
    Arbitrary<long[]> small() {
        return Arbitraries.longs().between(0, 2).array(long[].class).ofSize(3);
    }

    @Provide
    Arbitrary<long[]> steps() {
        return Arbitraries.longs().between(1, 3).array(long[].class).ofSize(3);
    }

    @Provide
    Arbitrary<long[]> sizes() {
        return Arbitraries.longs().between(1, 6).array(long[].class).ofSize(3);
    }

    @Property(tries = 150)
    void convolutions(
            @ForAll("sizes") long[] in,
            @ForAll("steps") long[] kernel,
            @ForAll("steps") long[] stride,
            @ForAll("small") long[] padding,
            @ForAll("steps") long[] dilation,
            @ForAll @IntRange(min = 1, max = 3) int groups) {
        Tensor x = tensor(2, 2L * groups, in);
        Tensor w = tensor(3L * groups, 2, kernel);
        long[] out = new long[3];
        boolean fits = true;
        for (int d = 0; d < 3; d++) {
            long room = in[d] + 2 * padding[d] - (kernel[d] - 1) * dilation[d] - 1;
            fits &= room >= 0;
            out[d] = room / stride[d] + 1;
        }
        Tensor y;
        try {
            y = Functional.conv3d(x, w, null, stride, padding, dilation, groups);
        } catch (ShapeException refused) {
            assertFalse(fits, refused.getMessage());
            return;
        }
        RefLayers.Grid grid = new RefLayers.Grid(stride, padding, dilation);
        Ref expected = RefLayers.conv(Ref.read(x), Ref.read(w), null, grid, groups, out);
        Same.check("conv3d", SUMS, 500, expected, y);
        Tensor back = Functional.convTranspose3d(y, w, null, stride, padding, rest(in, y, w, grid), groups, dilation);
        Ref image = RefLayers.transposed(Ref.read(y), Ref.read(w), null, grid, groups, in);
        Same.check("convTranspose3d", SUMS, 50_000, image, back);
    }

    /** The output padding with which a transposed convolution gives sizes {@code in}. */
    private static long[] rest(long[] in, Tensor y, Tensor w, RefLayers.Grid grid) {
        long[] more = new long[3];
        for (int d = 0; d < 3; d++) {
            long span = (w.size(d + 2) - 1) * grid.dilation()[d] + 1;
            more[d] = in[d] - ((y.size(d + 2) - 1) * grid.stride()[d] - 2 * grid.before()[d] + span);
        }
        return more;
    }

    @Property(tries = 100)
    void poolsWithCeiling(
            @ForAll("sizes") long[] in,
            @ForAll("steps") long[] kernel,
            @ForAll("steps") long[] stride,
            @ForAll boolean padded) {
        Tensor x = tensor(1, 2, in);
        long[] padding = new long[3];
        long[] out = new long[3];
        boolean fits = true;
        for (int d = 0; d < 3; d++) {
            padding[d] = padded ? kernel[d] / 2 : 0;
            while (out[d] * stride[d] < in[d] + padding[d]
                    && (out[d] == 0 || (out[d] - 1) * stride[d] + kernel[d] < in[d] + 2 * padding[d])) {
                out[d]++;
            }
            // A kernel may stand out by less than a stride.
            fits &= kernel[d] - in[d] - 2 * padding[d] < stride[d];
        }
        if (!fits) {
            assertThrows(ShapeException.class, () -> Functional.avgPool3d(x, kernel, stride, padding, true, false));
            return;
        }
        RefLayers.Window window =
                (d, o, i) -> i >= o * stride[d] - padding[d] && i < o * stride[d] - padding[d] + kernel[d];
        Ref means = RefLayers.mean(Ref.read(x), window, (at, n) -> n, out);
        Same.check("avgPool3d", SUMS, 9, means, Functional.avgPool3d(x, kernel, stride, padding, true, false));
        Tensor max = Functional.maxPool3d(x, kernel, stride, padding, new long[] {1}, true);
        Same.check("maxPool3d", Tolerance.EXACT, RefLayers.max(Ref.read(x), window, out), max);
    }

    @Property(tries = 30)
    void runningStatisticsAreAverages(@ForAll @IntRange(min = 2, max = 9) int n, @ForAll boolean evaluatesBetween) {
        BatchNorm1d norm = new BatchNorm1d(3);
        double mean = 0;
        double var = 1;
        for (int batch = 0; batch < 3; batch++) {
            Tensor x = tensor(n, 3, 1, 1, 1).reshape(n, 3).add(batch);
            norm.train();
            norm.forward(x);
            Tensor column = x.select(1, 1).to(DType.FLOAT64);
            mean = 0.9 * mean + 0.1 * column.mean().item();
            var = 0.9 * var + 0.1 * column.var().item();
            if (evaluatesBetween) {
                norm.eval();
                norm.forward(x);
            }
        }
        assertEquals(mean, norm.buffer("running_mean").getDouble(1), 1e-5);
        assertEquals(var, norm.buffer("running_var").getDouble(1), 1e-5);
        assertEquals(3, norm.buffer("num_batches_tracked").item());
    }

    private static Tensor tensor(long n, long channels, long... sizes) {
        long[] shape = {n, channels, sizes[0], sizes[1], sizes[2]};
        Tensor x = Tensor.empty(DType.FLOAT32, shape);
        Values.within(DType.FLOAT32, shape, -3, 3, n + sizes[0]).writeTo(x);
        return x;
    }
}
