package dev.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.DType;
import dev.lanewise.Lanewise;
import dev.lanewise.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Initialisations and random functions beyond what was recorded. */
class InitTest {
    @BeforeEach
    void seed() {
        Lanewise.manualSeed(11);
    }

    @ParameterizedTest
    @CsvSource({"7, 7", "40, 9", "9, 40", "1, 5", "5, 1", "64, 64"})
    void orthogonalRowsOrColumnsAreOrthonormal(long rows, long columns) {
        Tensor q = Init.orthogonal_(Tensor.empty(DType.FLOAT64, rows, columns));
        Tensor gram = rows < columns ? q.matmul(q.t()) : q.t().matmul(q);
        long n = Math.min(rows, columns);
        double[] unit = Tensor.eye(n).toDoubleArray();
        assertArrayEquals(unit, gram.toDoubleArray(), 1e-12);
    }

    @Test
    void orthogonalTakesParametersOfAnyShape() {
        Tensor weight = Tensor.empty(4, 2, 3).requiresGrad_();
        Init.orthogonal_(weight, 2);
        assertTrue(weight.requiresGrad() && weight.isLeaf());
        Tensor rows = weight.detach().reshape(4, 6);
        assertArrayEquals(
                Tensor.eye(4).mul(4).toDoubleArray(), rows.matmul(rows.t()).toDoubleArray(), 1e-5);
        assertEquals(0, Init.orthogonal_(Tensor.empty(0, 3)).numel());
    }

    @Test
    void truncatedNormalsStayInside() {
        double[] values = Init.truncNormal_(Tensor.empty(DType.FLOAT64, 100_000), 1, 2, -0.5, 4)
                .toDoubleArray();
        double least = Double.MAX_VALUE;
        double most = -Double.MAX_VALUE;
        double sum = 0;
        for (double value : values) {
            least = Math.min(least, value);
            most = Math.max(most, value);
            sum += value;
        }
        assertTrue(least >= -0.5 && least < -0.49 && most <= 4 && most > 3.99, least + " to " + most);
        // mean + std (φ(α) - φ(β)) / (Φ(β) - Φ(α)) with α = -0.75 and β = 1.5
        assertEquals(1.4858, sum / values.length, 0.02);
    }

    @Test
    void sparseColumnsHaveTheirShareOfZeros() {
        Tensor drawn = Init.sparse_(Tensor.empty(50, 7), 0.31);
        assertArrayEquals(
                new long[] {16, 16, 16, 16, 16, 16, 16}, drawn.eq(0).sum(0).toLongArray());
    }

    @Test
    void diracPassesChannelsOn() {
        Tensor weight = Init.dirac_(Tensor.empty(6, 2, 3, 5), 3);
        assertEquals(6, weight.sum().item());
        for (int i = 0; i < 6; i++) {
            assertEquals(1, weight.get(i).get(i % 2).get(1).get(2).item());
        }
    }

    @Test
    void channelsAreDroppedAsAWhole() {
        Tensor ones = Tensor.ones(3, 50, 4);
        for (Tensor dropped : new Tensor[] {
            Functional.dropout1d(ones, 0.4, true),
            Functional.dropout1d(ones.get(0), 0.4, true).unsqueeze(0),
            Functional.dropout2d(ones.reshape(3, 50, 2, 2), 0.4, true).reshape(3, 50, 4),
            Functional.dropout3d(ones.reshape(3, 50, 2, 2, 1), 0.4, true).reshape(3, 50, 4),
            Functional.featureAlphaDropout(ones, 0.4, true)
        }) {
            assertArrayEquals(dropped.amax(2).toDoubleArray(), dropped.amin(2).toDoubleArray());
            assertTrue(dropped.max().item() > dropped.min().item());
        }
        assertTrue(ones == Functional.dropout2d(ones, 0.4, false), "nothing is done in evaluation");
    }

    @Test
    void alphaDropoutKeepsMeanAndVariance() {
        Tensor out = Functional.alphaDropout(Tensor.randn(200_000), 0.2, true);
        assertEquals(0, out.mean().item(), 0.02);
        assertEquals(1, out.square().mean().item(), 0.03);
        assertEquals(0, Functional.alphaDropout(Tensor.ones(5), 1, true).sum().item());
    }

    @Test
    void slopesOfRreluLieBetweenTheBounds() {
        Tensor x = Tensor.full(-1.0, 1000).requiresGrad_();
        Tensor y = Functional.rrelu(x, 0.25, 0.5, true);
        assertTrue(y.max().item() <= -0.25 && y.min().item() >= -0.5);
        y.sum().backward();
        assertArrayEquals(y.detach().neg().toFloatArray(), x.grad().toFloatArray());
        assertEquals(-0.375, Functional.rrelu(Tensor.of(-1.0), 0.25, 0.5, false).item());
    }

    @Test
    void hardGumbelSoftmaxIsOneHotAndHasTheSoftDerivative() {
        Tensor logits = Tensor.randn(20, 4).requiresGrad_();
        Tensor hard = Functional.gumbelSoftmax(logits, 0.7, true, 1);
        assertArrayEquals(
                Tensor.ones(20).toDoubleArray(), hard.detach().max(1).values().toDoubleArray(), 1e-6);
        hard.mul(Tensor.randn(20, 4)).sum().backward();
        assertFalse(logits.grad().eq(0).sum().item() == 80);
    }

    @Test
    void wrongShapesAreNamed() {
        refused("eye_: the tensor must have 2 dimensions [tensor: float32[3]].", () -> Init.eye_(Tensor.empty(3)));
        refused(
                "sparse_: the tensor must have 2 dimensions [tensor: float32[3]].",
                () -> Init.sparse_(Tensor.empty(3), 0.5));
        refused(
                "orthogonal_: the tensor must have at least 2 dimensions [tensor: float32[3]].",
                () -> Init.orthogonal_(Tensor.empty(3)));
        refused(
                "dirac_: the tensor must have 3 to 5 dimensions [tensor: float32[3, 3]].",
                () -> Init.dirac_(Tensor.empty(3, 3)));
        refused(
                "dirac_: the groups must divide the output channels, got 2 [tensor: float32[3, 3, 1]].",
                () -> Init.dirac_(Tensor.empty(3, 3, 1), 2));
        refused(
                "dropout2d: the input must have 3 or 4 dimensions, got 1 [input: float32[3]].",
                () -> Functional.dropout2d(Tensor.ones(3), 0.5, true));
    }

    private static void refused(String message, Runnable call) {
        assertEquals(message, assertThrows(RuntimeException.class, call::run).getMessage());
    }
}
