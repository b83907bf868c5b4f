package dev.lanewise.autograd;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.DType;
import dev.lanewise.DTypeException;
import dev.lanewise.GradException;
import dev.lanewise.Tensor;
import org.junit.jupiter.api.Test;

class GradCheckTest {
    private final Tensor a = Tensor.of(DType.FLOAT64, 0.5, 1.5, -2.0);
    private final Tensor b = Tensor.of(DType.FLOAT64, 3.0, -1.0, 0.25);

    @Test
    void rightDerivativesPass() {
        GradCheck.check(in -> in[0].mul(in[1]).tanh(), a, b);
        GradCheck.checkSecondOrder(in -> in[0].mul(in[1]).tanh(), a, b);
        GradCheck.check(in -> in[0].exp().sum(), a);
        GradCheck.checkSecondOrder(in -> in[0].exp().sum(), a);
    }

    @Test
    void inputsAreNotTouched() {
        GradCheck.check(in -> in[0].clone().mul_(in[1]), a, b);
        assertNull(a.grad());
        assertFalse(a.requiresGrad());
        assertEquals(0.5, a.getDouble(0));
    }

    @Test
    void aWrongDerivativeIsNamedWithItsInput() {
        // Half of the product is hidden from the graph, so backward finds half of the slope.
        GradException e = assertThrows(
                GradException.class,
                () -> GradCheck.check(in -> in[1].mul(in[0]).add(in[0].detach().mul(3)), a, b));
        String message = e.getMessage();
        assertTrue(
                message.startsWith("gradCheck: slope along a random direction must be that of the function's values, "
                        + "expected "),
                message);
        assertTrue(message.contains(" for input 0 [input 0: float64[3]]. Allowed difference "), message);
        assertEquals(1, message.lines().count());
    }

    @Test
    void aWrongSecondDerivativeIsFound() {
        GradCheck.Options options = GradCheck.Options.DEFAULT;
        GradCheck.Result first = GradCheck.firstOrder("cut", options, GradCheckTest::cubeByHand, a);
        GradCheck.Result second = GradCheck.secondOrder("cut", options, GradCheckTest::cubeByHand, a);
        assertTrue(first.passed(), first.message());
        assertFalse(second.passed());
        assertTrue(
                second.message().startsWith("cut: second slope along a random direction must be "), second.message());
    }

    /** x³ whose gradient 3x² is right but cut off from the graph. */
    private static Tensor cubeByHand(Tensor[] in) {
        Tensor x = in[0];
        Tensor frozen = x.detach();
        Tensor slope = frozen.mul(frozen).mul(3);
        return x.sub(frozen).mul(slope).add(frozen.pow(3));
    }

    @Test
    void unusedInputsHaveSlopeZero() {
        assertDoesNotThrow(() -> GradCheck.check(in -> in[0].mul(2), a, b));
        assertDoesNotThrow(() -> GradCheck.checkSecondOrder(in -> in[0].mul(2), a, b));
        assertThrows(GradException.class, () -> GradCheck.check(in -> in[0].mul(in[1].detach()), a, b));
    }

    @Test
    void onlyFloat64IsTakenAndIntegersPassThrough() {
        DTypeException e = assertThrows(DTypeException.class, () -> GradCheck.check(in -> in[0], Tensor.ones(2)));
        assertEquals(
                "gradCheck: floating-point inputs must be float64, got float32 [input 0: float32[2]]. "
                        + "Convert with to(DType.FLOAT64) first.",
                e.getMessage());
        GradCheck.check(in -> in[0].gather(0, in[1]), a, Tensor.of(2, 0, 2));
    }

    @Test
    void moreDirectionsAndOtherSeedsAreTried() {
        GradCheck.Options options =
                GradCheck.Options.DEFAULT.withDirections(5).withSeed(7).withStep(1e-4);
        assertTrue(GradCheck.firstOrder("sigmoid", options, in -> in[0].sigmoid(), a)
                .passed());
    }

    @Test
    void emptyInputsPass() {
        GradCheck.check(in -> in[0].mul(2), Tensor.zeros(DType.FLOAT64, 0, 3));
    }
}
