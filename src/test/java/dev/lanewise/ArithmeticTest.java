package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Arithmetic of two and three tensors: special values, numbers as operands, dtypes, sizes, layouts. */
class ArithmeticTest {
    private static final double NAN = Double.NaN;
    private static final double INF = Double.POSITIVE_INFINITY;

    private static void same(double[] expected, Tensor got) {
        assertArrayEquals(expected, got.toDoubleArray(), Arrays.toString(got.toDoubleArray()));
    }

    private static void same(long[] expected, Tensor got) {
        assertArrayEquals(expected, got.toLongArray(), Arrays.toString(got.toLongArray()));
    }

    private static Tensor doubles(double... values) {
        return Tensor.of(DType.FLOAT64, values);
    }

    // ------------------------------------------------------------------ division

    @Test
    void remaindersOfIntegersHaveTheSignOfOneOfTheOperands() {
        Tensor a = Tensor.of(7, -7, 7, -7);
        Tensor b = Tensor.of(3, 3, -3, -3);
        same(new long[] {1, -1, 1, -1}, a.fmod(b));
        same(new long[] {1, 2, -2, -1}, a.remainder(b));
        same(new long[] {2, -3, -3, 2}, a.floorDivide(b));
        same(new long[] {2, -3, -3, 2}, a.div(b, "floor"));
        same(new long[] {2, -2, -2, 2}, a.div(b, "trunc"));
        assertEquals(DType.INT64, a.div(b, "trunc").dtype());
        assertEquals(DType.FLOAT32, a.div(b, (String) null).dtype());
    }

    @Test
    void remaindersOfFloatingPoint() {
        Tensor a = doubles(5.5, -5.5, 5.5, -5.5, 1, INF, 3, NAN, -3);
        Tensor b = doubles(2, 2, -2, -2, 0, 2, INF, 1, INF);
        same(new double[] {1.5, -1.5, 1.5, -1.5, NAN, NAN, 3, NAN, -3}, a.fmod(b));
        same(new double[] {1.5, 0.5, -0.5, -1.5, NAN, NAN, 3, NAN, INF}, a.remainder(b));
        same(new double[] {2, -3, -3, 2, INF, NAN, 0, NAN, -1}, a.floorDivide(b));
        same(new double[] {2, -2, -2, 2, INF, INF, 0, NAN, -0.0}, a.div(b, "trunc"));
    }

    @Test
    void aQuotientJustBelowAWholeNumberIsNotRoundedUp() {
        same(new double[] {9}, doubles(1).floorDivide(0.1));
        same(new double[] {0.1 % 0.01}, doubles(0.1).fmod(0.01));
        // cut is what the quotient rounds to in the dtype: 0.5f / 0.1f is below 5, but 5 as a float
        float cut = (float) Math.floor(0.5f / 0.1f);
        same(new double[] {cut}, Tensor.of(0.5).div(Tensor.of(0.1), "trunc"));
        assertTrue(cut > Math.floor((double) 0.5f / (double) 0.1f), "the example shows nothing");
    }

    @Test
    void remaindersAreExactWhateverTheSizes() {
        SplittableRandom random = new SplittableRandom(5);
        double[] a = new double[20_000];
        double[] b = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            b[i] = Math.scalb(random.nextDouble(-1, 1), random.nextInt(-30, 30));
            // half of them at, or next to, a multiple of the divisor
            double multiple = b[i] * random.nextInt(-1000, 1000);
            double near = random.nextBoolean() ? multiple : Math.nextUp(multiple);
            a[i] = random.nextBoolean() ? near : Math.scalb(random.nextDouble(-1, 1), random.nextInt(-40, 60));
        }
        double[] got = doubles(a).fmod(doubles(b)).toDoubleArray();
        for (int i = 0; i < a.length; i++) {
            if (Double.compare(a[i] % b[i], got[i]) != 0) {
                fail(a[i] + " fmod " + b[i] + ": expected " + a[i] % b[i] + ", got " + got[i]);
            }
        }
    }

    @Test
    void aZeroQuotientKeepsItsSign() {
        assertEquals(-0.0, doubles(-0.0).floorDivide(3).item());
        assertEquals(0.0, doubles(1).floorDivide(3).item());
        assertEquals(-0.0, doubles(-1).div(3, "trunc").item());
    }

    @Test
    void integersCannotBeDividedByZeroButEmptyOnesCan() {
        Tensor x = Tensor.of(4, 5);
        Tensor zeros = Tensor.of(2, 0);
        assertThrows(IllegalArgumentException.class, () -> x.floorDivide(zeros));
        assertThrows(IllegalArgumentException.class, () -> x.fmod(0));
        assertThrows(IllegalArgumentException.class, () -> x.remainder(zeros));
        assertThrows(IllegalArgumentException.class, () -> x.div(0, "floor"));
        assertThrows(IllegalArgumentException.class, () -> x.clone().floorDivide_(zeros));
        assertThrows(IllegalArgumentException.class, () -> Tensor.floorDivide(3, zeros));
        Tensor kept = x.clone();
        assertThrows(IllegalArgumentException.class, () -> kept.remainder_(zeros));
        same(new long[] {4, 5}, kept);
        Tensor empty = Tensor.empty(DType.INT64, 0);
        assertEquals(0, empty.floorDivide(0).numel());
        // in the dtype of the quotient the divisor is 0
        Tensor wide = Tensor.scalar(DType.INT64, 1L << 32);
        assertThrows(IllegalArgumentException.class, () -> x.to(DType.INT32).remainder(wide));
        same(new double[] {INF, NAN}, Tensor.of(1.0, 0.0).div(0.0));
    }

    @Test
    void theSmallestIntegersDivideByMinusOneWithoutTrap() {
        Tensor least = Tensor.of(DType.INT64, new long[] {Long.MIN_VALUE});
        same(new long[] {Long.MIN_VALUE}, least.floorDivide(-1));
        same(new long[] {0}, least.remainder(-1));
        same(new long[] {0}, least.fmod(-1));
        same(new long[] {-128}, Tensor.of(DType.INT8, new long[] {-128}).div(-1, "trunc"));
    }

    // ------------------------------------------------------------------ numbers as operands

    @Test
    void numbersDoNotRaiseTheDTypeWithinItsCategory() {
        Tensor bytes = Tensor.of(DType.UINT8, new long[] {200, 7});
        assertEquals(DType.UINT8, bytes.remainder(100).dtype());
        assertEquals(DType.FLOAT32, bytes.remainder(2.5).dtype());
        assertEquals(DType.FLOAT16, Tensor.zeros(DType.FLOAT16, 2).fmod(1e-3).dtype());
        assertEquals(DType.INT64, Tensor.of(true, false).add(1, 2).dtype());
        same(new long[] {3, 2}, Tensor.of(true, false).add(1, 2));
        assertEquals(
                DType.INT16,
                Tensor.floorDivide(7, Tensor.of(DType.INT16, new long[] {2})).dtype());
        assertEquals(
                DType.FLOAT32,
                Tensor.remainder(7.5, Tensor.of(DType.INT16, new long[] {2})).dtype());
        assertEquals(DType.FLOAT64, doubles(0.1).copysign(-1).dtype());
        assertEquals(0.1 * 3, doubles(0).add(3, 0.1).item());
    }

    @Test
    void numbersMayStandFirst() {
        Tensor x = Tensor.of(1, 2, 3);
        same(new long[] {2, 4, 8}, Tensor.pow(2, x));
        same(new double[] {2, 4, 8}, Tensor.floatPower(2, x));
        assertEquals(DType.FLOAT64, Tensor.floatPower(2, x).dtype());
        same(new long[] {1, 2, 1}, Tensor.bitwiseAnd(5, Tensor.of(1, 2, 3)).add(Tensor.of(0, 2, 0)));
        same(new long[] {5, 6, 7}, Tensor.bitwiseOr(4, x));
        same(new long[] {4, 7, 6}, Tensor.bitwiseXor(5, x));
        same(new long[] {2, 4, 8}, Tensor.bitwiseLeftShift(1, x));
        same(new long[] {8, 4, 2}, Tensor.bitwiseRightShift(16, x));
        same(new long[] {0, 1, 1}, Tensor.remainder(7, x));
        same(new double[] {0, 0, 0}, Tensor.xlogy(0, x));
        same(new long[] {7, 5, 3}, x.rsub(9, 2));
        same(new long[] {9, 8, 7}, x.rsub(Tensor.of(10)));
        same(new long[] {8, 6, 4}, x.rsub(Tensor.of(10), 2));
    }

    // ------------------------------------------------------------------ functions

    @Test
    void anglesAndLengthsAtSpecialValues() {
        same(
                new double[] {0, Math.PI, -Math.PI, Math.PI / 4, NAN},
                doubles(0.0, 0.0, -0.0, INF, NAN).atan2(doubles(0.0, -0.0, -1, INF, 1)));
        same(new double[] {5, INF, INF, NAN}, doubles(3, INF, NAN, NAN).hypot(doubles(4, NAN, INF, 1)));
        assertEquals(
                Double.MAX_VALUE, doubles(Double.MAX_VALUE).hypot(doubles(1)).item());
    }

    @Test
    void logarithmsOfSumsDoNotOverflow() {
        same(
                new double[] {1000 + Math.log(2), INF, -INF, INF, NAN, 3},
                doubles(1000, INF, -INF, INF, NAN, 3).logaddexp(doubles(1000, INF, -INF, -INF, 0, -INF)));
        same(new double[] {1001, INF, -INF}, doubles(1000, INF, -INF).logaddexp2(doubles(1000, 1, -INF)));
    }

    @Test
    void zeroTimesALogarithmIsZero() {
        same(new double[] {0, 0, NAN, 0, -INF}, doubles(0, 0, 0, 0, 1).xlogy(doubles(0, INF, NAN, -1, 0)));
        Tensor a = doubles(0, 2).requiresGrad_();
        a.xlogy(doubles(0, Math.E)).sum().backward();
        same(new double[] {0, 1}, a.grad());
    }

    @Test
    void signsAreThoseOfTheSecondOperand() {
        same(new double[] {-1, 1, -INF, -0.0}, doubles(1, -1, INF, 0).copysign(doubles(-0.0, 0.0, -2, -1)));
        same(new double[] {-1, -1}, doubles(1, -1).copysign(-0.0));
    }

    @Test
    void theOtherOneStandsInForNaN() {
        Tensor a = doubles(NAN, 1, NAN, 2).requiresGrad_();
        Tensor b = doubles(3, NAN, NAN, 2).requiresGrad_();
        same(new double[] {3, 1, NAN, 2}, a.fmax(b));
        same(new double[] {3, 1, NAN, 2}, a.fmin(b));
        a.fmax(b).sum().backward();
        same(new double[] {0, 1, 1, 1}, a.grad());
        same(new double[] {1, 0, 0, 0}, b.grad());
    }

    @Test
    void theNextNumberIsOneOfTheDType() {
        assertEquals(Math.nextUp(1f), Tensor.of(1.0).nextafter(Tensor.of(2.0)).item());
        assertEquals(Math.nextDown(1.0), doubles(1).nextafter(doubles(-INF)).item());
        assertEquals(Float.MIN_VALUE, Tensor.of(0.0).nextafter(Tensor.of(1.0)).item());
        assertEquals(-0.0, doubles(0.0).nextafter(doubles(-0.0)).item());
        assertEquals(Math.nextUp(1.0), Tensor.of(1.0).nextafter(doubles(2)).item());
        assertThrows(
                DTypeException.class, () -> Tensor.zeros(DType.FLOAT16, 1).nextafter(Tensor.zeros(DType.FLOAT16, 1)));
    }

    @Test
    void theStepFunctionTakesItsValueAtZero() {
        same(new double[] {0, 0.5, 0.5, 1, 0}, doubles(-2, 0.0, -0.0, INF, NAN).heaviside(doubles(0.5)));
        same(new long[] {0, 7, 1}, Tensor.of(-3, 0, 3).heaviside(Tensor.of(7)));
    }

    @Test
    void divisorsAndMultiples() {
        same(new long[] {4, 4, 5, 0, 1}, Tensor.of(12, -12, 0, 0, 7).gcd(Tensor.of(8, 8, -5, 0, 3)));
        same(new long[] {24, 24, 0, 0, 21}, Tensor.of(12, -12, 0, 0, 7).lcm(Tensor.of(8, 8, -5, 0, 3)));
        assertThrows(DTypeException.class, () -> Tensor.of(1.0).gcd(Tensor.of(2.0)));
        assertThrows(
                DTypeException.class,
                () -> Tensor.of(true, false).lcm(Tensor.of(2, 3).to(DType.BOOL)));
    }

    @Test
    void powersOfIntegersAndTheirRefusals() {
        same(new long[] {1, -1, 1, 0, 1}, Tensor.of(1, -1, -1, 2, 0).pow(Tensor.of(-3, -3, -2, -1, 0)));
        assertThrows(IllegalArgumentException.class, () -> Tensor.of(2).pow(-1));
        same(new double[] {0.5}, Tensor.of(2).floatPower(-1));
        assertEquals(DType.FLOAT32, Tensor.of(2, 3).pow(0.5).dtype());
        same(new double[] {3, 16}, Tensor.of(1.5, 4).ldexp(Tensor.of(1, 2)));
        assertEquals(DType.FLOAT32, Tensor.of(1, 4).ldexp(Tensor.of(1, 2)).dtype());
    }

    // ------------------------------------------------------------------ three tensors

    @Test
    void sumsOfProductsAndQuotients() {
        Tensor x = Tensor.of(1, 2, 3);
        same(new long[] {5, 10, 15}, x.addcmul(x, Tensor.of(2), 2));
        assertEquals(DType.INT64, x.addcmul(x, x, 0.5).dtype());
        same(new double[] {1.5, 3, 4.5}, doubles(1, 2, 3).addcdiv(x, Tensor.of(2.0)));
        same(new double[] {-1, -2, -3}, doubles(1, 2, 3).addcdiv(doubles(1, 2, 3), doubles(1), -2));
        assertThrows(DTypeException.class, () -> doubles(1).addcdiv(Tensor.of(1), Tensor.of(2)));
        assertEquals(
                DType.FLOAT64, Tensor.of(1.0).addcmul(doubles(1), doubles(2), 3).dtype());
    }

    @Test
    void pointsBetweenTwo() {
        same(new double[] {2.5}, doubles(1).lerp(doubles(4), 0.5));
        same(new double[] {1, 4, -2, 7}, doubles(1).lerp(doubles(4), doubles(0, 1, -1, 2)));
        // from the nearer end, so that the end itself is reached
        assertEquals(0.1, doubles(1e17).lerp(doubles(0.1), 1).item());
        assertEquals(0.1, doubles(1e17).lerp(doubles(0.1), doubles(1)).item());
        assertThrows(DTypeException.class, () -> Tensor.of(1).lerp(Tensor.of(2), 0.5));
        assertThrows(DTypeException.class, () -> Tensor.of(1.0).lerp(doubles(2), 0.5));
    }

    @Test
    void numbersInEitherBranch() {
        Tensor mask = Tensor.of(true, false);
        same(new double[] {1, 0.5}, Tensor.where(mask, Tensor.of(1, 2), 0.5));
        assertEquals(DType.FLOAT32, Tensor.where(mask, Tensor.of(1, 2), 0.5).dtype());
        assertEquals(DType.FLOAT64, Tensor.where(mask, 0.1, doubles(1, 2)).dtype());
        same(new double[] {0.1, 2}, Tensor.where(mask, 0.1, doubles(1, 2)));
        assertEquals(DType.INT64, Tensor.where(mask, 1, 2).dtype());
        assertEquals(DType.FLOAT32, Tensor.where(mask, 1, 2.0).dtype());
        same(new long[] {1, 9}, Tensor.of(1, 2).where(Tensor.of(1, 0).to(DType.UINT8), Tensor.of(9)));
    }

    @Test
    void filledWhereTheMaskHolds() {
        Tensor x = Tensor.of(1, 2, 3);
        same(new long[] {1, 7, 3}, x.maskedFill(x.eq(2), 7.9));
        assertArrayEquals(
                new long[] {2, 3},
                x.maskedFill(Tensor.of((Object) new boolean[][] {{true}, {false}}), 0)
                        .shape()
                        .toArray());
        Tensor a = doubles(1, 2, 3).requiresGrad_();
        Tensor value = Tensor.scalar(DType.FLOAT64, 5).requiresGrad_();
        a.maskedFill(Tensor.of(true, false, true), value)
                .mul(doubles(1, 10, 100))
                .sum()
                .backward();
        same(new double[] {0, 10, 0}, a.grad());
        assertEquals(101, value.grad().item());
    }

    @Test
    void boundsMayBeTensors() {
        Tensor x = doubles(-5, 0, 5, NAN).requiresGrad_();
        Tensor low = doubles(-1, 1, 1, 0).requiresGrad_();
        Tensor high = doubles(1, 1, 2, 1).requiresGrad_();
        x.clamp(low, high).sum().backward();
        same(new double[] {-1, 1, 2, NAN}, x.clamp(low, high));
        same(new double[] {0, 0, 0, 0}, x.grad());
        same(new double[] {1, 0, 0, 0}, low.grad());
        same(new double[] {0, 0, 1, 0}, high.grad());
        assertEquals(DType.FLOAT32, Tensor.of(1, 2).clampMin(Tensor.of(1.5)).dtype());
        same(new double[] {1.5, 2}, Tensor.of(1, 2).clampMin(Tensor.of(1.5)));
        same(new long[] {1, 1}, Tensor.of(1, 2).clampMax(Tensor.of(1)));
        same(new long[] {2, 2}, Tensor.of(1, 2).clip(Tensor.of(3), Tensor.of(2)));
    }

    // ------------------------------------------------------------------ sizes and layouts

    @ParameterizedTest
    @EnumSource(
            value = DType.class,
            names = {"FLOAT64", "FLOAT32"})
    void largeAndNotContiguous(DType type) {
        long n = 200_000;
        Tensor a = Tensor.arange(2 * n).to(type).sub(n).div(7).slice(0, 0, 2 * n, 2);
        Tensor b = Tensor.arange(n).to(type).mul(0.01).sub(500.005);
        check(a.fmod(b), a, b, type, (x, y) -> x % y);
        check(a.fmax(b), a, b, type, Math::max);
        check(a.hypot(b), a, b, type, Math::hypot);
        check(a.div(b, "floor"), a, b, type, (x, y) -> {
            double rest = x % y;
            return Math.rint((x - (rest != 0 && rest < 0 != y < 0 ? rest + y : rest)) / y);
        });
    }

    private static void check(Tensor got, Tensor a, Tensor b, DType type, DoubleBinaryOperator f) {
        double[] x = a.toDoubleArray();
        double[] y = b.toDoubleArray();
        double[] z = got.toDoubleArray();
        assertTrue(z.length >= 200_000);
        double unit = type == DType.FLOAT64 ? 0x1p-50 : 0x1p-22;
        for (int i = 0; i < z.length; i++) {
            double expected = f.applyAsDouble(x[i], y[i]);
            if (!(Math.abs(expected - z[i]) <= Math.abs(expected) * unit)) {
                fail("element " + i + " of " + x[i] + " and " + y[i] + ": expected " + expected + ", got " + z[i]);
            }
        }
    }

    @Test
    void emptyAndWithoutDimensions() {
        Tensor empty = Tensor.empty(0, 3);
        assertArrayEquals(
                new long[] {0, 3}, empty.atan2(Tensor.of(1.0, 2, 3)).shape().toArray());
        assertArrayEquals(
                new long[] {0, 3}, empty.maskedFill(empty.gt(0), 1).shape().toArray());
        assertArrayEquals(new long[] {0, 3}, empty.lerp(empty, empty).shape().toArray());
        assertArrayEquals(
                new long[] {0, 3}, empty.addcdiv(empty, empty, 2).shape().toArray());
        assertEquals(0, Tensor.scalar(6).gcd(Tensor.scalar(4)).dim());
        assertEquals(2, Tensor.scalar(6).gcd(Tensor.scalar(4)).itemLong());
        // tensors without dimensions do not raise the dtype of one with
        assertEquals(
                DType.FLOAT32,
                Tensor.of(1.0).fmod(Tensor.scalar(DType.FLOAT64, 2)).dtype());
        assertEquals(
                DType.INT8,
                Tensor.of(DType.INT8, new long[] {1}).gcd(Tensor.scalar(2)).dtype());
    }
}
