package dev.lanewise.op;

import static dev.lanewise.op.Parts.transposed;

import dev.lanewise.Linalg;
import dev.lanewise.Tensor;
import dev.lanewise.internal.linalg.Dense;
import dev.lanewise.internal.linalg.Lu;
import dev.lanewise.internal.linalg.Matrices;
import dev.lanewise.internal.linalg.MatrixExp;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Functions of square matrices and solutions of linear systems.
 *
 * <p>The derivatives are those of Giles 2008, "Collected matrix derivative results for forward and reverse mode algorithmic
 * differentiation". An argument {@code int[]} receives one number per matrix: 0, or where it is singular.
 */
public final class LinalgOps {
    private static final List<StructuredOp<?>> ALL = new ArrayList<>();

    private LinalgOps() {}

    static final class Inv extends StructuredOp<int[]> {
        Inv() {
            super("inv", "Inverse of square matrices.");
            torch("torch.linalg.inv");
            dtypes(DTypeRule.FLOATING);
            saves(Saves.OUTPUT);
        }

        @Override
        protected Tensor forward(int[] infos, Tensor... in) {
            Tensor a = in[0];
            Tensor out = LinalgInputs.columns(a.dtype(), a.sizes());
            Matrices from = LinalgInputs.read(a);
            Matrices to = LinalgInputs.read(out);
            int n = from.rows();
            Matrices.each(from.count(), Math.pow(n, 3), index -> {
                double[] lu = from.read(index);
                int[] pivots = new int[n];
                infos[(int) index] = Lu.factor(lu, n, n, pivots, true);
                double[] inverse = Dense.eye(n, n);
                Lu.solve(lu, n, pivots, inverse, n);
                to.write(index, inverse);
            });
            Reference.reachabilityFence(a);
            Reference.reachabilityFence(out);
            return out;
        }

        @Override
        protected Tensor[] grad(int[] infos, Tensor g, Saved saved) {
            Tensor turned = transposed(saved.output());
            return new Tensor[] {turned.matmul(g).matmul(turned).neg()};
        }

        @Override
        public String gradName() {
            return "LinalgInvExBackward0";
        }
    }

    public static final StructuredOp<int[]> INV = register(new Inv());

    /** Runs an LU decomposition per matrix and keeps one number of each. */
    private static Tensor each(Tensor a, FactorValue value) {
        Tensor out = Dispatch.empty(a.dtype(), LinalgInputs.with(LinalgInputs.batch(a), 1, 1));
        Matrices from = LinalgInputs.read(a);
        Matrices to = LinalgInputs.read(out);
        int n = from.rows();
        Matrices.each(from.count(), Math.pow(n, 3) / 3, index -> {
            double[] lu = from.read(index);
            int[] pivots = new int[n];
            Lu.factor(lu, n, n, pivots, true);
            to.write(index, new double[] {value.of(lu, n, Lu.sign(pivots))});
        });
        Reference.reachabilityFence(a);
        Reference.reachabilityFence(out);
        return out.reshape(LinalgInputs.batch(a));
    }

    /** A number made of the factors of a matrix. */
    private interface FactorValue {
        double of(double[] lu, int n, int sign);
    }

    static final class Det extends StructuredOp<Void> {
        Det() {
            super("det", "Determinant of square matrices.");
            torch("torch.linalg.det");
            dtypes(DTypeRule.FLOATING);
            saves(Saves.INPUT0, Saves.OUTPUT);
        }

        @Override
        protected Tensor forward(Void args, Tensor... in) {
            return each(in[0], Det::product);
        }

        private static double product(double[] lu, int n, int sign) {
            double product = sign;
            for (int i = 0; i < n; i++) {
                product *= lu[i * n + i];
            }
            return product;
        }

        @Override
        protected Tensor[] grad(Void args, Tensor g, Saved saved) {
            return new Tensor[] {Determinants.grad(g, saved.input(0), saved.output())};
        }

        @Override
        public String gradName() {
            return "LinalgDetBackward0";
        }
    }

    public static final StructuredOp<Void> DET = register(new Det());

    static final class Slogdet extends StructuredOp<Void> {
        Slogdet() {
            super("slogdet", "Logarithm of the absolute determinant, with the sign beside it.");
            torch("torch.linalg.slogdet");
            dtypes(DTypeRule.FLOATING);
            saves(Saves.INPUT0);
        }

        @Override
        protected Tensor forward(Void args, Tensor... in) {
            return each(in[0], Slogdet::logarithm);
        }

        private static double logarithm(double[] lu, int n, int sign) {
            double sum = 0;
            for (int i = 0; i < n; i++) {
                sum += Math.log(Math.abs(lu[i * n + i]));
            }
            return sum;
        }

        @Override
        protected Tensor[] grad(Void args, Tensor g, Saved saved) {
            Tensor a = saved.input(0);
            Tensor inverse = Dispatch.apply(INV, LinalgInputs.room(a), a);
            return new Tensor[] {transposed(inverse).mul(g.unsqueeze(-1).unsqueeze(-1))};
        }

        @Override
        public String gradName() {
            return "LinalgSlogdetBackward0";
        }
    }

    public static final StructuredOp<Void> SLOGDET = register(new Slogdet());

    /** The signs of determinants: -1, 0 or 1. */
    public static Tensor sign(Tensor a) {
        return each(a, LinalgOps::sign);
    }

    private static double sign(double[] lu, int n, int sign) {
        double product = sign;
        for (int i = 0; i < n; i++) {
            product *= Math.signum(lu[i * n + i]);
        }
        return product;
    }

    static final class Solve extends StructuredOp<int[]> {
        Solve() {
            super("solve", "Solution X of A X = B for square A.");
            torch("torch.linalg.solve");
            dtypes(DTypeRule.FLOATING);
            savesFor(0, Saves.INPUT0, Saves.OUTPUT);
            savesFor(1, Saves.INPUT0);
        }

        @Override
        protected Tensor forward(int[] infos, Tensor... in) {
            Tensor out = LinalgInputs.columns(in[1].dtype(), in[1].sizes());
            Matrices left = LinalgInputs.read(in[0]);
            Matrices right = LinalgInputs.read(in[1]);
            Matrices to = LinalgInputs.read(out);
            int n = left.rows();
            Matrices.each(left.count(), (double) n * n * (n / 3.0 + right.cols()), index -> {
                double[] lu = left.read(index);
                int[] pivots = new int[n];
                infos[(int) index] = Lu.factor(lu, n, n, pivots, true);
                double[] x = right.read(index);
                Lu.solve(lu, n, pivots, x, right.cols());
                to.write(index, x);
            });
            Reference.reachabilityFence(in);
            Reference.reachabilityFence(out);
            return out;
        }

        @Override
        protected Tensor[] grad(int[] infos, Tensor g, Saved saved) {
            Tensor a = transposed(saved.input(0));
            Tensor right = Dispatch.apply(SOLVE, LinalgInputs.room(a), a, g);
            Tensor left =
                    saved.wants(0) ? right.matmul(transposed(saved.output())).neg() : null;
            return new Tensor[] {left, saved.wants(1) ? right : null};
        }

        @Override
        public String gradName() {
            return "LinalgSolveExBackward0";
        }
    }

    public static final StructuredOp<int[]> SOLVE = register(new Solve());

    static final class Exponential extends StructuredOp<Void> {
        Exponential() {
            super("matrixExp", "Exponential of square matrices.");
            torch("torch.linalg.matrix_exp");
            dtypes(DTypeRule.FLOATING);
            saves(Saves.INPUT0);
        }

        @Override
        protected Tensor forward(Void args, Tensor... in) {
            Tensor out = Dispatch.empty(in[0].dtype(), in[0].sizes());
            Matrices from = LinalgInputs.read(in[0]);
            Matrices to = LinalgInputs.read(out);
            int n = from.rows();
            double cost = 10 * Math.pow(n, 3);
            Matrices.each(from.count(), cost, index -> to.write(index, MatrixExp.exp(from.read(index), n)));
            Reference.reachabilityFence(in);
            Reference.reachabilityFence(out);
            return out;
        }

        /** The upper right block of the exponential of [[Aᵀ, G], [0, Aᵀ]] is the derivative of exp at Aᵀ along G. */
        @Override
        protected Tensor[] grad(Void args, Tensor g, Saved saved) {
            Tensor a = transposed(saved.input(0));
            long n = a.size(-1);
            Tensor top = Tensor.cat(-1, a, g);
            Tensor bottom = Tensor.cat(-1, Tensor.zeros(a.dtype(), a.sizes()), a);
            Tensor exponential = Linalg.matrixExp(Tensor.cat(-2, top, bottom));
            return new Tensor[] {exponential.narrow(-2, 0, n).narrow(-1, n, n)};
        }

        @Override
        public String gradName() {
            return "LinalgMatrixExpBackward0";
        }
    }

    public static final StructuredOp<Void> MATRIX_EXP = register(new Exponential());

    /** All ops of this family. */
    public static List<StructuredOp<?>> all() {
        return Collections.unmodifiableList(ALL);
    }

    /** The functions of linear algebra that are made of ops. */
    public static List<Composite> composites() {
        return List.of(
                new Composite("inverse", "torch.inverse", "Inverse of square matrices."),
                new Composite("invEx", "torch.linalg.inv_ex", "Inverse, and which matrices are singular."),
                new Composite("logdet", "torch.logdet", "Logarithm of the determinant."),
                new Composite(
                        "choleskyEx", "torch.linalg.cholesky_ex", "Cholesky factor, and which matrices have none."),
                new Composite("choleskyInverse", "torch.cholesky_inverse", "Inverse, from the Cholesky factor."),
                new Composite("lu", "torch.linalg.lu", "P, L and U of A = P L U."),
                new Composite("luSolve", "torch.linalg.lu_solve", "Solution of A X = B, from the LU decomposition."),
                new Composite("pinverse", "torch.pinverse", "Pseudo-inverse with another bound for what is zero."),
                new Composite(
                        "matrixRank", "torch.linalg.matrix_rank", "Number of singular values above a bound.", false),
                new Composite("cond", "torch.linalg.cond", "Condition number in a norm."),
                new Composite("norm", "torch.linalg.norm", "Norm of vectors or matrices."),
                new Composite("matrixNorm", "torch.linalg.matrix_norm", "Norm of matrices."),
                new Composite("cross", "torch.linalg.cross", "Cross product of vectors of 3 elements."));
    }

    private static <A> StructuredOp<A> register(StructuredOp<A> op) {
        ALL.add(op);
        return op;
    }
}
