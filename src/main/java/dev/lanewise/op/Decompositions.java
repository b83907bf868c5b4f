package dev.lanewise.op;

import dev.lanewise.DType;
import dev.lanewise.Eigh;
import dev.lanewise.LuFactor;
import dev.lanewise.Qr;
import dev.lanewise.Svd;
import dev.lanewise.Tensor;
import dev.lanewise.internal.linalg.Lu;
import dev.lanewise.internal.linalg.Matrices;
import dev.lanewise.internal.linalg.SymmetricEigen;
import java.lang.ref.Reference;

/** Computes decompositions with several results and records one op for each of them. */
public final class Decompositions {
    private static final String FINITE = "Check the input for NaN and infinite elements.";

    private Decompositions() {}

    /** Q and R; {@code q} null if only R is wanted. */
    public static Qr qr(Tensor a, boolean complete, boolean withQ) {
        int m = Math.toIntExact(a.size(-2));
        int n = Math.toIntExact(a.size(-1));
        int inner = complete ? m : Math.min(m, n);
        long[] batch = LinalgInputs.batch(a);
        Tensor q = LinalgInputs.columns(a.dtype(), LinalgInputs.with(batch, m, withQ ? inner : 0));
        Tensor r = LinalgInputs.columns(a.dtype(), LinalgInputs.with(batch, inner, n));
        Matrices from = LinalgInputs.read(a);
        Matrices toQ = LinalgInputs.read(q);
        Matrices toR = LinalgInputs.read(r);
        Matrices.each(from.count(), (double) m * n * inner * 2, index -> {
            var qr = new dev.lanewise.internal.linalg.Qr(from.read(index), m, n);
            toR.write(index, qr.r(inner));
            if (withQ) {
                toQ.write(index, qr.q(inner));
            }
        });
        Reference.reachabilityFence(a);
        Reference.reachabilityFence(q);
        Reference.reachabilityFence(r);
        return withQ
                ? new Qr(
                        Dispatch.apply(OrthogonalOps.QR_Q, complete, a, q, r),
                        Dispatch.apply(OrthogonalOps.QR_R, complete, a, q, r))
                : new Qr(q.reshape(0), r);
    }

    /** U, S and Vᵀ, with all vectors or as many as there are singular values. */
    public static Svd svd(Tensor a, boolean full) {
        int m = Math.toIntExact(a.size(-2));
        int n = Math.toIntExact(a.size(-1));
        int k = Math.min(m, n);
        long[] batch = LinalgInputs.batch(a);
        Tensor u = LinalgInputs.columns(a.dtype(), LinalgInputs.with(batch, m, full ? m : k));
        Tensor vh = LinalgInputs.columns(a.dtype(), LinalgInputs.with(batch, full ? n : k, n));
        Tensor s = singular(a, u, vh, full);
        return new Svd(
                Dispatch.apply(OrthogonalOps.SVD_U, null, a, u, s, vh),
                Dispatch.apply(OrthogonalOps.SVD_S, null, a, u, s, vh),
                Dispatch.apply(OrthogonalOps.SVD_VH, null, a, u, s, vh));
    }

    /** The singular values alone; their derivative needs the vectors too. */
    public static Tensor singularValues(Tensor a) {
        return Dispatch.needsGrad(a) ? svd(a, false).s() : singular(a, null, null, false);
    }

    private static Tensor singular(Tensor a, Tensor u, Tensor vh, boolean full) {
        Matrices from = LinalgInputs.read(a);
        int m = from.rows();
        int n = from.cols();
        int k = Math.min(m, n);
        Tensor s = Dispatch.empty(a.dtype(), LinalgInputs.with(from.batch(), k));
        Matrices toS = LinalgInputs.read(s.unsqueeze(-1));
        Matrices toU = u == null ? null : LinalgInputs.read(u);
        Matrices toVh = vh == null ? null : LinalgInputs.read(vh);
        boolean[] failed = new boolean[Math.toIntExact(from.count())];
        Matrices.each(from.count(), 20.0 * m * n * k, index -> {
            var svd = new dev.lanewise.internal.linalg.Svd(from.read(index), m, n, u != null);
            failed[(int) index] = !svd.converged();
            if (svd.converged()) {
                toS.write(index, svd.values());
                if (u != null) {
                    toU.write(index, svd.u(full));
                    toVh.write(index, svd.vh(full));
                }
            }
        });
        Reference.reachabilityFence(a);
        Reference.reachabilityFence(u);
        Reference.reachabilityFence(vh);
        Reference.reachabilityFence(s);
        converged("svd", a, failed);
        return s;
    }

    /** Eigenvalues and eigenvectors; {@code triangle} is L or U. */
    public static Eigh eigh(Tensor a, String triangle) {
        Tensor vectors = LinalgInputs.columns(a.dtype(), a.sizes());
        Tensor values = eigen(a, triangle, vectors);
        return new Eigh(
                Dispatch.apply(EigenOps.EIGH_VALUES, triangle, a, values, vectors),
                Dispatch.apply(EigenOps.EIGH_VECTORS, triangle, a, values, vectors));
    }

    /** The eigenvalues alone; their derivative needs the vectors too. */
    public static Tensor eigenvalues(Tensor a, String triangle) {
        return Dispatch.needsGrad(a) ? eigh(a, triangle).eigenvalues() : eigen(a, triangle, null);
    }

    private static Tensor eigen(Tensor a, String triangle, Tensor vectors) {
        Matrices from = LinalgInputs.read(triangle.equals("U") ? Parts.transposed(a.detach()) : a);
        int n = from.rows();
        Tensor values = Dispatch.empty(a.dtype(), LinalgInputs.with(from.batch(), n));
        Matrices toValues = LinalgInputs.read(values.unsqueeze(-1));
        Matrices toVectors = vectors == null ? null : LinalgInputs.read(vectors);
        boolean[] failed = new boolean[Math.toIntExact(from.count())];
        Matrices.each(from.count(), 9.0 * n * n * n, index -> {
            SymmetricEigen eigen = new SymmetricEigen(from.read(index), n, vectors != null);
            failed[(int) index] = !eigen.converged();
            if (eigen.converged()) {
                toValues.write(index, eigen.values());
                if (vectors != null) {
                    toVectors.write(index, eigen.vectors());
                }
            }
        });
        Reference.reachabilityFence(a);
        Reference.reachabilityFence(values);
        Reference.reachabilityFence(vectors);
        converged("eigh", a, failed);
        return values;
    }

    private static void converged(String op, Tensor a, boolean[] failed) {
        for (int i = 0; i < failed.length; i++) {
            if (failed[i]) {
                throw LinalgInputs.failed(
                        op, "the elements must be finite", "a matrix that does not converge", FINITE, a, i);
            }
        }
    }

    /**
     * The LU decomposition.
     *
     * @param infos receives one number per matrix: 0, or the first diagonal element of U that is zero
     */
    public static LuFactor lu(Tensor a, boolean pivot, int[] infos) {
        Tensor lu = LinalgInputs.columns(a.dtype(), a.sizes());
        Matrices from = LinalgInputs.read(a);
        Matrices to = LinalgInputs.read(lu);
        int m = from.rows();
        int n = from.cols();
        int k = Math.min(m, n);
        int[] all = new int[infos.length * k];
        Matrices.each(from.count(), (double) m * n * k / 2, index -> {
            double[] factors = from.read(index);
            int[] pivots = new int[k];
            infos[(int) index] = Lu.factor(factors, m, n, pivots, pivot);
            for (int i = 0; i < k; i++) {
                all[(int) index * k + i] = pivots[i] + 1;
            }
            to.write(index, factors);
        });
        Reference.reachabilityFence(a);
        Reference.reachabilityFence(lu);
        Tensor pivots = Tensor.of(DType.INT32, all).reshape(LinalgInputs.with(from.batch(), k));
        Tensor factors =
                Dispatch.needsGrad(a) ? Dispatch.apply(TriangularOps.LU_FACTOR, Permutation.of(pivots, m), a, lu) : lu;
        return new LuFactor(factors, pivots);
    }
}
