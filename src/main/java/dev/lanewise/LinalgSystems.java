package dev.lanewise;

import static dev.lanewise.op.Parts.transposed;

import dev.lanewise.internal.error.Check;
import dev.lanewise.internal.shape.Shapes;
import dev.lanewise.op.Decompositions;
import dev.lanewise.op.Dispatch;
import dev.lanewise.op.LinalgInputs;
import dev.lanewise.op.LinalgOps;
import dev.lanewise.op.Parts;
import dev.lanewise.op.Permutation;
import dev.lanewise.op.TriangularOps;
import dev.lanewise.op.TriangularOps.Triangle;
import java.util.Arrays;

/** Inverses, systems and triangular decompositions: the checks and broadcasting before the ops. */
final class LinalgSystems {
    private static final String DEFINITE = "the matrix must be positive definite";
    private static final String MINOR = "leading minor %d that is not positive";
    private static final String INDEFINITE = "Check that it is symmetric, or add a small multiple of the unit matrix.";

    private LinalgSystems() {}

    static Tensor inv(String op, Tensor a) {
        LinalgInputs.square(op, a);
        int[] infos = LinalgInputs.room(a);
        Tensor out = Dispatch.apply(LinalgOps.INV, infos, a);
        LinalgInputs.regular(op, a, infos);
        return out;
    }

    static ResultInfo invEx(String op, Tensor a) {
        LinalgInputs.square(op, a);
        int[] infos = LinalgInputs.room(a);
        Tensor out = Dispatch.apply(LinalgOps.INV, infos, a);
        return new ResultInfo(out, LinalgInputs.infos(a, infos));
    }

    static Tensor solve(Tensor a, Tensor b, boolean left) {
        LinalgInputs.square("solve", a);
        LinalgInputs.real("solve", b);
        LinalgInputs.sameDType("solve", a, b);
        boolean vector = isVector(a, b);
        if (vector && !left) {
            throw LinalgInputs.unfit("solve", "a vector on the right needs left = true", a, b);
        }
        if (b.dim() == 0) {
            throw LinalgInputs.unfit("solve", "b must have at least 1 dimension", a, b);
        }
        Tensor matrix = vector ? b.unsqueeze(-1) : b;
        checkRows("solve", a, matrix, left);
        long[] batch = LinalgInputs.commonBatch("solve", a, matrix);
        Tensor system = LinalgInputs.withBatch(left ? a : transposed(a), batch);
        Tensor right = LinalgInputs.withBatch(left ? matrix : transposed(matrix), batch);
        int[] infos = LinalgInputs.room(system);
        Tensor x = Dispatch.apply(LinalgOps.SOLVE, infos, system, right);
        LinalgInputs.regular("solve", system, infos);
        return vector ? x.squeeze(-1) : left ? x : transposed(x);
    }

    /** True if b is a vector, or a batch of vectors with the very batch of a. */
    static boolean isVector(Tensor a, Tensor b) {
        return b.dim() == 1 || Arrays.equals(b.sizes(), Arrays.copyOf(a.sizes(), a.dim() - 1));
    }

    private static void checkRows(String op, Tensor a, Tensor b, boolean left) {
        if (a.size(-1) != b.size(left ? -2 : -1)) {
            String rule = left ? "a and b must have the same number of rows" : "b must have as many columns as a";
            throw LinalgInputs.unfit(op, rule, a, b);
        }
    }

    static Tensor solveTriangular(Tensor a, Tensor b, boolean upper, boolean left, boolean unit) {
        LinalgInputs.square("solveTriangular", a);
        LinalgInputs.matrices("solveTriangular", b);
        LinalgInputs.sameDType("solveTriangular", a, b);
        checkRows("solveTriangular", a, b, left);
        long[] batch = LinalgInputs.commonBatch("solveTriangular", a, b);
        return left
                ? triangular(a, b, upper, unit, batch)
                : transposed(triangular(transposed(a), transposed(b), !upper, unit, batch));
    }

    private static Tensor triangular(Tensor a, Tensor b, boolean upper, boolean unit, long[] batch) {
        Triangle triangle = new Triangle(upper, unit);
        Tensor left = LinalgInputs.withBatch(a, batch);
        return Dispatch.apply(TriangularOps.SOLVE_TRIANGULAR, triangle, left, LinalgInputs.withBatch(b, batch));
    }

    static Tensor cholesky(Tensor a, boolean upper) {
        LinalgInputs.square("cholesky", a);
        int[] infos = LinalgInputs.room(a);
        Tensor out = factor(a, upper, infos);
        LinalgInputs.solvable("cholesky", DEFINITE, MINOR, INDEFINITE, a, infos);
        return out;
    }

    static ResultInfo choleskyEx(String op, Tensor a, boolean upper) {
        LinalgInputs.square(op, a);
        int[] infos = LinalgInputs.room(a);
        Tensor out = factor(a, upper, infos);
        return new ResultInfo(out, LinalgInputs.infos(a, infos));
    }

    private static Tensor factor(Tensor a, boolean upper, int[] infos) {
        return upper
                ? transposed(Dispatch.apply(TriangularOps.CHOLESKY, infos, transposed(a)))
                : Dispatch.apply(TriangularOps.CHOLESKY, infos, a);
    }

    static Tensor choleskySolve(Tensor b, Tensor factor, boolean upper) {
        LinalgInputs.square("choleskySolve", factor);
        LinalgInputs.matrices("choleskySolve", b);
        LinalgInputs.sameDType("choleskySolve", factor, b);
        checkRows("choleskySolve", factor, b, true);
        long[] batch = LinalgInputs.commonBatch("choleskySolve", factor, b);
        Tensor left = LinalgInputs.withBatch(factor, batch);
        return Dispatch.apply(TriangularOps.CHOLESKY_SOLVE, upper, LinalgInputs.withBatch(b, batch), left);
    }

    static Tensor choleskyInverse(Tensor factor, boolean upper) {
        LinalgInputs.square("choleskyInverse", factor);
        Tensor eye = Parts.eye(factor.dtype(), factor.size(-1)).expand(factor.sizes());
        return Dispatch.apply(TriangularOps.CHOLESKY_SOLVE, upper, eye, factor);
    }

    static Lu lu(Tensor a, boolean pivot) {
        LinalgInputs.matrices("lu", a);
        LuFactor compact = Decompositions.lu(a, pivot, LinalgInputs.room(a));
        long m = a.size(-2);
        long k = Math.min(m, a.size(-1));
        Tensor below = Parts.lower(compact.lu().narrow(-1, 0, k), -1);
        Tensor eye = Parts.eye(a.dtype(), m);
        Tensor l = below.add(eye.narrow(-1, 0, k));
        Tensor u = Parts.upper(compact.lu().narrow(-2, 0, k), 0);
        long[] square = LinalgInputs.with(LinalgInputs.batch(a), m, m);
        Tensor p = pivot ? Permutation.of(compact.pivots(), m).restore(eye.expand(square)) : Tensor.empty(a.dtype(), 0);
        return new Lu(p, l, u);
    }

    static Tensor luSolve(Tensor lu, Tensor pivots, Tensor b, boolean left, boolean adjoint) {
        LinalgInputs.square("luSolve", lu);
        LinalgInputs.matrices("luSolve", b);
        LinalgInputs.sameDType("luSolve", lu, b);
        if (pivots.dtype() != DType.INT32 || !Arrays.equals(pivots.sizes(), Arrays.copyOf(lu.sizes(), lu.dim() - 1))) {
            throw Check.argument("luSolve", "the pivots must be those of luFactor")
                    .operand("lu", lu.dtype(), lu.sizes())
                    .operand("pivots", pivots.dtype(), pivots.sizes())
                    .error();
        }
        checkRows("luSolve", lu, b, left);
        long[] batch = LinalgInputs.commonBatch("luSolve", lu, b);
        long n = lu.size(-1);
        Tensor factors = LinalgInputs.withBatch(lu, batch);
        Tensor exchanges = pivots.expand(LinalgInputs.with(batch, n));
        Permutation rows = Permutation.of(exchanges, n);
        Tensor right = LinalgInputs.withBatch(left ? b : transposed(b), batch);
        Tensor x = left == adjoint ? adjointSolve(factors, rows, right) : plainSolve(factors, rows, right);
        return left ? x : transposed(x);
    }

    /** X of P L U X = B. */
    private static Tensor plainSolve(Tensor lu, Permutation rows, Tensor b) {
        Tensor half = Dispatch.apply(TriangularOps.SOLVE_TRIANGULAR, new Triangle(false, true), lu, rows.order(b));
        return Dispatch.apply(TriangularOps.SOLVE_TRIANGULAR, new Triangle(true, false), lu, half);
    }

    /** X of Uᵀ Lᵀ Pᵀ X = B. */
    private static Tensor adjointSolve(Tensor lu, Permutation rows, Tensor b) {
        Tensor turned = transposed(lu);
        Tensor half = Dispatch.apply(TriangularOps.SOLVE_TRIANGULAR, new Triangle(false, false), turned, b);
        return rows.restore(Dispatch.apply(TriangularOps.SOLVE_TRIANGULAR, new Triangle(true, true), turned, half));
    }

    static Tensor cross(Tensor a, Tensor b, int dim) {
        if (a.dim() != b.dim()) {
            throw LinalgInputs.unfit("cross", "both operands must have the same number of dimensions", a, b);
        }
        if (a.dtype() != b.dtype() || a.dtype() == DType.BOOL) {
            throw Check.dtype("cross", "both operands must have the same numeric dtype")
                    .operand("a", a.dtype(), a.sizes())
                    .operand("b", b.dtype(), b.sizes())
                    .error();
        }
        int d = Shapes.wrapDim("cross", dim, a.dim());
        if (a.dim() == 0 || a.size(d) != 3 || b.size(d) != 3) {
            throw LinalgInputs.unfit("cross", "both operands must have size 3 in dim " + dim, a, b);
        }
        Tensor aNext = a.indexSelect(d, 1, 2, 0);
        Tensor aLast = a.indexSelect(d, 2, 0, 1);
        return aNext.mul(b.indexSelect(d, 2, 0, 1)).sub(aLast.mul(b.indexSelect(d, 1, 2, 0)));
    }

    /** torch.cross without a dimension: along the first one of size 3. */
    static Tensor cross(Tensor a, Tensor b) {
        for (int d = 0; d < a.dim(); d++) {
            if (a.size(d) == 3) {
                return cross(a, b, d);
            }
        }
        throw LinalgInputs.unfit("cross", "there must be a dimension of size 3", a, b);
    }
}
