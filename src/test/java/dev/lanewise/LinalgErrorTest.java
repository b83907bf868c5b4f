package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What wrong calls of linear algebra say, word for word. */
class LinalgErrorTest {
    private static final Tensor WIDE = Tensor.zeros(2, 3);
    private static final Tensor EYE = Tensor.eye(2);

    private static void refused(Class<? extends RuntimeException> type, String message, Executable call) {
        assertEquals(message, assertThrows(type, call).getMessage());
    }

    @Test
    void shapes() {
        refused(
                ShapeException.class,
                "inv: the matrices must be square, got 2 x 3 [self: float32[2, 3]].",
                () -> Linalg.inv(WIDE));
        refused(
                ShapeException.class,
                "det: there must be at least 2 dimensions, those of the matrices, got 1 [self: float32[3]].",
                () -> Linalg.det(Tensor.zeros(3)));
        refused(
                ShapeException.class,
                "solve: a and b must have the same number of rows [a: float32[2, 2], b: float32[3, 2]].",
                () -> Linalg.solve(EYE, Tensor.zeros(3, 2)));
        refused(
                ShapeException.class,
                "solve: a vector on the right needs left = true [a: float32[2, 2], b: float32[2]].",
                () -> Linalg.solve(EYE, Tensor.zeros(2), false));
        refused(
                ShapeException.class,
                "solveTriangular: b must have as many columns as a [a: float32[2, 2], b: float32[2, 3]].",
                () -> Linalg.solveTriangular(EYE, WIDE, true, false, false));
        refused(
                ShapeException.class,
                "cross: both operands must have size 3 in dim 0 [a: float32[2, 3], b: float32[2, 3]].",
                () -> WIDE.cross(WIDE, 0));
        refused(
                ShapeException.class,
                "cross: there must be a dimension of size 3 [a: float32[2, 2], b: float32[2, 2]].",
                () -> EYE.cross(EYE));
        refused(
                ShapeException.class,
                "norm: a norm of a given order needs one or two dimensions, got 3 [self: float32[2, 2, 2]]."
                        + " Name the dimensions.",
                () -> Linalg.norm(Tensor.zeros(2, 2, 2), 1));
    }

    @Test
    void matricesWithoutResult() {
        refused(
                IllegalArgumentException.class,
                "inv: the matrix must be invertible, got 0 at diagonal element 2 of U [self: float32[2, 2]]."
                        + " Use pinv or lstsq for singular matrices.",
                () -> Linalg.inv(Tensor.ones(2, 2)));
        Tensor batch = Tensor.zeros(2, 3, 2, 2).add(EYE);
        batch.select(0, 1).select(0, 2).zero_();
        refused(
                IllegalArgumentException.class,
                "solve: the matrix must be invertible, got 0 at diagonal element 1 of U in batch element [1, 2]"
                        + " [self: float32[2, 3, 2, 2]]. Use pinv or lstsq for singular matrices.",
                () -> Linalg.solve(batch, batch));
        refused(
                IllegalArgumentException.class,
                "cholesky: the matrix must be positive definite, got leading minor 1 that is not positive in batch"
                        + " element [1, 2] [self: float32[2, 3, 2, 2]]. Check that it is symmetric, or add a small multiple"
                        + " of the unit matrix.",
                () -> Linalg.cholesky(batch));
        refused(
                IllegalArgumentException.class,
                "svd: the elements must be finite, got a matrix that does not converge [self: float32[1, 1]]."
                        + " Check the input for NaN and infinite elements.",
                () -> Linalg.svd(Tensor.full(Double.NaN, 1, 1)));
    }

    @Test
    void dtypes() {
        refused(
                DTypeException.class,
                "inv: the dtype must be float32 or float64, got float16 [self: float16[2, 2]]."
                        + " Convert with to(DType.FLOAT32) first.",
                () -> Linalg.inv(EYE.to(DType.FLOAT16)));
        refused(
                DTypeException.class,
                "eigh: the dtype must be float32 or float64, got int64 [self: int64[2, 2]]."
                        + " Convert with to(DType.FLOAT32) first.",
                () -> Linalg.eigh(EYE.to(DType.INT64)));
        refused(
                DTypeException.class,
                "solve: both operands must have the same dtype [a: float32[2, 2], b: float64[2, 2]]."
                        + " Convert one with to(...).",
                () -> Linalg.solve(EYE, EYE.to(DType.FLOAT64)));
        refused(
                DTypeException.class,
                "norm: the dtype must be floating point, got int64 [self: int64[2, 2]]."
                        + " Convert with to(DType.FLOAT32) first.",
                () -> Linalg.norm(EYE.to(DType.INT64)));
    }

    @Test
    void arguments() {
        refused(
                IllegalArgumentException.class,
                "qr: the mode must be known, expected reduced, complete or r, got full.",
                () -> Linalg.qr(EYE, "full"));
        refused(
                IllegalArgumentException.class,
                "eigh: the triangle must be L or U, got X.",
                () -> Linalg.eigh(EYE, "X"));
        refused(
                IllegalArgumentException.class,
                "lstsq: the driver must be known, expected gels, gelsy, gelsd or gelss, got qr.",
                () -> Linalg.lstsq(EYE, EYE, null, "qr"));
        refused(
                IllegalArgumentException.class,
                "matrixNorm: the order must be one of 1, -1, 2, -2, Inf and -Inf, fro and nuc, got 3"
                        + " [self: float32[2, 2]].",
                () -> Linalg.matrixNorm(EYE, 3));
        refused(
                IllegalArgumentException.class,
                "matrixNorm: the order must be fro or nuc, got max [self: float32[2, 2]].",
                () -> Linalg.matrixNorm(EYE, "max"));
        refused(
                IllegalArgumentException.class,
                "luSolve: the pivots must be those of luFactor [lu: float32[2, 2], pivots: int64[2]].",
                () -> Linalg.luSolve(EYE, Tensor.of(1L, 2L), EYE, true, false));
    }
}
