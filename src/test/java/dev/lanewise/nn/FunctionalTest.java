package dev.lanewise.nn;

import static dev.lanewise.DType.FLOAT64;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.DTypeException;
import dev.lanewise.Generator;
import dev.lanewise.IndexException;
import dev.lanewise.Lanewise;
import dev.lanewise.Shape;
import dev.lanewise.ShapeException;
import dev.lanewise.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FunctionalTest {
    private static final double CLOSE = 1e-12;

    // ------------------------------------------------------------------ linear

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "2, 3, 1", "7, 17, 16", "16, 15, 33", "33, 64, 5", "0, 3, 2", "3, 0, 2", "3, 2, 0"})
    void linearIsTheProductPlusTheBias(int rows, int in, int out) {
        Tensor x = Tensor.randn(FLOAT64, rows, in);
        Linear linear = new Linear(in, out, Linear.dtype(FLOAT64));
        double[] expected = new double[rows * out];
        double[] weight = linear.weight().toDoubleArray();
        double[] bias = linear.bias().toDoubleArray();
        double[] values = x.toDoubleArray();
        for (int r = 0; r < rows; r++) {
            for (int o = 0; o < out; o++) {
                double sum = bias[o];
                for (int i = 0; i < in; i++) {
                    sum += values[r * in + i] * weight[o * in + i];
                }
                expected[r * out + o] = sum;
            }
        }
        Tensor y = linear.forward(x);
        assertEquals(Shape.of(rows, out), y.shape());
        assertArrayEquals(expected, y.toDoubleArray(), 1e-10);
    }

    @Test
    void linearTakesAnyRank() {
        Linear linear = new Linear(4, 3, Linear.dtype(FLOAT64));
        Tensor x = Tensor.randn(FLOAT64, 2, 5, 4);
        Tensor y = linear.forward(x);
        assertEquals(Shape.of(2, 5, 3), y.shape());
        Tensor row = linear.forward(x.get(1).get(2));
        assertEquals(Shape.of(3), row.shape());
        assertArrayEquals(y.get(1).get(2).toDoubleArray(), row.toDoubleArray());
        assertEquals(
                Shape.of(2, 0, 3),
                linear.forward(Tensor.zeros(FLOAT64, 2, 0, 4)).shape());
        assertArrayEquals(
                y.transpose(0, 1).contiguous().toDoubleArray(),
                linear.forward(x.transpose(0, 1)).toDoubleArray());
    }

    @Test
    void linearHasTheGradientsOfItsFormula() {
        Linear linear = new Linear(2, 1, Linear.dtype(FLOAT64));
        Tensor x = Tensor.of(FLOAT64, new double[][] {{1, 2}, {3, 5}, {7, 11}}).requiresGrad_();
        linear.forward(x).backward(Tensor.of(FLOAT64, new double[][] {{1}, {10}, {100}}));
        assertArrayEquals(new double[] {731, 1152}, linear.weight().grad().toDoubleArray());
        assertArrayEquals(new double[] {111}, linear.bias().grad().toDoubleArray());
        double[] w = linear.weight().toDoubleArray();
        assertArrayEquals(
                new double[] {w[0], w[1], 10 * w[0], 10 * w[1], 100 * w[0], 100 * w[1]},
                x.grad().toDoubleArray());
    }

    @Test
    void linearRefusesWhatDoesNotFit() {
        Linear linear = new Linear(4, 3);
        assertEquals(
                "linear: the input must be [..., in], the weight [out, in], the bias [out] [input: float32[2, 5],"
                        + " weight: float32[3, 4], bias: float32[3]].",
                assertThrows(ShapeException.class, () -> linear.forward(Tensor.zeros(2, 5)))
                        .getMessage());
        assertEquals(
                "linear: input, weight and bias must have one dtype [input: float64[2, 4], weight: float32[3, 4], bias:"
                        + " float32[3]]. Convert the input with to(DType.FLOAT32).",
                assertThrows(DTypeException.class, () -> linear.forward(Tensor.zeros(FLOAT64, 2, 4)))
                        .getMessage());
        assertThrows(ShapeException.class, () -> linear.forward(Tensor.scalar(1.0)));
        assertThrows(IllegalArgumentException.class, () -> new Linear(-1, 2));
    }

    // ------------------------------------------------------------------ losses

    @ParameterizedTest
    @EnumSource(
            value = Reduction.class,
            names = {"NONE", "MEAN", "SUM"})
    void squaredAndAbsoluteDifferenceFollowTheirFormula(Reduction reduction) {
        int n = 67;
        Tensor x = Tensor.randn(FLOAT64, n).requiresGrad_();
        Tensor y = Tensor.randn(FLOAT64, n);
        double[] a = x.toDoubleArray();
        double[] b = y.toDoubleArray();
        double[] square = new double[n];
        double[] distance = new double[n];
        double[] squareGrad = new double[n];
        double[] distanceGrad = new double[n];
        double scale = reduction == Reduction.MEAN ? 1.0 / n : 1;
        for (int i = 0; i < n; i++) {
            double d = a[i] - b[i];
            square[i] = d * d;
            distance[i] = Math.abs(d);
            squareGrad[i] = 2 * d * scale;
            distanceGrad[i] = Math.signum(d) * scale;
        }
        checkLoss(new MSELoss(reduction), x, y, square, squareGrad);
        checkLoss(new L1Loss(reduction), x, y, distance, distanceGrad);
    }

    private static void checkLoss(Loss loss, Tensor x, Tensor y, double[] values, double[] grad) {
        Tensor result = loss.forward(x, y);
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        double[] expected = switch (loss.reduction()) {
            case NONE -> values;
            case SUM -> new double[] {sum};
            case MEAN, BATCHMEAN -> new double[] {sum / values.length};
        };
        assertArrayEquals(expected, result.toDoubleArray(), CLOSE);
        x.setGrad(null);
        result.backward(Tensor.onesLike(result));
        assertArrayEquals(grad, x.grad().toDoubleArray(), CLOSE);
    }

    @Test
    void squaredDifferenceBroadcastsAndSumsItsGradient() {
        Tensor x = Tensor.of(FLOAT64, new double[][] {{1}, {2}}).requiresGrad_();
        Tensor y = Tensor.of(FLOAT64, new double[][] {{0, 1, 3}}).requiresGrad_();
        Tensor loss = Functional.mseLoss(x, y);
        assertEquals(11.0 / 6, loss.item(), CLOSE);
        loss.backward();
        assertArrayEquals(new double[] {-2.0 / 6, 4.0 / 6}, x.grad().toDoubleArray(), CLOSE);
        assertArrayEquals(new double[] {-6.0 / 6, -2.0 / 6, 6.0 / 6}, y.grad().toDoubleArray(), CLOSE);
    }

    @ParameterizedTest
    @EnumSource(
            value = Reduction.class,
            names = {"NONE", "MEAN", "SUM"})
    void crossEntropyFollowsItsFormula(Reduction reduction) {
        int rows = 19;
        int classes = 7;
        Tensor x = Tensor.randn(FLOAT64, rows, classes).mul(3).detach().requiresGrad_();
        Tensor target = Tensor.randint(0, classes, rows);
        double[] scores = x.toDoubleArray();
        long[] labels = target.toLongArray();
        double[] values = new double[rows];
        double[] grad = new double[scores.length];
        for (int r = 0; r < rows; r++) {
            double total = 0;
            for (int c = 0; c < classes; c++) {
                total += Math.exp(scores[r * classes + c]);
            }
            values[r] = Math.log(total) - scores[r * classes + (int) labels[r]];
            for (int c = 0; c < classes; c++) {
                double p = Math.exp(scores[r * classes + c]) / total;
                grad[r * classes + c] = (p - (c == labels[r] ? 1 : 0)) / (reduction == Reduction.MEAN ? rows : 1);
            }
        }
        checkLoss(new CrossEntropyLoss(reduction), x, target, values, grad);
        assertArrayEquals(
                new CrossEntropyLoss(reduction).forward(x, target).toDoubleArray(),
                new NLLLoss(reduction)
                        .forward(new LogSoftmax(-1).forward(x), target)
                        .toDoubleArray());
    }

    @Test
    void crossEntropyTakesOneSampleAndMoreDimensions() {
        Tensor x = Tensor.randn(FLOAT64, 2, 3, 4, 5);
        Tensor target = Tensor.randint(0, 3, 2, 4, 5);
        Tensor each = Functional.crossEntropy(x, target, Reduction.NONE);
        assertEquals(Shape.of(2, 4, 5), each.shape());
        Tensor column = x.select(3, 4).select(2, 1).get(1);
        Tensor one = Functional.crossEntropy(column, target.get(1).get(1).get(4), Reduction.NONE);
        assertEquals(Shape.of(), one.shape());
        assertEquals(each.getDouble(1, 1, 4), one.item(), CLOSE);
        assertEquals(each.mean().item(), Functional.crossEntropy(x, target).item(), CLOSE);
    }

    @Test
    void crossEntropyIsExactWhereExponentialsOverflow() {
        Tensor x = Tensor.of(new double[][] {{1000, 0}, {-1000, 0}});
        assertEquals(500, Functional.crossEntropy(x, Tensor.of(0, 0)).item());
    }

    @Test
    void crossEntropyRefusesWrongTargets() {
        Tensor x = Tensor.zeros(2, 3);
        assertEquals(
                "crossEntropy: every class must be one of the input's, expected 0 to 2, got 3 [target: int64[2]].",
                assertThrows(IndexException.class, () -> Functional.crossEntropy(x, Tensor.of(0, 3)))
                        .getMessage());
        assertThrows(IndexException.class, () -> Functional.nllLoss(x, Tensor.of(-1, 0)));
        assertEquals(
                "crossEntropy: there must be one class per row of the input [input: float32[2, 3], target: int64[3]]."
                        + " The input is [N, C], the target [N].",
                assertThrows(ShapeException.class, () -> Functional.crossEntropy(x, Tensor.of(0, 1, 2)))
                        .getMessage());
        assertEquals(
                "crossEntropy: the target must be int64 [target: float32[2]]. Convert it with to(DType.INT64).",
                assertThrows(DTypeException.class, () -> Functional.crossEntropy(x, Tensor.zeros(2)))
                        .getMessage());
    }

    // ------------------------------------------------------------------ dropout

    @Test
    void dropoutDoesNothingWhereNothingIsToBeDone() {
        Tensor x = Tensor.ones(3);
        long before = Lanewise.manualSeed(1).nextLong64();
        Lanewise.manualSeed(1);
        assertSame(x, new Dropout(0.5).eval().forward(x));
        assertSame(x, new Dropout(0).forward(x));
        assertArrayEquals(new float[3], new Dropout(1).forward(x).toFloatArray());
        assertEquals(before, Generator.defaultGenerator().nextLong64());
    }

    @Test
    void dropoutScalesWhatItKeepsAndItsGradient() {
        Tensor x = Tensor.ones(1000).requiresGrad_();
        Tensor y = new Dropout(0.25).forward(x);
        y.sum().backward();
        float[] values = y.toFloatArray();
        assertArrayEquals(values, x.grad().toFloatArray());
        int kept = 0;
        for (float value : values) {
            assertTrue(value == 0 || value == 1 / 0.75f, () -> "value " + value);
            kept += value == 0 ? 0 : 1;
        }
        assertTrue(kept > 690 && kept < 810, "kept " + kept);
    }

    @Test
    void dropoutDrawsInTheOrderOfMemory() {
        Lanewise.manualSeed(5);
        Tensor plain = new Dropout(0.5).forward(Tensor.ones(3, 4));
        Lanewise.manualSeed(5);
        Tensor transposed = new Dropout(0.5).forward(Tensor.ones(3, 4).t());
        assertArrayEquals(plain.toFloatArray(), transposed.t().toFloatArray());
    }

    @Test
    void dropoutRefusesWhatIsNoProbability() {
        assertEquals(
                "dropout: the probability must be between 0 and 1, got 1.5.",
                assertThrows(IllegalArgumentException.class, () -> new Dropout(1.5))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> new Dropout(Double.NaN));
    }

    // ------------------------------------------------------------------ the small modules

    @Test
    void smallModulesAreTheTensorsMethods() {
        Tensor x = Tensor.of(FLOAT64, new double[][] {{-1, 0, 2}, {3, -0.0, -5}});
        assertArrayEquals(new double[] {0, 0, 2, 3, 0, 0}, new ReLU().forward(x).toDoubleArray(), 0);
        assertArrayEquals(x.sigmoid().toDoubleArray(), new Sigmoid().forward(x).toDoubleArray());
        assertArrayEquals(x.tanh().toDoubleArray(), new Tanh().forward(x).toDoubleArray());
        assertArrayEquals(
                x.softmax(0).toDoubleArray(), new Softmax(0).forward(x).toDoubleArray());
        assertEquals(
                Shape.of(2, 12), new Flatten().forward(Tensor.zeros(2, 3, 4)).shape());
        assertEquals(
                Shape.of(6, 4), new Flatten(0, 1).forward(Tensor.zeros(2, 3, 4)).shape());
    }

    @Test
    void gainsAreTheRecommendedOnes() {
        assertEquals(1, Init.calculateGain(Init.Nonlinearity.LINEAR));
        assertEquals(1, Init.calculateGain(Init.Nonlinearity.SIGMOID));
        assertEquals(5.0 / 3, Init.calculateGain(Init.Nonlinearity.TANH));
        assertEquals(Math.sqrt(2), Init.calculateGain(Init.Nonlinearity.RELU));
        assertEquals(Math.sqrt(2 / (1 + 0.01 * 0.01)), Init.calculateGain(Init.Nonlinearity.LEAKY_RELU));
        assertEquals(0.75, Init.calculateGain(Init.Nonlinearity.SELU));
        assertEquals(
                "xavierUniform_: the tensor must have at least 2 dimensions [tensor: float32[3]].",
                assertThrows(ShapeException.class, () -> Init.xavierUniform_(Tensor.zeros(3)))
                        .getMessage());
    }
}
