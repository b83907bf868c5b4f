package dev.lanewise.op;

import static dev.lanewise.op.Parts.transposed;

import dev.lanewise.Tensor;
import dev.lanewise.op.TriangularOps.Triangle;

/**
 * The derivative of L U with respect to the rows in their new order.
 *
 * <p>For square matrices L⁻ᵀ (low(Lᵀ gL) + up(gU Uᵀ)) U⁻ᵀ; the parts of L below and of U beside the square one are
 * solutions of triangular systems, whose derivatives are added. Source: Giles 2008 for the systems; the square case follows
 * from L⁻¹ dA U⁻¹ = L⁻¹ dL + dU U⁻¹, whose terms fill different triangles.
 */
final class LuGrads {
    private LuGrads() {}

    /** The gradient for the gradient of both factors in one matrix, and the factors. */
    static Tensor grad(Tensor g, Tensor lu) {
        long m = lu.size(-2);
        long n = lu.size(-1);
        long k = Math.min(m, n);
        Tensor square = lu.narrow(-2, 0, k).narrow(-1, 0, k);
        Tensor gSquare = g.narrow(-2, 0, k).narrow(-1, 0, k);
        Tensor l = Parts.withDiagonal(Parts.lower(square, -1), 1);
        Tensor u = Parts.upper(square, 0);
        Tensor ofL = transposed(l).matmul(Parts.lower(gSquare, -1));
        Tensor ofU = Parts.upper(gSquare, 0).matmul(transposed(u));
        if (n > k) {
            Tensor beside = g.narrow(-1, k, n - k);
            ofL = ofL.sub(beside.matmul(transposed(lu.narrow(-1, k, n - k))));
        }
        if (m > k) {
            Tensor below = g.narrow(-2, k, m - k);
            ofU = ofU.sub(transposed(lu.narrow(-2, k, m - k)).matmul(below));
        }
        Tensor inner = Parts.lower(ofL, -1).add(Parts.upper(ofU, 0));
        Tensor gA = besideUpper(square, underLower(square, inner));
        if (n > k) {
            gA = Tensor.cat(-1, gA, underLower(square, g.narrow(-1, k, n - k)));
        }
        return m > k ? Tensor.cat(-2, gA, besideUpper(square, g.narrow(-2, k, m - k))) : gA;
    }

    /** L⁻ᵀ X. */
    private static Tensor underLower(Tensor lu, Tensor x) {
        return Dispatch.apply(TriangularOps.SOLVE_TRIANGULAR, new Triangle(true, true), transposed(lu), x);
    }

    /** X U⁻ᵀ, from U Yᵀ = Xᵀ. */
    private static Tensor besideUpper(Tensor lu, Tensor x) {
        return transposed(Dispatch.apply(TriangularOps.SOLVE_TRIANGULAR, new Triangle(true, false), lu, transposed(x)));
    }
}
