package dev.lanewise.op;

import static dev.lanewise.op.Parts.transposed;

import dev.lanewise.Tensor;
import dev.lanewise.internal.linalg.Cholesky;
import dev.lanewise.internal.linalg.Matrices;
import dev.lanewise.internal.linalg.Triangular;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The Cholesky decomposition, triangular systems, and the LU decomposition. */
public final class TriangularOps {
    private static final List<StructuredOp<?>> ALL = new ArrayList<>();

    private TriangularOps() {}

    /**
     * Which triangle a system has.
     *
     * @param upper true for the upper one
     * @param unit true to take the diagonal as ones
     */
    public record Triangle(boolean upper, boolean unit) {}

    static final class SolveTriangular extends StructuredOp<Triangle> {
        SolveTriangular() {
            super("solveTriangular", "Solution X of A X = B for triangular A.");
            torch("torch.linalg.solve_triangular");
            dtypes(DTypeRule.FLOATING);
            savesFor(0, Saves.INPUT0, Saves.OUTPUT);
            savesFor(1, Saves.INPUT0);
        }

        @Override
        protected Tensor forward(Triangle triangle, Tensor... in) {
            Tensor out = LinalgInputs.columns(in[1].dtype(), in[1].sizes());
            Matrices left = LinalgInputs.read(in[0]);
            Matrices right = LinalgInputs.read(in[1]);
            Matrices to = LinalgInputs.read(out);
            int n = left.rows();
            Matrices.each(left.count(), (double) n * n * right.cols(), index -> {
                double[] x = right.read(index);
                Triangular.solve(left.read(index), n, triangle.upper(), triangle.unit(), x, right.cols());
                to.write(index, x);
            });
            Reference.reachabilityFence(in);
            Reference.reachabilityFence(out);
            return out;
        }

        @Override
        protected Tensor[] grad(Triangle triangle, Tensor g, Saved saved) {
            Tensor a = saved.input(0);
            Triangle turned = new Triangle(!triangle.upper(), triangle.unit());
            Tensor right = Dispatch.apply(SOLVE_TRIANGULAR, turned, transposed(a), g);
            if (!saved.wants(0)) {
                return new Tensor[] {null, right};
            }
            Tensor full = right.matmul(transposed(saved.output())).neg();
            int inside = triangle.unit() ? 1 : 0;
            Tensor left = triangle.upper() ? Parts.upper(full, inside) : Parts.lower(full, -inside);
            return new Tensor[] {left, saved.wants(1) ? right : null};
        }

        @Override
        public String gradName() {
            return "LinalgSolveTriangularBackward0";
        }
    }

    public static final StructuredOp<Triangle> SOLVE_TRIANGULAR = register(new SolveTriangular());

    /** The triangular factor; the argument receives 0 per matrix, or the first minor that is not positive. */
    static final class CholeskyFactor extends StructuredOp<int[]> {
        CholeskyFactor() {
            super("cholesky", "Lower triangular L with A = L Lᵀ, for symmetric positive definite A.");
            torch("torch.linalg.cholesky");
            dtypes(DTypeRule.FLOATING);
            saves(Saves.OUTPUT);
        }

        @Override
        protected Tensor forward(int[] infos, Tensor... in) {
            Tensor out = LinalgInputs.columns(in[0].dtype(), in[0].sizes());
            Matrices from = LinalgInputs.read(in[0]);
            Matrices to = LinalgInputs.read(out);
            int n = from.rows();
            Matrices.each(from.count(), Math.pow(n, 3) / 6, index -> {
                double[] factor = from.read(index);
                infos[(int) index] = Cholesky.factor(factor, n);
                to.write(index, factor);
            });
            Reference.reachabilityFence(in);
            Reference.reachabilityFence(out);
            return out;
        }

        /** Murray 2016, "Differentiation of the Cholesky decomposition", with the gradient made symmetric. */
        @Override
        protected Tensor[] grad(int[] infos, Tensor g, Saved saved) {
            Tensor factor = saved.output();
            Tensor turned = transposed(factor);
            Tensor half = Parts.lowerHalf(turned.matmul(Parts.lower(g, 0)));
            Tensor inner = half.add(transposed(half)).div(2);
            Triangle triangle = new Triangle(true, false);
            Tensor left = Dispatch.apply(SOLVE_TRIANGULAR, triangle, turned, inner);
            return new Tensor[] {transposed(Dispatch.apply(SOLVE_TRIANGULAR, triangle, turned, transposed(left)))};
        }

        @Override
        public String gradName() {
            return "LinalgCholeskyExBackward0";
        }
    }

    public static final StructuredOp<int[]> CHOLESKY = register(new CholeskyFactor());

    /** B and the factor; the argument is true for an upper one. */
    static final class CholeskySolve extends StructuredOp<Boolean> {
        CholeskySolve() {
            super("choleskySolve", "Solution X of A X = B for A given by its Cholesky factor.");
            dtypes(DTypeRule.FLOATING);
            savesFor(0, Saves.INPUT1);
            savesFor(1, Saves.INPUT1, Saves.OUTPUT);
        }

        @Override
        protected Tensor forward(Boolean upper, Tensor... in) {
            Tensor factor = upper ? transposed(in[1]) : in[1];
            Tensor half = SOLVE_TRIANGULAR.forward(new Triangle(false, false), factor, in[0]);
            return SOLVE_TRIANGULAR.forward(new Triangle(true, false), transposed(factor), half);
        }

        @Override
        protected Tensor[] grad(Boolean upper, Tensor g, Saved saved) {
            Tensor factor = saved.input(1);
            Tensor right = Dispatch.apply(CHOLESKY_SOLVE, upper, g, factor);
            if (!saved.wants(1)) {
                return new Tensor[] {right, null};
            }
            Tensor product = right.matmul(transposed(saved.output()));
            Tensor both = product.add(transposed(product)).neg();
            return new Tensor[] {saved.wants(0) ? right : null, upper ? factor.matmul(both) : both.matmul(factor)};
        }
    }

    public static final StructuredOp<Boolean> CHOLESKY_SOLVE = register(new CholeskySolve());

    /** Inputs: A and its factors; the argument is the permutation. */
    static final class LuFactor extends StructuredOp<Permutation> {
        LuFactor() {
            super(
                    "luFactor",
                    "L (below the diagonal) and U of A = P L U in one matrix, with the row exchanges beside it.");
            torch("torch.linalg.lu_factor");
            dtypes(DTypeRule.FLOATING);
            saves(Saves.OUTPUT);
        }

        @Override
        protected Tensor forward(Permutation permutation, Tensor... in) {
            return in[1].detach();
        }

        @Override
        protected Tensor[] grad(Permutation permutation, Tensor g, Saved saved) {
            return new Tensor[] {permutation.restore(LuGrads.grad(g, saved.output())), null};
        }

        @Override
        public String gradName() {
            return "LinalgLuFactorExBackward0";
        }
    }

    public static final StructuredOp<Permutation> LU_FACTOR = register(new LuFactor());

    /** All ops of this family. */
    public static List<StructuredOp<?>> all() {
        return Collections.unmodifiableList(ALL);
    }

    private static <A> StructuredOp<A> register(StructuredOp<A> op) {
        ALL.add(op);
        return op;
    }
}
