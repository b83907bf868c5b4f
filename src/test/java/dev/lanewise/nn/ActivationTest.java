package dev.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.DType;
import dev.lanewise.DTypeException;
import dev.lanewise.Generator;
import dev.lanewise.IndexException;
import dev.lanewise.ShapeException;
import dev.lanewise.Tensor;
import dev.lanewise.testing.Golden;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The activation functions: digits, ends, bounds, many elements, in place, draws, and what they refuse. */
class ActivationTest {
    private static final double INF = Double.POSITIVE_INFINITY;

    private static Tensor doubles(double... values) {
        return Tensor.of(DType.FLOAT64, values);
    }

    private static void at(UnaryOperator<Tensor> f, double... pairs) {
        for (int i = 0; i < pairs.length; i += 2) {
            double delta = Double.isFinite(pairs[i + 1]) ? 8 * Math.ulp(pairs[i + 1]) : 0.5;
            assertEquals(pairs[i + 1], f.apply(doubles(pairs[i])).item(), delta, "at " + pairs[i]);
        }
    }

    @Test
    void valuesToTheLastDigits() {
        at(Functional::gelu, -5, -1.4332578593959695e-06, 0.7, 0.5306254434438489, INF, INF, -INF, Double.NaN);
        at(Functional::mish, -20, -4.122307240628761e-08, 1.3, 1.185976571527536, 1000, 1000);
        at(Functional::logsigmoid, -30, -30.000000000000092, 40, -4.248354255291589e-18, -INF, -INF, INF, 0);
        at(Functional::silu, -3, -0.14227761953270035, 2, 1.7615941559557649, INF, INF);
        at(Functional::softplus, 0, Math.log(2), 21, 21, -800, 0, INF, INF);
        at(x -> Functional.softplus(x, 2, 5), 2, Math.log1p(Math.exp(4)) / 2, 3, 3);
        at(Functional::elu, 1e-10, 1e-10, -1e-10, Math.expm1(-1e-10), -INF, -1);
        at(x -> Functional.celu(x, 2), -3, 2 * Math.expm1(-1.5), 3, 3);
        at(Functional::hardswish, -4, -0.0, 0, 0, 3, 3, 1, 4 / 6.0);
        at(Functional::hardsigmoid, -3, 0, 0, 0.5, 7, 1);
        at(Functional::relu6, 7, 6, -1, 0, 2.5, 2.5);
        at(Functional::hardshrink, 0.5, 0, 0.6, 0.6, -0.6, -0.6, Double.NaN, Double.NaN);
        at(Functional::softshrink, 0.5, 0, 0.75, 0.25, -0.75, -0.25);
        at(Functional::softsign, 3, 0.75, -1, -0.5);
        at(Functional::tanhshrink, 2, 2 - Math.tanh(2));
        double third = Functional.gelu(doubles(0.7), "tanh").item();
        assertEquals(0.35 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (0.7 + 0.044715 * 0.343))), third, 1e-15);
        assertEquals(
                1.7580993408473766 * Math.expm1(-1),
                Functional.selu(doubles(-1)).item(),
                1e-15);
    }

    @Test
    void manyElementsOfATurnedTensor() {
        many(Functional::gelu, x -> x * 0.5 * (1 + erf(x / Math.sqrt(2))));
        many(Functional::silu, x -> x / (1 + Math.exp(-x)));
        many(Functional::softplus, x -> Math.log1p(Math.exp(x)));
        many(x -> Functional.leakyRelu(x, 0.25), x -> x > 0 ? x : x / 4);
        many(x -> Functional.elu(x, 0.5), x -> x > 0 ? x : Math.expm1(x) / 2);
        many(x -> Functional.threshold(x, 0.5, 2), x -> x <= 0.5 ? 2 : x);
        many(x -> Functional.hardtanh(x, -0.5, 0.75), x -> Math.min(Math.max(x, -0.5), 0.75));
        many(x -> Functional.softshrink(x, 0.25), x -> x > 0.25 ? x - 0.25 : x < -0.25 ? x + 0.25 : 0);
    }

    private static double erf(double x) {
        return doubles(x).erf().item();
    }

    private static void many(UnaryOperator<Tensor> f, DoubleUnaryOperator expected) {
        Tensor x = Tensor.linspace(-3, 3, 200_000).reshape(400, 500).t();
        float[] in = x.toFloatArray();
        float[] out = f.apply(x).toFloatArray();
        assertTrue(in.length == out.length && in.length == 200_000);
        for (int i = 0; i < in.length; i += 7) {
            assertEquals(expected.applyAsDouble(in[i]), out[i], 5e-7, "at " + in[i]);
        }
    }

    @Test
    void gradientsAtTheBounds() {
        assertArrayEquals(new double[] {0, 1, 0}, gradient(Functional::hardtanh, -1, 0, 1));
        assertArrayEquals(new double[] {0, 1, 0}, gradient(Functional::relu6, 0, 3, 6));
        assertArrayEquals(new double[] {0, 1 / 6.0, 0}, gradient(Functional::hardsigmoid, -3, 0, 3));
        assertArrayEquals(new double[] {0.01, 1}, gradient(Functional::leakyRelu, 0, 1));
        assertArrayEquals(new double[] {0, 1}, gradient(x -> Functional.threshold(x, 0, 5), 0, 1e-9));
        assertArrayEquals(new double[] {0, 0, 1}, gradient(Functional::hardshrink, 0.5, -0.5, 0.6));
        assertArrayEquals(new double[] {1, 1}, gradient(Functional::softplus, 25, 1e300));
        assertArrayEquals(new double[] {4, 4}, gradient(x -> Functional.normalize(x, 2, 0, 0.25), 0, 0));
        assertArrayEquals(new double[] {1, 1}, gradient(x -> Functional.elu(x, 1), 0, 1000));
    }

    private static double[] gradient(UnaryOperator<Tensor> f, double... at) {
        Tensor x = doubles(at).requiresGrad_();
        f.apply(x).sum().backward();
        return x.grad().toDoubleArray();
    }

    @Test
    void integers() {
        Tensor x = Tensor.of(-3, 0, 2, 9);
        assertArrayEquals(new long[] {-1, 0, 1, 1}, Functional.hardtanh(x).toLongArray());
        assertArrayEquals(
                new long[] {9, 9, 2, 9}, Functional.threshold(x, 0.2, 9.7).toLongArray());
        assertArrayEquals(new long[] {0, 0, 2, 6}, Functional.relu6(x).toLongArray());
        assertEquals(DType.FLOAT32, Functional.softsign(x).dtype());
    }

    @Test
    void inPlaceForms() {
        Tensor x = doubles(-2, -0.5, 0.5, 2);
        assertSame(x, Functional.leakyRelu_(x, 0.5));
        assertArrayEquals(new double[] {-1, -0.25, 0.5, 2}, x.toDoubleArray());
        assertArrayEquals(
                new double[] {-0.5, -0.25, 0.5, 1.5},
                Functional.hardtanh_(x, -0.5, 1.5).toDoubleArray());
        assertArrayEquals(
                new double[] {7, 7, 0.5, 1.5}, Functional.threshold_(x, 0.3, 7).toDoubleArray());
        Tensor leaf = doubles(-1, 2).requiresGrad_();
        Functional.elu_(Functional.silu_(leaf.mul(1)), 0.5).sum().backward();
        assertArrayEquals(
                gradient(y -> Functional.elu(Functional.silu(y), 0.5), -1, 2),
                leaf.grad().toDoubleArray());
        for (UnaryOperator<Tensor> f : List.<UnaryOperator<Tensor>>of(
                Functional::relu_,
                Functional::relu6_,
                Functional::selu_,
                Functional::mish_,
                Functional::hardsigmoid_,
                Functional::hardswish_,
                y -> Functional.celu_(y, 2),
                y -> Functional.rrelu_(y, 0.1, 0.2, true))) {
            Tensor y = doubles(-1, 3);
            assertSame(y, f.apply(y));
            assertTrue(y.getDouble(0) != -1);
        }
    }

    @Test
    void slopesAreDrawnAsRecorded() {
        int found = 0;
        for (int seed : new int[] {0, 42, 100}) {
            String name = "rng/torch_seed_" + seed + ".json";
            if (!Golden.directory().resolve(name).toFile().exists()) {
                continue;
            }
            for (Map<String, Object> one : Golden.maps(Golden.json(name).get("cases"))) {
                if ("rrelu_train".equals(one.get("id"))) {
                    Generator.defaultGenerator().manualSeed(seed);
                    Tensor y = Functional.rrelu(Tensor.linspace(-2, 1, 20), 1.0 / 8, 1.0 / 3, true);
                    assertArrayEquals(Golden.doubles(one.get("values")), y.toDoubleArray(), 2e-7, "seed " + seed);
                    found++;
                }
            }
        }
        assertTrue(found > 0, "no recorded draws were found");
    }

    @Test
    void slopesOfPrelu() {
        Tensor x = doubles(-1, -2, 3, -4, 5, -6).reshape(1, 3, 2);
        Tensor each = x.prelu(doubles(0.5, 10, 100));
        assertArrayEquals(new double[] {-0.5, -1, 3, -40, 5, -600}, each.toDoubleArray());
        assertArrayEquals(
                new double[] {-0.5, -1, 3, -2, 5, -3}, x.prelu(doubles(0.5)).toDoubleArray());
        assertEquals(-3, Tensor.scalar(DType.FLOAT64, -6).prelu(doubles(0.5)).item());
        Tensor weight = doubles(0.5, 10, 100).requiresGrad_();
        x.prelu(weight).sum().backward();
        assertArrayEquals(new double[] {-3, -4, -6}, weight.grad().toDoubleArray());
    }

    @Test
    void alongADimension() {
        Tensor x = doubles(1, 2, 3, 4).reshape(2, 2);
        assertArrayEquals(
                x.neg().softmax(0).toDoubleArray(), Functional.softmin(x, 0).toDoubleArray());
        Tensor gated = Functional.glu(x, 0);
        assertArrayEquals(new long[] {1, 2}, gated.shape().toArray());
        assertEquals(2 / (1 + Math.exp(-4)), gated.getDouble(0, 1), 1e-15);
        assertArrayEquals(new double[] {1 / 3.0, 2 / 3.0, 3 / 7.0, 4 / 7.0}, normalized(x, 1), 1e-15);
        assertArrayEquals(new double[] {0.5, 1, 0.75, 1}, normalized(x, INF), 1e-15);
        assertArrayEquals(new double[] {1, 2, 1, 4 / 3.0}, normalized(x, -INF), 1e-15);
        assertArrayEquals(new double[] {0.5, 1, 1.5, 2}, normalized(x, 0), 1e-15);
        assertEquals(3 / Math.cbrt(91), normalized(x, 3)[2], 1e-15);
        assertEquals(0, Functional.softmax(Tensor.zeros(2, 0), 1).numel());
    }

    private static double[] normalized(Tensor x, double p) {
        return Functional.normalize(x, p, 1, 1e-12).toDoubleArray();
    }

    private static void refused(Class<? extends RuntimeException> type, String message, Executable call) {
        assertEquals(message, assertThrows(type, call).getMessage());
    }

    @Test
    void refusals() {
        Tensor x = Tensor.zeros(2, 3);
        Tensor whole = Tensor.of(1, 2);
        for (String name : new String[] {"gelu", "silu", "softplus", "glu", "hardshrink"}) {
            UnaryOperator<Tensor> f = switch (name) {
                case "gelu" -> Functional::gelu;
                case "silu" -> Functional::silu;
                case "softplus" -> Functional::softplus;
                case "glu" -> Functional::glu;
                default -> Functional::hardshrink;
            };
            String operand = name.equals("hardshrink") ? "self" : "input";
            refused(
                    DTypeException.class,
                    name + ": the dtype must be floating point [" + operand + ": int64[2]]. "
                            + "Convert with to(DType.FLOAT32) first.",
                    () -> f.apply(whole));
        }
        refused(
                ShapeException.class,
                "glu: the size along the dimension must be even, got 3 [input: float32[2, 3]].",
                () -> Functional.glu(x));
        assertThrows(IndexException.class, () -> Functional.glu(x, 2));
        refused(
                IllegalArgumentException.class,
                "gelu: the approximation must be known, expected none or tanh, got erf.",
                () -> Functional.gelu(x, "erf"));
        refused(
                IllegalArgumentException.class,
                "softshrink: lambda must not be below 0, got -1.0.",
                () -> Functional.softshrink(x, -1));
        refused(IllegalArgumentException.class, "celu: alpha must not be 0.", () -> Functional.celu(x, 0));
        refused(
                IllegalArgumentException.class,
                "rrelu: the lower slope must not be above the upper one, got 0.5 and 0.25.",
                () -> Functional.rrelu(x, 0.5, 0.25, true));
        refused(
                IllegalArgumentException.class,
                "hardtanh: the bounds must not be below 0 for uint8, got -1 and 1 [input: uint8[2]].",
                () -> Functional.hardtanh(whole.to(DType.UINT8)));
    }

    @Test
    void refusalsOfPrelu() {
        Tensor x = Tensor.zeros(2, 3);
        refused(
                ShapeException.class,
                "prelu: there must be one slope, or one for each of the channels in dimension 1"
                        + " [self: float32[2, 3], weight: float32[2]].",
                () -> x.prelu(Tensor.zeros(2)));
        refused(
                DTypeException.class,
                "prelu: input and weight must have one floating-point dtype [self: float32[2, 3], weight:"
                        + " float64[1]].",
                () -> x.prelu(doubles(1)));
    }
}
