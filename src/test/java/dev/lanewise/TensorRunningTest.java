package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.internal.parallel.Parallel;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Running reductions, differences and integrals where the recorded cases say nothing. */
class TensorRunningTest {
    private static final double NAN = Double.NaN;
    private static final double INF = Double.POSITIVE_INFINITY;

    private final int before = Parallel.threads();

    @AfterEach
    void restoreThreads() {
        Parallel.setThreads(before);
    }

    private static void values(Tensor got, double... expected) {
        assertArrayEquals(expected, got.toDoubleArray(), 1e-6);
    }

    private static void longs(Tensor got, long... expected) {
        assertEquals(DType.INT64, got.dtype());
        assertArrayEquals(expected, got.toLongArray());
    }

    private static void refused(Class<? extends RuntimeException> type, String message, Executable call) {
        assertEquals(message, assertThrows(type, call).getMessage());
    }

    private static Tensor gradOf(Function<Tensor, Tensor> f, double... x) {
        Tensor leaf = Tensor.of(DType.FLOAT64, x).requiresGrad_();
        f.apply(leaf).sum().backward();
        return leaf.grad();
    }

    private static Tensor random(long... shape) {
        Random random = new Random(5);
        long n = 1;
        for (long size : shape) {
            n *= size;
        }
        return Tensor.of(DType.FLOAT64, random.doubles(n).map(x -> x - 0.3).toArray())
                .reshape(shape);
    }

    /** The running sum by its definition, one slice after the other. */
    private static Tensor summed(Tensor x, int dim) {
        Tensor out = Tensor.emptyLike(x);
        Tensor sum = Tensor.zerosLike(x.select(dim, 0));
        for (long i = 0; i < x.size(dim); i++) {
            sum = sum.add(x.select(dim, i));
            out.select(dim, i).copy_(sum);
        }
        return out;
    }

    @Test
    void widthsAroundStripsAndTiles() {
        int checked = 0;
        long[][] shapes = {
            {3, 1025, 1}, {2, 2049, 3}, {1, 40, 255}, {1, 40, 256}, {2, 40, 257}, {1, 5, 1025}, {600, 3, 7}, {1, 1, 1}
        };
        for (long[] shape : shapes) {
            Tensor x = random(shape);
            for (Tensor one : new Tensor[] {x, x.transpose(0, 2), x.narrow(2, 0, 1)}) {
                assertArrayEquals(summed(one, 1).toDoubleArray(), one.cumsum(1).toDoubleArray(), 1e-9);
                assertTrue(one.cumsum(1).isContiguous());
                checked++;
            }
        }
        assertEquals(24, checked);
    }

    @Test
    void manyElementsOnSeveralThreads() {
        Tensor x = random(100, 50, 60).to(DType.FLOAT32);
        Parallel.setThreads(1);
        double[] one = everything(x);
        Parallel.setThreads(3);
        assertArrayEquals(one, everything(x));
        Tensor line = Tensor.ones(300_000);
        assertEquals(300_000, line.cumsum(0).getDouble(299_999));
        assertEquals(299_999, line.cummax(0).indices().getLong(299_999));
        longs(Tensor.ones(DType.BOOL, 300_000).cumsum(0).narrow(0, 299_999, 1), 300_000);
    }

    private static double[] everything(Tensor x) {
        return Tensor.cat(
                        0,
                        x.cumsum(0),
                        x.cumprod(1),
                        x.logcumsumexp(2),
                        x.cummin(0).values())
                .toDoubleArray();
    }

    @Test
    void specials() {
        values(Tensor.of(1.0, NAN, 2.0).cumsum(0), 1, NAN, NAN);
        values(Tensor.of(-INF, -INF, 1.0, INF, 2.0).logcumsumexp(0), -INF, -INF, 1, INF, INF);
        values(Tensor.of(DType.FLOAT64, 1000, 1000).logcumsumexp(0), 1000, 1000 + Math.log(2));
        ValuesIndices most = Tensor.of(1.0, 3.0, 3.0, NAN, 5.0, NAN).cummax(0);
        values(most.values(), 1, 3, 3, NAN, NAN, NAN);
        longs(most.indices(), 0, 1, 2, 3, 3, 5);
        longs(Tensor.of(Long.MIN_VALUE, 2, 2).cummax(0).indices(), 0, 1, 2);
        values(Tensor.of(-INF).cummax(0).values(), -INF);
        longs(Tensor.of(2, 3).to(DType.INT8).cumprod(0), 2, 6);
        longs(Tensor.of(Long.MAX_VALUE, 1).cumsum(0), Long.MAX_VALUE, Long.MIN_VALUE);
    }

    @Test
    void scalarsAndEmpties() {
        assertEquals(Shape.of(), Tensor.scalar(2.0).cumsum(-1).shape());
        assertEquals(2, Tensor.scalar(2.0).cumprod(0).item());
        assertEquals(0, Tensor.scalar(2.0).cummax(0).indices().itemLong());
        assertEquals(Shape.of(0, 3), Tensor.zeros(0, 3).cumsum(0).shape());
        assertEquals(Shape.of(0, 3), Tensor.zeros(0, 3).cummin(1).values().shape());
        assertEquals(Shape.of(2, 0), Tensor.zeros(2, 0).logcumsumexp(1).shape());
    }

    @Test
    void dtypesAsAsked() {
        Tensor x = Tensor.of(100, 100).to(DType.INT8);
        assertArrayEquals(new long[] {100, -56}, x.cumsum(0, DType.INT8).toLongArray());
        assertEquals(DType.INT8, x.cumsum(0, DType.INT8).dtype());
        values(x.cumprod(0, DType.FLOAT32), 100, 10_000);
    }

    @Test
    void inPlace() {
        Tensor x = Tensor.of(new double[][] {{1, 2}, {3, 4}});
        assertSame(x, x.cumsum_(0));
        values(x, 1, 2, 4, 6);
        x.t().cumprod_(0);
        values(x, 1, 2, 4, 24);
        Tensor whole = Tensor.of(100, 100).to(DType.INT8);
        assertArrayEquals(new long[] {100, -56}, whole.cumsum_(0).toLongArray());
        values(gradOf(y -> y.mul(1).cumprod_(0), 2, 3), 4, 2);
        values(gradOf(y -> y.mul(1).cumsum_(0), 2, 3), 2, 1);
        refused(
                GradException.class,
                "cumsum_: a leaf that requires grad cannot be changed in place [self: float32[2]]. Do it inside"
                        + " GradMode.noGrad(...), or use the form without underscore.",
                () -> Tensor.zeros(2).requiresGrad_().cumsum_(0));
    }

    @Test
    void derivativesAtZerosAndInfinities() {
        values(gradOf(x -> x.cumprod(0), 2, 0, 3, 0), 1, 8, 0, 0);
        values(gradOf(x -> x.cumprod(0), 0, 0), 1, 0);
        values(gradOf(x -> x.cummax(0).values(), 1, 1, 0), 1, 2, 0);
        values(gradOf(x -> x.logcumsumexp(0), 0, 1000), 1, 1);
        values(gradOf(x -> x.logcumsumexp(0), 1000, 0), 2, 0);
        values(gradOf(x -> x.logcumsumexp(0), 0, -INF), 2, 0);
    }

    // ------------------------------------------------------------------ differences and integrals

    @Test
    void differences() {
        values(Tensor.of(1.0, 4.0, 9.0, 16.0).diff(), 3, 5, 7);
        values(Tensor.of(1.0, 4.0, 9.0, 16.0).diff(2, 0), 2, 2);
        assertEquals(0, Tensor.of(1.0, 4.0).diff(5, 0).numel());
        values(Tensor.of(1.0, 4.0).diff(1, 0, Tensor.scalar(0.0), Tensor.of(6.0, 7.0)), 1, 3, 2, 1);
        values(Tensor.of(1.0, 4.0).diff(0, 0), 1, 4);
        assertArrayEquals(
                new boolean[] {true, false},
                Tensor.of(true, false, false).diff().toBooleanArray());
        assertEquals(DType.UINT8, Tensor.of(3, 1).to(DType.UINT8).diff().dtype());
        values(Tensor.of(new double[][] {{1, 2}, {4, 8}}).diff(1, 0), 3, 6);
        refused(
                ShapeException.class,
                "diff: self must have at least one dimension [self: float32[]].",
                () -> Tensor.scalar(1.0).diff());
        refused(
                IllegalArgumentException.class,
                "diff: the order must be 0 or more, got -1.",
                () -> Tensor.zeros(2).diff(-1, 0));
    }

    @Test
    void integrals() {
        Tensor y = Tensor.of(new double[][] {{1, 2, 3}, {0, 4, 0}});
        values(y.trapezoid(), 4, 4);
        values(y.trapezoid(2), 8, 8);
        values(y.trapezoid(1, 0), 0.5, 3, 1.5);
        values(y.trapezoid(Tensor.of(0.0, 1.0, 3.0)), 6.5, 6);
        values(y.trapezoid(Tensor.of(0.0, 2.0), 0), 1, 6, 3);
        values(y.trapezoid(Tensor.of(new double[][] {{0, 1, 2}, {0, 2, 4}})), 4, 8);
        values(y.cumulativeTrapezoid(), 1.5, 4, 2, 4);
        values(y.cumulativeTrapezoid(Tensor.of(0.0, 1.0, 3.0), 1), 1.5, 6.5, 2, 6);
        values(Tensor.zeros(2, 0).trapezoid(), 0, 0);
        values(Tensor.of(5.0).trapezoid(), 0);
        assertEquals(0, Tensor.of(5.0).cumulativeTrapezoid().numel());
        refused(
                ShapeException.class,
                "trapezoid: there must be a point, a number, for each element along dim 1, expected 3 points"
                        + " [self: float32[2, 3], x: float32[2]].",
                () -> y.trapezoid(Tensor.of(0.0, 1.0)));
        refused(
                DTypeException.class,
                "trapezoid: booleans have no integral [self: bool[1]]. Convert with to(DType.FLOAT32).",
                () -> Tensor.of(true).trapezoid());
    }
}
