package dev.lanewise.op;

import static dev.lanewise.op.Parts.transposed;

import dev.lanewise.GradMode;
import dev.lanewise.Linalg;
import dev.lanewise.Qr;
import dev.lanewise.Svd;
import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The results of the QR and the singular value decomposition, one op each.
 *
 * <p>The inputs are the matrix and the factors, which {@link Decompositions} has computed and which need no gradient
 * themselves. Derivatives of higher order decompose the matrix again, so that the factors are part of the graph.
 */
public final class OrthogonalOps {
    private static final List<StructuredOp<?>> ALL = new ArrayList<>();

    private OrthogonalOps() {}

    /** What the results of a QR decomposition have in common; the argument is true for the complete one. */
    abstract static class QrPart extends StructuredOp<Boolean> {
        QrPart(String name, String doc) {
            super(name, doc);
            dtypes(DTypeRule.FLOATING);
            saves(Saves.INPUT0, Saves.INPUT1, Saves.INPUT2);
        }

        @Override
        protected final Tensor[] grad(Boolean complete, Tensor g, Saved saved) {
            Tensor q = saved.input(1);
            Tensor r = saved.input(2);
            long m = r.size(-2);
            if (complete && m > r.size(-1)) {
                throw Check.grad("qr", "the complete decomposition of tall matrices has no derivative")
                        .operand("self", saved.dtype(0), saved.shape(0))
                        .hint("Use mode reduced.")
                        .error();
            }
            if (GradMode.isEnabled()) {
                Qr again = Linalg.qr(saved.input(0), complete ? "complete" : "reduced");
                q = again.q();
                r = again.r();
            }
            return new Tensor[] {gradOf(g, q, r), null, null};
        }

        /** The gradient of the matrix for that of this factor. */
        protected abstract Tensor gradOf(Tensor g, Tensor q, Tensor r);

        /**
         * The gradient for those of both factors. A wide matrix is [X, Y]: X = Q R1, and R = [R1, Qᵀ Y].
         *
         * <p>Source: Walter and Lehmann 2010, "On algorithmic differentiation of the rectangular QR decomposition";
         * Roberts and Roberts 2020, "QR and LQ decomposition matrix backpropagation algorithms", for wide matrices.
         */
        static Tensor both(Tensor gQ, Tensor gR, Tensor q, Tensor r) {
            long m = r.size(-2);
            long n = r.size(-1);
            if (m >= n) {
                return tall(gQ, gR, q, r);
            }
            Tensor beside = gR.narrow(-1, m, n - m);
            Tensor ofQ = gQ.add(q.matmul(r.narrow(-1, m, n - m)).matmul(transposed(beside)));
            return Tensor.cat(-1, tall(ofQ, gR.narrow(-1, 0, m), q, r.narrow(-1, 0, m)), q.matmul(beside));
        }

        /** (gQ + Q sym(R gRᵀ - gQᵀ Q)) R⁻ᵀ, where sym repeats the lower triangle above. */
        private static Tensor tall(Tensor gQ, Tensor gR, Tensor q, Tensor r) {
            Tensor inner = r.matmul(transposed(gR)).sub(transposed(gQ).matmul(q));
            Tensor left = gQ.add(q.matmul(Parts.symmetric(inner)));
            TriangularOps.Triangle upper = new TriangularOps.Triangle(true, false);
            return transposed(Dispatch.apply(TriangularOps.SOLVE_TRIANGULAR, upper, r, transposed(left)));
        }

        @Override
        public final String gradName() {
            return "LinalgQrBackward0";
        }
    }

    static final class QrQ extends QrPart {
        QrQ() {
            super("qr", "Q with orthonormal columns of A = Q R, with the upper triangular R beside it.");
            torch("torch.linalg.qr");
        }

        @Override
        protected Tensor forward(Boolean complete, Tensor... in) {
            return in[1].detach();
        }

        @Override
        protected Tensor gradOf(Tensor g, Tensor q, Tensor r) {
            return both(g, Tensor.zerosLike(r), q, r);
        }
    }

    public static final StructuredOp<Boolean> QR_Q = register(new QrQ());

    static final class QrR extends QrPart {
        QrR() {
            super("qrR", "Upper triangular R of A = Q R.");
            torch("");
            reachedBy("Linalg.qr(a).r()");
        }

        @Override
        protected Tensor forward(Boolean complete, Tensor... in) {
            return in[2].detach();
        }

        @Override
        protected Tensor gradOf(Tensor g, Tensor q, Tensor r) {
            return both(Tensor.zerosLike(q), g, q, r);
        }
    }

    public static final StructuredOp<Boolean> QR_R = register(new QrR());

    /** What the results of a singular value decomposition have in common: inputs A, U, S and Vᵀ. */
    abstract static class SvdPart extends StructuredOp<Void> {
        private final int place;

        SvdPart(String name, int place, String doc) {
            super(name, doc);
            this.place = place;
            dtypes(DTypeRule.FLOATING);
            saves(Saves.INPUT0, Saves.INPUT1, Saves.INPUT2);
        }

        @Override
        protected final Tensor forward(Void args, Tensor... in) {
            return in[place].detach();
        }

        /** Only as many vectors as there are singular values have a gradient; the choice of the others is free. */
        @Override
        protected final Tensor[] grad(Void args, Tensor g, Saved saved) {
            long k = saved.input(2).size(-1);
            Svd svd = GradMode.isEnabled()
                    ? Linalg.svd(saved.input(0), false)
                    : new Svd(
                            saved.input(1).narrow(-1, 0, k),
                            saved.input(2),
                            saved.input(3).narrow(-2, 0, k));
            return new Tensor[] {gradOf(g, svd, k), null, null, null};
        }

        /** The gradient of the matrix for that of this result. */
        protected abstract Tensor gradOf(Tensor g, Svd svd, long k);

        /** Differences of the squares of the singular values. */
        static Tensor gaps(Tensor s) {
            Tensor gaps =
                    s.unsqueeze(-2).sub(s.unsqueeze(-1)).mul(s.unsqueeze(-2).add(s.unsqueeze(-1)));
            return Parts.withDiagonal(gaps, 1);
        }

        @Override
        public final String gradName() {
            return "LinalgSvdBackward0";
        }
    }

    /** Source of the three derivatives: Townsend 2016, "Differentiating the singular value decomposition". */
    static final class SvdU extends SvdPart {
        SvdU() {
            super("svd", 1, "Left singular vectors U of A = U S Vᵀ, with S and Vᵀ beside them.");
            torch("torch.linalg.svd");
        }

        @Override
        protected Tensor gradOf(Tensor g, Svd svd, long k) {
            Tensor u = svd.u();
            Tensor gU = g.narrow(-1, 0, k);
            Tensor inner = transposed(u).matmul(gU);
            Tensor turned = Parts.skew(inner).div(gaps(svd.s())).mul(svd.s().unsqueeze(-2));
            Tensor left = u.matmul(turned);
            if (u.size(-2) > k) {
                left = left.add(gU.sub(u.matmul(inner)).div(svd.s().unsqueeze(-2)));
            }
            return left.matmul(svd.vh());
        }
    }

    public static final StructuredOp<Void> SVD_U = register(new SvdU());

    static final class SvdS extends SvdPart {
        SvdS() {
            super("svdvals", 2, "Singular values in descending order.");
            torch("torch.linalg.svdvals");
        }

        @Override
        protected Tensor gradOf(Tensor g, Svd svd, long k) {
            return svd.u().mul(g.unsqueeze(-2)).matmul(svd.vh());
        }
    }

    public static final StructuredOp<Void> SVD_S = register(new SvdS());

    static final class SvdVh extends SvdPart {
        SvdVh() {
            super("svdVh", 3, "Right singular vectors Vᵀ of A = U S Vᵀ.");
            torch("");
            reachedBy("Linalg.svd(a).vh()");
        }

        @Override
        protected Tensor gradOf(Tensor g, Svd svd, long k) {
            Tensor vh = svd.vh();
            Tensor gVh = g.narrow(-2, 0, k);
            Tensor inner = vh.matmul(transposed(gVh));
            Tensor turned = Parts.skew(inner).div(gaps(svd.s())).mul(svd.s().unsqueeze(-1));
            Tensor right = turned.matmul(vh);
            if (vh.size(-1) > k) {
                right = right.add(
                        gVh.sub(transposed(inner).matmul(vh)).div(svd.s().unsqueeze(-1)));
            }
            return svd.u().matmul(right);
        }
    }

    public static final StructuredOp<Void> SVD_VH = register(new SvdVh());

    /** All ops of this family. */
    public static List<StructuredOp<?>> all() {
        return Collections.unmodifiableList(ALL);
    }

    private static <A> StructuredOp<A> register(StructuredOp<A> op) {
        ALL.add(op);
        return op;
    }
}
