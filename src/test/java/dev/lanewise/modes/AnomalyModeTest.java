package dev.lanewise.modes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.GradException;
import dev.lanewise.Tensor;
import dev.lanewise.autograd.AnomalyMode;
import dev.lanewise.nn.Linear;
import org.junit.jupiter.api.Test;

class AnomalyModeTest {
    private static Tensor lossWithNan(Tensor x) {
        // The derivative of the root at 0 is infinite, and infinity times 0 is NaN.
        return x.mul(0).sqrt().mul(3).sum();
    }

    @Test
    void namesTheOperationAndItsPlace() {
        Tensor x = Tensor.of(new float[] {1, 2}).requiresGrad_();
        try (var mode = AnomalyMode.on()) {
            assertTrue(AnomalyMode.isEnabled());
            Tensor loss = lossWithNan(x);
            var e = assertThrows(GradException.class, loss::backward);
            String start = "backward: MulBackward0 gave NaN in the gradient of its input 0 [gradient: float32[2]]."
                    + " It was called at dev.lanewise.modes.AnomalyModeTest.lossWithNan(AnomalyModeTest.java:";
            assertEquals(start, e.getMessage().substring(0, start.length()));
            assertTrue(e.getMessage().substring(start.length()).matches("\\d+\\)\\."), e.getMessage());
        }
        assertFalse(AnomalyMode.isEnabled());
    }

    @Test
    void withoutTheForwardPassItNamesTheOperation() {
        Tensor loss = lossWithNan(Tensor.of(new float[] {1, 2}).requiresGrad_());
        try (var mode = AnomalyMode.on()) {
            var e = assertThrows(GradException.class, loss::backward);
            assertEquals(
                    "backward: MulBackward0 gave NaN in the gradient of its input 0 [gradient: float32[2]]."
                            + " Switch AnomalyMode on before the forward pass to learn where it was called.",
                    e.getMessage());
            try (var inner = AnomalyMode.set(false)) {
                assertFalse(AnomalyMode.isEnabled());
            }
            assertTrue(AnomalyMode.isEnabled());
        }
    }

    @Test
    void saysNothingWhereAllIsWell() {
        Linear layer = new Linear(2, 2);
        try (var mode = AnomalyMode.on()) {
            layer.forward(Tensor.of(new float[][] {{1, 2}})).square().sum().backward();
        }
        assertEquals(2, layer.bias().grad().numel());
        Tensor x = Tensor.of(new float[] {1, 2}).requiresGrad_();
        lossWithNan(x).backward();
        assertTrue(Double.isNaN(x.grad().get(0).item()), "off, NaN goes through");
    }
}
