package dev.lanewise.autograd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.DType;
import dev.lanewise.GradException;
import dev.lanewise.Scope;
import dev.lanewise.Tensor;
import dev.lanewise.nn.Functional;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Gradients that are added to what a leaf has collected without a tensor of their own, and whose memory changes hands. */
class CollectedGradTest {
    private static Tensor counted(long... shape) {
        Tensor x = Tensor.arange(shape[0] * shape[1]).to(DType.FLOAT32).reshape(shape);
        return x.remainder(7).sub(3);
    }

    private static Tensor expected(Tensor x, Tensor g) {
        return g.t().mm(x);
    }

    @Test
    void aLinearLayerAddsToTheSameMemory() {
        for (long[] size : new long[][] {{1, 1, 1}, {16, 1, 1}, {5, 3, 2}, {64, 40, 33}, {700, 20, 30}}) {
            Tensor x = counted(size[0], size[1]);
            Tensor g = counted(size[0], size[2]);
            Tensor weight = counted(size[2], size[1]).requiresGrad_();
            Functional.linear(x, weight, null).backward(g);
            Tensor grad = weight.grad();
            assertArrayEquals(expected(x, g).toDoubleArray(), grad.toDoubleArray());
            int version = grad.storage().version();
            Functional.linear(x, weight, null).backward(g);
            assertSame(grad, weight.grad());
            assertTrue(grad.storage().version() > version);
            assertArrayEquals(expected(x, g).mul(2).toDoubleArray(), grad.toDoubleArray());
            weight.zeroGrad();
            assertArrayEquals(new double[(int) weight.numel()], grad.toDoubleArray());
            Functional.linear(x, weight, null).backward(g);
            assertArrayEquals(expected(x, g).toDoubleArray(), grad.toDoubleArray());
        }
    }

    @Test
    void oneWeightUsedTwiceGetsBothShares() {
        Tensor x = counted(6, 4);
        Tensor weight = counted(4, 4).requiresGrad_();
        Functional.linear(Functional.linear(x, weight, null), weight, null)
                .sum()
                .backward();
        double[] once = weight.grad().toDoubleArray();
        Functional.linear(Functional.linear(x, weight, null), weight, null)
                .sum()
                .backward();
        assertArrayEquals(
                Tensor.of(DType.FLOAT64, once).mul(2).toDoubleArray(),
                weight.grad().toDoubleArray());
    }

    @Test
    void hooksSeeTheShareAlone() {
        Tensor x = counted(6, 4);
        Tensor g = counted(6, 3);
        Tensor weight = counted(3, 4).requiresGrad_();
        Functional.linear(x, weight, null).backward(g);
        List<Tensor> seen = new ArrayList<>();
        Runnable remove = weight.registerHook(gradient -> {
            seen.add(gradient.clone());
            return gradient.mul(10);
        });
        Functional.linear(x, weight, null).backward(g);
        remove.run();
        assertArrayEquals(expected(x, g).toDoubleArray(), seen.get(0).toDoubleArray());
        assertArrayEquals(expected(x, g).mul(11).toDoubleArray(), weight.grad().toDoubleArray());
    }

    @Test
    void theCollectedGradientMayBeAnOperand() {
        Tensor weight = counted(4, 4).requiresGrad_();
        weight.setGrad(counted(4, 4));
        Tensor before = weight.grad().clone();
        Tensor g = counted(4, 4).add(1);
        Functional.linear(weight.grad(), weight, null).backward(g);
        assertArrayEquals(
                before.add(expected(before, g)).toDoubleArray(), weight.grad().toDoubleArray());
        Tensor x = counted(4, 4);
        before = weight.grad().clone();
        Functional.linear(x, weight, null).backward(weight.grad());
        assertArrayEquals(
                before.add(expected(x, before)).toDoubleArray(), weight.grad().toDoubleArray());
    }

    @Test
    void withAGraphTheOldGradientStays() {
        Tensor x = counted(6, 4);
        Tensor weight = counted(3, 4).requiresGrad_();
        Functional.linear(x, weight, null).sum().backward();
        Tensor old = weight.grad();
        double[] values = old.toDoubleArray();
        Functional.linear(x, weight, null).square().sum().backward(null, true, true);
        assertNotSame(old, weight.grad());
        assertArrayEquals(values, old.toDoubleArray());
        assertTrue(weight.grad().requiresGrad());
    }

    @Test
    void gradAndAnomalyModeLeaveTheCollectedGradientToTheEngine() {
        Tensor x = counted(6, 4);
        Tensor weight = counted(3, 4).requiresGrad_();
        Functional.linear(x, weight, null).sum().backward();
        double[] values = weight.grad().toDoubleArray();
        Tensor loss = Functional.linear(x, weight, null).sum();
        assertArrayEquals(values, Autograd.grad(loss, weight)[0].toDoubleArray());
        assertArrayEquals(values, weight.grad().toDoubleArray());
        Tensor bad = Functional.linear(x.mul(Double.NaN), weight, null).sum();
        try (var mode = AnomalyMode.on()) {
            assertThrows(GradException.class, bad::backward);
        }
        assertArrayEquals(values, weight.grad().toDoubleArray());
    }

    @Test
    void rowsOfATableAreAddedInPlace() {
        Tensor numbers = Tensor.of(DType.INT64, 3, 0, 3, 1);
        Tensor g = counted(4, 20);
        Tensor table = counted(5, 20).requiresGrad_();
        table.indexSelect(0, numbers).backward(g);
        Tensor grad = table.grad();
        double[] once = grad.toDoubleArray();
        table.indexSelect(0, numbers).backward(g);
        Functional.embedding(numbers, table).backward(g);
        assertSame(grad, table.grad());
        assertArrayEquals(Tensor.of(DType.FLOAT64, once).mul(3).toDoubleArray(), grad.toDoubleArray());
    }

    @Test
    void aGradientMadeInAScopeOutlivesIt() {
        Tensor x = counted(64, 50);
        Tensor weight = counted(40, 50).requiresGrad_();
        Tensor small = Tensor.of(1.0, 2.0).requiresGrad_();
        try (Scope outer = Scope.open()) {
            try (Scope inner = Scope.open()) {
                Functional.linear(x, weight, null).sum().backward();
                small.mul(3).sum().backward();
            }
        }
        assertArrayEquals(
                expected(x, Tensor.ones(64, 40)).toDoubleArray(), weight.grad().toDoubleArray());
        assertArrayEquals(new double[] {3, 3}, small.grad().toDoubleArray());
        Tensor kept;
        try (Scope outer = Scope.open()) {
            Tensor inside = counted(40, 50).requiresGrad_();
            try (Scope inner = Scope.open()) {
                Functional.linear(x, inside, null).sum().backward();
            }
            kept = inside.grad();
            assertFalse(kept.isClosed());
        }
        assertTrue(kept.isClosed());
    }

    @Test
    void aGradientThatWasShownIsNotFreedWithTheNext() {
        Tensor x = counted(64, 50);
        Tensor weight = counted(40, 50).requiresGrad_();
        Functional.linear(x, weight, null).sum().backward();
        Tensor shown = weight.grad();
        weight.setGrad(null);
        assertFalse(shown.isClosed());
        assertEquals(2000, shown.numel());
        Functional.linear(x, weight, null).sum().backward();
        weight.setGrad(null);
        assertNull(weight.grad());
        Functional.linear(x, weight, null).sum().backward();
        assertArrayEquals(shown.toDoubleArray(), weight.grad().toDoubleArray());
        weight.setGrad(weight.grad());
        assertFalse(weight.grad().isClosed());
    }

    @Test
    void sumsOfContributionsLeaveSharedGradientsAlone() {
        Tensor x = counted(6, 4).requiresGrad_();
        Tensor middle = x.mul(2);
        List<Tensor> seen = new ArrayList<>();
        Tensor a = middle.mul(3);
        a.registerHook(gradient -> {
            seen.add(gradient);
            return null;
        });
        Tensor seed = Tensor.ones(6, 4);
        middle.add(a).add(middle.mul(5)).backward(seed);
        assertArrayEquals(Tensor.full(18, 6, 4).toDoubleArray(), x.grad().toDoubleArray());
        assertArrayEquals(Tensor.ones(6, 4).toDoubleArray(), seed.toDoubleArray());
        assertArrayEquals(Tensor.ones(6, 4).toDoubleArray(), seen.get(0).toDoubleArray());
    }
}
