package dev.lanewise.op;

import static dev.lanewise.op.Parts.transposed;

import dev.lanewise.DType;
import dev.lanewise.GradMode;
import dev.lanewise.Linalg;
import dev.lanewise.Svd;
import dev.lanewise.Tensor;
import java.util.stream.IntStream;

/**
 * The derivative of the determinant: the matrix of cofactors, det(A) A⁻ᵀ.
 *
 * <p>As in PyTorch, the gradient of a matrix whose determinant is exactly 0 is taken as 0, unless it is to be differentiated
 * itself: then it is made from the singular vectors, and right for singular matrices too.
 */
final class Determinants {
    private Determinants() {}

    /** g times the cofactors of each matrix. */
    static Tensor grad(Tensor g, Tensor a, Tensor det) {
        if (!GradMode.isEnabled()) {
            Tensor zero = det.eq(0).unsqueeze(-1).unsqueeze(-1);
            return Tensor.where(zero, Tensor.scalar(a.dtype(), 0), regular(g, a, det));
        }
        double[] values = det.to(DType.FLOAT64).toDoubleArray();
        long[] singular = places(values, true);
        long[] regular = places(values, false);
        if (singular.length == 0) {
            return regular(g, a, det);
        }
        if (regular.length == 0) {
            return singular(g, a);
        }
        long n = a.size(-1);
        Tensor matrices = a.reshape(values.length, n, n);
        Tensor weights = g.reshape(values.length);
        Tensor ofSingular = singular(weights.indexSelect(0, singular), matrices.indexSelect(0, singular));
        Tensor ofRegular = regular(
                weights.indexSelect(0, regular),
                matrices.indexSelect(0, regular),
                det.reshape(values.length).indexSelect(0, regular));
        return Tensor.cat(0, ofSingular, ofRegular)
                .indexSelect(0, order(singular, regular))
                .reshape(a.sizes());
    }

    private static long[] places(double[] values, boolean zero) {
        return IntStream.range(0, values.length)
                .filter(i -> values[i] == 0 == zero)
                .asLongStream()
                .toArray();
    }

    /** Where each matrix stands among those that are singular, followed by those that are not. */
    private static long[] order(long[] singular, long[] regular) {
        long[] order = new long[singular.length + regular.length];
        for (int i = 0; i < singular.length; i++) {
            order[(int) singular[i]] = i;
        }
        for (int i = 0; i < regular.length; i++) {
            order[(int) regular[i]] = (long) singular.length + i;
        }
        return order;
    }

    private static Tensor regular(Tensor g, Tensor a, Tensor det) {
        Tensor inverse = Dispatch.apply(LinalgOps.INV, LinalgInputs.room(a), a);
        return transposed(inverse).mul(g.mul(det).unsqueeze(-1).unsqueeze(-1));
    }

    private static Tensor singular(Tensor g, Tensor a) {
        Svd svd = Linalg.svd(a);
        Tensor signs = GradMode.noGrad(() -> Linalg.det(svd.u()).mul(Linalg.det(svd.vh())));
        Tensor scaled = svd.u().mul(others(svd.s()).unsqueeze(-2)).matmul(svd.vh());
        return scaled.mul(signs.mul(g).unsqueeze(-1).unsqueeze(-1));
    }

    /** For each element of the last dimension, the product of all others. */
    private static Tensor others(Tensor s) {
        int n = (int) s.size(-1);
        Tensor[] products = new Tensor[n];
        Tensor before = Tensor.onesLike(s.select(-1, 0));
        for (int i = 0; i < n; i++) {
            products[i] = before;
            before = before.mul(s.select(-1, i));
        }
        Tensor after = Tensor.onesLike(s.select(-1, 0));
        for (int i = n - 1; i >= 0; i--) {
            products[i] = products[i].mul(after);
            after = after.mul(s.select(-1, i));
        }
        return Tensor.stack(-1, products);
    }
}
