package dev.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.DType;
import dev.lanewise.IndexException;
import dev.lanewise.Lanewise;
import dev.lanewise.Linalg;
import dev.lanewise.ShapeException;
import dev.lanewise.Tensor;
import dev.lanewise.optim.SGD;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UtilsTest {
    @BeforeEach
    void seed() {
        Lanewise.manualSeed(11);
    }

    private static List<Tensor> withGradients(float[]... gradients) {
        List<Tensor> out = new ArrayList<>();
        for (float[] gradient : gradients) {
            Tensor parameter = Tensor.zeros(gradient.length).requiresGrad_();
            parameter.setGrad(Tensor.of(gradient));
            out.add(parameter);
        }
        out.add(Tensor.zeros(3).requiresGrad_());
        return out;
    }

    private static void assertClose(double[] expected, Tensor actual, double tolerance) {
        double[] values = actual.detach().to(DType.FLOAT64).reshape(-1).toDoubleArray();
        assertArrayEquals(expected, values, tolerance);
    }

    private static double[] values(Tensor x) {
        return x.detach().to(DType.FLOAT64).reshape(-1).toDoubleArray();
    }

    // ------------------------------------------------------------------ gradients

    @Test
    void gradientsAreScaledToANorm() {
        List<Tensor> parameters = withGradients(new float[] {3, 0}, new float[] {0, 4, 0});
        assertEquals(5, Utils.clipGradNorm_(parameters, 1).item());
        assertClose(new double[] {0.6, 0}, parameters.get(0).grad(), 1e-6);
        assertClose(new double[] {0, 0.8, 0}, parameters.get(1).grad(), 1e-6);
        double[] before = values(parameters.get(0).grad());
        assertEquals(1, Utils.clipGradNorm_(parameters, 2).item(), 1e-6);
        assertArrayEquals(before, values(parameters.get(0).grad()), "a smaller norm is left alone");
    }

    @Test
    void normsOfOtherOrders() {
        List<Tensor> parameters = withGradients(new float[] {-3, 1}, new float[] {2, 2});
        assertEquals(8, Utils.clipGradNorm_(parameters, 100, 1).item());
        assertEquals(
                3,
                Utils.clipGradNorm_(parameters, 100, Double.POSITIVE_INFINITY).item());
        assertEquals(8, Utils.clipGradNorm_(parameters, 4, 1).item());
        assertClose(new double[] {-1.5, 0.5}, parameters.get(0).grad(), 1e-6);
        assertEquals(0, Utils.clipGradNorm_(withGradients(), 1).item());
    }

    @Test
    void aNormThatIsNotFiniteIsRefusedOnRequest() {
        List<Tensor> parameters = withGradients(new float[] {Float.POSITIVE_INFINITY, 1});
        var e = assertThrows(IllegalArgumentException.class, () -> Utils.clipGradNorm_(parameters, 1, 2, true));
        assertEquals(
                "clipGradNorm_: the norm of the gradients must be finite, got Infinity."
                        + " Pass errorIfNonfinite false to scale by it all the same.",
                e.getMessage());
        assertEquals(1, parameters.get(0).grad().get(1).item());
        assertEquals(
                Double.POSITIVE_INFINITY, Utils.clipGradNorm_(parameters, 1).item());
        assertEquals(0, parameters.get(0).grad().get(1).item());
        assertTrue(Double.isNaN(parameters.get(0).grad().get(0).item()));
    }

    @Test
    void gradientsAreClampedByValue() {
        List<Tensor> parameters = withGradients(new float[] {-3, 0.25f, Float.NaN, 7});
        Utils.clipGradValue_(parameters, 0.5);
        assertClose(
                new double[] {-0.5, 0.25, Double.NaN, 0.5}, parameters.get(0).grad(), 0);
    }

    // ------------------------------------------------------------------ vectors

    @Test
    void parametersGoIntoAVectorAndBack() {
        Linear layer = new Linear(3, 2);
        Tensor vector = Utils.parametersToVector(layer.parameters());
        assertArrayEquals(new long[] {8}, vector.shape().toArray());
        assertClose(values(layer.weight()), vector.slice(0, 0, 6, 1), 0);
        vector.sum().backward();
        assertClose(new double[] {1, 1}, layer.bias().grad(), 0);
        Utils.vectorToParameters(Tensor.arange(8).to(DType.FLOAT32), layer.parameters());
        assertClose(new double[] {0, 1, 2, 3, 4, 5}, layer.weight(), 0);
        assertClose(new double[] {6, 7}, layer.bias(), 0);
        var e = assertThrows(ShapeException.class, () -> Utils.vectorToParameters(Tensor.zeros(7), layer.parameters()));
        assertEquals(
                "vectorToParameters: the vector must have the elements of all parameters, expected 8, got [7].",
                e.getMessage());
    }

    // ------------------------------------------------------------------ weight norm

    @Test
    void weightNormKeepsTheFunctionAndItsKeys() {
        Linear layer = new Linear(4, 3);
        Tensor x = Tensor.randn(5, 4);
        double[] before = values(layer.forward(x));
        double[] weight = values(layer.weight());
        Utils.weightNorm(layer);
        assertEquals(
                List.of("bias", "weight_g", "weight_v"),
                List.copyOf(layer.stateDict().keySet()));
        assertArrayEquals(new long[] {3, 1}, layer.parameter("weight_g").shape().toArray());
        assertClose(before, layer.forward(x), 1e-6);
        Utils.removeWeightNorm(layer);
        assertEquals(List.of("bias", "weight"), List.copyOf(layer.stateDict().keySet()));
        assertClose(weight, layer.weight(), 1e-6);
        assertTrue(layer.weight().isLeaf() && layer.weight().requiresGrad());
    }

    @Test
    void weightNormOfOtherDimensions() {
        Conv2d layer = new Conv2d(2, 3, 3);
        double[] before = values(layer.weight());
        Utils.weightNorm(layer, "weight", -3);
        assertArrayEquals(
                new long[] {1, 2, 1, 1}, layer.parameter("weight_g").shape().toArray());
        assertClose(before, layer.weight(), 1e-6);
        Utils.removeWeightNorm(layer);
        Utils.weightNorm(layer, "weight", null);
        assertArrayEquals(new long[0], layer.parameter("weight_g").shape().toArray());
        assertClose(before, layer.weight(), 1e-6);
        Utils.weightNorm(layer, "bias", 0);
        assertArrayEquals(new long[] {3}, layer.parameter("bias_g").shape().toArray());
        assertArrayEquals(
                new long[] {1, 3, 4, 4},
                layer.forward(Tensor.randn(1, 2, 6, 6)).shape().toArray());
    }

    @Test
    void weightNormsGradientsAreThoseOfTheFormula() {
        Linear layer = new Linear(4, 3, Linear.dtype(DType.FLOAT64));
        Utils.weightNorm(layer);
        Tensor x = Tensor.randn(5, 4).to(DType.FLOAT64);
        layer.forward(x).square().sum().backward();
        Tensor g = layer.parameter("weight_g").detach().clone().requiresGrad_();
        Tensor v = layer.parameter("weight_v").detach().clone().requiresGrad_();
        Tensor w = g.mul(v).div(v.square().sum(1).sqrt().unsqueeze(1));
        x.matmul(w.t()).add(layer.bias().detach()).square().sum().backward();
        assertClose(values(g.grad()), layer.parameter("weight_g").grad(), 1e-12);
        assertClose(values(v.grad()), layer.parameter("weight_v").grad(), 1e-12);
        double[] before = values(layer.weight());
        new SGD(layer.parameters(), 0.1).step();
        assertFalse(java.util.Arrays.equals(before, values(layer.weight())), "a step changes the weight");
    }

    @Test
    void whatCannotBeComputedIsRefused() {
        Linear layer = new Linear(4, 3);
        var e = assertThrows(IllegalArgumentException.class, () -> Utils.weightNorm(layer, "wieght", 0));
        assertEquals(
                "weightNorm: the module must have a parameter of that name that is not computed yet,"
                        + " got \"wieght\" [module: Linear].",
                e.getMessage());
        assertThrows(IndexException.class, () -> Utils.weightNorm(layer, "weight", 2));
        Utils.weightNorm(layer);
        e = assertThrows(IllegalArgumentException.class, () -> Utils.spectralNorm(layer));
        assertEquals(
                "spectralNorm: the module must have a parameter of that name that is not computed yet,"
                        + " got \"weight\", which is computed [module: Linear].",
                e.getMessage());
        e = assertThrows(IllegalArgumentException.class, () -> Utils.removeSpectralNorm(layer));
        assertEquals(
                "removeSpectralNorm: the module must have a parameter of that name that was computed so,"
                        + " got \"weight\" [module: Linear].",
                e.getMessage());
        e = assertThrows(IllegalArgumentException.class, () -> Utils.spectralNorm(layer, "bias", 0, 1e-12, null));
        assertEquals("spectralNorm: the number of iterations must be positive, got 0.", e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> Utils.removeWeightNorm(layer, "bias"));
    }

    // ------------------------------------------------------------------ spectral norm

    @Test
    void spectralNormFindsTheLargestSingularValue() {
        Linear layer = new Linear(6, 4, Linear.dtype(DType.FLOAT64));
        Tensor weight = layer.weight().detach().clone();
        Utils.spectralNorm(layer);
        assertEquals(
                List.of("bias", "weight_orig", "weight_u", "weight_v"),
                List.copyOf(layer.stateDict().keySet()));
        assertEquals(2, layer.parameters().size());
        Tensor x = Tensor.randn(2, 6).to(DType.FLOAT64);
        for (int i = 0; i < 300; i++) {
            layer.forward(x);
        }
        layer.eval();
        double largest = Linalg.svdvals(weight).get(0).item();
        assertClose(values(weight.div(largest)), layer.weight(), 1e-9);
        double[] u = values(layer.buffer("weight_u"));
        layer.forward(x);
        assertArrayEquals(u, values(layer.buffer("weight_u")), "evaluation changes nothing");
        Utils.removeSpectralNorm(layer);
        assertEquals(List.of("bias", "weight"), List.copyOf(layer.stateDict().keySet()));
        assertClose(values(weight.div(largest)), layer.weight(), 1e-9);
    }

    @Test
    void aStepOfSpectralNormIsOneIteration() {
        Linear layer = new Linear(6, 4, Linear.dtype(DType.FLOAT64));
        Tensor w = layer.weight().detach().clone().requiresGrad_();
        Utils.spectralNorm(layer);
        Tensor u = layer.buffer("weight_u").clone();
        assertEquals(1, u.norm().item(), 1e-12);
        Tensor x = Tensor.randn(2, 6).to(DType.FLOAT64);
        Tensor out = layer.forward(x);
        Tensor v = unit(w.detach().t().mv(u));
        Tensor next = unit(w.detach().mv(v));
        assertClose(values(next), layer.buffer("weight_u"), 1e-12);
        assertClose(values(v), layer.buffer("weight_v"), 1e-12);
        Tensor expected =
                x.matmul(w.div(next.dot(w.mv(v))).t()).add(layer.bias().detach());
        assertClose(values(expected), out, 1e-12);
        layer.forward(x);
        out.square().sum().backward();
        expected.square().sum().backward();
        assertClose(values(w.grad()), layer.parameter("weight_orig").grad(), 1e-12);
    }

    private static Tensor unit(Tensor x) {
        return x.div(x.norm());
    }

    @Test
    void spectralNormOfConvolutions() {
        ConvTranspose2d transposed = Utils.spectralNorm(new ConvTranspose2d(2, 5, 3));
        assertArrayEquals(new long[] {5}, transposed.buffer("weight_u").shape().toArray());
        assertArrayEquals(new long[] {18}, transposed.buffer("weight_v").shape().toArray());
        Conv2d layer = Utils.spectralNorm(new Conv2d(2, 5, 3));
        assertArrayEquals(new long[] {5}, layer.buffer("weight_u").shape().toArray());
        layer.forward(Tensor.randn(1, 2, 4, 4)).sum().backward();
        assertEquals(90, layer.parameter("weight_orig").grad().numel());
    }

    // ------------------------------------------------------------------ batch statistics

    @Test
    void batchNormsGetTheStatisticsOfTheData() {
        BatchNorm1d norm = new BatchNorm1d(3);
        Sequential model = new Sequential(norm, new Dropout(0.5));
        model.eval();
        List<Tensor[]> batches = new ArrayList<>();
        Tensor means = Tensor.zeros(3);
        for (int i = 0; i < 4; i++) {
            Tensor x = Tensor.randn(8, 3).add(i);
            batches.add(new Tensor[] {x, Tensor.zeros(8)});
            means.add_(x.mean(0).div(4));
        }
        norm.buffer("running_mean").fill_(100);
        String text = norm.toString();
        Utils.updateBatchNorm(batches, model);
        assertClose(values(means), norm.buffer("running_mean"), 1e-6);
        assertEquals(4, norm.buffer("num_batches_tracked").itemLong());
        assertEquals(text, norm.toString());
        assertFalse(model.isTraining());
        Utils.updateBatchNorm(
                () -> {
                    throw new AssertionError("no batch is to be read");
                },
                new Linear(2, 2));
    }
}
