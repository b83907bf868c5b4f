package dev.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.DType;
import dev.lanewise.DTypeException;
import dev.lanewise.IndexException;
import dev.lanewise.Lanewise;
import dev.lanewise.Shape;
import dev.lanewise.ShapeException;
import dev.lanewise.Tensor;
import dev.lanewise.ValuesIndices;
import dev.lanewise.autograd.Autograd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Convolutions, pools and normalisations: large and empty inputs, special values, threads, and what they refuse. */
class LayerFunctionsTest {
    private static final long[] ONE = {1};
    private static final long[] NONE = {0};

    /** Numbers that do not repeat soon, between -1 and 1. */
    private static Tensor values(long... shape) {
        long n = Shape.of(shape).numel();
        return Tensor.arange(DType.FLOAT64, n).mul(1.7).sin().to(DType.FLOAT32).reshape(shape);
    }

    private static void refused(Class<? extends RuntimeException> type, String message, Executable call) {
        assertEquals(message, assertThrows(type, call).getMessage());
    }

    // ------------------------------------------------------------------ large inputs and threads

    @Test
    void largeConvolutionsAreLikeThoseOfTheirSamples() {
        Tensor x = values(6, 8, 40, 40);
        Tensor w = values(12, 8, 3, 3);
        Tensor whole = Functional.conv2d(x, w, null, ONE, ONE, ONE, 1);
        Tensor image = Functional.convTranspose2d(whole, w, null, ONE, ONE, NONE, 1, ONE);
        for (int n = 0; n < 6; n += 5) {
            Tensor one = Functional.conv2d(x.get(n), w, null, ONE, ONE, ONE, 1);
            assertArrayEquals(one.toDoubleArray(), whole.get(n).toDoubleArray());
            assertArrayEquals(
                    Functional.convTranspose2d(one, w, null, ONE, ONE, NONE, 1, ONE)
                            .toDoubleArray(),
                    image.get(n).toDoubleArray());
        }
        // ⟨conv(x), y⟩ = ⟨x, transposed(y)⟩
        double left = whole.mul(whole).sum().item();
        assertEquals(left, x.mul(image).sum().item(), 1e-4 * left);
    }

    @Test
    void gradientsHaveTheSameBitsWithAnyNumberOfThreads() {
        int before = Lanewise.numThreads();
        try {
            Lanewise.setNumThreads(1);
            double[][] alone = gradients();
            Lanewise.setNumThreads(3);
            double[][] shared = gradients();
            for (int i = 0; i < alone.length; i++) {
                assertArrayEquals(alone[i], shared[i]);
            }
        } finally {
            Lanewise.setNumThreads(before);
        }
    }

    private static double[][] gradients() {
        Tensor x = values(5, 4, 50, 60).requiresGrad_();
        Tensor w = values(8, 2, 3, 3).requiresGrad_();
        Tensor b = values(8).requiresGrad_();
        Tensor y = Functional.conv2d(x, w, b, new long[] {1, 2}, ONE, ONE, 2);
        Tensor z = Functional.batchNorm(y, null, null, null, null, true, 0.1, 1e-5);
        Tensor out = Functional.avgPool2d(Functional.maxPool2d(z, 2), 3);
        Tensor[] grads = Autograd.grad(out.square().sum(), x, w, b);
        return new double[][] {
            out.toDoubleArray(), grads[0].toDoubleArray(), grads[1].toDoubleArray(), grads[2].toDoubleArray()
        };
    }

    @Test
    void largePoolsOfStridedInputs() {
        Tensor x = values(3, 300, 250).transpose(1, 2);
        Tensor max = Functional.maxPool1d(x, 2);
        Tensor pairs = x.reshape(3, 250, 150, 2);
        assertArrayEquals(pairs.amax(3).toDoubleArray(), max.toDoubleArray());
        assertArrayEquals(
                pairs.mean(3).toDoubleArray(), Functional.avgPool1d(x, 2).toDoubleArray(), 1e-6);
        assertArrayEquals(
                x.mean(2).toDoubleArray(), Functional.adaptiveAvgPool1d(x, 1).toDoubleArray(), 1e-6);
    }

    // ------------------------------------------------------------------ special values and sizes

    @Test
    void nanIsTheLargestAndInfinityIsFoundInThePadding() {
        Tensor x = Tensor.of(1, Double.NaN, 5, Double.NaN, 2, Double.NEGATIVE_INFINITY)
                .reshape(1, 6);
        ValuesIndices top = Functional.maxPool1dWithIndices(x, 4, 2, 0, 1, false);
        assertTrue(Double.isNaN(top.values().getDouble(0, 0)));
        assertArrayEquals(new long[] {3, 3}, top.indices().toLongArray());
        Tensor low = Tensor.full(DType.FLOAT32, Double.NEGATIVE_INFINITY, 1, 2);
        ValuesIndices none = Functional.maxPool1dWithIndices(low, 3, 1, 1, 1, false);
        assertArrayEquals(new long[] {0, 0}, none.indices().toLongArray());
        assertEquals(Double.NEGATIVE_INFINITY, none.values().getDouble(0, 1));
    }

    @Test
    void equalElementsGiveTheFirst() {
        Tensor x = Tensor.ones(1, 1, 4, 4).requiresGrad_();
        Functional.maxPool2d(x, 2).sum().backward();
        assertArrayEquals(
                new double[] {1, 0, 1, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0},
                x.grad().toDoubleArray());
    }

    @Test
    void emptyBatches() {
        Tensor w = values(3, 2, 2).requiresGrad_();
        Tensor out = Functional.conv1d(Tensor.zeros(0, 2, 5), w, null);
        assertEquals(Shape.of(0, 3, 4), out.shape());
        out.sum().backward();
        assertEquals(0, w.grad().abs().sum().item());
        assertEquals(
                Shape.of(0, 3, 6),
                Functional.convTranspose1d(Tensor.zeros(0, 2, 5), Tensor.zeros(2, 3, 2), null)
                        .shape());
        assertEquals(
                Shape.of(0, 2, 2),
                Functional.maxPool1d(Tensor.zeros(0, 2, 5), 2).shape());
        assertEquals(
                Shape.of(0, 2, 2),
                Functional.avgPool1d(Tensor.zeros(0, 2, 5), 2).shape());
        assertEquals(
                Shape.of(1, 2, 0),
                Functional.adaptiveAvgPool1d(Tensor.zeros(1, 2, 5), 0).shape());
        assertEquals(
                Shape.of(0, 4, 3),
                Functional.groupNorm(Tensor.zeros(0, 4, 3), 2).shape());
    }

    @Test
    void halvesAreSummedInFloat() {
        Tensor x = Tensor.full(DType.BFLOAT16, 1, 1, 1, 1000);
        Tensor w = Tensor.full(DType.BFLOAT16, 1, 1, 1, 1000);
        assertEquals(1000, Functional.conv1d(x, w, null).item());
        Tensor image = Functional.convTranspose1d(x, w, null);
        assertEquals(1000, image.getDouble(0, 0, 999));
        assertEquals(DType.BFLOAT16, image.dtype());
        assertEquals(1, Functional.avgPool1d(x, 1000).item());
        assertEquals(
                DType.FLOAT16,
                Functional.groupNorm(values(1, 2, 3).to(DType.FLOAT16), 1).dtype());
    }

    @Test
    void integers() {
        Tensor x = Tensor.arange(6).reshape(1, 1, 6);
        assertArrayEquals(
                new long[] {1, 3, 5, 7, 9},
                Functional.conv1d(x, Tensor.of(1, 1).reshape(1, 1, 2), null).toLongArray());
        assertArrayEquals(new long[] {0, 2, 4}, Functional.avgPool1d(x, 2).toLongArray());
        assertThrows(DTypeException.class, () -> Functional.avgPool1d(x.to(DType.INT32), 2));
        assertThrows(DTypeException.class, () -> Functional.adaptiveAvgPool1d(x, 2));
        assertThrows(DTypeException.class, () -> Functional.conv1d(x.gt(0), Tensor.ones(DType.BOOL, 1, 1, 2), null));
    }

    // ------------------------------------------------------------------ refusals

    @Test
    void wrongNormalisations() {
        Tensor x = Tensor.zeros(1, 3);
        refused(
                IllegalArgumentException.class,
                "batchNorm: there must be more than one value to take a variance of [input: float32[1, 3]]. In"
                        + " evaluation mode, batch norm uses the running statistics.",
                () -> Functional.batchNorm(x, null, null, null, null, true, 0.1, 1e-5));
        refused(
                IllegalArgumentException.class,
                "batchNorm: the running mean and variance must be given where those of the batch are not used [input:"
                        + " float32[1, 3]].",
                () -> Functional.batchNorm(x, null, null));
        refused(
                ShapeException.class,
                "batchNorm: running mean and variance must have one value per channel, expected 3, got 2 [input:"
                        + " float32[1, 3]].",
                () -> Functional.batchNorm(x, Tensor.zeros(2), Tensor.zeros(2)));
        refused(
                IllegalArgumentException.class,
                "groupNorm: the number of groups must divide the number of channels, expected a divisor of 3, got 2"
                        + " [input: float32[1, 3]].",
                () -> Functional.groupNorm(x, 2));
        refused(
                ShapeException.class,
                "instanceNorm: the input must be [N, C, ...], weight and bias [C] [input: float32[3]].",
                () -> Functional.instanceNorm(Tensor.zeros(3)));
    }

    @Test
    void wrongConvolutions() {
        Tensor x = Tensor.zeros(1, 2, 5);
        Tensor w = Tensor.zeros(2, 2, 3);
        refused(
                IllegalArgumentException.class,
                "conv1d: padding \"same\" must have stride 1, got [2].",
                () -> Functional.conv1d(x, w, null, 2, "same", 1, 1));
        refused(
                IllegalArgumentException.class,
                "conv1d: the padding must be a number or one of two words, expected \"valid\" or \"same\", got"
                        + " \"full\".",
                () -> Functional.conv1d(x, w, null, 1, "full", 1, 1));
        refused(
                IllegalArgumentException.class,
                "convTranspose1d: the output padding must be smaller than the stride or the dilation, expected less"
                        + " than 2, got 2.",
                () -> Functional.convTranspose1d(x, w, null, 2, 0, 2, 1, 1));
        refused(
                ShapeException.class,
                "convTranspose1d: the input must be [N, C, ...], the weight [C, out / groups, ...], the bias [out],"
                        + " got 1 group [input: float32[1, 2, 5], weight: float32[3, 2, 3]].",
                () -> Functional.convTranspose1d(x, Tensor.zeros(3, 2, 3), null));
        refused(
                ShapeException.class,
                "convTranspose1d: the result must have at least one place in each dimension, got -1 in dim 2 [input:"
                        + " float32[1, 2, 1], weight: float32[2, 2, 3]].",
                () -> Functional.convTranspose1d(x.narrow(2, 0, 1), w, null, 1, 2, 0, 1, 1));
    }

    @Test
    void wrongPools() {
        Tensor x = Tensor.zeros(1, 2, 4);
        refused(
                ShapeException.class,
                "maxPool1d: the kernel must not be larger than the padded input, expected at most 4 in dim 2, got 5"
                        + " [padded input: float32[1, 2, 4]].",
                () -> Functional.maxPool1d(x, 5));
        refused(
                IllegalArgumentException.class,
                "adaptiveAvgPool1d: the output size must be given for each dimension, of which none may be empty,"
                        + " expected one number, got [-2] [input: float32[1, 2, 4]]. -1 stands for the input's own"
                        + " size.",
                () -> Functional.adaptiveAvgPool1d(x, -2));
        refused(
                IndexException.class,
                "maxUnpool: every position must lie in the result, expected 0 to 7, got 8.",
                () -> Functional.maxUnpool1d(x, Tensor.full(DType.INT64, 8, 1, 2, 4), 2));
        refused(
                IllegalArgumentException.class,
                "maxUnpool1d: the output size must be less than a stride away from the usual one, expected about [8],"
                        + " got [10].",
                () -> Functional.maxUnpool1d(x, Tensor.zeros(DType.INT64, 1, 2, 4), 2, 2, 0, 10));
        refused(
                IllegalArgumentException.class,
                "avgPool2d: the divisor must not be zero.",
                () -> Functional.avgPool2d(Tensor.zeros(1, 1, 4, 4), ONE, ONE, NONE, false, 0));
        refused(
                ShapeException.class,
                "dropout1d: the input must have 2 or 3 dimensions, got 4 [input: float32[1, 1, 1, 1]].",
                () -> Functional.dropout1d(Tensor.zeros(1, 1, 1, 1), 0.5, true));
    }
}
