package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.autograd.Autograd;
import dev.lanewise.autograd.GradCheck;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The in-place forms: the same values as the new forms, in the tensor's own memory; histories, views, aliases, dtypes. */
class InPlaceFormsTest {
    private static final Tensor OTHER = Tensor.of(DType.FLOAT64, 2.2, 0.6, 1.5);

    private static void same(double[] expected, Tensor got) {
        assertArrayEquals(expected, got.toDoubleArray(), 1e-12, Arrays.toString(got.toDoubleArray()));
    }

    private static Tensor leaf() {
        return Tensor.of(DType.FLOAT64, 1.1, -2.3, 3.2).requiresGrad_();
    }

    /** Changes with a derivative, and the new forms of the same. */
    private static Map<BinaryOperator<Tensor>, BinaryOperator<Tensor>> differentiable() {
        Map<BinaryOperator<Tensor>, BinaryOperator<Tensor>> all = new LinkedHashMap<>();
        all.put((x, y) -> x.add_(y, 3), (x, y) -> x.add(y, 3));
        all.put((x, y) -> x.add_(2, 3), (x, y) -> x.add(2, 3));
        all.put((x, y) -> x.sub_(y, 3), (x, y) -> x.sub(y, 3));
        all.put((x, y) -> x.sub_(2, 3), (x, y) -> x.sub(2, 3));
        all.put(Tensor::trueDivide_, Tensor::trueDivide);
        all.put((x, y) -> x.div_(y, "floor"), (x, y) -> x.div(y, "floor"));
        all.put((x, y) -> x.div_(2, "trunc"), (x, y) -> x.div(2, "trunc"));
        all.put(Tensor::fmod_, Tensor::fmod);
        all.put(Tensor::remainder_, Tensor::remainder);
        all.put((x, y) -> x.square_().pow_(y), (x, y) -> x.square().pow(y));
        all.put((x, y) -> x.square_().floatPower_(y), (x, y) -> x.square().floatPower(y));
        all.put(Tensor::ldexp_, Tensor::ldexp);
        all.put(Tensor::atan2_, Tensor::atan2);
        all.put(Tensor::hypot_, Tensor::hypot);
        all.put(Tensor::xlogy_, Tensor::xlogy);
        all.put((x, y) -> x.xlogy_(3), (x, y) -> x.xlogy(3));
        all.put(Tensor::copysign_, Tensor::copysign);
        all.put((x, y) -> x.copysign_(-1), (x, y) -> x.copysign(-1));
        all.put((x, y) -> x.addcmul_(y, y, 2), (x, y) -> x.addcmul(y, y, 2));
        all.put((x, y) -> x.addcdiv_(y, OTHER, 2), (x, y) -> x.addcdiv(y, OTHER, 2));
        all.put((x, y) -> x.lerp_(y, 0.25), (x, y) -> x.lerp(y, 0.25));
        all.put((x, y) -> x.lerp_(OTHER, y), (x, y) -> x.lerp(OTHER, y));
        all.put((x, y) -> x.clamp_(y.sub(1), y), (x, y) -> x.clamp(y.sub(1), y));
        all.put((x, y) -> x.clampMin_(y).clampMax_(2), (x, y) -> x.clampMin(y).clampMax(2));
        all.put((x, y) -> x.clip_(0, 2), (x, y) -> x.clip(0, 2));
        all.put((x, y) -> x.maskedFill_(y.gt(1), 4), (x, y) -> x.maskedFill(y.gt(1), 4));
        all.put((x, y) -> x.maskedFill_(y.gt(1), y.sum()), (x, y) -> x.maskedFill(y.gt(1), y.sum()));
        return all;
    }

    @Test
    void valuesAndGradientsOfTheNewForms() {
        assertTrue(differentiable().size() > 20);
        differentiable().forEach((change, form) -> {
            Tensor x = leaf();
            Tensor y = OTHER.clone().requiresGrad_();
            Tensor changed = x.clone();
            assertSame(changed, change.apply(changed, y));
            Tensor expected = form.apply(x, y);
            same(expected.toDoubleArray(), changed);
            Autograd.Options unused = Autograd.Options.DEFAULT.withAllowUnused(true);
            Tensor[] wanted = Autograd.grad(List.of(expected.square().sum()), List.of(x, y), null, unused);
            Tensor[] got = Autograd.grad(List.of(changed.square().sum()), List.of(x, y), null, unused);
            for (int i = 0; i < 2; i++) {
                assertEquals(wanted[i] == null, got[i] == null);
                if (wanted[i] != null) {
                    same(wanted[i].toDoubleArray(), got[i]);
                }
            }
        });
    }

    @Test
    void secondDerivativesThroughChanges() {
        for (BinaryOperator<Tensor> change : differentiable().keySet()) {
            GradCheck.Result result = GradCheck.secondOrder(
                    "change",
                    GradCheck.Options.DEFAULT,
                    in -> change.apply(in[0].mul(1), in[1]).mul(1),
                    leaf(),
                    OTHER.clone());
            assertTrue(result.passed(), result.message());
        }
    }

    @Test
    void changesOfAPartReachTheWhole() {
        differentiable().forEach((change, form) -> {
            Tensor x = Tensor.of(DType.FLOAT64, (Object) new double[][] {{1.1, -2.3, 3.2}, {4, 5, 6}})
                    .requiresGrad_();
            Tensor whole = x.clone();
            Tensor part = whole.get(0);
            assertSame(part, change.apply(part, OTHER));
            whole.sum().backward();
            Tensor first = leaf();
            Tensor sum = form.apply(first, OTHER).sum();
            Tensor grad = sum.requiresGrad() ? Autograd.grad(sum, first)[0] : Tensor.zeros(DType.FLOAT64, 3);
            same(Tensor.cat(0, grad, Tensor.ones(DType.FLOAT64, 3)).toDoubleArray(), x.grad());
        });
    }

    @Test
    void aTensorMayBeItsOwnOperand() {
        Tensor x = leaf();
        Tensor y = x.clone();
        y.mul_(y);
        y.sum().backward();
        same(new double[] {2.2, -4.6, 6.4}, x.grad());
        Tensor z = Tensor.of(DType.FLOAT64, 1.0, -2.0, 3.0).requiresGrad_();
        Tensor whole = z.clone();
        whole.mul_(whole.get(2));
        same(new double[] {3, -6, 9}, whole);
        whole.sum().backward();
        same(new double[] {3, 3, 5}, z.grad());
        Tensor line = Tensor.arange(5);
        line.narrow(0, 1, 4).remainder_(line.narrow(0, 0, 4).add(2));
        same(new double[] {0, 1, 2, 3, 4}, line);
        Tensor square = Tensor.of((Object) new long[][] {{6, 4}, {9, 8}});
        same(new double[] {6, 1, 1, 8}, square.gcd_(square.t()));
    }

    @Test
    void histories() {
        Tensor x = leaf();
        assertEquals("<LerpBackward0>", x.clone().lerp_(OTHER, 0.5).gradFn().toString());
        assertEquals(
                "<AddcmulBackward0>", x.clone().addcmul_(OTHER, OTHER).gradFn().toString());
        assertEquals(
                "<AddcdivBackward0>", x.clone().addcdiv_(OTHER, OTHER).gradFn().toString());
        assertEquals(
                "<MaskedFillBackward0>",
                x.clone().maskedFill_(x.gt(0), 1).gradFn().toString());
        assertEquals("<Atan2Backward0>", x.atan2(OTHER).gradFn().toString());
        assertEquals("<RemainderBackward0>", x.remainder(OTHER).gradFn().toString());
        Tensor whole = x.clone();
        whole.get(0).fmod_(2);
        assertEquals("<CopySlices>", whole.gradFn().toString());
    }

    @Test
    void aSecondBackwardNeedsTheGraph() {
        Tensor x = leaf();
        Tensor loss = x.clone().xlogy_(OTHER).sum();
        loss.backward(null, true, false);
        loss.backward();
        assertThrows(GradException.class, loss::backward);
    }

    @Test
    void aChangeOfWhatWasSavedIsNoticed() {
        Tensor x = leaf();
        Tensor middle = x.clone();
        Tensor y = middle.atan2(OTHER);
        middle.clampMin_(0);
        String message =
                assertThrows(GradException.class, () -> y.sum().backward()).getMessage();
        assertEquals(
                "backward: atan2 saved input 0 float64[3] at version 0, now at version 1 after clamp_. "
                        + "Use clamp, or clone before clamp_.",
                message);
    }

    @Test
    void whatHasNoDerivativeStopsBackward() {
        List<UnaryOperator<Tensor>> changes = List.of(
                x -> x.floorDivide_(2),
                x -> x.heaviside_(OTHER),
                x -> x.nextafter_(OTHER),
                x -> x.floorDivide(2),
                x -> x.nextafter(OTHER));
        for (UnaryOperator<Tensor> change : changes) {
            Tensor changed = change.apply(leaf().clone());
            assertTrue(changed.requiresGrad());
            assertEquals("<NotImplemented>", changed.gradFn().toString());
            assertThrows(GradException.class, () -> changed.sum().backward());
        }
        Tensor whole = leaf().clone();
        whole.narrow(0, 0, 2).floorDivide_(2);
        assertThrows(GradException.class, () -> whole.sum().backward());
    }

    @Test
    void noGradientFlowsThroughTruth() {
        List<UnaryOperator<Tensor>> changes = List.of(
                x -> x.eq_(OTHER),
                x -> x.lt_(1),
                x -> x.logicalAnd_(OTHER),
                x -> x.logicalXor_(OTHER),
                x -> x.ge_(OTHER));
        for (UnaryOperator<Tensor> change : changes) {
            Tensor x = leaf();
            Tensor y = change.apply(x.clone());
            assertTrue(y.requiresGrad());
            y.sum().backward();
            same(new double[] {0, 0, 0}, x.grad());
        }
    }

    @Test
    void truthIsWrittenInTheOwnDType() {
        Tensor x = Tensor.of(1.5, -1, 0);
        same(new double[] {1, 0, 0}, x.clone().gt_(0));
        same(new double[] {0, 1, 1}, x.clone().le_(0));
        same(new double[] {1, 1, 0}, x.clone().ne_(0));
        same(new double[] {0, 0, 1}, x.clone().eq_(Tensor.of(0)));
        same(new double[] {1, 1, 1}, x.clone().logicalOr_(Tensor.of(1)));
        assertEquals(DType.INT8, Tensor.zeros(DType.INT8, 3).lt_(x).dtype());
        assertEquals(DType.BOOL, Tensor.of(true, false, true).ge_(0.5).dtype());
    }

    @Test
    void bits() {
        Tensor x = Tensor.of(12, 10);
        same(new double[] {8, 8}, x.clone().bitwiseAnd_(Tensor.of(9, 8)));
        same(new double[] {13, 11}, x.clone().bitwiseOr_(1));
        same(new double[] {13, 11}, x.clone().bitwiseXor_(1));
        same(new double[] {24, 40}, x.clone().bitwiseLeftShift_(Tensor.of(1, 2)));
        same(new double[] {6, 5}, x.clone().bitwiseRightShift_(1));
        same(new double[] {4, 2}, x.clone().gcd_(Tensor.of(8, 4)));
        same(new double[] {24, 20}, x.clone().lcm_(Tensor.of(8, 4)));
    }

    @Test
    void nothingIsWrittenBeforeARefusal() {
        Tensor ints = Tensor.of(5, 6);
        assertThrows(DTypeException.class, () -> ints.fmod_(2.5));
        assertThrows(DTypeException.class, () -> ints.atan2_(Tensor.of(1.0)));
        assertThrows(DTypeException.class, () -> ints.addcdiv_(Tensor.of(1.0), Tensor.of(2.0)));
        assertThrows(DTypeException.class, () -> ints.clampMax_(2.5));
        assertThrows(DTypeException.class, () -> ints.floatPower_(2));
        assertThrows(DTypeException.class, () -> ints.bitwiseAnd_(Tensor.of(1.0)));
        assertThrows(ShapeException.class, () -> ints.lcm_(Tensor.of(1, 2, 3)));
        assertThrows(ShapeException.class, () -> ints.eq_(Tensor.zeros(3, 2)));
        assertThrows(ShapeException.class, () -> ints.maskedFill_(Tensor.zeros(DType.BOOL, 3, 2), 1));
        assertThrows(ShapeException.class, () -> ints.div_(Tensor.ones(DType.INT64, 3, 2), "floor"));
        assertThrows(IllegalArgumentException.class, () -> ints.div_(1, "up"));
        assertThrows(
                IllegalArgumentException.class,
                () -> ints.narrow(0, 0, 1).expand(2).gcd_(Tensor.of(2)));
        assertThrows(DTypeException.class, () -> Tensor.of(true).sub_(1));
        assertThrows(DTypeException.class, () -> Tensor.of(1).sub_(Tensor.of(new boolean[] {true})));
        assertArrayEquals(new long[] {5, 6}, ints.toLongArray());
        assertEquals(0, ints.storage().version());
    }

    @Test
    void aWiderDTypeOfTheSameCategoryIsNarrowed() {
        Tensor small = Tensor.of(DType.INT8, new long[] {100, 7});
        same(new double[] {100, 1}, small.clone().remainder_(Tensor.of(300, 3)));
        assertEquals(
                DType.FLOAT32,
                Tensor.of(1.0).hypot_(Tensor.of(DType.FLOAT64, 1)).dtype());
        assertEquals(
                DType.FLOAT16,
                Tensor.zeros(DType.FLOAT16, 2)
                        .addcmul_(Tensor.of(2.0), Tensor.of(3.0))
                        .dtype());
    }

    @Test
    void leavesAreRefusedUntouched() {
        List<UnaryOperator<Tensor>> changes = List.of(
                x -> x.div_(OTHER, "floor"),
                x -> x.lerp_(OTHER, 0.5),
                x -> x.eq_(0),
                x -> x.logicalAnd_(OTHER),
                x -> x.maskedFill_(OTHER.gt(0), 1),
                x -> x.floorDivide_(2),
                x -> x.narrow(0, 0, 2).remainder_(2),
                x -> x.clamp_(OTHER, null));
        for (UnaryOperator<Tensor> change : changes) {
            Tensor x = leaf();
            assertThrows(GradException.class, () -> change.apply(x));
            same(new double[] {1.1, -2.3, 3.2}, x);
            GradMode.noGrad(() -> change.apply(x));
            assertTrue(x.isLeaf());
        }
    }

    @Test
    void changesWithoutGradientsRecordNothing() {
        Tensor x = OTHER.clone();
        assertFalse(x.lerp_(OTHER, 0.5).requiresGrad());
        assertFalse(x.floorDivide_(2).requiresGrad());
        assertTrue(x.isLeaf());
    }

    @Test
    void everyChangeReturnsATensorAndIsNoStatic() {
        List<String> seen = new ArrayList<>();
        for (Method method : Tensor.class.getMethods()) {
            if (method.getName().endsWith("_")) {
                assertEquals(Tensor.class, method.getReturnType(), method.toString());
                assertFalse(Modifier.isStatic(method.getModifiers()), method.toString());
                seen.add(method.getName());
            }
        }
        assertTrue(seen.size() > 60, seen.toString());
    }
}
