package dev.lanewise.op;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.DType;
import dev.lanewise.DTypeException;
import dev.lanewise.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Functions of one tensor: their values to the last digits, at poles and ends, of many elements, and what they refuse. */
class FunctionTest {
    private static final double INF = Double.POSITIVE_INFINITY;

    /** Checks f(x) = y for pairs x, y, of which y was computed with 40 digits. */
    private static void at(UnaryOperator<Tensor> f, double... pairs) {
        for (int i = 0; i < pairs.length; i += 2) {
            double got = f.apply(Tensor.of(DType.FLOAT64, pairs[i])).item();
            assertEquals(pairs[i + 1], got, 1e-15 + 4 * Math.ulp(pairs[i + 1]), "at " + pairs[i]);
            assertEquals(Math.signum(pairs[i + 1]), Math.signum(got), "sign at " + pairs[i]);
        }
    }

    private static void exactly(UnaryOperator<Tensor> f, double... pairs) {
        for (int i = 0; i < pairs.length; i += 2) {
            for (DType type : new DType[] {DType.FLOAT32, DType.FLOAT64, DType.FLOAT16, DType.BFLOAT16}) {
                assertEquals(pairs[i + 1], f.apply(Tensor.of(type, pairs[i])).item(), type + " at " + pairs[i]);
            }
        }
    }

    @Test
    void errorFunctions() {
        at(Tensor::erf, 1e-300, 1.1283791670955126e-300, 0.3, 0.3286267594591274, 1.2, 0.9103139782296353);
        at(Tensor::erf, 5.5, 0.9999999999999927, -0.3, -0.3286267594591274);
        at(Tensor::erfc, -2, 1.9953222650189528, 0.4, 0.5716076449533315, 3, 2.209049699858544e-05);
        assertEquals(5.663192408856143e-296, Tensor.of(DType.FLOAT64, 26).erfc().item(), 1e-310);
        at(Tensor::erfinv, 1e-10, 8.862269254527581e-11, 0.3, 0.2724627147267543, -0.7, -0.7328690779592167);
        at(Tensor::erfinv, Math.nextDown(1.0), 5.8635847487551676);
        exactly(Tensor::erf, INF, 1, -INF, -1, Double.NaN, Double.NaN, -0.0, -0.0);
        exactly(Tensor::erfc, INF, 0, -INF, 2, 0, 1, Double.NaN, Double.NaN);
        exactly(Tensor::erfinv, 1, INF, -1, -INF, 1.5, Double.NaN, -0.0, -0.0);
    }

    @Test
    void gammaFunctions() {
        at(Tensor::lgamma, 1e-10, 23.025850929882736, 0.7, 0.26086724653166654, 1.0000001, -5.772155829918507e-08);
        at(Tensor::lgamma, 2.3, 0.15418945495963046, 7.5, 7.534364236758733, 1e10, 220258509288.81058);
        at(Tensor::lgamma, -0.3, 1.4648400508576025, -4.7, -2.9273024136818373, 1, 0, 2, 0);
        at(Tensor::digamma, 1e-5, -100000.57719921567, 1.46, -0.0015805619870834522, 3.2, 0.9988388912865996);
        at(Tensor::digamma, 50.5, 3.912039670928392, -0.5, 0.03648997397857652, -3.3, 3.620353460592126);
        at(x -> x.polygamma(1), 0.3, 12.245364546107732, -2.5, 9.539246644989124);
        at(x -> x.polygamma(2), 4.2, -0.0717648505531312);
        at(x -> x.polygamma(5), -1.7, 165659.80077263742);
        at(x -> x.polygamma(3), 100.5, 1.9999000087487087e-06);
        at(x -> x.polygamma(0), 3.2, 0.9988388912865996);
        exactly(Tensor::lgamma, 0, INF, -3, INF, INF, INF, -INF, INF, Double.NaN, Double.NaN);
        exactly(Tensor::digamma, 0, -INF, -0.0, INF, -2, Double.NaN, INF, INF, -INF, Double.NaN);
        exactly(x -> x.polygamma(1), 0, INF, INF, 0, Double.NaN, Double.NaN);
    }

    @Test
    void logarithmsAndHyperbolicInverses() {
        at(Tensor::asinh, 1e-8, 1e-08, 0.5, 0.48121182505960347, -3e20, -47.84346132910897);
        at(Tensor::acosh, 1.0000001, 0.0004472135919037347, 3, 1.762747174039086, 1e200, 461.2101657793691);
        at(Tensor::atanh, 1e-9, 1e-09, 0.3, 0.3095196042031117, 0.999999, 7.254328619247669);
        at(Tensor::log2, 3, 1.584962500721156, 1e-310, -1029.7977094150824);
        at(Tensor::logit, 0.3, -0.8472978603872037, 0.5000001, 3.99999999789463e-07, 1e-20, -46.051701859880914);
        at(Tensor::sinc, 1e-9, 1, 0.3, 0.8583936913341398, 2.5, 0.12732395447351627);
        exactly(Tensor::log2, 0, -INF, -1, Double.NaN, INF, INF, 1, 0, 0.25, -2);
        exactly(Tensor::acosh, 1, 0, 0.5, Double.NaN, -3, Double.NaN, INF, INF);
        exactly(Tensor::atanh, 1, INF, -1, -INF, 2, Double.NaN, -0.0, -0.0);
        exactly(Tensor::asinh, INF, INF, -INF, -INF, -0.0, -0.0);
        exactly(Tensor::logit, 0, -INF, 1, INF, 0.5, 0, 2, Double.NaN);
        exactly(Tensor::sinc, 0, 1, -0.0, 1, 4, 0, -7, 0, INF, Double.NaN);
        for (int k = -1074; k < 1024; k++) {
            assertEquals(k, Tensor.of(DType.FLOAT64, Math.scalb(1.0, k)).log2().item());
        }
    }

    @Test
    void roundingGoesToEvenAndKeepsTheSignOfZero() {
        exactly(Tensor::round, 0.5, 0, 1.5, 2, 2.5, 2, -0.5, -0.0, -1.5, -2, -0.0, -0.0, INF, INF);
        exactly(Tensor::floor, 0.5, 0, -0.5, -1, -0.0, -0.0, -3, -3, -INF, -INF);
        exactly(Tensor::ceil, 0.5, 1, -0.5, -0.0, -0.0, -0.0, 3, 3, INF, INF);
        exactly(Tensor::trunc, 1.5, 1, -1.5, -1, -0.5, -0.0, 0.5, 0, -INF, -INF);
        exactly(Tensor::frac, 1.5, 0.5, -1.5, -0.5, 3, 0, INF, Double.NaN);
        for (double large : new double[] {0x1p23 - 0.5, 0x1p23, 0x1p23 + 1, 0x1p24 - 1, 3e38}) {
            Tensor x = Tensor.of(DType.FLOAT32, large, -large);
            double down = Math.floor((float) large);
            assertArrayEquals(
                    new double[] {down, Math.floor(-(float) large)}, x.floor().toDoubleArray());
            assertArrayEquals(new double[] {down, -down}, x.trunc().toDoubleArray());
        }
        double[] digits = {1.005, 2.675, -12.345, 1234.5};
        assertArrayEquals(
                new double[] {1, 2.68, -12.34, 1234.5},
                Tensor.of(DType.FLOAT64, digits).round(2).toDoubleArray());
        assertArrayEquals(
                new double[] {0, 0, 0, 1200},
                Tensor.of(DType.FLOAT64, digits).round(-2).abs().toDoubleArray());
        assertArrayEquals(new long[] {5, -7}, Tensor.of(5, -7).floor().toLongArray());
        assertEquals(DType.INT16, Tensor.ones(DType.INT16, 1).round(0).dtype());
    }

    /** All ops of the tables here, over more elements than one thread takes, in row-major order and turned. */
    @Test
    void manyElements() {
        List<Op> ops = new ArrayList<>();
        ops.addAll(ExpLogOps.all());
        ops.addAll(TrigOps.all());
        ops.addAll(HyperbolicOps.all());
        ops.addAll(RoundingOps.all());
        ops.addAll(SpecialOps.all());
        ops.addAll(ActivationOps.all());
        int checked = 0;
        for (Op op : ops) {
            if (op instanceof UnaryOp unary) {
                checkMany(unary, false);
                checkMany(unary, true);
                checked++;
            }
        }
        assertTrue(checked > 30, "only " + checked + " ops were checked");
    }

    private static void checkMany(UnaryOp op, boolean turned) {
        SplittableRandom random = new SplittableRandom(3);
        double[] values = random.doubles(200_000, op.low(), op.high()).toArray();
        Tensor x = Tensor.of(DType.FLOAT32, values).reshape(400, 500);
        Tensor in = turned ? x.t() : x;
        Tensor out = Dispatch.apply(op, in);
        assertArrayEquals(in.sizes(), out.sizes(), op.name());
        float[] got = out.toFloatArray();
        float[] given = in.toFloatArray();
        for (int i = 0; i < got.length; i++) {
            float expected = op.scalar(given[i]);
            assertEquals(expected, got[i], op.ulps() * Math.ulp(expected), op.name() + " of " + given[i]);
        }
    }

    @Test
    void emptyAndZeroDimensional() {
        assertArrayEquals(new long[] {2, 0}, Tensor.zeros(2, 0).sin().sizes());
        assertArrayEquals(new long[] {2, 0}, Tensor.zeros(2, 0).isnan().sizes());
        assertArrayEquals(new long[0], Tensor.scalar(0.5).erfinv().sizes());
        assertArrayEquals(new long[0], Tensor.scalar(2).isfinite().sizes());
        assertEquals(0, Tensor.zeros(0).nanToNum().numel());
        assertEquals(DType.BOOL, Tensor.zeros(0).signbit().dtype());
    }

    @Test
    void integersAndBooleansBecomeFloatingPoint() {
        for (DType type : new DType[] {DType.INT64, DType.UINT8, DType.BOOL}) {
            Tensor x = Tensor.ones(type, 3);
            for (Tensor y : List.of(x.sin(), x.log2(), x.erf(), x.deg2rad(), x.sinc(), x.logit(), x.reciprocal())) {
                assertEquals(DType.FLOAT32, y.dtype());
            }
        }
        assertEquals(DType.FLOAT16, Tensor.ones(DType.FLOAT16, 3).lgamma().dtype());
        Tensor square = Tensor.of(true, false).square();
        assertEquals(DType.INT64, square.dtype());
        assertArrayEquals(new long[] {1, 0}, square.toLongArray());
    }

    @Test
    void questions() {
        for (DType type : new DType[] {DType.FLOAT32, DType.FLOAT64, DType.FLOAT16, DType.BFLOAT16}) {
            Tensor x = Tensor.of(type, 1, Double.NaN, INF, -INF, -0.0, -2)
                    .reshape(3, 2)
                    .t();
            assertArrayEquals(
                    new boolean[] {false, false, false, true, false, false},
                    x.isnan().toBooleanArray());
            assertArrayEquals(
                    new boolean[] {false, true, false, false, true, false},
                    x.isinf().toBooleanArray());
            assertArrayEquals(
                    new boolean[] {true, false, true, false, false, true},
                    x.isfinite().toBooleanArray());
            assertArrayEquals(
                    new boolean[] {false, true, false, false, false, false},
                    x.isposinf().toBooleanArray());
            assertArrayEquals(
                    new boolean[] {false, false, false, false, true, false},
                    x.isneginf().toBooleanArray());
            boolean[] negative = x.signbit().toBooleanArray();
            assertTrue(negative[2] && negative[4] && negative[5] && !negative[0] && !negative[1]);
            assertArrayEquals(
                    new boolean[] {false, false, true, false, false, false},
                    x.logicalNot().toBooleanArray());
        }
        Tensor whole = Tensor.of(-1, 0, 5);
        assertArrayEquals(new boolean[3], whole.isnan().toBooleanArray());
        assertArrayEquals(new boolean[] {true, true, true}, whole.isfinite().toBooleanArray());
        assertArrayEquals(new boolean[] {true, false, false}, whole.signbit().toBooleanArray());
        assertFalse(Tensor.of(1.0).requiresGrad_().isnan().requiresGrad());
    }

    @Test
    void nanAndInfinitiesAreReplaced() {
        for (DType type : new DType[] {DType.FLOAT32, DType.FLOAT64, DType.FLOAT16, DType.BFLOAT16}) {
            double[] y = Tensor.of(type, Double.NaN, INF, -INF, 2).nanToNum().toDoubleArray();
            assertEquals(0, y[0]);
            assertTrue(y[1] < INF && y[1] == -y[2], type + " " + y[1]);
            Tensor above = Tensor.of(type, y[1]).mul(1.01);
            assertEquals(INF, above.item(), type + ": there is a larger number");
            assertEquals(2, y[3]);
        }
        Tensor x = Tensor.of(DType.FLOAT64, Double.NaN, INF, 2).requiresGrad_();
        Tensor changed = x.mul(3).nanToNum_(1, 2, null);
        assertArrayEquals(new double[] {1, 2, 6}, changed.detach().toDoubleArray());
        changed.sum().backward();
        assertArrayEquals(new double[] {0, 0, 3}, x.grad().toDoubleArray());
        assertArrayEquals(new long[] {4}, Tensor.of(4).nanToNum().toLongArray());
    }

    @Test
    void bitsTurnRound() {
        assertArrayEquals(
                new long[] {-1, -6, 6}, Tensor.of(0, 5, -7).bitwiseNot().toLongArray());
        Tensor bytes = Tensor.of(DType.UINT8, 0, 5, 255);
        assertArrayEquals(new long[] {255, 250, 0}, bytes.bitwiseNot_().toLongArray());
        assertArrayEquals(
                new boolean[] {false, true}, Tensor.of(true, false).bitwiseNot().toBooleanArray());
    }

    @Test
    void inPlaceFormsChangeTheirTensor() {
        Tensor base = Tensor.of(DType.FLOAT64, 0.1, 0.2, 0.3, 0.4).reshape(2, 2);
        Tensor column = base.select(1, 0);
        assertSame(column, column.exp2_().log2_().logit_(0.25));
        assertArrayEquals(new double[] {-Math.log(3), 0.2, Math.log(3.0 / 7), 0.4}, base.toDoubleArray(), 1e-15);
        Tensor x = Tensor.of(DType.FLOAT64, 1.234, -5.678);
        assertArrayEquals(new double[] {1.2, -5.7}, x.round_(1).toDoubleArray(), 1e-15);
        assertArrayEquals(
                new double[] {10, -10},
                Tensor.of(DType.FLOAT64, 14, -6).round_(-1).toDoubleArray());
        assertEquals(-0.7, x.frac_().getDouble(1), 1e-15);
    }

    @Test
    void derivativesAtTheEnds() {
        assertEquals(0, gradient(Tensor::sinc, 0));
        assertEquals(Double.NaN, gradient(Tensor::logit, 1.5));
        assertEquals(INF, gradient(Tensor::logit, 0));
        assertEquals(0, gradient(x -> x.logit(0.1), 0.05));
        assertEquals(INF, gradient(Tensor::asin, 1));
        assertEquals(0, gradient(Tensor::floor, 1.5));
        assertEquals(1, gradient(Tensor::frac, 1.5));
        assertEquals(Math.PI * Math.PI / 6, gradient(Tensor::digamma, 1), 1e-14);
        assertEquals(Math.PI * Math.PI / 2 + 4, gradient(Tensor::digamma, -0.5), 1e-13);
        assertEquals(0, gradient(x -> x.round(1), 0.123));
    }

    private static double gradient(UnaryOperator<Tensor> f, double at) {
        Tensor x = Tensor.of(DType.FLOAT64, at).requiresGrad_();
        f.apply(x).sum().backward();
        return x.grad().item();
    }

    @Test
    void nodesHaveTheNamesThatArePrinted() {
        Tensor x = Tensor.of(DType.FLOAT64, 0.5).requiresGrad_();
        assertEquals("Log1PBackward0", x.log1p().gradFn().name());
        assertEquals("Deg2RadBackward0", x.deg2rad().gradFn().name());
        assertEquals("Expm1Backward0", x.expm1().gradFn().name());
        assertEquals("PowBackward0", x.square().gradFn().name());
    }

    private static void refused(Class<? extends RuntimeException> type, String message, Executable call) {
        assertEquals(message, assertThrows(type, call).getMessage());
    }

    @Test
    void refusals() {
        Tensor whole = Tensor.of(1, 2);
        refused(
                DTypeException.class,
                "frac: the dtype must be floating point [self: int64[2]]. Convert with to(DType.FLOAT32) first.",
                whole::frac);
        refused(
                DTypeException.class,
                "bitwiseNot: the dtype must be an integer or bool [self: float32[1]]. Convert with to(DType.INT64)"
                        + " first.",
                () -> Tensor.of(1.0f).to(DType.FLOAT32).bitwiseNot());
        refused(
                DTypeException.class,
                "round: decimals must be 0 for integers, got 2 [self: int64[2]]. Convert with to(DType.FLOAT32) first.",
                () -> whole.round(2));
        refused(
                DTypeException.class,
                "sin_: the result must fit the dtype of self, expected at most int64, got float32 [self: int64[2]]. "
                        + "Convert self with to(DType.FLOAT32), or use the form without underscore.",
                whole::sin_);
        refused(
                IllegalArgumentException.class,
                "polygamma: the order must be from 0 to 170, got -1.",
                () -> whole.polygamma(-1));
        refused(
                DTypeException.class,
                "floor: must be called on numbers, expected a numeric dtype, got bool. Convert with to(DType.UINT8) or"
                        + " use a logical operation.",
                () -> Tensor.of(true).floor());
    }
}
