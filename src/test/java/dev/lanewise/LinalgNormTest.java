package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Norms and condition numbers by hand. */
class LinalgNormTest {
    private static final double INF = Double.POSITIVE_INFINITY;
    private static final Tensor A = Tensor.of(DType.FLOAT64, new double[][] {{3, -4}, {0, 12}});

    @Test
    void ofVectors() {
        Tensor x = Tensor.of(DType.FLOAT64, 3, -4, 0);
        assertEquals(5, Linalg.norm(x).item());
        assertEquals(5, Linalg.norm(x, 2).item());
        assertEquals(7, Linalg.norm(x, 1).item());
        assertEquals(2, Linalg.norm(x, 0).item());
        assertEquals(4, Linalg.norm(x, INF).item());
        assertEquals(0, Linalg.norm(x, -INF).item());
        assertEquals(0, Linalg.norm(x, -2).item());
        assertEquals(Math.cbrt(27 + 64), Linalg.norm(x, 3).item(), 1e-14);
        assertEquals(Math.pow(Math.sqrt(3) + 2, 2), Linalg.norm(x, 0.5).item(), 1e-13);
        assertEquals(1 / (1 / 3.0 + 1 / 4.0), Linalg.norm(x.narrow(0, 0, 2), -1).item(), 1e-14);
        assertEquals(13, Linalg.norm(A).item());
        assertEquals(0, Linalg.norm(Tensor.zeros(0), 2).item());
        assertTrue(Double.isNaN(Linalg.norm(Tensor.of(1, Double.NaN), 2).item()));
    }

    @Test
    void ofMatrices() {
        assertEquals(16, Linalg.matrixNorm(A, 1).item());
        assertEquals(3, Linalg.matrixNorm(A, -1).item());
        assertEquals(12, Linalg.matrixNorm(A, INF).item());
        assertEquals(7, Linalg.norm(A, -INF).item());
        assertEquals(13, Linalg.matrixNorm(A).item());
        // The squares of the singular values have the sum 169 and the product 36².
        double largest = Math.sqrt((169 + Math.sqrt(169 * 169 - 4 * 1296)) / 2);
        assertEquals(largest, Linalg.norm(A, 2).item(), 1e-13);
        assertEquals(36 / largest, Linalg.norm(A, -2).item(), 1e-13);
        assertEquals(largest + 36 / largest, Linalg.norm(A, "nuc").item(), 1e-13);
    }

    @Test
    void alongDimensions() {
        Tensor x = Tensor.arange(24).to(DType.FLOAT64).reshape(2, 3, 4);
        assertEquals(Shape.of(3), Linalg.norm(x, 2, false, 0, -1).shape());
        assertEquals(Shape.of(1, 3, 1), Linalg.norm(x, 2, true, -1, 0).shape());
        assertEquals(Shape.of(1, 3, 1), Linalg.norm(x, "nuc", true, 0, 2).shape());
        assertEquals(Shape.of(1, 3, 1), Linalg.matrixNorm(x, INF, true, 2, 0).shape());
        assertEquals(Shape.of(1, 1, 1), Linalg.norm(x, (Number) null, true).shape());
        assertEquals(Shape.of(2, 1, 4), Linalg.norm(x, 3, true, 1).shape());
        assertArrayEquals(
                Linalg.matrixNorm(x.permute(1, 2, 0), 1).toDoubleArray(),
                Linalg.matrixNorm(x, 1, false, 2, 0).toDoubleArray());
        assertArrayEquals(
                Linalg.matrixNorm(x.transpose(0, 1), 2).toDoubleArray(),
                Linalg.norm(x, 2, false, 0, 2).toDoubleArray(),
                1e-12);
    }

    @Test
    void halvesAreAddedUpInFloat32() {
        Tensor x = Tensor.full(DType.FLOAT16, 16, 1024);
        assertEquals(512, Linalg.norm(x).item());
        assertEquals(DType.FLOAT16, Linalg.norm(x).dtype());
        assertEquals(16, Linalg.norm(x, INF).item());
        assertEquals(
                1, Linalg.norm(Tensor.full(DType.BFLOAT16, 1.0 / 16, 256), 2).item());
    }

    @Test
    void conditionNumbers() {
        double quotient = Linalg.norm(A, 2).item() / Linalg.norm(A, -2).item();
        assertEquals(quotient, Linalg.cond(A).item(), 1e-12);
        assertEquals(1 / quotient, Linalg.cond(A, -2).item(), 1e-12);
        Tensor inverse = Linalg.inv(A);
        for (double p : new double[] {1, -1, INF, -INF}) {
            double expected = Linalg.norm(A, p).item() * Linalg.norm(inverse, p).item();
            assertEquals(expected, Linalg.cond(A, p).item(), 1e-12);
        }
        for (String p : new String[] {"fro", "nuc"}) {
            double expected = Linalg.norm(A, p).item() * Linalg.norm(inverse, p).item();
            assertEquals(expected, Linalg.cond(A, p).item(), 1e-12);
        }
        assertEquals(INF, Linalg.cond(Tensor.ones(2, 2), 1).item());
        assertEquals(INF, Linalg.cond(Tensor.ones(2, 2), "fro").item());
        assertEquals(Shape.of(3), Linalg.cond(Tensor.zeros(3, 0, 0)).shape());
    }

    @Test
    void scopesKeepNoWorkingMemory() {
        Tensor a = Tensor.randn(DType.FLOAT64, 150, 150);
        try (Scope scope = Scope.open()) {
            Tensor inverse = Linalg.inv(a);
            assertEquals(1, a.mm(inverse).diagonal(0, 0, 1).mean().item(), 1e-9);
        }
        assertTrue(Double.isFinite(a.sum().item()));
    }
}
