package dev.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.DType;
import dev.lanewise.DTypeException;
import dev.lanewise.Shape;
import dev.lanewise.ShapeException;
import dev.lanewise.Tensor;
import dev.lanewise.autograd.GradCheck;
import java.util.Arrays;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Pools, convolutions, patches, padding and layer norm against their definitions, with derivatives to second order. */
class WindowsTest {
    private static final long[] ONE = {1};
    private static final long[] NONE = {0};

    private static void refused(Class<? extends RuntimeException> type, String message, Executable call) {
        assertEquals(message, assertThrows(type, call).getMessage());
    }

    /** Numbers that do not repeat, between -1 and 1. */
    private static Tensor values(long... shape) {
        double[] all = new double[(int) Shape.of(shape).numel()];
        for (int i = 0; i < all.length; i++) {
            all[i] = Math.sin(1.7 * i * i + shape.length);
        }
        return Tensor.of(DType.FLOAT64, all).reshape(shape).clone();
    }

    private static void differentiable(String name, Function<Tensor[], Tensor> f, Tensor... in) {
        GradCheck.Result first = GradCheck.firstOrder(name, GradCheck.Options.DEFAULT, f, in);
        GradCheck.Result second = GradCheck.secondOrder(name, GradCheck.Options.DEFAULT, f, in);
        assertTrue(first.passed(), first.message());
        assertTrue(second.passed(), second.message());
    }

    // ------------------------------------------------------------------ convolutions

    @Test
    void convolutionByItsDefinition() {
        int checked = 0;
        for (int groups : new int[] {1, 2}) {
            for (long[] way : new long[][] {{1, 0, 1}, {2, 1, 1}, {1, 2, 2}, {3, 1, 2}}) {
                Tensor x = values(2, 4, 6, 7);
                Tensor w = values(4, 4 / groups, 2, 3);
                Tensor b = values(4);
                Tensor y = Functional.conv2d(
                        x, w, b, new long[] {way[0]}, new long[] {way[1]}, new long[] {way[2]}, groups);
                Tensor transposed = x.transpose(0, 1).contiguous().transpose(0, 1);
                assertEquals(
                        y.toString(),
                        Functional.conv2d(
                                        transposed,
                                        w,
                                        b,
                                        new long[] {way[0]},
                                        new long[] {way[1]},
                                        new long[] {way[2]},
                                        groups)
                                .toString());
                checked += compare(x, w, b, y, (int) way[0], (int) way[1], (int) way[2], groups);
            }
        }
        assertTrue(checked > 500, "only " + checked + " elements were compared");
    }

    private static int compare(
            Tensor x, Tensor w, Tensor b, Tensor y, int stride, int padding, int dilation, int groups) {
        int checked = 0;
        for (int n = 0; n < y.size(0); n++) {
            for (int o = 0; o < y.size(1); o++) {
                for (int i = 0; i < y.size(2); i++) {
                    for (int j = 0; j < y.size(3); j++) {
                        double sum = b.getDouble(o);
                        int channel = (int) (o / (w.size(0) / groups) * w.size(1));
                        for (int c = 0; c < w.size(1); c++) {
                            for (int k = 0; k < w.size(2); k++) {
                                for (int l = 0; l < w.size(3); l++) {
                                    int row = i * stride + k * dilation - padding;
                                    int column = j * stride + l * dilation - padding;
                                    if (row >= 0 && row < x.size(2) && column >= 0 && column < x.size(3)) {
                                        sum += w.getDouble(o, c, k, l) * x.getDouble(n, channel + c, row, column);
                                    }
                                }
                            }
                        }
                        assertEquals(sum, y.getDouble(n, o, i, j), 1e-12);
                        checked++;
                    }
                }
            }
        }
        return checked;
    }

    /** Padding that is computed with equals padding that is there, for kernels smaller than it as well. */
    @Test
    void paddingCountsAsZeros() {
        long[] one = {1, 1, 1};
        long[] none = {0, 0, 0};
        int checked = 0;
        for (int code = 0; code < 1 << 10; code++) {
            long[] in = {1 + (code & 1), 2 + (code >> 1 & 3), 3};
            long[] kernel = {1, 1 + (code >> 3 & 1), 1 + (code >> 4 & 1)};
            long[] padding = {2L * (code >> 5 & 1), code >> 6 & 1, 2L * (code >> 7 & 1)};
            long[] stride = {1 + (code >> 8 & 1), 1 + (code >> 9 & 1), 1};
            Tensor x = Tensor.randn(1, 2, in[0], in[1], in[2]);
            Tensor w = Tensor.randn(3, 2, kernel[0], kernel[1], kernel[2]);
            Tensor padded = Functional.pad(x, padding[2], padding[2], padding[1], padding[1], padding[0], padding[0]);
            Tensor expected = Functional.conv3d(padded, w, null, stride, none, one, 1);
            Tensor found = Functional.conv3d(x, w, null, stride, padding, one, 1);
            assertTrue(
                    found.allclose(expected, 1e-4, 1e-5),
                    () -> Arrays.toString(in)
                            + Arrays.toString(kernel)
                            + Arrays.toString(padding)
                            + Arrays.toString(stride));
            checked++;
        }
        assertEquals(1024, checked);
    }

    @Test
    void convolutionsDifferentiate() {
        differentiable(
                "conv2d",
                in -> Functional.conv2d(
                        in[0], in[1], in[2], new long[] {2, 1}, new long[] {1, 0}, new long[] {1, 2}, 2),
                values(1, 2, 4, 4),
                values(2, 1, 2, 2),
                values(2));
        differentiable(
                "conv1d", in -> Functional.conv1d(in[0], in[1], null, 1, 1, 1, 1), values(2, 2, 3), values(3, 2, 2));
    }

    @Test
    void convolutionOfOneItemAndOfHalves() {
        Tensor x = values(2, 5);
        Tensor w = values(3, 2, 2);
        Tensor b = values(3);
        Tensor y = Functional.conv1d(x, w, b);
        assertEquals(Shape.of(3, 4), y.shape());
        assertArrayEquals(Functional.conv1d(x.unsqueeze(0), w, b).toDoubleArray(), y.toDoubleArray());
        assertEquals(
                DType.FLOAT16,
                Functional.conv1d(x.to(DType.FLOAT16), w.to(DType.FLOAT16), null)
                        .dtype());
        assertEquals(
                Shape.of(0, 3, 4),
                Functional.conv1d(Tensor.zeros(0, 2, 5), Tensor.zeros(3, 2, 2), null)
                        .shape());
    }

    @Test
    void wrongConvolutions() {
        Tensor x = Tensor.zeros(1, 3, 5);
        refused(
                ShapeException.class,
                "conv1d: the input must be [N, C, ...], the weight [out, C / groups, ...], the bias [out], got 1 group"
                        + " [input: float32[1, 3, 5], weight: float32[4, 2, 2]].",
                () -> Functional.conv1d(x, Tensor.zeros(4, 2, 2), null));
        refused(
                ShapeException.class,
                "conv1d: the kernel must not be larger than the padded input, expected at most 5 in dim 2, got 6"
                        + " [padded input: float32[1, 3, 5]].",
                () -> Functional.conv1d(x, Tensor.zeros(4, 3, 6), null));
        refused(
                DTypeException.class,
                "conv1d: input, weight and bias must have one dtype [input: float32[1, 3, 5], weight: "
                        + "float64[4, 3, 2]].",
                () -> Functional.conv1d(x, Tensor.zeros(DType.FLOAT64, 4, 3, 2), null));
        refused(
                ShapeException.class,
                "conv2d: the weight must have 4 dimensions, got 3 [weight: float32[4, 3, 2]].",
                () -> Functional.conv2d(x, Tensor.zeros(4, 3, 2), null));
        refused(
                IllegalArgumentException.class,
                "conv1d: the stride must be 1 or more in each dimension, expected one number, got [0].",
                () -> Functional.conv1d(x, Tensor.zeros(4, 3, 2), null, 0, 0, 1, 1));
    }

    // ------------------------------------------------------------------ pools

    @Test
    void pools() {
        Tensor x = Tensor.of(new double[][] {{1, 5, 2, -4, 3}});
        assertArrayEquals(new double[] {5, 2}, Functional.maxPool1d(x, 2).toDoubleArray());
        assertArrayEquals(
                new double[] {5, 5, 3}, Functional.maxPool1d(x, 3, 2, 1, 1).toDoubleArray());
        assertArrayEquals(
                new double[] {2, 5, 3}, Functional.maxPool1d(x, 2, 1, 0, 2).toDoubleArray());
        assertArrayEquals(new double[] {3, -1}, Functional.avgPool1d(x, 2).toDoubleArray());
        assertArrayEquals(
                new double[] {0.5, 3.5, -0.5},
                Functional.avgPool1d(x, 2, 2, 1, true).toDoubleArray());
        assertArrayEquals(
                new double[] {1, 3.5, -0.5},
                Functional.avgPool1d(x, 2, 2, 1, false).toDoubleArray());
        Tensor image = Tensor.arange(DType.FLOAT32, 24).reshape(1, 1, 4, 6);
        assertArrayEquals(
                new double[] {7, 9, 11, 19, 21, 23},
                Functional.maxPool2d(image, 2).toDoubleArray());
        assertArrayEquals(
                new double[] {3.5, 5.5, 7.5, 15.5, 17.5, 19.5},
                Functional.avgPool2d(image, 2).toDoubleArray());
        assertEquals(
                Shape.of(1, 1, 3, 2),
                Functional.maxPool2d(image, new long[] {2, 3}, new long[] {1, 3}, NONE, ONE)
                        .shape());
        assertArrayEquals(
                new long[] {5, -1},
                Functional.maxPool1d(Tensor.of(5, -3, -1).reshape(1, 3), 2, 2, 1, 1)
                        .toLongArray());
        assertTrue(Double.isNaN(
                Functional.maxPool1d(Tensor.of(1, Double.NaN).reshape(1, 2), 2).item()));
    }

    @Test
    void poolsDifferentiate() {
        Tensor x = values(1, 2, 4, 5);
        differentiable("maxPool2d", in -> Functional.maxPool2d(in[0].square(), new long[] {2}, ONE, ONE, ONE), x);
        differentiable(
                "avgPool2d", in -> Functional.avgPool2d(in[0].square(), new long[] {3}, new long[] {2}, ONE, false), x);
        differentiable("maxPool1d", in -> Functional.maxPool1d(in[0].square(), 2), values(2, 5));
        Tensor equal = Tensor.ones(1, 4).requiresGrad_();
        Functional.maxPool1d(equal, 2).sum().backward();
        assertArrayEquals(new double[] {1, 0, 1, 0}, equal.grad().toDoubleArray());
    }

    @Test
    void wrongPools() {
        refused(
                IllegalArgumentException.class,
                "maxPool1d: the padding must be at most half the kernel, expected at most 1, got 2 [input: "
                        + "float32[1, 4]].",
                () -> Functional.maxPool1d(Tensor.zeros(1, 4), 2, 2, 2, 1));
        refused(
                ShapeException.class,
                "maxPool2d: the input must be [N, C, H, W] or [C, H, W], got 2 dimensions [input: float32[3, 4]].",
                () -> Functional.maxPool2d(Tensor.zeros(3, 4), 2));
    }

    // ------------------------------------------------------------------ patches and padding

    @Test
    void foldCountsHowOftenUnfoldReadsAnElement() {
        Tensor x = values(2, 3, 5, 6);
        long[] kernel = {2, 3};
        Tensor columns = Functional.unfold(x, kernel, ONE, ONE, ONE);
        assertEquals(Shape.of(2, 18, 36), columns.shape());
        Tensor back = Functional.fold(columns, new long[] {5, 6}, kernel, ONE, ONE, ONE);
        Tensor counts = Functional.fold(
                Functional.unfold(Tensor.onesLike(x), kernel, ONE, ONE, ONE), new long[] {5, 6}, kernel, ONE, ONE, ONE);
        assertArrayEquals(x.mul(counts).toDoubleArray(), back.toDoubleArray(), 1e-12);
        assertEquals(6, counts.getDouble(0, 0, 2, 2));
        differentiable(
                "fold",
                in -> Functional.fold(in[0].square(), new long[] {3, 3}, new long[] {2}, ONE, NONE, ONE),
                values(1, 4, 4));
        differentiable(
                "unfold",
                in -> Functional.unfold(in[0].square(), new long[] {2}, new long[] {2}, ONE, ONE),
                values(1, 3, 3));
        refused(
                ShapeException.class,
                "fold: the input must be [N, C · kernel, windows], expected a multiple of 4 rows and 4 columns"
                        + " [input: float32[4, 5]].",
                () -> Functional.fold(Tensor.zeros(4, 5), new long[] {3}, new long[] {2}, ONE, NONE, ONE));
    }

    @Test
    void channelsAndPlaces() {
        Tensor x = values(2, 8, 3, 5);
        Tensor shuffled = Functional.pixelShuffle(x, 2);
        assertEquals(Shape.of(2, 2, 6, 10), shuffled.shape());
        assertEquals(x.getDouble(1, 4 + 2 + 1, 2, 3), shuffled.getDouble(1, 1, 5, 7));
        assertArrayEquals(
                x.toDoubleArray(), Functional.pixelUnshuffle(shuffled, 2).toDoubleArray());
        assertEquals(x.getDouble(0, 5, 0, 0), Functional.channelShuffle(x, 2).getDouble(0, 3, 0, 0));
        refused(
                ShapeException.class,
                "pixelShuffle: the number must divide the sizes of an input of at least 3 dimensions, got 3"
                        + " [input: float64[2, 8, 3, 5]].",
                () -> Functional.pixelShuffle(x, 3));
    }

    @Test
    void paddingOfTwoAndThreeDimensions() {
        Tensor x = Tensor.arange(6).reshape(1, 2, 3);
        assertArrayEquals(
                new long[] {4, 3, 4, 5, 4, 3, 1, 0, 1, 2, 1, 0, 4, 3, 4, 5, 4, 3},
                Functional.pad(x, new long[] {1, 2, 1, 0}, PadMode.REFLECT).toLongArray());
        assertArrayEquals(
                new long[] {5, 3, 4, 5, 3, 2, 0, 1, 2, 0, 5, 3, 4, 5, 3},
                Functional.pad(x, new long[] {1, 1, 1, 0}, PadMode.CIRCULAR).toLongArray());
        assertArrayEquals(
                new long[] {1, 2, 2, 2, 4, 5, 5, 5},
                Functional.pad(x, new long[] {-1, 2}, PadMode.REPLICATE).toLongArray());
        assertArrayEquals(
                new long[] {1, 4},
                Functional.pad(x, new long[] {-1, -1}, PadMode.CONSTANT).toLongArray());
        for (PadMode mode : PadMode.values()) {
            differentiable(
                    mode.toString(),
                    in -> Functional.pad(in[0].square(), new long[] {1, -1, 0, 1, 1, 1}, mode),
                    values(1, 2, 2, 3));
        }
    }

    @Test
    void wrongPadding() {
        Tensor x = Tensor.zeros(1, 2, 3);
        refused(
                ShapeException.class,
                "pad: the padding must fit dim 2 of size 3, expected at most 2 on each side, got 3 and 0"
                        + " [input: float32[1, 2, 3], pad: [3, 0]].",
                () -> Functional.pad(x, new long[] {3, 0}, PadMode.REFLECT));
        refused(
                ShapeException.class,
                "pad: 1 to 3 last dimensions can be padded, of an input with one or two more, got a 1-d input "
                        + "and 2 numbers"
                        + " [input: float32[3], pad: [1, 1]].",
                () -> Functional.pad(Tensor.zeros(3), new long[] {1, 1}, PadMode.REPLICATE));
        refused(
                ShapeException.class,
                "pad: there must be two numbers for each of some last dimensions, expected an even number of at most 6,"
                        + " got [1, 2, 3] [input: float32[1, 2, 3]].",
                () -> Functional.pad(x, 1, 2, 3));
        refused(
                ShapeException.class,
                "pad: no more places can be taken away than there are, expected at most 3 in dim 2, got [-2, -2]"
                        + " [input: float32[1, 2, 3]].",
                () -> Functional.pad(x, -2, -2));
    }

    @Test
    void onlyConstantsTakeAValue() {
        Tensor x = Tensor.zeros(1, 2, 3);
        assertEquals(
                4,
                Functional.pad(x, new long[] {0, 1}, PadMode.CONSTANT, 2).sum().item());
        assertEquals(
                0,
                Functional.pad(x, new long[] {0, 1}, PadMode.REPLICATE, 0).sum().item());
        refused(
                IllegalArgumentException.class,
                "pad: only padding with a constant takes a value, got 2 with REFLECT.",
                () -> Functional.pad(x, new long[] {0, 1}, PadMode.REFLECT, 2));
    }

    // ------------------------------------------------------------------ layer norm

    @Test
    void layerNorm() {
        Tensor x = values(2, 3, 4);
        Tensor y = Functional.layerNorm(x, 3, 4);
        assertEquals(0, y.get(1).mean().item(), 1e-15);
        assertEquals(1, y.get(1).square().mean().item(), 1e-4);
        Tensor scaled = Functional.layerNorm(x, new long[] {4}, Tensor.full(DType.FLOAT64, 2, 4), values(4), 1e-5);
        assertArrayEquals(
                Functional.layerNorm(x, 4).mul(2).add(values(4)).toDoubleArray(), scaled.toDoubleArray(), 1e-15);
        assertEquals(
                DType.BFLOAT16, Functional.layerNorm(x.to(DType.BFLOAT16), 4).dtype());
        differentiable(
                "layerNorm",
                in -> Functional.layerNorm(in[0], new long[] {3}, in[1], in[2], 0.1),
                values(2, 3),
                values(3),
                values(1, 3).reshape(3));
        refused(
                ShapeException.class,
                "layerNorm: the input must end in the normalized shape, which weight and bias have,"
                        + " expected normalized shape [3] [input: float64[2, 3, 4]].",
                () -> Functional.layerNorm(x, 3));
        assertThrows(DTypeException.class, () -> Functional.layerNorm(Tensor.arange(3), 3));
    }
}
