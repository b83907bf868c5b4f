package dev.lanewise.op;

import static dev.lanewise.op.Parts.transposed;

import dev.lanewise.Eigh;
import dev.lanewise.GradMode;
import dev.lanewise.Linalg;
import dev.lanewise.Svd;
import dev.lanewise.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Eigenvalues and eigenvectors of symmetric matrices, and what is made of singular values: pseudo-inverse, least squares. */
public final class EigenOps {
    private static final List<StructuredOp<?>> ALL = new ArrayList<>();

    private EigenOps() {}

    /** What both results have in common: inputs A, the values and the vectors; the argument is the triangle's name. */
    abstract static class EighPart extends StructuredOp<String> {
        private final int place;

        EighPart(String name, int place, String doc) {
            super(name, doc);
            this.place = place;
            dtypes(DTypeRule.FLOATING);
            saves(Saves.INPUT0, Saves.INPUT1, Saves.INPUT2);
        }

        @Override
        protected final Tensor forward(String triangle, Tensor... in) {
            return in[place].detach();
        }

        /** The matrix is decomposed again for derivatives of higher order, so that the factors are part of the graph. */
        @Override
        protected final Tensor[] grad(String triangle, Tensor g, Saved saved) {
            Eigh eigh = GradMode.isEnabled()
                    ? Linalg.eigh(saved.input(0), triangle)
                    : new Eigh(saved.input(1), saved.input(2));
            return new Tensor[] {gradOf(g, eigh), null, null};
        }

        /** The gradient of the matrix for that of this result. */
        protected abstract Tensor gradOf(Tensor g, Eigh eigh);

        @Override
        public final String gradName() {
            return "LinalgEighBackward0";
        }
    }

    /** Source of both derivatives: Giles 2008, section 3.1, with symmetric gradients. */
    static final class EighValues extends EighPart {
        EighValues() {
            super("eigvalsh", 1, "Eigenvalues of symmetric matrices in ascending order.");
            torch("torch.linalg.eigvalsh");
        }

        @Override
        protected Tensor gradOf(Tensor g, Eigh eigh) {
            Tensor v = eigh.eigenvectors();
            return v.mul(g.unsqueeze(-2)).matmul(transposed(v));
        }
    }

    public static final StructuredOp<String> EIGH_VALUES = register(new EighValues());

    static final class EighVectors extends EighPart {
        EighVectors() {
            super("eigh", 2, "Eigenvectors of symmetric matrices, one per column, with the eigenvalues beside them.");
            torch("torch.linalg.eigh");
        }

        @Override
        protected Tensor gradOf(Tensor g, Eigh eigh) {
            Tensor v = eigh.eigenvectors();
            Tensor inner = Parts.skew(transposed(v).matmul(g)).div(2);
            return v.matmul(inner.div(Parts.differences(eigh.eigenvalues()))).matmul(transposed(v));
        }
    }

    public static final StructuredOp<String> EIGH_VECTORS = register(new EighVectors());

    /**
     * Which singular values count as zero: those up to the larger of {@code atol} and {@code rtol} times the largest.
     *
     * @param atol a number per matrix, or 0-d
     * @param rtol the same
     * @param hermitian takes the matrix as symmetric and reads its lower triangle only
     */
    public record Cut(Tensor atol, Tensor rtol, boolean hermitian) {
        /** The absolute values of what the matrix is made of, and whether each counts. */
        public Tensor counts(Tensor absolute) {
            Tensor largest = absolute.size(-1) == 0
                    ? Tensor.zeros(absolute.dtype(), LinalgInputs.batch(absolute.unsqueeze(-1)))
                    : absolute.amax(-1);
            Tensor bound = atol.maximum(rtol.mul(largest)).unsqueeze(-1);
            return absolute.gt(bound);
        }

        /** The reciprocals of those that count, and zeros. */
        private Tensor reciprocal(Tensor values, Tensor absolute) {
            Tensor zero = Tensor.scalar(values.dtype(), 0);
            return Tensor.where(counts(absolute), values.rdiv(1), zero);
        }
    }

    static final class Pinv extends StructuredOp<Cut> {
        Pinv() {
            super("pinv", "Moore-Penrose pseudo-inverse.");
            torch("torch.linalg.pinv");
            dtypes(DTypeRule.FLOATING);
            saves(Saves.INPUT0, Saves.OUTPUT);
        }

        @Override
        protected Tensor forward(Cut cut, Tensor... in) {
            if (cut.hermitian()) {
                Eigh eigh = Linalg.eigh(in[0]);
                Tensor v = eigh.eigenvectors();
                Tensor inverse =
                        cut.reciprocal(eigh.eigenvalues(), eigh.eigenvalues().abs());
                return v.mul(inverse.unsqueeze(-2)).matmul(transposed(v));
            }
            Svd svd = Linalg.svd(in[0], false);
            Tensor inverse = cut.reciprocal(svd.s(), svd.s());
            return transposed(svd.vh()).mul(inverse.unsqueeze(-2)).matmul(transposed(svd.u()));
        }

        @Override
        protected Tensor[] grad(Cut cut, Tensor g, Saved saved) {
            return new Tensor[] {pinvGrad(g, saved.input(0), saved.output())};
        }

        @Override
        public String gradName() {
            return "LinalgPinvBackward0";
        }
    }

    /**
     * The gradient of A for that of its pseudo-inverse P: -Pᵀ gA Pᵀ and the two terms of the changing null spaces, the
     * products ordered so that they are small.
     *
     * <p>Source: Golub and Pereyra 1973, "The differentiation of pseudo-inverses", theorem 4.3.
     */
    private static Tensor pinvGrad(Tensor g, Tensor a, Tensor p) {
        Tensor pt = transposed(p);
        Tensor gt = transposed(g);
        Tensor main = pt.matmul(g).matmul(pt).neg();
        // (I - A P) gᵀ P Pᵀ and Pᵀ P gᵀ (I - P A).
        Tensor ofRows = gt.matmul(p).matmul(pt);
        Tensor ofCols = pt.matmul(p).matmul(gt);
        Tensor left = ofRows.sub(a.matmul(p.matmul(ofRows)));
        Tensor right = ofCols.sub(ofCols.matmul(p).matmul(a));
        return main.add(left).add(right);
    }

    public static final StructuredOp<Cut> PINV = register(new Pinv());

    static final class Lstsq extends StructuredOp<Cut> {
        Lstsq() {
            super("lstsq", "Solution X of least norm that minimises the norm of A X - B.");
            torch("torch.linalg.lstsq");
            dtypes(DTypeRule.FLOATING);
            savesFor(0, Saves.INPUT0, Saves.INPUT1);
            savesFor(1, Saves.INPUT0);
        }

        @Override
        protected Tensor forward(Cut cut, Tensor... in) {
            Svd svd = Linalg.svd(in[0], false);
            Tensor inverse = cut.reciprocal(svd.s(), svd.s());
            Tensor coordinates = transposed(svd.u()).matmul(in[1]);
            return transposed(svd.vh()).matmul(coordinates.mul(inverse.unsqueeze(-1)));
        }

        /** The solution is the pseudo-inverse times B. */
        @Override
        protected Tensor[] grad(Cut cut, Tensor g, Saved saved) {
            Tensor a = saved.input(0);
            Tensor p = Dispatch.apply(PINV, cut, a);
            Tensor left = saved.wants(0) ? pinvGrad(g.matmul(transposed(saved.input(1))), a, p) : null;
            return new Tensor[] {left, saved.wants(1) ? transposed(p).matmul(g) : null};
        }

        @Override
        public String gradName() {
            return "LinalgLstsqBackward0";
        }
    }

    public static final StructuredOp<Cut> LSTSQ = register(new Lstsq());

    /** All ops of this family. */
    public static List<StructuredOp<?>> all() {
        return Collections.unmodifiableList(ALL);
    }

    private static <A> StructuredOp<A> register(StructuredOp<A> op) {
        ALL.add(op);
        return op;
    }
}
