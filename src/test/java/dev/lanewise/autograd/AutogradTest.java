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
import dev.lanewise.GradMode;
import dev.lanewise.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Leaves and graphs behave as PyTorch's do. */
class AutogradTest {
    private static Tensor leaf(double... values) {
        return Tensor.of(DType.FLOAT64, values).requiresGrad_();
    }

    private static void assertGrad(Tensor leaf, double... expected) {
        assertArrayEquals(expected, leaf.grad().toDoubleArray(), 1e-12);
    }

    @Test
    void gradientsAddUpUntilCleared() {
        Tensor x = leaf(1, 2);
        x.mul(3).sum().backward();
        assertGrad(x, 3, 3);
        x.mul(x).sum().backward();
        assertGrad(x, 5, 7);
        x.setGrad(null);
        x.sum().backward();
        assertGrad(x, 1, 1);
    }

    @Test
    void oneGradientGivenToTwoLeavesIsTwoTensors() {
        Tensor a = leaf(1, 2);
        Tensor b = leaf(3, 4);
        Tensor sum = a.add(b);
        Tensor seed = Tensor.ones(DType.FLOAT64, 2);
        sum.backward(seed);
        a.grad().mul_(10);
        assertGrad(a, 10, 10);
        assertGrad(b, 1, 1);
        assertArrayEquals(new double[] {1, 1}, seed.toDoubleArray());
    }

    @Test
    void aGradientIsNotAViewOfAnExpandedOne() {
        Tensor x = leaf(1, 2, 3);
        x.sum().backward();
        assertTrue(x.grad().isContiguous());
        x.grad().add_(1);
        assertGrad(x, 2, 2, 2);
    }

    @Test
    void diamondsAddBothWays() {
        Tensor x = leaf(2);
        Tensor y = x.mul(x);
        y.mul(y).add(y).sum().backward();
        assertGrad(x, 4 * 8 + 2 * 2);
    }

    @Test
    void nothingIsRecordedInNoGrad() {
        Tensor x = leaf(1);
        Tensor y = GradMode.noGrad(() -> x.mul(2));
        assertFalse(y.requiresGrad());
        assertTrue(y.isLeaf());
        try (var mode = GradMode.off()) {
            assertFalse(GradMode.isEnabled());
            x.add_(1);
        }
        assertTrue(GradMode.isEnabled());
        assertEquals(2, x.getDouble(0));
    }

    @Test
    void detachCutsTheGraphAndSharesMemory() {
        Tensor x = leaf(1, 2);
        Tensor cut = x.mul(2).detach();
        assertFalse(cut.requiresGrad());
        x.mul(cut).sum().backward();
        assertGrad(x, 2, 4);
        x.detach().fill_(7);
        assertEquals(7, x.getDouble(1));
    }

    @Test
    void nodesHavePyTorchsNames() {
        Tensor x = leaf(1, 2);
        assertNull(x.gradFn());
        assertEquals("<MulBackward0>", x.mul(2).gradFn().toString());
        assertEquals("<AddBackward0>", x.add(2).gradFn().toString());
        assertEquals("<AddBackward0>", x.add(x, 3).gradFn().toString());
        assertEquals("<PowBackward0>", x.pow(2).gradFn().toString());
        assertEquals("<PowBackward1>", x.pow(x).gradFn().toString());
        assertEquals("<SumBackward0>", x.sum().gradFn().toString());
        assertEquals("<SumBackward1>", x.sum(0).gradFn().toString());
        assertEquals("<MaxBackward1>", x.max().gradFn().toString());
        assertEquals("<AmaxBackward0>", x.amax(0).gradFn().toString());
        assertEquals("<AccumulateGrad>", x.mul(2).gradFn().next(0).toString());
    }

    @Test
    void retainedGradientsOfResults() {
        Tensor x = leaf(3);
        Tensor y = x.mul(2);
        y.retainGrad();
        y.mul(y).sum().backward();
        assertGrad(y, 12);
        assertGrad(x, 24);
    }

    @Test
    void hooksSeeAndReplaceGradients() {
        Tensor x = leaf(1, 1);
        List<Double> seen = new ArrayList<>();
        Tensor y = x.mul(2);
        y.registerHook(g -> {
            seen.add(g.getDouble(0));
            return g.mul(10);
        });
        Runnable remove = x.registerHook(g -> g.neg());
        y.mul(3).sum().backward();
        assertEquals(List.of(3.0), seen);
        assertGrad(x, -60, -60);
        remove.run();
        x.setGrad(null);
        x.sum().backward();
        assertGrad(x, 1, 1);
    }

    @Test
    void retainedGraphsGoBackwardTwice() {
        Tensor x = leaf(2);
        Tensor y = x.square().sum();
        y.backward(null, true, false);
        y.backward();
        assertGrad(x, 8);
        assertThrows(GradException.class, y::backward);
    }

    @Test
    void gradLeavesLeavesAlone() {
        Tensor x = leaf(2);
        Tensor w = leaf(5);
        Tensor[] grads = Autograd.grad(x.mul(w).sum(), x);
        assertArrayEquals(new double[] {5}, grads[0].toDoubleArray());
        assertNull(x.grad());
        assertNull(w.grad());
    }

    @Test
    void gradOfAResultInTheMiddle() {
        Tensor x = leaf(2);
        Tensor middle = x.mul(3);
        Tensor[] grads = Autograd.grad(middle.mul(middle).sum(), middle, x);
        assertArrayEquals(new double[] {12}, grads[0].toDoubleArray());
        assertArrayEquals(new double[] {36}, grads[1].toDoubleArray());
    }

    @Test
    void thirdDerivative() {
        Tensor x = leaf(2);
        Tensor g = x.pow(4).sum();
        for (double expected : new double[] {32, 48, 48}) {
            g = Autograd.gradWithGraph(g.sum(), x)[0];
            assertArrayEquals(new double[] {expected}, g.toDoubleArray(), 1e-9);
        }
    }

    @Test
    void changesThroughViewsBecomeHistory() {
        Tensor x = leaf(1, 2, 3, 4);
        Tensor y = x.mul(1);
        Tensor first = y.narrow(0, 0, 2);
        Tensor other = y.narrow(0, 1, 2);
        first.mul_(10);
        assertEquals("<CopySlices>", y.gradFn().toString());
        other.sum().backward();
        assertGrad(x, 0, 10, 1, 0);
    }

    @Test
    void aConstantFillStopsTheGradient() {
        Tensor x = leaf(1, 2, 3);
        Tensor y = x.mul(2);
        y.get(1).fill_(0);
        y.sum().backward();
        assertGrad(x, 2, 0, 2);
    }

    @Test
    void anInPlaceChangeOfATensorWithoutGradByOneWithGrad() {
        Tensor x = leaf(1, 2);
        Tensor sum = Tensor.zeros(DType.FLOAT64, 2);
        sum.add_(x);
        sum.add_(x);
        assertTrue(sum.requiresGrad());
        sum.sum().backward();
        assertGrad(x, 2, 2);
    }

    @Test
    void halfAndSingleInputsGetGradientsOfTheirDType() {
        Tensor x = Tensor.ones(DType.FLOAT16, 3).requiresGrad_();
        Tensor y = Tensor.ones(DType.FLOAT32, 3).requiresGrad_();
        Tensor sum = x.mul(y).sum();
        assertEquals(DType.FLOAT32, sum.dtype());
        sum.backward();
        assertEquals(DType.FLOAT16, x.grad().dtype());
        assertEquals(DType.FLOAT32, y.grad().dtype());
    }

    @Test
    void deepGraphsDoNotOverflowTheStack() {
        Tensor x = leaf(1);
        Tensor y = x;
        for (int i = 0; i < 20_000; i++) {
            y = y.add(0);
        }
        y.sum().backward();
        assertGrad(x, 1);
        assertArrayEquals(new double[] {1}, Autograd.grad(deep(x), x)[0].toDoubleArray());
    }

    private static Tensor deep(Tensor x) {
        Tensor y = x;
        for (int i = 0; i < 20_000; i++) {
            y = y.neg().neg();
        }
        return y.sum();
    }

    @Test
    void cloneIsPartOfTheGraphAndDataIsNot() {
        Tensor x = leaf(1, 2);
        Tensor copy = x.clone();
        assertNotSame(x.storage(), copy.storage());
        copy.mul(2).sum().backward();
        assertGrad(x, 2, 2);
        assertSame(x.storage(), x.data().storage());
        assertFalse(x.data().requiresGrad());
    }

    @Test
    void sumsOverUnusedInputsAreNullWhenAllowed() {
        Tensor x = leaf(1);
        Tensor unused = leaf(1);
        Autograd.Options options = Autograd.Options.DEFAULT.withAllowUnused(true);
        Tensor[] grads = Autograd.grad(List.of(x.sum()), List.of(x, unused), null, options);
        assertNull(grads[1]);
        assertEquals(1, grads[0].item());
    }
}
