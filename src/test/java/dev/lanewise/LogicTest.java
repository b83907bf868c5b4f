package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.function.LongBinaryOperator;
import org.junit.jupiter.api.Test;

/** Bits, truth and closeness of two tensors. */
class LogicTest {
    private static final double NAN = Double.NaN;
    private static final double INF = Double.POSITIVE_INFINITY;

    private static void same(long[] expected, Tensor got) {
        assertArrayEquals(expected, got.toLongArray(), Arrays.toString(got.toLongArray()));
    }

    private static Tensor doubles(double... values) {
        return Tensor.of(DType.FLOAT64, values);
    }

    @Test
    void shiftsBeyondTheWidth() {
        Tensor x = Tensor.of(DType.INT32, new long[] {1, -1, 1, -8, 5, 5});
        Tensor by = Tensor.of(DType.INT32, new long[] {31, 31, 32, 40, -1, 1});
        same(new long[] {Integer.MIN_VALUE, Integer.MIN_VALUE, 0, 0, 0, 10}, x.bitwiseLeftShift(by));
        same(new long[] {0, -1, 0, -1, 0, 2}, x.bitwiseRightShift(by));
        same(
                new long[] {254, 0},
                Tensor.of(DType.UINT8, new long[] {255, 1})
                        .bitwiseLeftShift(Tensor.of(1, 8).to(DType.UINT8)));
        same(new long[] {-2}, Tensor.of(DType.INT64, new long[] {-1}).bitwiseLeftShift(1));
    }

    @Test
    void bitsOfBooleansAndIntegers() {
        Tensor t = Tensor.of(true, true, false, false);
        Tensor u = Tensor.of(true, false, true, false);
        same(new long[] {1, 0, 0, 0}, t.bitwiseAnd(u));
        same(new long[] {1, 1, 1, 0}, t.bitwiseOr(u));
        same(new long[] {0, 1, 1, 0}, t.bitwiseXor(u));
        assertEquals(DType.BOOL, t.bitwiseXor(u).dtype());
        assertEquals(DType.INT64, t.bitwiseOr(6).dtype());
        same(
                new long[] {-4, -1, -5},
                Tensor.cat(
                        0,
                        Tensor.of(-1).bitwiseAnd(-4),
                        Tensor.of(5).bitwiseOr(-6),
                        Tensor.of(4).bitwiseXor(-1)));
        assertThrows(DTypeException.class, () -> Tensor.of(1.0).bitwiseAnd(Tensor.of(1)));
        assertThrows(DTypeException.class, () -> t.bitwiseLeftShift(u));
    }

    @Test
    void everythingButZeroIsTrue() {
        Tensor a = doubles(0, -0.0, NAN, 2, 0);
        Tensor b = doubles(0, 1, 1, INF, NAN);
        same(new long[] {0, 0, 1, 1, 0}, a.logicalAnd(b));
        same(new long[] {0, 1, 1, 1, 1}, a.logicalOr(b));
        same(new long[] {0, 1, 0, 0, 1}, a.logicalXor(b));
        assertEquals(DType.BOOL, a.logicalOr(Tensor.of(1)).dtype());
    }

    @Test
    void closenessCountsNaNOnlyIfAsked() {
        Tensor a = doubles(1, 1, INF, INF, NAN, 1e-9);
        Tensor b = doubles(1 + 9e-6, 1.1, INF, -INF, NAN, 0);
        same(new long[] {1, 0, 1, 0, 0, 1}, a.isclose(b));
        same(new long[] {1, 0, 1, 0, 1, 1}, a.isclose(b, 1e-5, 1e-8, true));
        same(new long[] {0, 0, 1, 0, 0, 0}, a.isclose(b, 0, 0));
        same(new long[] {1, 0}, Tensor.of(100, 100).isclose(Tensor.of(101, 102), 0.01, 0));
        same(new long[] {1, 0}, Tensor.of(true, true).isclose(Tensor.of(true, false)));
        assertTrue(doubles().allclose(doubles()));
        assertTrue(doubles(1).allclose(doubles(1.0000001, 1)));
        assertFalse(a.allclose(b));
    }

    @Test
    void equalTensorsHaveTheSameShapeAndElements() {
        assertTrue(Tensor.of(1, 2).equal(Tensor.of(1, 2)));
        assertFalse(Tensor.of(1, 2).equal(Tensor.of(1, 3)));
        assertFalse(Tensor.of(1, 2).equal(Tensor.of(1, 2).reshape(1, 2)));
        assertFalse(doubles(NAN).equal(doubles(NAN)));
        assertTrue(Tensor.empty(0, 3).equal(Tensor.empty(0, 3)));
        assertTrue(Tensor.arange(6).reshape(2, 3).t().equal(Tensor.of((Object) new long[][] {{0, 3}, {1, 4}, {2, 5}})));
        assertThrows(DTypeException.class, () -> Tensor.of(1).equal(Tensor.of(1.0)));
    }

    @Test
    void largeIntegers() {
        long n = 200_000;
        Tensor a = Tensor.arange(n).reshape(400, 500).t();
        Tensor b = Tensor.arange(n).remainder(61).add(1).reshape(500, 400);
        check(
                a.gcd(b),
                a,
                b,
                (x, y) -> y == 0
                        ? x
                        : BigInteger.valueOf(x).gcd(BigInteger.valueOf(y)).longValue());
        check(a.bitwiseXor(b), a, b, (x, y) -> x ^ y);
        check(a.bitwiseAnd(b), a, b, (x, y) -> x & y);
        check(a.bitwiseOr(b), a, b, (x, y) -> x | y);
        check(a.floorDivide(b), a, b, Math::floorDiv);
    }

    private static void check(Tensor got, Tensor a, Tensor b, LongBinaryOperator f) {
        long[] x = a.toLongArray();
        long[] y = b.toLongArray();
        long[] z = got.toLongArray();
        assertTrue(z.length >= 200_000);
        for (int i = 0; i < z.length; i++) {
            if (f.applyAsLong(x[i], y[i]) != z[i]) {
                fail("element " + i + " of " + x[i] + " and " + y[i] + ": got " + z[i]);
            }
        }
    }
}
